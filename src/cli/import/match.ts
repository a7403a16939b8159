import { fold } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { standingFileOf } from '#features/membership/index.ts';
import type { Remark, Wanted } from './wanted.ts';

/** Whom a row means: someone on file, someone new (null), or nobody that it may touch. */
export type Match = { personId: string | null; remark?: undefined } | { remark: Remark };

/**
 * Finds the person of a row: by register number, else by member id, else by the exact name and e-mail.
 * A number or id that leads to someone with quite another name is refused: a wrong line in a spreadsheet must not rename anyone.
 */
export function matchPerson(db: Db, wanted: Wanted): Match {
	const { importKey } = wanted.details;
	const byNumber = wanted.number ? standing(db, one(db, BY_NUMBER, wanted.number, wanted.number)) : null;
	const byKey = importKey ? standing(db, one(db, 'SELECT id FROM person WHERE import_key = ?', importKey)) : null;
	if (byNumber && byKey && byNumber !== byKey) return refuse('member id', `“${importKey}” belongs to another person than ${wanted.number}`);
	const personId = byNumber ?? byKey ?? standing(db, byNameAndEmail(db, wanted));
	if (personId === null) return { personId };
	const number = one(db, 'SELECT number FROM registration WHERE person_id = ?', personId);
	if (wanted.number && number && number !== wanted.number && byNumber !== personId)
		return refuse('register number', `is ${wanted.number}, but this person already has ${number}: a number is never changed`);
	if ((byNumber || byKey) && !isLikelySame(db, personId, wanted)) {
		return refuse(
			byNumber ? 'register number' : 'member id',
			`“${byNumber ? wanted.number : importKey}” belongs to someone whose name and e-mail are both different. If this is a new name, give the old one under “former names”`,
		);
	}
	return { personId };
}

const BY_NUMBER = 'SELECT person_id FROM registration WHERE number = ? UNION ALL SELECT person_id FROM registration_former WHERE number = ?';

/** A file that was merged into another means that one. */
function standing(db: Db, personId: string | null): string | null {
	return personId === null ? null : standingFileOf(db, personId);
}

function byNameAndEmail(db: Db, wanted: Wanted): string | null {
	if (!wanted.details.email) return null;
	const text = `SELECT p.id FROM person p JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL
		WHERE p.email = ? AND n.given_names = ? AND n.family_name = ?`;
	return one(db, text, wanted.details.email, wanted.givenNames, wanted.familyName);
}

function isLikelySame(db: Db, personId: string, wanted: Wanted): boolean {
	const email = one(db, 'SELECT email FROM person WHERE id = ?', personId);
	if (email !== null && email === wanted.details.email) return true;
	const text = 'SELECT given_names AS givenNames, family_name AS familyName FROM person_name WHERE person_id = ?';
	const names = prepared(db.sql, text).all(personId) as { givenNames: string; familyName: string }[];
	return names.some((name) =>
		[wanted, ...wanted.formerNames].some((w) => fold(w.givenNames) === fold(name.givenNames) || fold(w.familyName) === fold(name.familyName)),
	);
}

function one(db: Db, text: string, ...values: string[]): string | null {
	return (
		(prepared(db.sql, text)
			.pluck()
			.get(...values) as string | null | undefined) ?? null
	);
}

function refuse(column: string, why: string): Match {
	return { remark: { column, why } };
}
