import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Only a server that will never come up takes this long, also when many are started on a busy machine. */
const START_MS = 60_000;
const PROBE_MS = 5000;
/** Where Node keeps the program as it has once read it, for the next start: a third less work, and nothing else differs. */
const COMPILED = join(tmpdir(), 'ipt-compiled');

export type RunningServer = {
	origin: string;
	pid: number;
	/** SIGTERM, and wait. Resolves to the exit code. */
	stop(): Promise<number | null>;
	kill9(): Promise<void>;
	/** Everything written to standard output and error. The log comes once a second, so stop first to have all of it. */
	logs(): string;
	/** Resolves to the exit code. */
	ended: Promise<number | null>;
};

export type StartOptions = { dataDir: string; env?: Record<string, string> };

/**
 * Starts the real server as a program of its own on a free port and waits until it answers.
 * BUILD_DIR is the build of this working copy unless `env` says otherwise. `env` values of '' unset a variable.
 * @throws Error with what the program said when it does not come up
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
	const port = await freePort();
	const server = launch({ ...options, env: { PORT: String(port), ...options.env } });
	const origin = `http://localhost:${port}`;
	const failed = server.ended.then((code) => {
		throw new Error(`The server stopped with code ${code}:\n${server.logs()}`);
	});
	await Promise.race([untilItAnswers(origin, server), failed]);
	failed.catch(() => undefined);
	return { ...server, origin };
}

/** Starts the program without waiting for anything: for starts that must fail. */
export function launch({ dataDir, env = {} }: StartOptions): Omit<RunningServer, 'origin'> {
	const build = process.env.TEST_BUILD_DIR ?? `${ROOT}/.data/build`;
	const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_COMPILE_CACHE: COMPILED };
	const child = spawn(process.execPath, [MAIN], { cwd: ROOT, env: { ...inherited, DATA_DIR: dataDir, BUILD_DIR: build, ...env } });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const finish = async (signal: NodeJS.Signals) => (isRunning(child) && child.kill(signal), ended);
	return { pid: child.pid ?? 0, ended, logs: () => output, stop: () => finish('SIGTERM'), kill9: async () => void (await finish('SIGKILL')) };
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}

async function untilItAnswers(origin: string, server: Pick<RunningServer, 'logs' | 'kill9'>): Promise<void> {
	const until = performance.now() + START_MS;
	while (performance.now() < until) {
		const health = await fetch(`${origin}/health`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(PROBE_MS) }).catch(() => null);
		if (health) return;
		await new Promise((wait) => setTimeout(wait, 40));
	}
	// Not waited for: its end would be told in the place of the reason.
	void server.kill9();
	throw new Error(`The server did not answer within ${START_MS / 1000} s:\n${server.logs()}`);
}

function isRunning(child: ChildProcess): boolean {
	return child.exitCode === null && child.signalCode === null;
}
