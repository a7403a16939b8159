import { createHmac } from 'node:crypto';
import type { Tx } from '#core/commit.ts';
import type { Keys } from '#core/keys.ts';
import { fold } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

export type RemovedMatch = 'none' | 'name' | 'name_and_birth';
type Named = { givenNames: string; familyName: string; bornOn: string | null };

/**
 * Keeps the marks by which someone who was removed would be noticed if they applied again: keyed hashes of each of their names, with and
 * without the birth date. They outlive everything else that is erased (workflows.md §6.0). Joins a transaction and never authorises.
 */
export function keepRemovedMatch(tx: Tx, personId: string): void {
	const keep = prepared(tx.db.sql, 'INSERT INTO removed_person (match_hash, kind, kept_since_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
	for (const name of prepared(tx.db.sql, NAMES).all(personId) as Named[]) {
		keep.run(markOf(tx.ctx.keys, { ...name, bornOn: null }), 'name', tx.ctx.today);
		if (name.bornOn !== null) keep.run(markOf(tx.ctx.keys, name), 'name_and_birth', tx.ctx.today);
	}
}

/**
 * Keeps them anew when a name or the birth date of somebody changes who was removed and has not been restored: nobody comes back unnoticed by
 * a new name. Joins a transaction and never authorises.
 */
export function keepMarksCurrent(tx: Tx, personId: string): void {
	const text = "SELECT 1 FROM register_order WHERE person_id = ? AND kind IN ('removal', 'voluntary_removal') AND outcome IS NULL";
	if (prepared(tx.db.sql, text).get(personId)) keepRemovedMatch(tx, personId);
}

/**
 * Forgets the marks of somebody whose removal was set aside on appeal: there is no reason left to keep them. A mark that was there before, of
 * somebody else who bears the name, stays. Joins a transaction and never authorises. @param sinceOn the day of the removal
 */
export function dropRemovedMatch(tx: Tx, personId: string, sinceOn: string): void {
	const drop = prepared(tx.db.sql, 'DELETE FROM removed_person WHERE match_hash = ? AND kept_since_on >= ?');
	for (const name of prepared(tx.db.sql, NAMES).all(personId) as Named[])
		for (const bornOn of [null, name.bornOn]) drop.run(markOf(tx.ctx.keys, { ...name, bornOn }), sinceOn);
}

/** Does someone who applies bear the marks of a person who was removed? It says so to the officer and refuses nobody. */
export function matchRemoved(db: Db, keys: Keys, applicant: Named): RemovedMatch {
	const find = prepared(db.sql, 'SELECT 1 FROM removed_person WHERE match_hash = ?');
	if (applicant.bornOn !== null && find.get(markOf(keys, applicant))) return 'name_and_birth';
	return find.get(markOf(keys, { ...applicant, bornOn: null })) ? 'name' : 'none';
}

/** Would the change that somebody asks for give them the marks of a person who was removed? It says so to who decides, and refuses nothing. */
export function changeMatchesRemoved(ctx: Pick<Tx['ctx'], 'db' | 'keys'>, asked: { personId: string } & { [Key in keyof Named]: Named[Key] | null }): boolean {
	const now = prepared(ctx.db.sql, `${NAMES} AND n.to_on IS NULL`).get(asked.personId) as Named | undefined;
	const named = { givenNames: asked.givenNames ?? now?.givenNames ?? '', familyName: asked.familyName ?? now?.familyName ?? '' };
	return matchRemoved(ctx.db, ctx.keys, { ...named, bornOn: asked.bornOn ?? now?.bornOn ?? null }) !== 'none';
}

/** The same of somebody on file: the strongest match of any of their names. Never authorises. */
export function removedMatchOf(db: Db, keys: Keys, personId: string): RemovedMatch {
	const found = (prepared(db.sql, NAMES).all(personId) as Named[]).map((named) => matchRemoved(db, keys, named));
	return found.find((match) => match === 'name_and_birth') ?? found.find((match) => match === 'name') ?? 'none';
}

const NAMES = `SELECT n.given_names AS givenNames, n.family_name AS familyName, p.born_on AS bornOn
	FROM person_name n JOIN person p ON p.id = n.person_id WHERE p.id = ?`;

/** The words of the name in any order: first and family names are easily swapped. */
function markOf(keys: Keys, { givenNames, familyName, bornOn }: Named): string {
	const words = fold(`${givenNames} ${familyName}`).split(' ').sort().join(' ');
	return createHmac('sha256', keys.secret)
		.update(`removed person\0${words}\0${bornOn ?? ''}`)
		.digest('hex');
}
