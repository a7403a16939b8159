import { doubleMetaphone } from 'double-metaphone';
import type { Tx } from '#core/commit.ts';
import { fold, turns } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';

/** What a name is looked up by: every turn of its words, folded. */
export function nameKeys(name: { givenNames: string; familyName: string }): string[] {
	return turns(`${name.givenNames} ${name.familyName}`);
}

/** How the words of a text sound in English (double metaphone, both readings), for names heard over the telephone. */
export function soundsOf(text: string): string[] {
	const words = fold(text)
		.split(' ')
		.filter((word) => word.length > 1);
	return [...new Set(words.flatMap((word) => doubleMetaphone(word)))].filter(Boolean);
}

/** Takes the look-up rows of one name away, before it is written anew. */
export function unindexName(tx: Tx, nameId: string): void {
	prepared(tx.db.sql, 'DELETE FROM name_key WHERE name_id = ?').run(nameId);
	prepared(tx.db.sql, 'DELETE FROM name_sound WHERE name_id = ?').run(nameId);
}

/** Writes the look-up rows of a name that has none yet; called by whoever writes `person_name`. */
export function indexName(tx: Tx, name: { id: string; personId: string; givenNames: string; familyName: string }): void {
	const { sql } = tx.db;
	const key = prepared(sql, 'INSERT INTO name_key (key, name_id, person_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
	for (const turn of nameKeys(name)) key.run(turn, name.id, name.personId);
	const sound = prepared(sql, 'INSERT INTO name_sound (sound, name_id, person_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
	for (const heard of soundsOf(name.familyName)) sound.run(heard, name.id, name.personId);
}
