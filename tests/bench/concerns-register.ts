import { createHash, randomBytes } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { loadKeys } from '#core/keys.ts';
import { makeVault, sealText } from '#core/vault.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { hashPassword } from '#features/accounts/index.ts';
import { hashOfKey, newCaseKey } from '#features/complaints/key-make.ts';
import { rulesOn } from '#features/complaints/rules.ts';
import { stateOf } from '#features/complaints/state.ts';
import { copyOf, insertStep } from '#features/complaints/step.ts';
import { readSettings } from '#settings';
import { historyOf } from './concerns-histories.ts';
import { REGISTER_DAY, REGISTER_NOW } from './registers.ts';
import { randomFrom } from './statistics.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const TEXTS_OF_EACH = 50;
/** Every so many cases one is large: some hundred documents, as the largest are. */
const LARGE_EVERY = 100;

/** Who looks: the officer whose cases they are, one who was let into none, one whose own circle the cases are about; and some of the cases. */
export type ConcernsPeople = {
	officer: string;
	stranger: string;
	tied: string;
	open: string[];
	large: string[];
	tiedTo: string[];
	caseKeys: string[];
	cases: number;
	documents: number;
	texts: number;
};

/**
 * The data folder of a register of 10,000 people and so many concerns, a quarter of them open, with five documents and fifty sealed texts each:
 * steps and access written straight into the tables, with the copies that the real functions give; words sealed by the vault. Kept from an earlier run unless the
 * migrations, this file or what it uses have changed.
 */
export async function readyConcernsRegister(folder: string, cases: number): Promise<{ dataDir: string; people: ConcernsPeople }> {
	const dataDir = join(folder, `concerns-${cases}`);
	const stamp = join(dataDir, 'made-from');
	const sources = [
		'db/migrations/*',
		'tests/bench/concerns-{register,histories}.ts',
		'src/features/complaints/{state,step,promises,rules}.ts',
		'src/core/vault*.ts',
	];
	const fingerprint = fingerprintOf(sources);
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint) {
		rmSync(dataDir, { recursive: true, force: true });
		mkdirSync(dataDir, { recursive: true });
		writeFileSync(join(dataDir, 'people.json'), JSON.stringify(await make(dataDir, cases)));
		writeFileSync(stamp, fingerprint);
	}
	return { dataDir, people: JSON.parse(readFileSync(join(dataDir, 'people.json'), 'utf8')) as ConcernsPeople };
}

/** What wrong passphrases are tried against: every case has the same one. */
const PASSPHRASE = 'a passphrase of the bench, which nobody types';

async function make(dataDir: string, cases: number): Promise<ConcernsPeople> {
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'));
	migrate(db.sql, REGISTER_NOW);
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'bench' }, REGISTER_NOW);
	const passphraseHash = await hashPassword(ctx.keys, PASSPHRASE);
	// Dropped while it is filled: each would ask the same of every row, and what is written here stands for what was done by many.
	const triggers = db.sql.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'concern%'").all() as {
		name: string;
		sql: string;
	}[];
	for (const { name } of triggers) db.sql.exec(`DROP TRIGGER ${name}`);
	const people = commit(ctx, { name: 'bench' }, (tx) => fill(tx, cases, passphraseHash));
	for (const { sql } of triggers) db.sql.exec(sql);
	db.sql.pragma('wal_checkpoint(TRUNCATE)');
	db.sql.close();
	return people;
}

type Cast = { officer: string; other: string; tied: string; lay: string; members: string[] };

function fill(tx: Tx, cases: number, passphraseHash: string): ConcernsPeople {
	const random = randomFrom(6);
	const cast = castIn(tx, Math.min(10_000, cases * 5));
	const made: ConcernsPeople = {
		officer: cast.officer,
		stranger: cast.other,
		tied: cast.tied,
		open: [],
		large: [],
		tiedTo: [],
		caseKeys: [],
		cases,
		documents: 0,
		texts: 0,
	};
	for (let no = 1; no <= cases; no += 1) {
		const isLarge = no % LARGE_EVERY === 1;
		const isOpen = isLarge || no % 4 === 0;
		const one = putCase(tx, cast, { no, isOpen, documents: isLarge ? 104 : 4, random, passphraseHash });
		if (isOpen && !one.isWaiting) made.open.push(one.reference);
		if (isLarge) made.large.push(one.reference);
		if (one.isTied && !one.isWaiting) made.tiedTo.push(one.reference);
		made.caseKeys.push(one.caseKey);
		made.documents += isLarge ? 104 : 4;
		made.texts += one.texts;
	}
	record(tx, 'concern.begun', { type: 'concern', id: 'bench' }, { way: 'online' });
	return made;
}

/** Members with a practice, some at the address of one officer and some under names that others have too; the officers, and a lay screener. */
function castIn({ db }: Tx, count: number): Cast {
	const person = db.sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)');
	const name = db.sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, 'Bench')");
	const role = db.sql.prepare("INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES (?, ?, ?, '2020-01-01', 'bench', 'bench')");
	const place =
		db.sql.prepare(`INSERT INTO practice_place (id, person_id, position, practice_name, town, district, postcode, nation, latitude, longitude, precision)
		VALUES (?, ?, 0, ?, 'Reading', 'RG1', ?, 'England', 51.45, -0.97, 'postcode')`);
	const put = (given: string, as: string | null, at: number | null): string => {
		const id = newId();
		person.run(id, `${id}@members.example`);
		name.run(newId(), id, given);
		if (as !== null) role.run(newId(), id, as);
		if (at !== null) place.run(newId(), id, at % 3 === 0 ? `Practice ${at % 999}` : null, `RG${Math.floor(at / 100) % 10} ${Math.floor(at / 100)}AB`);
		return id;
	};
	const members = Array.from({ length: count }, (_, i) => put(`Member ${i}`, null, i));
	const officers = ['Olga', 'Otto'].map((given) => put(given, 'complaints_officer', null)) as [string, string];
	return { officer: officers[0], other: officers[1], tied: put('Tess', 'complaints_officer', 1), lay: put('Lars', 'lay_panel_member', null), members };
}

type One = { no: number; isOpen: boolean; documents: number; random: () => number; passphraseHash: string };
type Made = { reference: string; caseKey: string; isWaiting: boolean; isTied: boolean; texts: number };

function putCase(tx: Tx, cast: Cast, one: One): Made {
	const { db } = tx;
	const id = newId();
	makeVault(tx, id);
	const owner = cast.officer;
	const steps = historyOf({ owner, isOpen: one.isOpen, random: one.random });
	const respondent = cast.members[Math.floor(one.random() * cast.members.length)] as string;
	const { version, rules } = rulesOn(db, REGISTER_DAY);
	const copy = copyOf(db, steps, rules);
	const [reference, caseKey] = [`CON-2026-${String(one.no).padStart(4, '0')}`, newCaseKey()];
	const text = `INSERT INTO concern (id, reference, about, way, source, begun_at, case_key_hash, passphrase_hash, respondent_id, rules_version, phase, due_on, is_paused,
		is_urgent, has_legal_hold, owner_id, steps) VALUES (?, ?, 'therapist', 'online', 'client', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const { phase, dueOn, isPaused, isUrgent, hasLegalHold, ownerId } = copy;
	const values = [steps[0]?.at, hashOfKey(tx.ctx, caseKey), one.passphraseHash, respondent, version, phase, dueOn, isPaused, isUrgent, hasLegalHold, ownerId];
	db.sql.prepare(text).run(id, reference, ...values, steps.length);
	for (const step of steps) insertStep(tx, id, step);
	const isWaiting = stateOf(steps).ownerId === null;
	if (!isWaiting) letIn(tx.ctx, id, cast);
	const texts = seal(tx, id, { steps: steps.length, documents: one.documents, respondent: owner });
	return { reference, caseKey, isWaiting, isTied: isTied(tx.ctx, id, cast.tied), texts };
}

function isTied({ db }: Ctx, id: string, personId: string): boolean {
	return db.sql.prepare('SELECT 1 FROM concern_interest WHERE concern_id = ? AND other_id = ? LIMIT 1').get(id, personId) !== undefined;
}

function letIn({ db }: Ctx, id: string, { officer, lay }: Cast): void {
	const text = `INSERT INTO concern_access (id, concern_id, person_id, capacity, from_at, until_at, declared, declared_at) VALUES (?, ?, ?, ?, 0, ?, 'none', 1)`;
	for (const [person, capacity] of [
		[officer, 'owner'],
		[lay, 'lay_screener'],
	] as const)
		db.sql.prepare(text).run(newId(), id, person, capacity, REGISTER_NOW + 90 * 86_400_000);
	const read = db.sql.prepare("INSERT INTO concern_read (id, concern_id, person_id, capacity, what, at) VALUES (?, ?, ?, 'owner', 'case', ?)");
	for (let n = 0; n < 20; n += 1) read.run(newId(), id, officer, REGISTER_NOW - n * 3_600_000);
}

/** Words as long as people write them: a long statement, some allegations, messages of a page, notes with every step, names and keys of documents. */
function seal(tx: Tx, id: string, { steps, documents, respondent }: { steps: number; documents: number; respondent: string }): number {
	const { sql } = tx.db;
	let texts = 0;
	const put = (place: string, words: string) => {
		sealText(tx, id, place, words);
		texts += 1;
	};
	put('statement', prose(5000));
	put('contact', JSON.stringify({ name: 'Ann', email: 'ann@example.org', times: 'Weekdays after ten.' }));
	for (let no = 1; no <= steps; no += 1) put(`step:${no}`, prose(300));
	const allegation = sql.prepare("INSERT INTO concern_allegation (id, concern_id, no, category, added_by, added_at) VALUES (?, ?, ?, 'communication', ?, 0)");
	for (let no = 1; no <= 3; no += 1) {
		const key = newId();
		allegation.run(key, id, no, respondent);
		put(`allegation:${key}`, prose(500));
	}
	const file = sql.prepare(`INSERT INTO concern_file (id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, added_at, scanned_at)
		VALUES (?, ?, 'complainant', 'evidence', 'application/pdf', 100000, ?, ?, 0, 0)`);
	for (let n = 0; n < documents; n += 1) {
		const key = newId();
		file.run(key, id, randomBytes(32).toString('hex'), randomBytes(32).toString('hex'));
		put(`file:${key}:key`, randomBytes(32).toString('hex'));
		put(`file:${key}:name`, `A letter of ${n}.pdf`);
	}
	const message = sql.prepare(`INSERT INTO concern_message (id, concern_id, side, is_from_office, by_person, sent_at, repeat_key)
		VALUES (?, ?, 'complainant', ?, ?, ?, ?)`);
	const least = documents > 10 ? texts + 20 : TEXTS_OF_EACH;
	for (let n = 0; texts < least; n += 1) {
		const key = newId();
		message.run(key, id, n % 2, n % 2 === 1 ? respondent : null, n, newId());
		put(`message:${key}`, prose(1200));
	}
	return texts;
}

const SENTENCE = 'I told them in the third session that I would rather not speak of it, and they went on as if I had said nothing. ';
function prose(length: number): string {
	return SENTENCE.repeat(Math.ceil(length / SENTENCE.length)).slice(0, length);
}

function fingerprintOf(patterns: string[]): string {
	const hash = createHash('sha256');
	for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}
