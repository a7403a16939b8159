import { and, desc, eq, isNull, lt, max, notInArray, type SQL, sql } from 'drizzle-orm';
import { bookkeep } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import { jobRun } from '#db/schema/index.ts';
import type { Job } from './index.ts';

const MINUTE_MS = 60_000;
const RETRY_MINUTES = 5;
const RUNS_KEPT_MS = 7 * 24 * 60 * MINUTE_MS;

export type Run = typeof jobRun.$inferSelect;

/** The order in which runs were begun, even if the clock stood still or was set back. */
const begun = sql<number>`rowid`;

/**
 * Takes a job for this process, or null when it is not due or another process runs it. A run that outlived its lease is noted
 * as failed: its process has died.
 * @param isForced true: even if it is not due, but never twice at once.
 */
export function claimRun(db: Db, job: Job, now: number, isForced: boolean): string | null {
	return bookkeep(db, () => {
		const last = lastRun(db, job.name);
		if (last && isRunning(last, job, now)) return null;
		if (last && !isForced && !isDue(last, job, now)) return null;
		if (last && last.endedAt === null) endRun(db, last.id, now, 'failed', 'did not come to an end');
		const id = newId();
		db.orm.insert(jobRun).values({ id, job: job.name, startedAt: now }).run();
		return id;
	});
}

/** Notes how a run ended. */
export function endRun(db: Db, id: string, now: number, outcome: 'done' | 'failed', note: string): void {
	const change = { endedAt: now, outcome, note: note.slice(0, 500) };
	const isOpen = and(eq(jobRun.id, id), isNull(jobRun.endedAt));
	db.orm.update(jobRun).set(change).where(isOpen).run();
}

export function lastRun(db: Db, job: string): Run | null {
	return newestWhere(db, eq(jobRun.job, job));
}

/** The last run of a job that came to a good end. */
export function lastDone(db: Db, job: string): Run | null {
	return newestWhere(db, and(eq(jobRun.job, job), eq(jobRun.outcome, 'done')));
}

function newestWhere(db: Db, condition: SQL | undefined): Run | null {
	return db.orm.select().from(jobRun).where(condition).orderBy(desc(jobRun.startedAt), desc(begun)).limit(1).get() ?? null;
}

/** Forgets runs older than a week, except each job's last and last good one. Returns how many. */
export function forgetOldRuns(db: Db, now: number): number {
	const lastOfEach = db.orm
		.select({ last: max(begun) })
		.from(jobRun)
		.groupBy(jobRun.job);
	const lastDoneOfEach = db.orm
		.select({ last: max(begun) })
		.from(jobRun)
		.where(eq(jobRun.outcome, 'done'))
		.groupBy(jobRun.job);
	const isOld = and(lt(jobRun.startedAt, now - RUNS_KEPT_MS), notInArray(begun, lastOfEach), notInArray(begun, lastDoneOfEach));
	return db.orm.delete(jobRun).where(isOld).run().changes;
}

function isRunning(last: Run, job: Job, now: number): boolean {
	return last.endedAt === null && now < last.startedAt + job.lease * MINUTE_MS && last.startedAt <= now;
}

/** A failed or dead run is tried again after five minutes at most. A run from the future comes from a clock that was set back. */
function isDue(last: Run, job: Job, now: number): boolean {
	const wait = last.outcome === 'done' ? job.every : Math.min(job.every, RETRY_MINUTES);
	return last.startedAt > now || now >= last.startedAt + wait * MINUTE_MS;
}
