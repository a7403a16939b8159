import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays, londonDay } from '#core/dates.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { CAST } from '#db/seed/cast.ts';
import { writePeopleFile } from '#db/seed/people-file.ts';
import { giveRole, openAccount } from '#features/accounts/index.ts';
import { putPersonOnFile } from '#features/membership/index.ts';
import type { Settings } from '#settings';
import { fillApplications } from './demonstration-applications.ts';
import { fillAudits } from './demonstration-audits.ts';
import { fillCommittee } from './demonstration-committee.ts';
import { fillConcerns } from './demonstration-concerns.ts';
import { fillCpdLogs } from './demonstration-cpd.ts';
import { fillBooks } from './demonstration-payments.ts';
import { fillRenewals } from './demonstration-renewals.ts';
import { fillSupervision } from './demonstration-supervision.ts';
import { fillTraining } from './demonstration-training.ts';
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
	if (result.isDone) {
		castRoles(ctx);
		fillCpdLogs(ctx);
		fillSupervision(ctx);
		await fillTraining(ctx);
		fillApplications(ctx);
		fillCommittee(ctx);
		fillAudits(ctx);
		await fillRenewals(ctx);
		await fillBooks(ctx);
		await fillConcerns(ctx);
	}
	gazetteer.close();
	db.sql.pragma('wal_checkpoint(TRUNCATE)');
	db.sql.close();
	if (!result.isDone) throw new Error(`The demonstration register could not be made.\n${result.summary}`);
	renameSync(unfinished, register);
	return true;
}

/** The people who work for the invented body, one for each staff role. They are nobody's therapist: they stand on no register. */
function castRoles(ctx: Ctx): void {
	commit(ctx, { name: 'cast the demonstration' }, (tx) => {
		for (const { givenNames, familyName, role } of CAST) {
			const email = `${givenNames}.${familyName}@office.example`.toLowerCase();
			const details = { title: null, gender: null, email, phone: null, diedOn: null, importKey: null };
			const personId = putPersonOnFile(tx, { givenNames, familyName }, details);
			openAccount(tx, personId, email, null);
			const toOn = role === 'external_reviewer' ? addDays(ctx.today, 90) : null;
			giveRole(tx, { personId, role, fromOn: addDays(ctx.today, -400), toOn, reason: 'The demonstration' });
		}
	});
}
