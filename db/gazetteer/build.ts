import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { allAreas } from './areas.ts';
import { openGazetteer } from './open.ts';
import { GAZETTEER_TABLES, GAZETTEER_VERSION } from './schema.ts';
import type { Tally } from './tally.ts';
import { writeAreas } from './write-areas.ts';
import { writeTowns } from './write-towns.ts';

/** `done` of `total` in bytes or steps; a step name is a short phrase for people. */
export type OnProgress = (progress: { step: string; done: number; total: number; rows: number }) => void;
export type BuildOptions = { now: number; onProgress?: OnProgress | undefined };
export type Counts = { districts: number; sectors: number; postcodes: number; retired: number; towns: number };
export type Draft = { sql: Database.Database; file: string; draftFile: string };

export const DISTRICTS_SOURCE = 'Postcode districts (public table, CC0 1.0)';
export const GEONAMES_ATTRIBUTION = 'Place names: GeoNames (geonames.org), CC BY 4.0.';

/**
 * Builds the gazetteer that needs no official file, beside `file`, and puts it in place whole. `now` is ms UTC.
 * Takes about a second. Throws and leaves what was there untouched when anything fails.
 */
export function buildDefaultGazetteer(file: string, options: BuildOptions): Counts {
	const draft = startDraft(file);
	try {
		return finishDraft(draft, { sectors: new Map(), source: DISTRICTS_SOURCE, attribution: '' }, options);
	} catch (error) {
		dropDraft(draft);
		throw error;
	}
}

/** Begins a new gazetteer in a draft file beside the real one, and sweeps up drafts of loads that were killed. */
export function startDraft(file: string): Draft {
	sweepDrafts(file);
	const draftFile = `${file}.draft-${process.pid}`;
	const sql = new Database(draftFile);
	// The draft is thrown away on any failure and flushed once at the end, so it needs no journal of its own.
	sql.pragma('journal_mode = OFF');
	sql.pragma('synchronous = OFF');
	sql.pragma('locking_mode = EXCLUSIVE');
	sql.pragma('cache_size = -64000');
	sql.exec(GAZETTEER_TABLES);
	return { sql, file, draftFile };
}

export type Content = { sectors: ReadonlyMap<string, Tally>; source: string; attribution: string };

/** Fills in everything but the postcodes, checks the draft, flushes it to disk and renames it into place. */
export function finishDraft(draft: Draft, content: Content, { now, onProgress }: BuildOptions): Counts {
	const { sql } = draft;
	onProgress?.({ step: 'Districts and towns', done: 0, total: 2, rows: 0 });
	const write = sql.transaction(() => {
		const towns = writeTowns(sql, writeAreas(sql, content.sectors));
		const counts = countAll(sql, towns);
		writeMeta(sql, { ...content, counts, now });
		return counts;
	});
	const counts = write();
	onProgress?.({ step: 'Checking', done: 1, total: 2, rows: 0 });
	sql.exec('ANALYZE');
	sql.close();
	check(draft.draftFile);
	flush(draft.draftFile);
	renameSync(draft.draftFile, draft.file);
	flush(path.dirname(draft.file));
	onProgress?.({ step: 'In place', done: 2, total: 2, rows: 0 });
	return counts;
}

/** Gives up a draft; the gazetteer in use stays as it is. */
export function dropDraft(draft: Draft): void {
	if (draft.sql.open) draft.sql.close();
	for (const end of ['', '-journal']) rmSync(draft.draftFile + end, { force: true });
}

function writeMeta(sql: Database.Database, meta: Content & { counts: Counts; now: number }): void {
	const add = sql.prepare('INSERT INTO meta VALUES (?,?)');
	add.run('version', String(GAZETTEER_VERSION));
	add.run('source', meta.source);
	add.run('attribution', `${meta.attribution} ${GEONAMES_ATTRIBUTION}`.trim());
	add.run('built_at', String(meta.now));
	add.run('counts', JSON.stringify(meta.counts));
}

function countAll(sql: Database.Database, towns: number): Counts {
	const number = (query: string): number => sql.prepare(query).pluck().get() as number;
	return {
		districts: number('SELECT count(*) FROM district'),
		sectors: number('SELECT count(*) FROM sector'),
		postcodes: number('SELECT count(*) FROM postcode'),
		retired: number('SELECT count(*) FROM postcode WHERE retired IS NOT NULL'),
		towns,
	};
}

/** Reads the draft back as the site will: whole, of this version, with every area and a fair number of towns. */
function check(draftFile: string): void {
	const gazetteer = openGazetteer(draftFile);
	try {
		const verdict = gazetteer.prepare('PRAGMA quick_check(1)').pluck().get();
		const areas = gazetteer.prepare('SELECT count(*) FROM area').pluck().get() as number;
		const towns = gazetteer.prepare('SELECT count(*) FROM town').pluck().get() as number;
		if (verdict === 'ok' && areas === allAreas().length && towns > 1000) return;
		throw new Error(`The new gazetteer did not pass its check (${String(verdict)}, ${areas} areas, ${towns} towns).`);
	} finally {
		gazetteer.close();
	}
}

function flush(fileOrFolder: string): void {
	const handle = openSync(fileOrFolder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function sweepDrafts(file: string): void {
	const folder = path.dirname(file);
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) {
		const pid = name.startsWith(`${path.basename(file)}.draft-`) ? Number(/\.draft-(\d+)/.exec(name)?.[1]) : 0;
		if (pid > 0 && (pid === process.pid || !isRunning(pid))) rmSync(path.join(folder, name), { force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
