import type { Db } from '#db/client.ts';
import type { Ctx } from './ctx.ts';
import { newId } from './ids.ts';

/** One running write: what `record`, `queueMail` and every `g(tx, …)` take. */
export type Tx = {
	db: Db;
	ctx: Ctx;
	processId: string;
	process: { name: string; reason?: string | undefined };
	recorded: number;
	lastMac: string | null;
};

/**
 * The only way to write: one synchronous function in one `BEGIN IMMEDIATE` transaction.
 * It refuses to commit when `work` recorded no audit event; whatever `work` throws undoes everything.
 * @throws Error when called inside another commit, or when nothing was recorded.
 */
export function commit<T>(ctx: Ctx, process: { name: string; reason?: string | undefined }, work: (tx: Tx) => T): T {
	const { sql } = ctx.db;
	if (sql.inTransaction) throw new Error(`${process.name} was started inside another write: pass its tx on instead.`);
	return sql
		.transaction(() => {
			const tx: Tx = { db: ctx.db, ctx, processId: newId(), process, recorded: 0, lastMac: null };
			const result = work(tx);
			if (tx.recorded === 0) throw new Error(`${process.name} changed the register without recording an event.`);
			return result;
		})
		.immediate();
}

/**
 * Bookkeeping that is no act of anyone and changes nothing that the register says: claiming a message, counting a rate limit,
 * noting a job's run. Never for facts.
 */
export function bookkeep<T>(db: Db, work: () => T): T {
	return db.sql.transaction(work).immediate();
}

/** Bookkeeping that is left out on a full or read-only disk: it must not keep anyone from reading. */
export function bookkeepWhereWritable(db: Db, work: () => unknown): void {
	try {
		bookkeep(db, work);
	} catch (error) {
		if (!/^SQLITE_(FULL|IOERR|BUSY|READONLY)/.test(String((error as { code?: unknown }).code))) throw error;
	}
}
