import { type ChildProcess, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadOrder, LoadResult } from './load.ts';

export type Program = { port: number; pid: number; stop: () => Promise<void> };

/** Starts one of the reference servers of this folder as a program of its own; it says its port when it listens. */
export async function startReference(file: 'bytes.ts' | 'hand.ts', args: string[]): Promise<Program> {
	const child = fork(join(import.meta.dirname, file), args, { stdio: 'inherit' });
	const port = await new Promise<number>((resolve, reject) => {
		child.once('message', (message) => resolve(message as number));
		child.once('exit', (code) => reject(new Error(`${file} stopped with code ${code}.`)));
	});
	return { port, pid: child.pid ?? 0, stop: () => stop(child) };
}

/** A server may turn a few away when the machine stutters; more of them would be a measurement of something else. */
const MOST_STRAYS = 0.02;
const TRIES = 4;

/**
 * Runs the load generator, as a program of its own; again after a pause when the server had to turn people away because the machine was busy.
 * @throws Error when too many answers were not pages every time: a refusal is quick and proves nothing
 */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
	for (let tried = 1; ; tried += 1) {
		const result = await ask<LoadResult>('load.ts', order);
		if (result.strays <= order.requests * MOST_STRAYS) return result;
		if (tried === TRIES) throw new Error(`${result.strays} answers were not pages, the first of them:\n${result.firstStray}`);
		await sleep(5000);
	}
}

/** Runs a file of this folder that reads an order from standard input and writes its result as JSON. */
export async function ask<T>(file: string, order: unknown): Promise<T> {
	const child = spawn(process.execPath, [join(import.meta.dirname, file)], { stdio: ['pipe', 'pipe', 'inherit'] });
	child.stdin.end(JSON.stringify(order));
	const [output, code] = await Promise.all([text(child.stdout), new Promise((resolve) => child.once('close', resolve))]);
	if (code !== 0) throw new Error(`${file} stopped with code ${code}.`);
	return JSON.parse(output) as T;
}

async function stop(child: ChildProcess): Promise<void> {
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill();
	await ended;
}
