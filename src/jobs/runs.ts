import { bookkeep } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Job } from './index.ts';

const MINUTE_MS = 60_000;
const RETRY_MINUTES = 5;
const RUNS_KEPT_MS = 7 * 24 * 60 * MINUTE_MS;

export type Run = { id: string; startedAt: number; endedAt: number | null; outcome: 'done' | 'failed' | null; note: string | null };

const LAST = `SELECT id, started_at AS startedAt, ended_at AS endedAt, outcome, note FROM job_run WHERE job = ? ORDER BY started_at DESC, rowid DESC LIMIT 1`;

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
		prepared(db.sql, 'INSERT INTO job_run (id, job, started_at) VALUES (?, ?, ?)').run(id, job.name, now);
		return id;
	});
}

/** Notes how a run ended. */
export function endRun(db: Db, id: string, now: number, outcome: 'done' | 'failed', note: string): void {
	prepared(db.sql, 'UPDATE job_run SET ended_at = ?, outcome = ?, note = ? WHERE id = ? AND ended_at IS NULL').run(now, outcome, note.slice(0, 500), id);
}

export function lastRun(db: Db, job: string): Run | null {
	return (prepared(db.sql, LAST).get(job) as Run | undefined) ?? null;
}

/** Forgets runs older than a week, except each job's last and last good one. Returns how many. */
export function forgetOldRuns(db: Db, now: number): number {
	const text = `DELETE FROM job_run WHERE started_at < ? AND rowid NOT IN (SELECT max(rowid) FROM job_run GROUP BY job)
		AND rowid NOT IN (SELECT max(rowid) FROM job_run WHERE outcome = 'done' GROUP BY job)`;
	return prepared(db.sql, text).run(now - RUNS_KEPT_MS).changes;
}

function isRunning(last: Run, job: Job, now: number): boolean {
	return last.endedAt === null && now < last.startedAt + job.lease * MINUTE_MS && last.startedAt <= now;
}

/** A failed or dead run is tried again after five minutes at most. A run from the future comes from a clock that was set back. */
function isDue(last: Run, job: Job, now: number): boolean {
	const wait = last.outcome === 'done' ? job.every : Math.min(job.every, RETRY_MINUTES);
	return last.startedAt > now || now >= last.startedAt + wait * MINUTE_MS;
}
