import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { closeMeeting, standingByReference } from '#features/accreditation/index.ts';
import type { Someone } from './application.ts';
import { aPerson } from './application.ts';
import { aCommittee, aMeeting, inPanel, roomOn } from './committee.ts';

/** Words that `leaveApplications` leaves behind, one for each place where somebody writes. */
export const APPLICATION_CANARIES = [
	...['answer', 'title', 'snapshot', 'sent', 'referee', 'mailbox', 'about-me', 'reference', 'judged', 'question', 'reply', 'mark', 'summary'],
	...['gate', 'return', 'hold', 'reconciled', 'decision', 'condition', 'shown', 'condition-judged', 'review', 'undo', 'vote', 'interest', 'advice', 'draft'],
	...[
		'renewal',
		'support',
		'extension',
		'declared',
		'because',
		'asked',
		'log',
		'unsent',
		'said',
		'auditor',
		'task',
		'reason',
		'referred',
		'refmail',
		'own-gate',
		'scan',
	],
].map((word) => `canaryacc-${word}-x`);

const say = (word: string) => `canaryacc-${word}-x`;

/** An application that went through everything, a draft, a re-accreditation and an audit; a seat, a sheet and a reference about somebody else. */
export function leaveApplications(ctx: Ctx, person: Someone, name: string): string {
	const run = (text: string, values: object = {}) => ctx.db.sql.prepare(text).run(values);
	const seats = aCommittee(ctx);
	const [day, other] = ['2026-12-10', aPerson(ctx, 'Other')];
	const [reference, theirs] = [inPanel(ctx, person), inPanel(ctx, other)];
	const [id, otherId] = [reference, theirs].map((one) => standingByReference(ctx.db, one).application.id);
	const values = { id, otherId, person: person.id, by: seats.officer.id, draft: newId() };
	const put = (text: string) => {
		const used = Object.entries(values).filter(([key]) => new RegExp(`:${key}\\b`).test(text));
		run(text, Object.fromEntries(used));
	};
	decline(seats, reference, day);
	for (const text of [...ABOUT_ME, ...AFTERWARDS]) put(text);
	put(DRAFT);
	put("INSERT INTO accreditation_answer VALUES (:draft, 'course', json_object('text', 'canaryacc-draft-x'), 0, 1)");
	put(`INSERT INTO accreditation_step (application_id, no, kind, at, on_day, by_person, data, process_id, phase, turn)
		VALUES (:draft, 1, 'begun', 0, '2026-01-01', :person, '{}', 'x', 'draft', 'applicant')`);
	for (const text of OF_OTHERS) put(text);
	run(
		"UPDATE meeting SET minutes = json_insert(minutes, '$[#]', json_object('no', NULL, 'title', 'Guests', 'text', :said)), minutes_approved_at = CASE id WHEN 'm2' THEN NULL ELSE 1 END, minutes_approved_in = CASE id WHEN 'm2' THEN NULL ELSE 'm2' END",
		{
			said: `Present: ${name} (member).`,
		},
	);
	return reference;
}

function decline(seats: ReturnType<typeof aCommittee>, reference: string, day: string): void {
	const meeting = aMeeting(seats, [reference], 'ordinary', day);
	const room = roomOn(seats, meeting, day);
	room.open();
	room.allVote(1, 'decline');
	room.resolve(1, reference, { reasons: ['standard_not_met'], words: say('decision') });
	closeMeeting(room.on(seats.secretary), meeting, { version: room.version() });
}

const MY_DECISION = '(SELECT id FROM decision WHERE application_id = :id)';
const MY_ITEM = '(SELECT item_id FROM decision WHERE application_id = :id)';
const DRAFT = `INSERT INTO accreditation_application (id, person_id, route, standards_version, begun_at, phase, turn, phase_from_on, steps)
	VALUES (:draft, :person, 'supervisor', '2026-1', 0, 'draft', 'applicant', '2026-01-01', 1)`;

const ABOUT_ME = [
	"INSERT INTO accreditation_answer VALUES (:id, 'course', json_object('text', 'canaryacc-answer-x'), 0, 1)",
	`INSERT INTO accreditation_evidence (id, application_id, section, source, source_id, title, snapshot, consented_at)
		VALUES ('ev', :id, 'course', 'course', 's', 'canaryacc-title-x', json_object('x', 'canaryacc-snapshot-x'), 0)`,
	"INSERT INTO accreditation_submission VALUES (:id, 1, json_object('sections', json_array('canaryacc-sent-x')), 'I declare', 'd', 0)",
	`INSERT INTO accreditation_request (id, application_id, kind, place, to_name, to_email, about, made_at, made_by, due_on, sent_at, ended_at, ending, answer, judgement_words)
		VALUES ('rq', :id, 'reference', 1, 'canaryacc-referee-x', 'canaryacc-mailbox-x@example.org', 'canaryacc-about-me-x', 0, 'x', '2026-12-01', 5, 6, 'answered',
			json_object('fields', json_object('a', 'canaryacc-reference-x'), 'signedName', 'x'), 'canaryacc-judged-x')`,
	`INSERT INTO outbox (id, kind, dedupe_key, process_id, to_address, subject, body, created_at, due_at)
		VALUES ('ob', 'accreditation.request', 'accreditation.request:rq:5', 'x', 'canaryacc-mailbox-x@example.org', 'x', 'canaryacc-refmail-x', 0, 9e15)`,
	`INSERT INTO stored_file (id, purpose, owner_person_id, name, type, bytes, sha256, sealed_sha256, sealed_as, created_at, attached_type, attached_id, attached_at)
		VALUES ('sc', 'application_evidence', :by, 'canaryacc-scan-x.pdf', 'application/pdf', 1, lower(hex(randomblob(32))), lower(hex(randomblob(32))), 'aes-256-gcm/v1', 0,
			'accreditation_request', 'rq', 0)`,
	`INSERT INTO accreditation_item (id, application_id, round, section, reason, question, asked_by, asked_at, due_on, answer, answered_at)
		VALUES ('it', :id, 1, 'course', 'x', 'canaryacc-question-x', :by, 0, '2026-12-01', 'canaryacc-reply-x', 1)`,
	"INSERT INTO accreditation_return VALUES ('rt', :id, 1, 'course', 'canaryacc-return-x', '2026-12-01', :by, 0)",
	"INSERT INTO accreditation_hold VALUES (:id, 9, 'canaryacc-hold-x', '2026-12-01', :by, 0)",
	"INSERT INTO accreditation_reconciliation VALUES (:id, 1, 'decline', 'canaryacc-reconciled-x', json_array('canaryacc-reconciled-x'), :by, 0)",
	`INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at, declared_at, declared, declared_words, summary, ended_at, end_reason)
		VALUES ('as', :id, :by, 3, 'x', 0, 0, 'minor', 'canaryacc-gate-x', 'canaryacc-summary-x', 1, 'replaced')`,
	"INSERT INTO accreditation_mark VALUES ('as', 'course', 'enough', 'fixable', 'x', 'canaryacc-mark-x', 0)",
	"UPDATE accreditation_assessor SET recommendation = 'decline', sealed_at = 1 WHERE id = 'as'",
];

const AFTERWARDS = [
	`INSERT INTO decision_condition (id, decision_id, words, due_on, evidence, judgement) VALUES ('co', ${MY_DECISION}, 'canaryacc-condition-x', '2027-01-01', 'canaryacc-shown-x', 'canaryacc-condition-judged-x')`,
	`INSERT INTO decision_review VALUES ('rv', :id, ${MY_DECISION}, '["error"]', 'canaryacc-review-x', NULL, 0)`,
	`INSERT INTO decision_undo (id, decision_id, reason, asked_by, asked_at) VALUES ('un', ${MY_DECISION}, 'canaryacc-undo-x', :by, 0)`,
	`INSERT INTO destruction_open VALUES (1)`,
	`UPDATE vote SET words = 'canaryacc-vote-x' WHERE item_id = ${MY_ITEM}`,
	'DELETE FROM destruction_open',
	`UPDATE meeting_interest SET words = 'canaryacc-interest-x' WHERE item_id = ${MY_ITEM}`,
	`INSERT INTO meeting_advice VALUES (${MY_ITEM}, :by, 'canaryacc-advice-x', 0)`,
	"INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on, ended_on, end_reason) VALUES ('aw', :person, 'supervisor', 'adult', '2020', '2020-01-01', '2026-01-01', 'given_up')",
	`INSERT INTO renewal (id, reference, person_id, award_id, term_to_on, route, standards_version, begun_at, phase, due_on, is_sampled, is_drawn, steps)
		VALUES ('rn', 'REN-2026-9001', :person, 'aw', '2025-12-31', 'x', '2026-1', 0, 'refused', '2025-12-31', 0, 0, 1)`,
	"INSERT INTO renewal_step (renewal_id, no, kind, at, on_day, by_person, data, process_id) VALUES ('rn', 1, 'opened', 0, '2025-07-01', NULL, '{}', 'x')",
	"INSERT INTO renewal_submission VALUES ('rn', 1, json_object('x', 'canaryacc-renewal-x'), 'I declare', 'd', 0)",
	"INSERT INTO renewal_support VALUES ('sp', 'rn', :by, 0, 1, 'supports', 'canaryacc-support-x')",
	"INSERT INTO renewal_extension (id, renewal_id, until_on, reason, asked_by, asked_at, needs_second) VALUES ('ex', 'rn', '2026-06-01', 'canaryacc-extension-x', :by, 0, 0)",
	"INSERT INTO annual_declaration VALUES ('an', :person, 2025, 'I declare', 1, 1, 'canaryacc-declared-x', 0)",
	`INSERT INTO cpd_audit (id, reference, person_id, because, from_on, to_on, begun_at, phase, is_final, steps)
		VALUES ('au', 'AUD-2026-9001', :person, 'canaryacc-because-x', '2024-01-01', '2024-12-31', 0, 'satisfied', 1, 1)`,
	"INSERT INTO cpd_audit_ask (id, audit_id, kind, words, until_on, asked_at) VALUES ('ak', 'au', 'time', 'canaryacc-asked-x', '2026-01-01', 0)",
	"INSERT INTO cpd_audit_answer VALUES ('au', 1, 'canaryacc-log-x', 'd', json_object('x', 'canaryacc-log-x'), 0)",
	"INSERT INTO cpd_audit_draft VALUES ('au', 'canaryacc-unsent-x', 1, 0)",
	"INSERT INTO cpd_audit_say VALUES ('au', 1, 'canaryacc-said-x', 0)",
	"INSERT INTO upkeep_reviewer (id, audit_id, person_id, place, assigned_by, assigned_at, declared_words) VALUES ('ur', 'au', :by, 1, 'x', 0, 'canaryacc-auditor-x')",
	`INSERT INTO upkeep_item (id, audit_id, kind, round, words, due_on, asked_by, asked_at, answer, judged_at, judged_by, judgement)
		VALUES ('ui', 'au', 'task', 1, 'canaryacc-task-x', '2026-01-01', :by, 0, 'canaryacc-task-x', 1, :by, 'met')`,
	"INSERT INTO upkeep_words VALUES ('uw', NULL, 'au', 1, 'canaryacc-reason-x', :by, 0)",
	`INSERT INTO meeting (id, reference, kind, held_on, called_by, called_at, papers_on, minutes) VALUES ('m2', 'MTG-2026-99', 'ordinary', '2026-12-20', :by, 0, '2026-12-01', '[]')`,
	"UPDATE meeting SET minutes = json_array(json_object('no', 1, 'title', 'x', 'text', 'canaryacc-referred-x')) WHERE id = 'm2'",
	"INSERT INTO meeting_item (id, meeting_id, position, kind, subject_id, title, resolution) VALUES ('mi', 'm2', 1, 'audit', 'au', 'x', 'canaryacc-referred-x')",
];

const OF_OTHERS = [
	`INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at, declared_at, declared, declared_words, ended_at, end_reason)
		VALUES ('ax', :otherId, :person, 3, 'x', 0, 0, 'recuse', 'canaryacc-own-gate-x', 1, 'recused')`,
	`INSERT INTO accreditation_request (id, application_id, kind, place, to_name, to_email, to_person_id, made_at, made_by, due_on, sent_at, ended_at, ending, answer)
		VALUES ('rx', :otherId, 'reference', 1, 'Zebulonia Quixotecanary', 'canary.address@example.org', :person, 0, 'x', '2026-12-01', 0, 1, 'answered',
			json_object('fields', json_object('a', 'Good work'), 'signedName', 'Zebulonia Quixotecanary'))`,
];
