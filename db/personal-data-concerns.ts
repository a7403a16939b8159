import { MINE, type PersonalTable, row } from './personal-table.ts';

// Somebody a concern is about is told of it by the office, at a time that is right; an export never is the first to tell.
const MY_CONCERN = `SELECT id FROM concern WHERE complainant_id = :person OR (respondent_id = :person
	AND EXISTS (SELECT 1 FROM concern_step s WHERE s.concern_id = concern.id AND (s.kind IN ('disclosed', 'resolution_begun')
		OR (s.kind = 'interim_decided' AND json_extract(s.data, '$.imposed') = 1))))`;
// What the therapist did in their own area: nobody gets there before they were told.
const AS_RESPONDENT = 'concern_id IN (SELECT id FROM concern WHERE respondent_id = :person)';

/** Tables of concerns with something about a person. */
export const CONCERN_TABLES: readonly PersonalTable[] = [
	row('concern', 'Concerns that you raised, or that you were told of', 'requests', `id IN (${MY_CONCERN})`, ['owner_id', 'has_legal_hold', 'is_urgent']),
	row('concern_party', 'Cases in which you were named, with your agreement', 'requests', `${MINE} AND agreed_at IS NOT NULL`),
	row('concern_access', 'Cases that you were let into', 'roles'),
	row('concern_step', 'What you did in cases', 'roles', 'by_person = :person', ['data']),
	row('concern_proposal', 'Steps of cases that you proposed or agreed to', 'roles', ':person IN (proposed_by, settled_by)', ['data']),
	row('concern_read', 'What you opened in cases', 'roles'),
	row('concern_message', 'When you wrote for us in cases', 'roles', 'by_person = :person'),
	row('concern_allegation', 'What you wrote down in cases', 'roles', 'added_by = :person'),
	row('concern_file', 'Files that you put into cases', 'roles', 'by_person = :person'),
	row('concern_retained', 'Cases that you decided to keep longer', 'roles', 'decided_by = :person'),
	row('concern_learning', 'What you wrote or cleared for the report of the year', 'roles', ':person IN (proposed_by, settled_by)', ['words']),
	row('concern_summary', 'Summaries of cases that you wrote or checked', 'roles', ':person IN (written_by, checked_by)'),
	row('concern_room', 'Reviews of cases that you made or were asked for', 'roles', ':person IN (reviewer_id, made_by)', ['seed']),
	row('concern_typed', 'Concerns that you typed or checked for others', 'roles', ':person IN (typed_by, recorded_by, checked_by)'),
	row('concern_typed_look', 'What you read before it was sent to us', 'roles'),
	row('concern_unreached', 'Whom you told another way when a message did not arrive', 'roles', 'settled_by = :person'),
	row('concern_pack', 'What you made, checked or gave to a side in cases', 'roles', ':person IN (made_by, checked_by, given_by)'),
	row('concern_pack_item', 'What you chose for it', 'roles', 'by_person = :person'),
	row('concern_pack_mark', 'What you covered in it', 'roles', 'by_person = :person'),
	row('concern_pack_maker', 'What you had a part in making', 'roles'),
	row('concern_redacted_file', 'Documents that you covered for it', 'roles', 'made_by = :person'),
	row('concern_reply', 'Replies that you sent', 'requests', AS_RESPONDENT),
	row('concern_reply_answer', 'What you answered in them', 'requests', `reply_id IN (SELECT id FROM concern_reply WHERE ${AS_RESPONDENT})`),
	row('concern_time_request', 'Times that you asked for, or answered for us', 'requests', `${AS_RESPONDENT} OR answered_by = :person`, ['answered_by']),
	row('concern_offer', 'Terms that you made for us in cases', 'roles', ':person IN (made_by, complainant_by, respondent_by)'),
	row('concern_order', 'Orders that you wrote, checked or published', 'roles', ':person IN (drafted_by, checked_by, published_by)', ['public_text']),
	row('concern_order_end', 'Ends of orders that you proposed or agreed to', 'roles', ':person IN (proposed_by, settled_by)'),
	row('concern_condition', 'Conditions that you look after', 'roles', 'monitor_id = :person', ['public_text']),
	row('concern_condition_act', 'What you said of conditions', 'roles', 'by_person = :person'),
	row('concern_letter', 'Letters of cases that you wrote, approved or sent', 'roles', ':person IN (made_by, changed_by, approved_by, sent_by)'),
	row('concern_bundle', 'Bundles of cases that you asked for', 'roles', 'asked_by = :person', ['chosen']),
	row('concern_panel', 'Panels that you composed', 'roles', 'composed_by = :person'),
	row('concern_panel_seat', 'Panels of cases that you sat on', 'roles'),
	row('concern_panel_round', 'What you put to the vote of panels', 'roles', 'opened_by = :person', ['motion', 'counts', 'carried']),
	row('concern_panel_vote', 'When you voted on panels', 'roles', 'seat_id IN (SELECT id FROM concern_panel_seat WHERE person_id = :person)'),
	row('concern_interim_request', 'Interim orders that you asked for, or agreed to', 'roles', ':person IN (asked_by, settled_by)'),
];
