import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ctxFor } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { writePeopleFile } from '#db/seed/people-file.ts';
import type { Settings } from '#settings';
import { gazetteerOf, importPeople, type OnProgress } from './import/run.ts';

const SEED = 20261122;
export const DEMONSTRATION_PEOPLE = 400;

/**
 * Makes the demonstration register in `DATA_DIR` unless a register is there: invented people in a spreadsheet file, read by the
 * same importer that a real body uses. Made beside its place and renamed, so that a start that is cut off leaves nothing half.
 * @param now the instant it is made for, ms UTC: the same day gives the same people.
 */
export async function makeDemonstration(settings: Settings, now: number, onProgress: OnProgress): Promise<boolean> {
	const register = join(settings.dataDir, 'register.db');
	if (existsSync(register)) return false;
	mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
	const unfinished = `${register}.unfinished`;
	for (const ending of ['', '-wal', '-shm']) rmSync(unfinished + ending, { force: true });
	const gazetteer = gazetteerOf(settings.dataDir, now);
	const file = join(settings.dataDir, 'demonstration.csv');
	writePeopleFile(file, { count: DEMONSTRATION_PEOPLE, asAt: londonDay(now), seed: SEED, gazetteer }, () => undefined);
	const db = openDatabase(unfinished);
	migrate(db.sql, now);
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'demonstration' }, now);
	const options = { file, commit: true, skipRefused: false, report: null, encoding: null };
	const result = await importPeople(ctx, gazetteer, options, onProgress);
	gazetteer.close();
	db.sql.pragma('wal_checkpoint(TRUNCATE)');
	db.sql.close();
	if (!result.isDone) throw new Error(`The demonstration register could not be made.\n${result.summary}`);
	renameSync(unfinished, register);
	return true;
}
