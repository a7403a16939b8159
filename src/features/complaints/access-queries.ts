import type { Ctx } from '#core/ctx.ts';
import { ROLES, type Role, STAFF_ROLES } from '#core/roles.ts';
import { openTexts } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Access, OpenCase } from './sight.ts';

/** Somebody who is or was let in. `words`: what they said of a small tie, or why they broke the glass. */
export type AccessLine = Access & {
	personId: string;
	name: string;
	fromAt: number;
	grantedBy: string | null;
	declaredAt: number | null;
	endedAt: number | null;
	endReason: string | null;
	words: string | null;
};
export type ReadLine = { name: string | null; capacity: string; what: string; at: number };

export const READS_SHOWN = 200;

/** Everybody who is or was let into an opened case, the newest last. */
export function accessesOf(ctx: Ctx, { concern }: Pick<OpenCase, 'concern'>): AccessLine[] {
	const rows = prepared(ctx.db.sql, ACCESSES).all(concern.id) as Omit<AccessLine, 'words'>[];
	const places = rows.map(({ id, capacity }) => placeOf(id, capacity));
	const words = openTexts(ctx, concern.id, places);
	return rows.map((row) => ({ ...row, words: words.get(placeOf(row.id, row.capacity)) ?? null }));
}

/** Where in the vault it stands what was said to an access. */
export function placeOf(id: string, capacity: Access['capacity']): string {
	return capacity === 'break_glass' ? `glass:${id}` : `access:${id}`;
}

/** Who opened what, newest first, and how often in all. Never authorises: for the owner. */
export function readsOf(db: Db, concernId: string): { lines: ReadLine[]; count: number } {
	const lines = prepared(db.sql, READS).all(concernId) as ReadLine[];
	const count = prepared(db.sql, 'SELECT count(*) FROM concern_read WHERE concern_id = ?').pluck().get(concernId) as number;
	return { lines, count };
}

/** Those of the office whom nothing on record ties to a case, by what they are. Never authorises: for the owner. */
export function choicesFor({ db, today }: Pick<Ctx, 'db' | 'today'>, concernId: string): { value: string; label: string }[] {
	const rows = prepared(db.sql, CHOICES).all({ id: concernId, today, staff: JSON.stringify(STAFF_ROLES) }) as { id: string; name: string; roles: string }[];
	return rows.map(({ id, name, roles }) => ({ value: id, label: `${name} (${sayRoles(JSON.parse(roles) as Role[])})` }));
}

/** The roles that somebody holds on a day. */
export function rolesOn(db: Db, personId: string, day: string): Role[] {
	const text = 'SELECT DISTINCT role FROM role_grant WHERE person_id = ? AND from_on <= ? AND (to_on IS NULL OR to_on >= ?)';
	return prepared(db.sql, text).pluck().all(personId, day, day) as Role[];
}

function sayRoles(roles: readonly Role[]): string {
	return roles.map((role) => ROLES[role].title.toLowerCase()).join(', ');
}

const NAME = `(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = %s AND n.to_on IS NULL)`;
const nameOf = (column: string) => NAME.replace('%s', column);
const ACCESSES = `SELECT a.id, a.person_id AS personId, ${nameOf('a.person_id')} AS name, a.capacity, a.from_at AS fromAt, a.until_at AS untilAt,
	${nameOf('a.granted_by')} AS grantedBy, a.declared, a.declared_at AS declaredAt, a.ended_at AS endedAt, a.end_reason AS endReason
	FROM concern_access a WHERE a.concern_id = ? ORDER BY a.from_at, a.id`;
const READS = `SELECT ${nameOf('r.person_id')} AS name, r.capacity, r.what, r.at FROM concern_read r WHERE r.concern_id = ?
	ORDER BY r.at DESC, r.id DESC LIMIT ${READS_SHOWN}`;
const CHOICES = `SELECT g.person_id AS id, n.given_names || ' ' || n.family_name AS name, json_group_array(DISTINCT g.role) AS roles
	FROM role_grant g JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL
	WHERE g.from_on <= :today AND (g.to_on IS NULL OR g.to_on >= :today) AND g.role IN (SELECT value FROM json_each(:staff))
		AND g.person_id NOT IN (SELECT other_id FROM concern_interest WHERE concern_id = :id)
		AND g.person_id NOT IN (SELECT person_id FROM concern_access WHERE concern_id = :id AND end_reason = 'recused')
	GROUP BY g.person_id ORDER BY n.family_name, n.given_names`;
