import type { Clock } from '#core/clock.ts';
import type { Ground } from '#core/ctx.ts';
import type { Log } from '#core/log.ts';
import { runApart } from './apart.ts';
import { JOBS } from './index.ts';
import { repeat } from './repeat.ts';
import { type Carry, here, type JobResult, runDueJobs } from './run.ts';
import { runSoon } from './soon.ts';

const LOOK_EVERY_MS = 15_000;
const LOOK_FOR_HASTE_EVERY_MS = 1000;

/**
 * Runs what is due, all the time, inside the server; mail goes out, and a new day begins, within a second or two.
 * @returns stop: no job begins after it; resolves when the running ones have ended.
 */
export function startJobs(ground: Ground, clock: Clock, log: Log): { stop(): Promise<void> } {
	let isStopped = false;
	const carry: Carry = (job, ctx) => (job.apart ? runApart(job.name, ctx) : here(job, ctx));
	const look = async () => {
		for (const job of JOBS) {
			if (isStopped) return;
			await telling(log, job.name, runDueJobs(ground, clock, { isForced: false, jobs: [job], carry }));
		}
	};
	const loops = [repeat(look, LOOK_EVERY_MS), repeat(() => telling(log, 'soon', runSoon(ground, clock)), LOOK_FOR_HASTE_EVERY_MS)];
	return {
		async stop() {
			isStopped = true;
			await Promise.all(loops.map((loop) => loop.stop()));
		},
	};
}

/** Never rejects: a job that cannot even be begun (a full disk) is told and tried again. */
async function telling(log: Log, name: string, running: Promise<JobResult[]>): Promise<void> {
	try {
		for (const { job, outcome, note, error } of await running) {
			if (outcome === 'failed') log.error({ job, err: error }, 'a job failed');
			else log.debug({ job, note }, 'a job is done');
		}
	} catch (err) {
		log.error({ err, job: name }, 'a job could not be begun');
	}
}
