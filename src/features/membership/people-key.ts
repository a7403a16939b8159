import { NotFound } from '#core/errors.ts';
import { readRegisterNumber } from '#core/register-number.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** Whose file an address names, and how it is best written: the register number, else the person's id. */
export type FileKey = { personId: string; key: string };

/**
 * Reads the last part of a file's address: a register number as people write it, or a person's id. A number or file that was merged into
 * another leads to that one. @throws NotFound
 */
export function fileKeyOf(db: Db, typed: string): FileKey {
	const one = (text: string, ...values: string[]) =>
		prepared(db.sql, text)
			.pluck()
			.get(...values) as string | undefined;
	const read = typed.length < 30 ? readRegisterNumber(typed) : null;
	const named = read?.kind === 'number' ? one(BY_NUMBER, read.number, read.number) : one('SELECT id FROM person WHERE id = ?', typed.toLowerCase());
	if (!named) throw new NotFound('There is no file with this number.');
	const personId = standingFileOf(db, named);
	return { personId, key: one('SELECT number FROM registration WHERE person_id = ?', personId) ?? personId };
}

/** The file that stands for a person: their own, or the one that it was merged into. */
export function standingFileOf(db: Db, personId: string): string {
	const winner = prepared(db.sql, 'SELECT winner_id FROM person_merge WHERE loser_id = ?').pluck().get(personId) as string | undefined;
	return winner === undefined ? personId : standingFileOf(db, winner);
}

/** A person and every file that was merged into theirs. */
export function filesOf(db: Db, personId: string): string[] {
	const text = `WITH RECURSIVE files (id) AS (SELECT ? UNION SELECT m.loser_id FROM person_merge m JOIN files f ON m.winner_id = f.id) SELECT id FROM files`;
	return prepared(db.sql, text).pluck().all(personId) as string[];
}

const BY_NUMBER = 'SELECT person_id FROM registration WHERE number = ? UNION ALL SELECT person_id FROM registration_former WHERE number = ?';

/** The name a person has now, also one whose file was merged; null for a file without one. */
export function nameOf(db: Db, personId: string): string | null {
	const text = "SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL";
	return (prepared(db.sql, text).pluck().get(standingFileOf(db, personId)) as string | undefined) ?? null;
}
