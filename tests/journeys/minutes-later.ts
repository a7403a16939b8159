import { vi } from 'vitest';
import { startServer } from '#tests/helpers/server.ts';
import { TODAY } from '#tests/helpers/site.ts';

let minutes = 0;

/** Lets ten minutes pass at once: another server on the same data, whose clock is ahead, does the jobs that are due by then. */
export async function minutesLater(dataDir: string, isDone: () => boolean): Promise<void> {
	minutes += 10;
	const later = await startServer({ dataDir, env: { DEMO: '1', DEMO_NOW: `${TODAY}T12:${minutes}:00Z`, JOBS: 'inside' } });
	try {
		await vi.waitUntil(isDone, { timeout: 20_000, interval: 100 });
	} finally {
		await later.stop();
	}
}
