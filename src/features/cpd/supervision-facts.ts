import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { SupervisionFact } from './facts.ts';

/** A correction counts once it is confirmed; until then the entry that it corrects goes on counting. Neither counts twice. */
const COUNTS = `e.is_draft = 0
	AND (e.corrects_id IS NULL OR e.confirmed_at IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM supervision_entry c WHERE c.corrects_id = e.id AND c.confirmed_at IS NOT NULL)`;

/**
 * The sessions of supervision that someone received in a stretch of days, both days included, oldest first: what the CPD rules count.
 * Each session is there once; `minutes` is the member's own share. Never authorises.
 */
export function supervisionFactsOf(db: Db, personId: string, fromOn: string, toOn: string): SupervisionFact[] {
	const text = `SELECT e.id, e.held_on AS doneOn, e.own_minutes AS minutes, e.confirmed_at IS NOT NULL AS isConfirmed
		FROM supervision_entry e WHERE e.person_id = ? AND e.held_on BETWEEN ? AND ? AND e.own_minutes > 0 AND ${COUNTS} ORDER BY e.held_on, e.id`;
	const rows = prepared(db.sql, text).all(personId, fromOn, toOn) as (Omit<SupervisionFact, 'isConfirmed'> & { isConfirmed: number })[];
	return rows.map((row) => ({ ...row, isConfirmed: row.isConfirmed === 1 }));
}

/**
 * The supervision that someone gave up to a day, as far as supervisees logged it and it was confirmed: how long, and to how many people. A group
 * is counted once however many of its members logged it: sessions of one day that are alike in length, size and mode count as one, so that what
 * is found is never too much. Never authorises.
 */
export function supervisionGivenBy(db: Db, personId: string, day: string): { minutes: number; supervisees: number } {
	const given = `FROM supervision_entry e JOIN supervision_relation r ON r.id = e.relation_id
		WHERE r.supervisor_id = :person AND r.agreed_at IS NOT NULL AND e.confirmed_at IS NOT NULL AND e.held_on <= :day AND e.minutes > 0 AND ${COUNTS}`;
	const text = `SELECT (SELECT coalesce(sum(e.minutes), 0) ${given} AND e.kind <> 'group')
			+ (SELECT coalesce(sum(minutes), 0) FROM (SELECT DISTINCT e.held_on, e.minutes, e.group_size, e.mode ${given} AND e.kind = 'group')) AS minutes,
		(SELECT count(DISTINCT e.person_id) ${given}) AS supervisees`;
	return prepared(db.sql, text).get({ person: personId, day }) as { minutes: number; supervisees: number };
}

/** The minutes of teaching and presenting that someone logged as CPD up to a day. Never authorises. */
export function minutesTaught(db: Db, personId: string, day: string): number {
	const text = `SELECT coalesce(sum(minutes), 0) FROM cpd_entry
		WHERE person_id = ? AND category = 'teaching_presenting' AND is_draft = 0 AND deleted_at IS NULL AND done_on <= ?`;
	return prepared(db.sql, text).pluck().get(personId, day) as number;
}

/** One stretch of supervision that both agreed to. `otherPersonId` is null for a supervisor outside the register; `toOn` null while it goes on. */
export type SupervisedSpan = {
	relationId: string;
	/** What the person asked about was. */
	role: 'supervisee' | 'supervisor';
	otherPersonId: string | null;
	outsideName: string | null;
	fromOn: string;
	toOn: string | null;
};

/**
 * With whom someone ever was in supervision, on either side: kept for ever, for conflicts of interest (nobody assesses an application of
 * their own supervisee or supervisor). Never authorises.
 */
export function supervisedBetween(db: Db, personId: string): SupervisedSpan[] {
	const text = `SELECT id AS relationId, CASE supervisee_id WHEN ? THEN 'supervisee' ELSE 'supervisor' END AS role,
		CASE supervisee_id WHEN ? THEN supervisor_id ELSE supervisee_id END AS otherPersonId, outside_name AS outsideName, from_on AS fromOn, ended_on AS toOn
		FROM supervision_relation WHERE agreed_at IS NOT NULL AND (supervisee_id = ? OR supervisor_id = ?) ORDER BY from_on, id`;
	return prepared(db.sql, text).all(personId, personId, personId, personId) as SupervisedSpan[];
}
