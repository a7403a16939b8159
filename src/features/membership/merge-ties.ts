import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

const ASSESSED = `SELECT 1 FROM accreditation_application a WHERE a.person_id = :one AND (
	EXISTS (SELECT 1 FROM accreditation_assessor e WHERE e.application_id = a.id AND e.person_id = :other AND e.end_reason IS NOT 'recused')
	OR EXISTS (SELECT 1 FROM accreditation_request r WHERE r.application_id = a.id AND r.to_person_id = :other)
	OR EXISTS (SELECT 1 FROM meeting_item i JOIN vote v ON v.item_id = i.id WHERE i.application_id = a.id AND v.person_id = :other)
	OR EXISTS (SELECT 1 FROM accreditation_step s WHERE s.application_id = a.id AND s.by_person = :other AND s.kind IN ('returned', 'accepted', 'assigned',
		'sheet_sealed', 'reconciled', 'information_requested', 'information_extended', 'put_to_panel', 'deferred', 'decided', 'condition_met',
		'condition_missed', 'review_decided', 'held', 'released', 'rolled_back')))`;
const RENEWED = `SELECT 1 FROM renewal k WHERE k.person_id = :one AND (
	EXISTS (SELECT 1 FROM renewal_support s WHERE s.renewal_id = k.id AND s.person_id = :other)
	OR EXISTS (SELECT 1 FROM renewal_request q WHERE q.renewal_id = k.id AND :other IN (q.to_person_id, q.by_hand_by))
	OR EXISTS (SELECT 1 FROM upkeep_reviewer e WHERE e.renewal_id = k.id AND e.person_id = :other AND e.end_reason IS NOT 'recused')
	OR EXISTS (SELECT 1 FROM meeting_item i JOIN vote v ON v.item_id = i.id WHERE i.subject_id = k.id AND v.person_id = :other)
	OR EXISTS (SELECT 1 FROM renewal_step s WHERE s.renewal_id = k.id AND s.by_person = :other
		AND s.kind NOT IN ('opened', 'submitted', 'drawn', 'unassigned', 'information_answered') AND json_extract(s.data, '$.mass') IS NULL))`;
const AUDITED = `SELECT 1 FROM cpd_audit k WHERE k.person_id = :one AND (
	EXISTS (SELECT 1 FROM upkeep_reviewer e WHERE e.audit_id = k.id AND e.person_id = :other AND e.end_reason IS NOT 'recused')
	OR EXISTS (SELECT 1 FROM cpd_audit_ask q WHERE q.audit_id = k.id AND :other IN (q.first_by, q.second_by))
	OR EXISTS (SELECT 1 FROM meeting_item i JOIN vote v ON v.item_id = i.id WHERE i.subject_id = k.id AND v.person_id = :other)
	OR EXISTS (SELECT 1 FROM cpd_audit_step s WHERE s.audit_id = k.id AND s.by_person = :other
		AND s.kind NOT IN ('selected', 'notified', 'began', 'submitted', 'unassigned', 'information_answered')))`;
const OPEN_AUDITS = `SELECT 1 FROM cpd_audit one JOIN cpd_audit other ON other.person_id = :other AND (other.is_final = 0 OR other.draw_id = one.draw_id)
	WHERE one.person_id = :one AND one.is_final = 0`;

const ROWS: readonly (readonly [text: string, said: string])[] = [
	[ASSESSED, 'One of them applied for accreditation, and the other was asked about it, assessed it or decided on it: nobody does so for themselves.'],
	[RENEWED, 'One of them renewed their accreditation, and the other spoke for them, looked at it or decided on it: nobody does so for themselves.'],
	[AUDITED, 'One of them had a CPD audit, and the other looked at it or decided on it: nobody does so for themselves.'],
];

/** What was done between the two files that one person may not do for themselves, or cannot have twice, in words. Never authorises. */
export function mergeTies(db: Db, loserId: string, winnerId: string): string[] {
	const finds = (text: string, one: string, other: string) => prepared(db.sql, text).get({ one, other }) !== undefined;
	const audits = finds(OPEN_AUDITS, loserId, winnerId) ? ['Both have an audit of their CPD, and one of them is open. Finish it first.'] : [];
	return [...ROWS.filter(([text]) => finds(text, loserId, winnerId) || finds(text, winnerId, loserId)).map(([, said]) => said), ...audits];
}
