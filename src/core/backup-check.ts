import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { desc } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import { newestVersion } from '#db/migrate.ts';
import { auditEvent } from '#db/schema/index.ts';
import { verifyAudit } from './audit-verify.ts';

export type AuditHead = Pick<typeof auditEvent.$inferSelect, 'seq' | 'mac'>;

/** What a sound backup holds; written beside it, and compared before a restore. */
export type BackupContents = { version: number; counts: Record<string, number>; auditHead: AuditHead | null };

/**
 * Opens a copy and proves it: every page, every key, the whole audit chain up to a noted head, and a version we can read.
 * @param head the newest event that the copy must hold; null when nothing was noted.
 * @throws Error that says for people what is wrong.
 */
export function checkCopy(file: string, auditKey: Buffer, head: AuditHead | null): BackupContents {
	const db = openCopy(file);
	try {
		const version = db.sql.pragma('user_version', { simple: true }) as number;
		if (version > newestVersion()) throw new Error('This backup was made by a newer version of the program. Start that version, then restore.');
		if (version === 0) throw new Error('This file is not a backup of the register.');
		refuseDamage(db);
		const verdict = verifyAudit(db, auditKey, head ?? undefined);
		if (!verdict.ok) throw new Error(`The audit in this backup is not whole: event ${verdict.seq}: ${verdict.problem}.`);
		return { version, counts: countRows(db), auditHead: headOf(db) };
	} finally {
		db.sql.close();
	}
}

/** The newest event of the audit, or null when there is none. */
export function headOf(db: Db): AuditHead | null {
	const { seq, mac } = auditEvent;
	return db.orm.select({ seq, mac }).from(auditEvent).orderBy(desc(seq)).limit(1).get() ?? null;
}

/** SHA-256 of a file in hex, read in pieces. */
export async function sha256Of(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
	return hash.digest('hex');
}

function openCopy(file: string): Db {
	try {
		return openDatabase(file, { readonly: true });
	} catch (error) {
		throw new Error('This file is not a backup of the register, or it is damaged.', { cause: error });
	}
}

function refuseDamage({ sql }: Db): void {
	try {
		const faults = sql.pragma('integrity_check(3)') as { integrity_check: string }[];
		if (faults[0]?.integrity_check !== 'ok') throw new Error(faults.map((f) => f.integrity_check).join('; '));
		const broken = sql.pragma('foreign_key_check') as unknown[];
		if (broken.length > 0) throw new Error(`${broken.length} rows without the row they belong to`);
	} catch (error) {
		throw new Error(`The copy is damaged (${(error as Error).message}).`, { cause: error });
	}
}

function countRows({ sql }: Db): Record<string, number> {
	const tables = sql
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'finder_place%' ORDER BY name")
		.pluck();
	const names = tables.all() as string[];
	return Object.fromEntries(names.map((name) => [name, sql.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]));
}
