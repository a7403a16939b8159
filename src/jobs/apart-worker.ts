import { parentPort, workerData } from 'node:worker_threads';
import { ctxFor } from '#core/ctx.ts';
import { openDatabase } from '#db/client.ts';
import type { ApartAnswer, ApartInput } from './apart.ts';
import { JOBS } from './index.ts';

parentPort?.postMessage(await answer(workerData as ApartInput));

async function answer(input: ApartInput): Promise<ApartAnswer> {
	const db = openDatabase(input.file);
	try {
		const job = JOBS.find((j) => j.name === input.job);
		if (!job) throw new Error(`There is no job ${input.job}.`);
		// Bytes that cross into a thread arrive as plain Uint8Array.
		const keys = { audit: Buffer.from(input.keys.audit), secret: Buffer.from(input.keys.secret), vaultFolder: input.keys.vaultFolder };
		return { note: await job.run(ctxFor({ db, keys, settings: input.settings }, input.actor, input.now)) };
	} catch (error) {
		const { message, code, stack } = error as Error & { code?: string };
		return { error: { message, code, stack } };
	} finally {
		db.sql.close();
	}
}
