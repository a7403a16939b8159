import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gazetteerOf, importPeople, type OnProgress } from '#cli/import/run.ts';
import { progressWriter } from '#cli/progress.ts';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { writePeopleFile } from '#db/seed/people-file.ts';
import { readSettings } from '#settings';
import { multiply } from './copies.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
/** What decides how a register looks. */
const SOURCES = [
	'db/migrations/*',
	'db/seed/*',
	'db/gazetteer/*',
	'src/features/directory/{finder,finder-entry,options,card,listing-queries}.ts',
	'src/features/register/status.ts',
	'tests/bench/copies.ts',
];
export const REGISTER_DAY = '2026-11-22';
/** Noon of that day, ms UTC: the clock of every server under test starts here. */
export const REGISTER_NOW = Date.parse(`${REGISTER_DAY}T12:00:00Z`);
const SEED = 1;

/** Imported, whatever the size; a larger register is made of copies of these. */
const BASE = 10_000;

/**
 * The data folder of a register with so many people, kept from an earlier run unless the code that makes it has changed.
 * @param count up to 10,000, or a multiple of it
 * @returns its absolute path
 */
export async function readyRegister(folder: string, count: number): Promise<string> {
	const dataDir = join(folder, String(count));
	const stamp = join(dataDir, 'made-from');
	const fingerprint = fingerprintOf(SOURCES);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return dataDir;
	const base = count > BASE ? await readyRegister(folder, BASE) : null;
	rmSync(dataDir, { recursive: true, force: true });
	mkdirSync(dataDir, { recursive: true });
	const progress = progressWriter(process.stderr);
	const show: OnProgress = (at) => progress.show({ ...at, step: `Register of ${count.toLocaleString('en-GB')}: ${at.step}` });
	if (base) copyAll(base, dataDir, count, show);
	else await importAll(dataDir, count, show);
	progress.end();
	writeFileSync(stamp, fingerprint);
	return dataDir;
}

/** Invented people, written as a file and imported like any other, so that the register is one that a real import makes. */
async function importAll(dataDir: string, count: number, show: OnProgress): Promise<void> {
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'));
	migrate(db.sql, REGISTER_NOW);
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'bench' }, REGISTER_NOW);
	const gazetteer = gazetteerOf(dataDir, REGISTER_NOW);
	const file = join(dataDir, 'people.csv');
	writePeopleFile(file, { count, asAt: REGISTER_DAY, seed: SEED, gazetteer }, (rows) => show({ step: 'inventing', done: rows, total: count, rows }));
	const result = await importPeople(ctx, gazetteer, { file, commit: true, skipRefused: false, report: null, encoding: null }, show);
	if (!result.isDone) throw new Error(result.summary);
	rmSync(file);
	gazetteer.close();
	db.sql.close();
}

function copyAll(base: string, dataDir: string, count: number, show: OnProgress): void {
	for (const name of ['register.db', 'gazetteer.db']) copyFileSync(join(base, name), join(dataDir, name));
	const { sql } = openDatabase(join(dataDir, 'register.db'));
	multiply(sql, count / BASE, (done) => show({ step: 'copying', done: done * BASE, total: count, rows: done * BASE }));
	sql.close();
}

function fingerprintOf(patterns: string[]): string {
	const hash = createHash('sha256');
	for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort())
		hash
			.update(`${file}\0`)
			.update(readFileSync(join(ROOT, file)))
			.update('\0');
	return hash.digest('hex');
}
