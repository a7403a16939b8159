import type { Clock } from '#core/clock.ts';
import type { Ground } from '#core/ctx.ts';
import { isMailDue } from '#core/deliver.ts';
import { JOBS } from './index.ts';
import { here, type JobResult, runDueJobs } from './run.ts';
import { lastRun } from './runs.ts';

const DELIVER = JOBS.filter((job) => job.name === 'deliver-mail');

/**
 * Runs `deliver-mail` before its minute has passed when a message is due. Claims and back-off stay what they are: a delayed
 * message is not due, and a message being sent is not free. After a run that failed as a whole the job waits its own time.
 */
export async function deliverSoon(ground: Ground, clock: Clock): Promise<JobResult[]> {
	if (!isMailDue(ground.db, clock.now()) || lastRun(ground.db, 'deliver-mail')?.outcome === 'failed') return [];
	return runDueJobs(ground, clock, { isForced: true, jobs: DELIVER, carry: here });
}
