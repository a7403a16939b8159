import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { registerNumber } from '#core/register-number.ts';

/** Every table that holds something about a person, in no particular order: foreign keys are off while copies are made. */
const TABLES = [
	'person',
	'person_name',
	'name_key',
	'name_sound',
	'registration',
	'core_profession',
	'membership_period',
	'membership_leave',
	'award',
	'award_term',
	'register_order',
	'listing',
	'listing_former_slug',
	'listing_option',
	'listing_consent',
	'practice_place',
	'finder',
	'finder_place',
	'finder_key',
	'finder_due',
];
/** What differs between a person and a copy of theirs; all other columns are the same. `@mark` begins every key of one round of copies. */
const CHANGED: Record<string, string> = {
	'person.import_key': 'NULL',
	'person_name.person_id': '@mark || dealt_to(person_id)',
	'name_key.person_id': '@mark || dealt_to(person_id)',
	'name_sound.person_id': '@mark || dealt_to(person_id)',
	'registration.sequence': 'sequence + @sequences',
	'registration.number': 'number_of(sequence + @sequences)',
	'listing.slug': "slug || '-' || @mark",
	'listing_former_slug.slug': "slug || '-' || @mark",
	'finder.no': 'no + @numbers',
	'finder.slug': "slug || '-' || @mark",
	'finder.turn': 'turn_of(@mark || person_id)',
	'finder.card': "json_set(card, '$.number', (SELECT number FROM registration r WHERE r.person_id = @mark || base.person_id))",
	'finder_place.id': 'id + (@numbers << 42)',
	'finder_key.no': 'no + @numbers',
};
/** Shares no factor with any number of people used here. */
const DEAL = 1237;
const KEYS = new Set(['id', 'person_id', 'name_id', 'award_id']);

/**
 * Makes a register so many times as large, by copying everyone in it under new keys, numbers and slugs: an import of a million rows would
 * take the better part of an hour. Shares of standings, places and names stay what they were. Names in the register are dealt out anew in
 * every round: else a hundred people of one name would all have lapsed on one day. Copies have no audit events.
 */
export function multiply(sql: Database.Database, times: number, onRound: (done: number) => void): void {
	for (const pragma of ['foreign_keys = OFF', 'synchronous = OFF', 'cache_size = -400000']) sql.pragma(pragma);
	sql.function('number_of', (sequence) => registerNumber(Number(sequence)));
	sql.function('turn_of', (personId) => createHash('sha256').update(String(personId)).digest().readUInt32BE(0));
	const people = sql.prepare('SELECT id FROM person ORDER BY id').pluck().all() as string[];
	const places = new Map(people.map((id, i) => [id, i]));
	let shift = 0;
	sql.function('dealt_to', (personId) => people[((places.get(String(personId)) ?? 0) + shift) % people.length]);
	for (const table of TABLES) sql.exec(`CREATE TEMP TABLE base_${table} AS SELECT * FROM ${table}`);
	const sequences = sql.prepare('SELECT max(sequence) FROM registration').pluck().get() as number;
	const numbers = sql.prepare('SELECT max(no) FROM finder').pluck().get() as number;
	const inserts = TABLES.map((table) => sql.prepare(insertOf(sql, table)));
	for (let round = 1; round < times; round += 1) {
		const values = { mark: `x${String(round).padStart(4, '0')}`, sequences: BigInt(sequences * round), numbers: BigInt(numbers * round) };
		shift = round * DEAL;
		sql.transaction(() => {
			for (const insert of inserts) insert.run(values);
		})();
		onRound(round + 1);
	}
	sql.pragma('wal_checkpoint(TRUNCATE)');
}

function insertOf(sql: Database.Database, table: string): string {
	const columns = sql.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
	const values = columns.map((column) => CHANGED[`${table}.${column}`] ?? (KEYS.has(column) ? `@mark || ${column}` : column));
	return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM base_${table} AS base`;
}
