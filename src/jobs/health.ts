import { londonDay } from '#core/dates.ts';
import { LAST_YEAR_KNOWN } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { NO_DIFFERENCE } from './directory.ts';
import { JOBS } from './index.ts';
import { lastRun, type Run } from './runs.ts';

/** `late`: no good run for three of its intervals, so what it watches over cannot be vouched for. Instants in milliseconds UTC. */
export type JobState = { job: string; state: 'fine' | 'failing' | 'late'; lastDoneAt: number | null; everyMinutes: number };
export type JobHealth = { ok: boolean; jobs: JobState[]; warnings: string[] };

const DONE = `SELECT id, started_at AS startedAt, ended_at AS endedAt, outcome, note FROM job_run
	WHERE job = ? AND outcome = 'done' ORDER BY started_at DESC, rowid DESC LIMIT 1`;

/** How the jobs are, for `/health` and the office: says nothing that is not public. `ok` is false when one is late. */
export function jobHealth(db: Db, now: number): JobHealth {
	const since = (prepared(db.sql, 'SELECT min(applied_at) FROM migration').pluck().get() as number | null) ?? 0;
	const jobs = JOBS.map(({ name, every }): JobState => {
		const done = lastDone(db, name);
		const isLate = now - (done?.startedAt ?? since) > 3 * every * 60_000;
		const isFailing = lastRun(db, name)?.outcome === 'failed';
		return { job: name, state: isLate ? 'late' : isFailing ? 'failing' : 'fine', lastDoneAt: done?.startedAt ?? null, everyMinutes: every };
	});
	return { ok: jobs.every((j) => j.state !== 'late'), jobs, warnings: warningsOf(db, now) };
}

function warningsOf(db: Db, now: number): string[] {
	const warnings: string[] = [];
	const check = lastDone(db, 'check-directory')?.note ?? NO_DIFFERENCE;
	if (check !== NO_DIFFERENCE) warnings.push(`The last check of the directory: ${check}.`);
	const given = prepared(db.sql, 'SELECT count(*) FROM outbox WHERE failed_at > ?')
		.pluck()
		.get(now - 7 * 86_400_000) as number;
	if (given > 0) warnings.push(`Messages given up in the last seven days: ${given}.`);
	if (Number(londonDay(now).slice(0, 4)) >= LAST_YEAR_KNOWN)
		warnings.push(`Bank holidays are known up to ${LAST_YEAR_KNOWN} only: add the next years in src/core/working-days.ts.`);
	return warnings;
}

function lastDone(db: Db, job: string): Run | null {
	return (prepared(db.sql, DONE).get(job) as Run | undefined) ?? null;
}
