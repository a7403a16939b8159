import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { person, personName } from '#db/schema/index.ts';
import { indexName, unindexName } from './names.ts';
import { keepMarksCurrent } from './removed-match.ts';

type Person = typeof person.$inferSelect;
export type Gender = NonNullable<Person['gender']>;
export type FullName = Pick<typeof personName.$inferSelect, 'givenNames' | 'familyName'>;
/** What is known of a person beside their name. `importKey` is the office's own member id, by which a later file finds them again. */
export type PersonDetails = Omit<Person, 'id' | 'createdAt' | 'version' | 'bornOn'>;

/**
 * Puts a new person on file with their present name, which can be looked up at once. Joins a transaction and never authorises.
 * @returns the key of the person.
 */
export function putPersonOnFile(tx: Tx, name: FullName, details: PersonDetails): string {
	const id = newId();
	const text = 'INSERT INTO person (id, title, gender, email, phone, died_on, import_key, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
	const { title, gender, email, phone, diedOn, importKey } = details;
	prepared(tx.db.sql, text).run(id, title, gender, email, phone, diedOn, importKey, tx.ctx.now);
	insertName(tx, { personId: id, ...name, fromOn: null, toOn: null, isShown: false });
	record(tx, 'person.created', { type: 'person', id }, {}, { ...name, ...details });
	return id;
}

/** Changes facts about a person; what `changes` does not name stays. @throws NotFound when there is no such person. */
export function changePerson(tx: Tx, personId: string, changes: Partial<PersonDetails>): void {
	const read = 'SELECT title, gender, email, phone, died_on AS diedOn, import_key AS importKey FROM person WHERE id = ?';
	const before = prepared(tx.db.sql, read).get(personId) as PersonDetails | undefined;
	if (!before) throw new NotFound('There is no such person on file.');
	const after = { ...before, ...changes };
	const write = 'UPDATE person SET title = ?, gender = ?, email = ?, phone = ?, died_on = ?, import_key = ?, version = version + 1 WHERE id = ?';
	prepared(tx.db.sql, write).run(after.title, after.gender, after.email, after.phone, after.diedOn, after.importKey, personId);
	record(tx, 'person.changed', { type: 'person', id: personId }, { fields: Object.keys(changes) }, { before, after });
}

/** Records when a person was born; joins a transaction. @throws NotFound when there is no such person. */
export function putBirthDate(tx: Tx, personId: string, bornOn: string): void {
	const before = prepared(tx.db.sql, 'SELECT born_on FROM person WHERE id = ?').pluck().get(personId) as string | null | undefined;
	if (before === undefined) throw new NotFound('There is no such person on file.');
	prepared(tx.db.sql, 'UPDATE person SET born_on = ?, version = version + 1 WHERE id = ?').run(bornOn, personId);
	keepMarksCurrent(tx, personId);
	record(tx, 'person.birth_date_changed', { type: 'person', id: personId }, {}, { before: { bornOn: before }, after: { bornOn } });
}

/**
 * Gives a person a new name from a day on; the old one becomes a former name.
 * @param formerIsShown whether the public may find them by the old name too.
 */
export function changeName(tx: Tx, personId: string, name: FullName, from: { on: string; formerIsShown: boolean }): void {
	const close = 'UPDATE person_name SET to_on = ?, shown_when_former = ? WHERE person_id = ? AND to_on IS NULL';
	prepared(tx.db.sql, close).run(from.on, from.formerIsShown ? 1 : 0, personId);
	insertName(tx, { personId, ...name, fromOn: from.on, toOn: null, isShown: false });
	keepMarksCurrent(tx, personId);
	record(tx, 'person.renamed', { type: 'person', id: personId }, { on: from.on, formerIsShown: from.formerIsShown }, name);
}

/** Corrects how the present name is written: nobody took a new name. */
export function correctName(tx: Tx, personId: string, name: FullName): void {
	const { sql } = tx.db;
	const id = prepared(sql, 'SELECT id FROM person_name WHERE person_id = ? AND to_on IS NULL').pluck().get(personId) as string | undefined;
	if (!id) throw new NotFound('There is no such person on file.');
	prepared(sql, 'UPDATE person_name SET given_names = ?, family_name = ? WHERE id = ?').run(name.givenNames, name.familyName, id);
	unindexName(tx, id);
	indexName(tx, { id, personId, ...name });
	keepMarksCurrent(tx, personId);
	record(tx, 'person.name_corrected', { type: 'person', id: personId }, {}, name);
}

export type FormerName = FullName & { toOn: string; isShown: boolean };

/** Records a name that a person once had, or changes the day and the showing of one already known. */
export function recordFormerName(tx: Tx, personId: string, name: FormerName): void {
	const { sql } = tx.db;
	const find = 'SELECT id FROM person_name WHERE person_id = ? AND to_on IS NOT NULL AND given_names = ? AND family_name = ?';
	const known = prepared(sql, find).pluck().get(personId, name.givenNames, name.familyName) as string | undefined;
	if (known) prepared(sql, 'UPDATE person_name SET to_on = ?, shown_when_former = ? WHERE id = ?').run(name.toOn, name.isShown ? 1 : 0, known);
	else insertName(tx, { personId, ...name, fromOn: null });
	keepMarksCurrent(tx, personId);
	record(
		tx,
		'person.former_name_recorded',
		{ type: 'person', id: personId },
		{ toOn: name.toOn, isShown: name.isShown },
		{ givenNames: name.givenNames, familyName: name.familyName },
	);
}

type NameRow = FullName & { personId: string; fromOn: string | null; toOn: string | null; isShown: boolean };

function insertName(tx: Tx, name: NameRow): void {
	const id = newId();
	const text = 'INSERT INTO person_name (id, person_id, given_names, family_name, from_on, to_on, shown_when_former) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, name.personId, name.givenNames, name.familyName, name.fromOn, name.toOn, name.isShown ? 1 : 0);
	indexName(tx, { id, personId: name.personId, givenNames: name.givenNames, familyName: name.familyName });
}
