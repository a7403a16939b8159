import type { Clock } from '#core/clock.ts';
import type { Ground } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { isMailDue } from '#core/deliver.ts';
import type { Db } from '#db/client.ts';
import { JOBS } from './index.ts';
import { here, type JobResult, runDueJobs } from './run.ts';
import { lastRun } from './runs.ts';

/** What makes a job run before its time, looked at every second. */
const REASONS: Record<string, (db: Db, now: number) => boolean> = {
	// Claims and back-off stay what they are: a delayed message is not due, and one being sent is not free.
	'deliver-mail': isMailDue,
	// Counts beside a list know no day: whoever left at midnight is taken out of them in the first second.
	'refresh-directory': (db, now) => londonDay(lastRun(db, 'refresh-directory')?.startedAt ?? now) < londonDay(now),
};

const HASTY = JOBS.filter((job) => job.name in REASONS);

/** Runs the jobs that have a reason not to wait. After a run that failed as a whole a job waits its own time. */
export async function runSoon(ground: Ground, clock: Clock): Promise<JobResult[]> {
	const { db } = ground;
	const jobs = HASTY.filter((job) => REASONS[job.name]?.(db, clock.now()) && lastRun(db, job.name)?.outcome !== 'failed');
	return runDueJobs(ground, clock, { isForced: true, jobs, carry: here });
}
