import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { INTEREST_WORDS, type Interest } from './interests.ts';

/** A renewal or an audit: what somebody is given to look at. */
export type Subject = { kind: 'renewal' | 'audit'; id: string };

/** The column that names a subject in the tables that both kinds share. */
export function columnOf({ kind }: Pick<Subject, 'kind'>): 'renewal_id' | 'audit_id' {
	return kind === 'renewal' ? 'renewal_id' : 'audit_id';
}

/** What stands between somebody and a member, found from the record: themselves, supervision either way, a shared practice. Never authorises. */
export function circleOf(db: Db, memberId: string, personId: string): Interest[] {
	if (memberId === personId) return ['own'];
	return prepared(db.sql, 'SELECT DISTINCT reason FROM interest WHERE person_id = ? AND other_id = ?').pluck().all(memberId, personId) as Interest[];
}

/** The same about a file: also whoever stepped back from it, or spoke for the member. Never authorises. */
export function barsToSubject(db: Db, subject: Subject, memberId: string, personId: string): Interest[] {
	const found = circleOf(db, memberId, personId);
	const column = columnOf(subject);
	const recused = `SELECT 1 FROM upkeep_reviewer WHERE ${column} = ? AND person_id = ? AND end_reason = 'recused'`;
	if (prepared(db.sql, recused).get(subject.id, personId)) found.push('recused');
	if (prepared(db.sql, SPOKE).get(subject.id, personId)) found.push('referee');
	return found;
}

/** Why somebody may not look at a file, in words; null when nothing stands in the way. */
export function sayBars(bars: readonly Interest[]): string | null {
	return bars.length === 0 ? null : bars.map((bar) => INTEREST_WORDS[bar]).join('; ');
}

/** What keeps somebody from voting on an item of a meeting that is about a renewal or an audit: also having looked at the file. */
export function barsToReferred(db: Db, subjectId: string, personId: string): Interest[] {
	const member = memberOfReferred(db, subjectId);
	if (member === null) return [];
	const bars = circleOf(db, member, personId);
	const looked = 'SELECT 1 FROM upkeep_reviewer WHERE coalesce(renewal_id, audit_id) = ? AND person_id = ?';
	if (prepared(db.sql, looked).get(subjectId, personId)) bars.push('assessed');
	if (prepared(db.sql, SPOKE).get(subjectId, personId)) bars.push('referee');
	return bars;
}

const SPOKE = `SELECT 1 FROM (SELECT renewal_id, person_id FROM renewal_support
	UNION ALL SELECT renewal_id, to_person_id FROM renewal_request WHERE ending IS NOT 'wrong_person') WHERE renewal_id = ? AND person_id = ?`;
/** Whose renewal or audit a meeting has before it; null for anything else. Never authorises. */
export function memberOfReferred(db: Db, subjectId: string): string | null {
	return (prepared(db.sql, MEMBER).pluck().get({ id: subjectId }) as string | undefined) ?? null;
}

const MEMBER = 'SELECT person_id FROM renewal WHERE id = :id UNION ALL SELECT person_id FROM cpd_audit WHERE id = :id';
