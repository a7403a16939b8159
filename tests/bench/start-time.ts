import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, launch } from '../helpers/server.ts';
import { environmentOf, type Place } from './environment.ts';
import { rawPage } from './kept-pages.ts';
import { median } from './statistics.ts';

export type StartOrder = Place & { address: string; times: number };

/** Milliseconds from starting the program to the last byte of its first page of results: the median of several starts. */
export async function measureStart(order: StartOrder): Promise<number> {
	const times: number[] = [];
	for (let i = 0; i < order.times; i += 1) times.push(await oneStart(order));
	return median(times);
}

async function oneStart(order: StartOrder): Promise<number> {
	const port = await freePort();
	const env = { ...environmentOf(order), PORT: String(port) };
	const startedAt = performance.now();
	const server = launch({ dataDir: order.dataDir, env });
	try {
		while (performance.now() - startedAt < 30_000) {
			if (await rawPage(port, order.address, 'identity').catch(() => null)) return performance.now() - startedAt;
			await sleep(5);
		}
		throw new Error(`The server did not start:\n${server.logs()}`);
	} finally {
		await server.stop();
	}
}
