import { CONCERN_TABLES } from './personal-data-concerns.ts';
import { MINE, type PersonalTable, row } from './personal-table.ts';

export type { PersonalTable, RetentionClass } from './personal-table.ts';

const MY_ACCOUNT = 'account_id IN (SELECT id FROM account WHERE person_id = :person)';
const MY_ACCREDITATION = 'application_id IN (SELECT id FROM accreditation_application WHERE person_id = :person)';
const MY_RENEWAL = 'renewal_id IN (SELECT id FROM renewal WHERE person_id = :person)';
const MY_AUDIT = 'audit_id IN (SELECT id FROM cpd_audit WHERE person_id = :person)';
const MY_CASE = 'case_id IN (SELECT id FROM training_case WHERE person_id = :person)';
const MY_INVOICE = 'invoice_id IN (SELECT id FROM invoice WHERE person_id = :person)';
const MY_ADDRESS = `lower(to_address) IN (SELECT lower(email) FROM person WHERE id = :person AND email IS NOT NULL UNION SELECT lower(email) FROM account WHERE person_id = :person)`;
const MY_EVENT = `seq IN (SELECT seq FROM audit_event WHERE subject_id = :person AND subject_type = 'person'
	UNION SELECT seq FROM audit_event WHERE subject_type = 'account' AND subject_id IN (SELECT id FROM account WHERE person_id = :person)
	UNION SELECT seq FROM audit_event WHERE substr(actor, 1, 7) = 'person:' AND actor = 'person:' || :person)`;

/**
 * How every table of the register relates to a person, in the order in which they are shown: what the export of one's own data is made from. A
 * new table needs a row here or in `not-personal.ts`; tests/db/personal-data.test.ts fails until it has one.
 */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
	row('person', 'You', 'membership', 'id = :person', ['import_key']),
	row('person_name', 'Your names', 'register'),
	row('registration', 'Your register number', 'register'),
	row('registration_former', 'Numbers that lead to yours', 'register'),
	row('award', 'Your awards', 'register'),
	row('award_term', 'What your awards were confirmed for', 'register', 'award_id IN (SELECT id FROM award WHERE person_id = :person)'),
	row('register_order', 'Orders on your entry', 'register'),
	row('core_profession', 'Your registration elsewhere', 'membership'),
	row('person_check', 'What we checked', 'membership'),
	row('membership_period', 'Your membership', 'membership'),
	row('membership_leave', 'Your leave', 'membership'),
	row('membership_leave_request', 'Your requests for leave', 'membership'),
	row('membership_resignation', 'Leaving', 'membership'),
	row('membership_application', 'Your applications', 'membership'),
	row('membership_purchase', 'What you asked to buy', 'payments'),
	row('membership_credit', 'Credit for your fees', 'payments'),
	row('claim_invitation', 'Invitations to open your account', 'security'),
	row('concession', 'Your reduced fee', 'payments'),
	row('consent', 'What you agreed to', 'membership'),
	row('change_request', 'Changes you asked for', 'membership'),
	row('person_death', 'A death that was recorded', 'membership'),
	row('person_note', 'Notes in your file', 'membership'),
	row('person_note_text', 'The words of those notes', 'membership', 'note_id IN (SELECT id FROM person_note WHERE person_id = :person)'),
	row('letter', 'Letters to you', 'membership'),
	row('file_read', 'Days on which your file was opened', 'audit', MINE, ['reader_id']),
	row('person_merge', 'Files put together', 'audit', 'winner_id = :person OR loser_id = :person'),
	row(
		'person_merge_row',
		'What was moved when they were',
		'audit',
		'loser_id = :person OR loser_id IN (SELECT loser_id FROM person_merge WHERE winner_id = :person)',
	),
	row('person_unmerge', 'Files taken apart again', 'audit', 'winner_id = :person OR loser_id = :person'),
	row('not_same_person', 'Files that look like yours and are not', 'audit', 'first_id = :person OR second_id = :person', ['first_id', 'second_id']),
	row('listing', 'Your listing', 'listing'),
	row('listing_option', 'What your listing offers', 'listing'),
	row('listing_consent', 'What you agreed to show', 'listing'),
	row('listing_former_slug', 'Earlier addresses of your listing', 'listing'),
	row('listing_request', 'Changes to your listing that you asked for', 'listing'),
	row('availability_link', 'Monthly links about your availability', 'security'),
	row('practice_place', 'Where you practise', 'listing'),
	// What the enquirer wrote is about the enquirer; the therapist has it in the message.
	row('enquiry', 'Enquiries to you', 'enquiries', MINE, ['sender_name', 'sender_email', 'sender_phone', 'safe_times', 'message', 'reply_by']),
	row('cpd_entry', 'Your CPD log', 'cpd'),
	row('cpd_group', 'Groups that repeat in your log', 'cpd'),
	row('cpd_year', 'Years you declared', 'cpd'),
	row('calendar_feed', 'Your calendar feed', 'security'),
	row('supervision_relation', 'Supervision agreed', 'cpd', 'supervisee_id = :person OR supervisor_id = :person', ['outside_email']),
	row('supervision_entry', 'Your supervision log', 'cpd'),
	row(
		'supervision_link',
		'Links sent about supervision',
		'security',
		'relation_id IN (SELECT id FROM supervision_relation WHERE supervisor_id = :person OR supervisee_id = :person)',
	),
	row('accreditation_application', 'Your applications for accreditation', 'accreditation'),
	row('accreditation_step', 'What happened with them', 'accreditation', MY_ACCREDITATION, ['by_person']),
	row('accreditation_answer', 'What you wrote in them', 'accreditation', MY_ACCREDITATION),
	row('accreditation_evidence', 'Evidence you chose', 'accreditation', MY_ACCREDITATION),
	row('accreditation_submission', 'What you sent', 'accreditation', MY_ACCREDITATION),
	// What a referee wrote in confidence is theirs; that they were asked is yours.
	row('accreditation_request', 'Whom we asked about you, and whether they answered', 'accreditation', MY_ACCREDITATION, [
		'answer',
		'judgement_words',
		'judged_by',
	]),
	row('accreditation_item', 'What you were asked for', 'accreditation', MY_ACCREDITATION, ['asked_by']),
	row('accreditation_assessor', 'How your applications were assessed, and those you assessed', 'accreditation', `${MY_ACCREDITATION} OR ${MINE}`, [
		'person_id',
		'declared_words',
		'assigned_by',
	]),
	row(
		'accreditation_mark',
		'How each criterion was marked',
		'accreditation',
		`assessor_id IN (SELECT id FROM accreditation_assessor WHERE ended_at IS NULL AND ${MY_ACCREDITATION})`,
	),
	row('accreditation_return', 'What an application was sent back for', 'accreditation', MY_ACCREDITATION, ['returned_by']),
	row('accreditation_hold', 'Why an application was on hold', 'accreditation', MY_ACCREDITATION, ['held_by']),
	row('accreditation_reconciliation', 'What the assessors agreed on', 'accreditation', MY_ACCREDITATION, ['written_by']),
	row('meeting', 'Meetings you called', 'roles', 'called_by = :person', ['minutes']),
	row('meeting_member', 'Meetings you took part in', 'roles'),
	row('meeting_item', 'When your applications were decided on', 'accreditation', MY_ACCREDITATION),
	row('meeting_interest', 'Interests you declared', 'roles'),
	row('vote', 'Votes you cast', 'roles'),
	row('decision', 'Decisions on your applications', 'accreditation', MY_ACCREDITATION, ['overturned_by']),
	row('decision_condition', 'Conditions of those decisions', 'accreditation', `decision_id IN (SELECT id FROM decision WHERE ${MY_ACCREDITATION})`, [
		'judged_by',
	]),
	row('decision_review', 'Reviews you asked for', 'accreditation', MY_ACCREDITATION),
	row('meeting_advice', 'Advice you wrote for the committee', 'roles'),
	row('decision_undo', 'Decisions put right', 'accreditation', `decision_id IN (SELECT id FROM decision WHERE ${MY_ACCREDITATION})`, [
		'asked_by',
		'confirmed_by',
	]),
	row('renewal', 'Your re-accreditation', 'accreditation'),
	row('renewal_step', 'What happened with it', 'accreditation', MY_RENEWAL, ['by_person']),
	row('renewal_submission', 'What you sent for it', 'accreditation', MY_RENEWAL),
	// What was said about somebody is theirs to see once it was given in their own account; who said it knows.
	row('renewal_support', 'Words given for it, and those you gave for others', 'accreditation', `${MY_RENEWAL} OR ${MINE}`),
	row('renewal_request', 'Whom you asked to speak for it, and whether they answered', 'accreditation', MY_RENEWAL, ['answer', 'words', 'by_hand_by']),
	row('renewal_extension', 'More time that you were given', 'accreditation', MY_RENEWAL, ['asked_by', 'confirmed_by']),
	row('annual_declaration', 'What you declared each year', 'accreditation'),
	row('cpd_audit', 'Audits of your CPD', 'accreditation'),
	row('cpd_audit_step', 'What happened with them', 'accreditation', MY_AUDIT, ['by_person']),
	row('cpd_audit_ask', 'What you asked for in them', 'accreditation', MY_AUDIT, ['first_by', 'second_by']),
	row('cpd_audit_answer', 'What you sent for them', 'accreditation', MY_AUDIT),
	row('cpd_audit_draft', 'What you wrote for them and did not send yet', 'accreditation', MY_AUDIT),
	row('cpd_audit_say', 'What you said to what was found', 'accreditation', MY_AUDIT),
	row('upkeep_reviewer', 'Who looked at them, and those you looked at', 'accreditation', `${MY_RENEWAL} OR ${MY_AUDIT} OR ${MINE}`, [
		'declared_words',
		'assigned_by',
	]),
	row('upkeep_item', 'What you were asked for or had to do', 'accreditation', `${MY_RENEWAL} OR ${MY_AUDIT}`, ['asked_by', 'judged_by']),
	row('upkeep_words', 'Reasons given', 'accreditation', `${MY_RENEWAL} OR ${MY_AUDIT}`, ['written_by']),
	row('sample_draw', 'Samples you drew', 'roles', 'drawn_by = :person'),
	row('course', 'Courses you lead', 'evidence', 'lead_id = :person'),
	row('course_attendance', 'Courses you attended', 'evidence'),
	row('training_case', 'Your supervised cases', 'evidence'),
	row('training_case_facts', 'What you wrote about them', 'evidence', MY_CASE),
	row('training_rating', 'Recordings of yours that a supervisor rated', 'evidence', MY_CASE),
	// The report is about the trainee, and the words are the supervisor's: both are handed what they hold.
	row('training_report', 'Reports on your cases, and those you signed', 'evidence', `${MY_CASE} OR signed_by = :person`),
	row('training_link', 'Links sent to your supervisors', 'security', MY_CASE),
	row('training_case_read', 'Days on which the office opened a case of yours', 'audit', MY_CASE, ['reader_id']),
	// The scan of a letter belongs to what its writer said in confidence, and not to the officer who stored it.
	row('stored_file', 'Files you gave us', 'evidence', "owner_person_id = :person AND attached_type IS NOT 'accreditation_request'"),
	row('invoice', 'Your invoices', 'payments'),
	row('invoice_line', 'What they are for', 'payments', MY_INVOICE),
	row('checkout', 'Payments begun on the website', 'payments', MY_INVOICE, ['url']),
	row('payment', 'Your payments', 'payments', MY_INVOICE),
	row('payment_event', 'What the payment provider told us', 'payments', MY_INVOICE),
	row('refund', 'Refunds', 'payments', `payment_id IN (SELECT id FROM payment WHERE ${MY_INVOICE})`),
	row(
		'refund_choice',
		'What a refund meant for your membership',
		'payments',
		`refund_id IN (SELECT r.id FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.${MY_INVOICE})`,
	),
	row('account', 'Your account', 'security'),
	row('session', 'Where you are signed in', 'security', MY_ACCOUNT),
	row('device', 'Devices you signed in with', 'security', MY_ACCOUNT),
	row('passkey', 'Your passkeys', 'security', MY_ACCOUNT),
	row('recovery_code', 'Your recovery codes (used or not)', 'security', MY_ACCOUNT),
	row('account_link', 'Links we sent you', 'security', `${MINE} OR ${MY_ACCOUNT}`),
	row('email_change', 'Changes of your e-mail address', 'security', MY_ACCOUNT),
	row('role_grant', 'Roles you held for us', 'roles'),
	row('outbox', 'Messages to you', 'messages', MY_ADDRESS),
	row('message_set_aside', 'Messages that could not be delivered', 'messages', `message_id IN (SELECT id FROM outbox WHERE ${MY_ADDRESS})`),
	row('data_request', 'Your requests about your data', 'requests'),
	row('erasure', 'Erasing that you asked for', 'requests', MINE, ['plan_digest']),
	// Why it is held may be about a concern of somebody else's: told on request by the office, not by a click.
	row('legal_hold', 'Reasons to keep your file for now', 'requests', MINE, ['because', 'lifted_because']),
	row('audit_event', 'Record of what was done, by you and about you', 'audit', MY_EVENT),
	row('audit_personal', 'Values in that record', 'audit', MY_EVENT),
	...CONCERN_TABLES,
];

/** Columns that are never handed over: secrets and their hashes, what machines need only, and which colleague did the work. */
export function isWithheld(column: string): boolean {
	return /(?:^|_)(?:hash|sealed|mac|salt|digest|key|handle)$|^(?:public_key|credential_id|sha256|sealed_sha256|sealed_as|totp_last_step|counter|version|process_id|removed_match)$|_by$/.test(
		column,
	);
}
