import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { newestVersion } from '#db/migrate.ts';
import { readSettings, type Settings } from '#settings';

/**
 * Opens the register of `DATA_DIR` for a command-line task; whoever calls it closes `db.sql`.
 * @throws Error whose message is fit for people: no register yet, or one of another version.
 */
export function openGround(env: NodeJS.ProcessEnv, access: { readonly: boolean }): Ground {
	const settings = readSettings(env);
	const file = registerFile(settings);
	if (!existsSync(file)) throw new Error(`There is no register in ${settings.dataDir} yet. Start the site once, or set DATA_DIR.`);
	const db = openDatabase(file, access);
	const version = db.sql.pragma('user_version', { simple: true }) as number;
	if (version === newestVersion()) return { db, settings, keys: loadKeys(settings) };
	db.sql.close();
	if (version > newestVersion()) throw new Error('This register was written by a newer version of the program. Start that version.');
	throw new Error('This register is of an older version. Start the site once: it brings the register up to date.');
}

export function registerFile(settings: Settings): string {
	return join(settings.dataDir, 'register.db');
}

/** Runs a task and turns what it throws into one plain line and exit code 1. */
export async function told(task: () => Promise<number> | number): Promise<number> {
	try {
		return await task();
	} catch (error) {
		process.stderr.write(`${explain(error)}\n`);
		return 1;
	}
}

function explain(error: unknown): string {
	const { code = '', message = String(error) } = error as { code?: string; message?: string };
	if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'The disk is full. Nothing was half-written: make room, then try again.';
	if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS)/.test(code))
		return 'DATA_DIR cannot be written to. Check who owns it and whether the disk is read-only.';
	if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'The register file is damaged. Restore the newest backup: npm run restore -- FILE';
	if (/^SQLITE_BUSY/.test(code)) return 'The register was busy for too long. Try again in a minute.';
	return message;
}
