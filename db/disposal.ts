import { ACCREDITATION_DISPOSALS, OWN_FILES } from './disposal-accreditation.ts';
import { CONCERN_DISPOSALS } from './disposal-concerns.ts';
import { at, blank, type Disposal, GONE, gone, keep, nulls, REGISTER, row, some } from './disposal-rows.ts';

export type { Disposal } from './disposal-rows.ts';

const BY_LAW = 'tax and company law ask for six years after the year of the payment (UK GDPR article 17(3)(b)); no name stands in it';
const DATES = 'dates only, which say nothing of anyone once the name is gone';
const PROOF = 'we must be able to show what was asked and done (article 17(3)(e)); the words go';
const MY_ACCOUNT = 'account_id IN (SELECT id FROM account WHERE person_id = :person)';
const OF_MY_CASE = 'case_id IN (SELECT id FROM training_case WHERE person_id = :person)';
const AS_SUPERVISEE = 'relation_id IN (SELECT id FROM supervision_relation WHERE supervisee_id = :person)';

export const DISPOSALS: readonly Disposal[] = [
	row('message_set_aside', 'delete', { day: at('set_aside_at') }),
	blank('outbox', `${nulls('to_address', 'body', 'claimed_until')}, purged_at = created_at`, 'purged_at IS NULL', { day: at('created_at') }),
	row('person_note_text', 'delete'),
	row('person_note', 'delete'),
	row('letter', 'delete'),
	row('core_profession', 'delete'),
	row('person_check', 'delete'),
	blank('membership_period', 'employer = NULL', 'employer IS NOT NULL', { kept: DATES }),
	keep('membership_leave', DATES),
	row('membership_leave_request', 'delete'),
	keep('membership_resignation', DATES),
	blank(
		'membership_application',
		`answers = '{}', frozen = CASE WHEN frozen IS NULL THEN NULL ELSE '{}' END, ${nulls('question', 'reply')},
			decline_reason = CASE WHEN decline_reason IS NULL THEN NULL ELSE ${GONE} END`,
		"answers <> '{}' OR coalesce(frozen, '{}') <> '{}'",
	),
	blank('membership_purchase', gone('employer'), `employer IS NOT NULL AND employer <> ${GONE}`, { day: 'coalesce(done_on, cancelled_on)' }),
	keep('membership_credit', BY_LAW),
	row('claim_invitation', 'delete', { as: 'membership' }),
	row('concession', 'delete', { day: 'to_on' }),
	row('consent', 'delete'),
	row('change_request', 'delete'),
	row('person_death', 'delete'),
	row('file_read', 'delete', { day: 'day', kept: 'who opened a file on which day is part of the record of what was done' }),
	keep('person_merge', 'numbers that lead from one to the other; no name'),
	blank('person_merge_row', "row_before = '{}'", "row_before <> '{}'"),
	blank('person_unmerge', gone('merge_reason', 'reason'), `reason <> ${GONE}`, { day: at('coalesce(done_at, dropped_at)') }),
	row('not_same_person', 'delete', { day: at('said_at') }),
	row('listing_option', 'delete'),
	row('listing_consent', 'delete'),
	row('listing_former_slug', 'delete'),
	row('listing_request', 'delete'),
	row('practice_place', 'delete'),
	row('listing', 'delete'),
	row('availability_link', 'delete', { day: at('created_at') }),
	blank('enquiry', `${nulls('sender_name', 'sender_email', 'sender_phone', 'safe_times', 'message')}, purged_at = created_at`, 'purged_at IS NULL'),
	row('supervision_entry', 'delete', {
		day: "CASE WHEN NOT EXISTS (SELECT 1 FROM supervision_entry c WHERE c.corrects_id = supervision_entry.id) THEN coalesce(held_on, date(created_at / 1000, 'unixepoch')) END",
	}),
	row('training_case_read', 'delete', { day: 'day' }),
	row('training_link', 'delete', { day: at('created_at') }),
	// What a supervisor signed is about the trainee: it goes with the trainee, not with the supervisor.
	row('training_report', 'delete', { erases: OF_MY_CASE }),
	row('training_rating', 'delete'),
	row('training_case_facts', 'delete'),
	row('training_case', 'delete'),
	row('course_attendance', 'delete'),
	blank('course', `lead_id = NULL, lead_name = ${GONE}`, 'lead_id IS NOT NULL'),
	row('supervision_link', 'delete', { day: at('created_at'), erases: AS_SUPERVISEE }),
	row('supervision_relation', 'delete', {
		day: `CASE WHEN NOT EXISTS (SELECT 1 FROM supervision_entry e WHERE e.relation_id = supervision_relation.id)
			AND NOT EXISTS (SELECT 1 FROM supervision_link l WHERE l.relation_id = supervision_relation.id)
			AND NOT EXISTS (SELECT 1 FROM training_case k WHERE k.relation_id = supervision_relation.id) THEN ended_on END`,
		erases: 'supervisee_id = :person',
	}),
	row('cpd_entry', 'delete', { day: `coalesce(done_on, ${at('created_at')})` }),
	row('cpd_year', 'delete', { day: 'to_on' }),
	row('cpd_group', 'delete', { day: `CASE WHEN NOT EXISTS (SELECT 1 FROM cpd_entry e WHERE e.group_id = cpd_group.id) THEN ${at('ended_at')} END` }),
	row('calendar_feed', 'delete', { as: 'membership' }),
	...ACCREDITATION_DISPOSALS,
	row('stored_file', 'file', { erases: OWN_FILES }),
	blank('invoice', gone('void_reason'), `void_reason IS NOT NULL AND void_reason <> ${GONE}`, { day: 'issued_on', kept: BY_LAW }),
	keep('invoice_line', BY_LAW),
	blank('checkout', 'url = NULL', 'url IS NOT NULL', { day: at('opened_at') }),
	blank('payment', `reference = '(erased) ' || id`, "reference NOT LIKE '(erased)%'", { day: 'received_on', kept: BY_LAW }),
	blank('payment_event', gone('look_note'), `look_note IS NOT NULL AND look_note <> ${GONE}`, { day: at('received_at'), kept: BY_LAW }),
	blank('refund', `${gone('reason')}, reference = '(erased) ' || id`, `reason <> ${GONE}`, { day: 'refunded_on', kept: BY_LAW }),
	keep('refund_choice', BY_LAW),
	row('role_grant', 'delete', { day: 'to_on', kept: 'who could decide what must stay provable' }),
	blank(
		'data_request',
		`${gone('said')}, answer = CASE WHEN answer IS NULL THEN NULL ELSE ${GONE} END, extended_because = CASE WHEN extended_because IS NULL THEN NULL ELSE ${GONE} END`,
		`said <> ${GONE}`,
		{ day: at('answered_at') },
	),
	keep('erasure', PROOF),
	blank('legal_hold', gone('because', 'lifted_because'), `because <> ${GONE}`, { day: at('lifted_at') }),
	row('audit_personal', 'delete', { day: "(SELECT date(e.recorded_at / 1000, 'unixepoch') FROM audit_event e WHERE e.seq = audit_personal.seq)" }),
	keep('audit_event', 'it proves that the register was not altered, and holds no name: only numbers that lead to nobody once the rest is gone'),
	row('session', 'delete', { day: at('last_seen_at') }),
	row('device', 'delete', { day: `CASE WHEN NOT EXISTS (SELECT 1 FROM session s WHERE s.device_id = device.id) THEN ${at('last_seen_at')} END` }),
	row('passkey', 'delete', { as: 'membership' }),
	row('recovery_code', 'delete', { as: 'membership' }),
	row('account_link', 'delete', { day: at('created_at') }),
	row('email_change', 'delete', {
		day: `CASE WHEN NOT EXISTS (SELECT 1 FROM account_link l WHERE l.email_change_id = email_change.id) THEN ${at('coalesce(done_at, cancelled_at)')} END`,
	}),
	row('account', 'delete', {
		as: 'membership',
		also: ['session', 'device', 'passkey', 'recovery_code', 'account_link', 'email_change'].map((table) => `DELETE FROM ${table} WHERE ${MY_ACCOUNT}`),
	}),
	keep('registration', REGISTER),
	keep('registration_former', REGISTER),
	keep('award', REGISTER),
	keep('award_term', REGISTER),
	keep('register_order', REGISTER),
	blank('person_name', "given_names = 'Name', family_name = 'erased', shown_when_former = 0", "family_name <> 'erased'", {
		also: [
			// Minutes say who was there, by the name of that day.
			...[1, 2].map(
				() => `UPDATE meeting SET minutes = replace(minutes, n.name, ${GONE}) FROM (SELECT trim(json_quote(given_names || ' ' || family_name), '"') AS name
					FROM person_name WHERE person_id = :person) AS n WHERE instr(minutes, n.name) > 0`,
			),
			'DELETE FROM name_key WHERE person_id = :person',
			'DELETE FROM name_sound WHERE person_id = :person',
		],
	}),
	blank(
		'person',
		`${nulls('title', 'gender', 'email', 'phone', 'import_key', 'born_on')}, version = version + 1`,
		some('title', 'gender', 'email', 'phone', 'import_key', 'born_on'),
	),
	...CONCERN_DISPOSALS,
];

/** Of some tables, those that nobody has decided about yet. */
export function undecided(tables: readonly string[]): string[] {
	const decided = new Set(DISPOSALS.map(({ table }) => table));
	return tables.filter((table) => !decided.has(table));
}
