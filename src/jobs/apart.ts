import { Worker } from 'node:worker_threads';
import type { Ctx } from '#core/ctx.ts';

/** What the thread is given: plain values only, as it opens the database for itself. */
export type ApartInput = { job: string; file: string; settings: Ctx['settings']; keys: Ctx['keys']; actor: Ctx['actor']; now: number };
export type ApartAnswer = { note: string } | { error: { message: string; code: string | undefined; stack: string | undefined } };

/**
 * Runs a job in a thread of its own with a connection of its own, so that requests are answered meanwhile.
 * @returns the job's note. @throws Error with the message and code of what the job threw.
 */
export function runApart(job: string, ctx: Ctx): Promise<string> {
	const input: ApartInput = { job, file: ctx.db.sql.name, settings: ctx.settings, keys: ctx.keys, actor: ctx.actor, now: ctx.now };
	const worker = new Worker(new URL('./apart-worker.ts', import.meta.url), { workerData: input });
	return new Promise((resolve, reject) => {
		worker.once('message', (answer: ApartAnswer) => {
			if ('note' in answer) resolve(answer.note);
			else reject(Object.assign(new Error(answer.error.message), answer.error));
		});
		worker.once('error', reject);
		worker.once('exit', (code) => reject(new Error(`The thread of ${job} ended early (${code}).`)));
	});
}
