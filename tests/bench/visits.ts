import { become } from '../helpers/person.ts';
import { startServer } from '../helpers/server.ts';
import { REGISTER_NOW } from './registers.ts';
import { quantile } from './statistics.ts';

export type Spread = { p50: number; p99: number };
/** Opens pages one after the other. @returns how long each took, in ms, to its last byte */
export type Visit = (paths: readonly string[]) => Promise<number[]>;

/** Starts the site on a register, signs somebody in, and stops it when the work is done. */
export async function visitingAs<T>(
	{ dataDir, buildDir, person }: { dataDir: string; buildDir: string; person: string },
	work: (visit: Visit) => Promise<T>,
): Promise<T> {
	const env = { DEMO: '1', DEMO_NOW: new Date(REGISTER_NOW).toISOString(), JOBS: 'outside', BUILD_DIR: buildDir, LOG_LEVEL: 'silent' };
	const server = await startServer({ dataDir, env });
	try {
		const visitor = await become(server, person);
		return await work(async (paths) => {
			const seen: number[] = [];
			for (const path of paths) {
				const startedAt = performance.now();
				const answer = await visitor.get(path);
				await answer.text();
				if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}, ${answer.headers.get('location') ?? 'and leads nowhere'}.`);
				seen.push(performance.now() - startedAt);
			}
			return seen;
		});
	} finally {
		await server.stop();
	}
}

/** How long something takes that does not wait, in ms. */
export function timed(work: () => unknown): number {
	const startedAt = performance.now();
	work();
	return performance.now() - startedAt;
}

export function spreadOf(all: readonly number[]): Spread {
	return { p50: quantile(all, 0.5), p99: quantile(all, 0.99) };
}

/** A spread as a table says it: `9.1 ms (2.4 ms)`. */
export function saySpread({ p50, p99 }: Spread): string {
	return `${p99.toFixed(1)} ms (${p50.toFixed(1)} ms)`;
}
