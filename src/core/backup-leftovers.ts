import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { settle } from './backup.ts';

const DAY_MS = 86_400_000;
const UNFINISHED = /^\.(?:register-|restoring-).+/;
const KEPT_ASIDE = /^register-before-restore-(\d{4})(\d\d)(\d\d)T\d{6}Z\.db$/;

/** Deletes what a killed backup or restore left unfinished more than a day ago: it holds what people wrote. Returns how many files. */
export function removeUnfinished(folder: string, now: number): number {
	if (!existsSync(folder)) return 0;
	const stale = readdirSync(folder).filter((name) => UNFINISHED.test(name) && statSync(join(folder, name)).mtimeMs < now - DAY_MS);
	for (const name of stale) rmSync(join(folder, name), { force: true });
	return stale.length;
}

/**
 * Registers that a restore put aside are kept until someone deletes them, but not what people wrote: after 31 days it is deleted from them.
 * @param empty deletes in one register what is due.
 * @returns names of those that are too damaged for that: a person must look at them.
 */
export function emptyKeptAside(dataDir: string, now: number, empty: (aside: Db) => number): string[] {
	const old = readdirSync(dataDir).filter((name) => (putAsideAt(name) ?? now) < now - 31 * DAY_MS);
	return old.filter((name) => !emptyOne(join(dataDir, name), empty));
}

function putAsideAt(name: string): number | null {
	const [, year, month, day] = KEPT_ASIDE.exec(name) ?? [];
	return year ? Date.parse(`${year}-${month}-${day}T00:00:00Z`) : null;
}

function emptyOne(file: string, empty: (aside: Db) => number): boolean {
	try {
		const aside = openDatabase(file);
		try {
			aside.sql.transaction(() => empty(aside)).immediate();
		} finally {
			aside.sql.close();
		}
		settle(file);
		return true;
	} catch {
		return false;
	}
}
