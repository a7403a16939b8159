import { blank, type Disposal, GONE, gone, goneIfSaid, keep, nulls, REGISTER, row, said } from './disposal-rows.ts';

/** What a submission, and what somebody answered, is once it is erased: whoever reads it finds its parts empty. */
export const ERASED_SENT = '{"reference":"","route":{"key":"","title":""},"standards":"","eligibility":[],"sections":[],"asked":[]}';
const ERASED_ANSWER = '{"typed":{},"fields":{},"statement":"","statementVersion":"","signedName":"(erased)","signedAt":0}';

const WHO_DECIDED = 'who decided what, and when, must stay provable; the words go';
const MEETINGS = 'who sat where and how it was decided must stay provable; no name stands in it';
const MY_APPLICATION = 'application_id IN (SELECT id FROM accreditation_application WHERE person_id = :person)';
const MY_DRAFT = 'application_id IN (SELECT id FROM accreditation_application WHERE reference IS NULL AND person_id = :person)';
const MY_RENEWAL = 'renewal_id IN (SELECT id FROM renewal WHERE person_id = :person)';
const MY_ITEM = `SELECT id FROM meeting_item WHERE ${MY_APPLICATION} OR subject_id IN (SELECT id FROM renewal WHERE person_id = :person)
	OR subject_id IN (SELECT id FROM cpd_audit WHERE person_id = :person)`;

/** Files that a person gave, and letters about them that the office scanned; not what they scanned about others while they worked here. */
export const OWN_FILES = `(owner_person_id = :person AND attached_type IS NOT 'accreditation_request')
	OR (attached_type = 'accreditation_request' AND attached_id IN (SELECT id FROM accreditation_request WHERE ${MY_APPLICATION}))`;

/** Of applications for accreditation, the committee room, re-accreditation and audits, in the order in which they go. */
export const ACCREDITATION_DISPOSALS: readonly Disposal[] = [
	row('accreditation_answer', 'delete'),
	row('accreditation_evidence', 'delete'),
	blank('accreditation_submission', `content = '${ERASED_SENT}', ${gone('digest')}`, `digest <> ${GONE}`),
	blank(
		'accreditation_request',
		`${gone('to_name')}, about = '', answer = CASE WHEN answer IS NULL THEN NULL ELSE '${ERASED_ANSWER}' END,
			${nulls('to_email', 'judgement_words', 'token_hash', 'exchange_hash', 'exchanged_at')}, version = version + 1`,
		`to_name <> ${GONE}`,
		{
			also: [
				// What was asked of others names the applicant.
				`UPDATE outbox SET ${nulls('to_address', 'body', 'claimed_until')}, purged_at = created_at WHERE purged_at IS NULL AND kind LIKE 'accreditation.request%'
					AND EXISTS (SELECT 1 FROM accreditation_request r WHERE ${MY_APPLICATION}
						AND (instr(outbox.dedupe_key, r.id) OR instr((SELECT o.dedupe_key FROM outbox o WHERE 'again:' || o.id = outbox.dedupe_key), r.id)))`,
				`DELETE FROM accreditation_request WHERE ${MY_DRAFT}`,
				// Somebody who was asked about another: their name and address go, what they said about the other is the other's.
				`UPDATE accreditation_request SET ${gone('to_name')}, to_email = NULL,
					answer = CASE WHEN json_extract(answer, '$.signedName') IS NULL THEN answer ELSE json_set(answer, '$.signedName', ${GONE}) END
					WHERE to_name <> ${GONE} AND to_person_id = :person`,
			],
		},
	),
	blank('accreditation_item', `${gone('question')}, ${goneIfSaid('answer')}, file_id = NULL`, `question <> ${GONE}`),
	blank('accreditation_mark', "words = ''", "words <> ''", {
		erases: `assessor_id IN (SELECT id FROM accreditation_assessor WHERE ${MY_APPLICATION})`,
	}),
	blank('accreditation_assessor', `${goneIfSaid('summary')}, declared_words = NULL`, `${said('summary')} OR declared_words IS NOT NULL`, {
		erases: MY_APPLICATION,
		also: ['UPDATE accreditation_assessor SET declared_words = NULL WHERE declared_words IS NOT NULL AND person_id = :person'],
	}),
	blank('accreditation_return', gone('words'), `words <> ${GONE}`),
	blank('accreditation_hold', gone('words'), `words <> ${GONE}`),
	blank('accreditation_reconciliation', `${gone('words')}, differences = '[]'`, `words <> ${GONE}`),
	blank('decision_undo', gone('reason'), `reason <> ${GONE}`),
	blank('decision_review', `${gone('words')}, file_id = NULL`, `words <> ${GONE}`),
	blank('decision_condition', `${gone('words')}, ${goneIfSaid('evidence', 'judgement')}, file_id = NULL`, `words <> ${GONE}`),
	blank('decision', goneIfSaid('words'), said('words')),
	blank('meeting_item', goneIfSaid('resolution', 'late_because'), said('resolution', 'late_because'), {
		also: [
			`UPDATE vote SET words = '' WHERE words <> '' AND item_id IN (${MY_ITEM})`,
			`UPDATE meeting_interest SET words = '' WHERE words <> '' AND item_id IN (${MY_ITEM})`,
			`UPDATE meeting_advice SET ${gone('words')} WHERE item_id IN (${MY_ITEM})`,
			`UPDATE meeting_item SET ${goneIfSaid('resolution', 'late_because')} WHERE id IN (${MY_ITEM})`,
			`UPDATE meeting SET minutes = (SELECT json_group_array(json(CASE WHEN EXISTS (SELECT 1 FROM meeting_item i WHERE i.meeting_id = meeting.id
						AND i.position = json_extract(p.value, '$.no') AND i.id IN (${MY_ITEM})) THEN json_set(p.value, '$.text', ${GONE}) ELSE p.value END))
					FROM json_each(meeting.minutes) p)
				WHERE minutes IS NOT NULL AND id IN (SELECT meeting_id FROM meeting_item WHERE id IN (${MY_ITEM}))`,
		],
	}),
	blank('meeting_interest', "words = ''", "words <> ''"),
	keep('meeting_advice', 'it is about somebody else’s application'),
	keep('meeting_member', MEETINGS),
	keep('vote', MEETINGS),
	keep('meeting', MEETINGS),
	keep('sample_draw', MEETINGS),
	// An application that was never sent goes whole; of one that was sent, when each step was taken stays.
	row('accreditation_step', 'delete', { erases: MY_DRAFT }),
	row('accreditation_application', 'delete', { erases: 'reference IS NULL AND person_id = :person' }),
	blank('renewal_submission', `content = '{}', ${gone('digest')}`, `digest <> ${GONE}`),
	blank('renewal_support', "words = ''", "words <> ''", { erases: MY_RENEWAL }),
	blank('renewal_request', `${gone('to_name')}, to_email = NULL, words = '', signed_name = ''`, `to_name <> ${GONE}`, { erases: MY_RENEWAL }),
	blank('renewal_extension', gone('reason'), `reason <> ${GONE}`),
	row('annual_declaration', 'delete'),
	blank('cpd_audit_ask', `${gone('words')}, ${goneIfSaid('answer')}`, `words <> ${GONE}`),
	blank('cpd_audit_answer', `content = '{}', words = '', ${gone('digest')}`, `digest <> ${GONE}`),
	row('cpd_audit_draft', 'delete'),
	blank('cpd_audit_say', gone('words'), `words <> ${GONE}`),
	blank('upkeep_reviewer', "declared_words = ''", "declared_words <> ''"),
	blank('upkeep_item', `${gone('words')}, ${goneIfSaid('answer')}`, `words <> ${GONE}`),
	blank('upkeep_words', gone('words'), `words <> ${GONE}`),
	keep('renewal_step', WHO_DECIDED),
	keep('renewal', REGISTER),
	keep('cpd_audit_step', WHO_DECIDED),
	blank('cpd_audit', gone('because'), said('because')),
];
