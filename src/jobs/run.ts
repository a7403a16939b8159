import type { Clock } from '#core/clock.ts';
import { type Ctx, ctxFor, type Ground } from '#core/ctx.ts';
import type { Job } from './index.ts';
import { claimRun, endRun } from './runs.ts';

export type JobResult = { job: string; outcome: 'done' | 'failed'; note: string; error?: unknown };
/** How one job is carried out; the server does the long ones in a thread of their own. */
export type Carry = (job: Job, ctx: Ctx) => Promise<string>;

/**
 * Runs, one after the other, every job that is due. A job that fails is noted and stops no other.
 * @param choice `isForced`: due or not. `jobs`: which; `carry`: how.
 */
export async function runDueJobs(ground: Ground, clock: Clock, choice: { isForced: boolean; jobs: readonly Job[]; carry: Carry }): Promise<JobResult[]> {
	const results: JobResult[] = [];
	for (const job of choice.jobs) {
		const id = claimRun(ground.db, job, clock.now(), choice.isForced);
		if (id) results.push(await runOne(ground, clock, { job, id, carry: choice.carry }));
	}
	return results;
}

/** Carries a job out in this thread. */
export const here: Carry = async (job, ctx) => job.run(ctx);

async function runOne(ground: Ground, clock: Clock, { job, id, carry }: { job: Job; id: string; carry: Carry }): Promise<JobResult> {
	const ctx = ctxFor(ground, { kind: 'system', name: job.name }, clock.now());
	try {
		const note = await carry(job, ctx);
		endRun(ground.db, id, clock.now(), 'done', note);
		return { job: job.name, outcome: 'done', note };
	} catch (error) {
		const note = noteOf(error);
		// If even that cannot be written (a full disk), the lease runs out and the next run notes it.
		tryTo(() => endRun(ground.db, id, clock.now(), 'failed', note));
		return { job: job.name, outcome: 'failed', note, error };
	}
}

/** What an SQLite or file error says names no one; anything else is cut to its kind, as it might. */
function noteOf(error: unknown): string {
	const { code, name = 'Error', message = '' } = error as { code?: string; name?: string; message?: string };
	return code ? `${code}` : `${name}: ${message}`.replace(/\S+@\S+/g, '[address]');
}

function tryTo(work: () => void): void {
	try {
		work();
	} catch {
		// The caller's error says more.
	}
}
