import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** Somebody who may be asked to sit. `isLay`: from outside the profession. */
export type Sitter = { personId: string; name: string; isLay: boolean };

/**
 * Whoever may sit on a panel of a case: members of the committee and lay panel members, of whom nothing on record ties anybody to it and who had
 * nothing to do with an earlier stage of it. Never authorises: for who composes it.
 */
export function sittersFor({ db, today }: Pick<Ctx, 'db' | 'today'>, concernId: string): Sitter[] {
	const rows = prepared(db.sql, SITTERS).all({ concernId, today, personId: null }) as (Omit<Sitter, 'isLay'> & { isLay: 0 | 1 })[];
	return rows.map((row) => ({ ...row, isLay: row.isLay === 1 }));
}

/** One of them, or null: nobody is seated who is not in that list. */
export function sitterFor({ db, today }: Pick<Ctx, 'db' | 'today'>, concernId: string, personId: string): Sitter | null {
	const row = prepared(db.sql, SITTERS).get({ concernId, today, personId }) as (Omit<Sitter, 'isLay'> & { isLay: 0 | 1 }) | undefined;
	return row ? { ...row, isLay: row.isLay === 1 } : null;
}

/** Had somebody to do with a case before, in whatever capacity? */
export function hadPartIn(db: Db, concernId: string, personId: string): boolean {
	return prepared(db.sql, `SELECT :personId IN (${EARLIER})`).pluck().get({ concernId, personId }) === 1;
}

// What the schema refuses too (concern_panel_seat_disjoint).
const EARLIER = `SELECT person_id FROM concern_access WHERE concern_id = :concernId AND (declared IS NOT NULL OR ended_at IS NULL)
	UNION SELECT by_person FROM concern_step WHERE concern_id = :concernId AND by_person IS NOT NULL
	UNION SELECT proposed_by FROM concern_proposal WHERE concern_id = :concernId
	UNION SELECT settled_by FROM concern_proposal WHERE concern_id = :concernId AND settled_by IS NOT NULL
	UNION SELECT typed_by FROM concern WHERE id = :concernId AND typed_by IS NOT NULL`;
const SITTERS = `SELECT g.person_id AS personId, n.given_names || ' ' || n.family_name AS name, max(g.role = 'lay_panel_member') AND NOT max(g.role <> 'lay_panel_member') AS isLay
	FROM role_grant g JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL JOIN person p ON p.id = g.person_id AND p.died_on IS NULL
	WHERE g.from_on <= :today AND (g.to_on IS NULL OR g.to_on >= :today) AND g.role IN ('lay_panel_member', 'committee', 'assessor')
		AND (:personId IS NULL OR g.person_id = :personId)
		AND g.person_id NOT IN (SELECT other_id FROM concern_interest WHERE concern_id = :concernId)
		AND g.person_id NOT IN (${EARLIER})
	GROUP BY g.person_id ORDER BY n.family_name, n.given_names, g.person_id`;
