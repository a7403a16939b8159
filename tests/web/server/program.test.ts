import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { temporaryFolder } from '#tests/helpers/db.ts';
import { launch, startServer } from '#tests/helpers/server.ts';

/** A data folder with a build whose pages answer slowly on /slow. */
function place(): { dataDir: string; env: Record<string, string> } {
	const { path, remove } = temporaryFolder();
	onTestFinished(remove);
	mkdirSync(join(path, 'build', 'server'), { recursive: true });
	mkdirSync(join(path, 'build', 'client'), { recursive: true });
	const page = `
		import 'better-sqlite3';
		export const handler = (req, res, next, locals) => setTimeout(() => {
			const rows = locals.server.db.sql.prepare('SELECT 1').pluck().get();
			res.end('page ' + rows + ' ' + typeof locals.server.gazetteer.prepare);
		}, req.url === '/slow' ? 1200 : 0);`;
	writeFileSync(join(path, 'build', 'server', 'entry.mjs'), page);
	return { dataDir: path, env: { BUILD_DIR: join(path, 'build') } };
}

test('it starts on an empty data folder, answers, and finishes what is under way when told to stop', async () => {
	const { dataDir, env } = place();
	const server = await startServer({ dataDir, env });
	expect(await (await fetch(`${server.origin}/`)).text()).toBe('page 1 function');
	const slow = fetch(`${server.origin}/slow`).then((reply) => reply.text());
	await new Promise((wait) => setTimeout(wait, 200));
	const ended = server.stop();
	expect(await slow).toBe('page 1 function');
	expect(await ended).toBe(0);
	expect(server.logs()).toContain('"msg":"listening"');
	expect(server.logs()).toContain('"clean":true');
	await expect(fetch(`${server.origin}/`)).rejects.toThrow();
});

test('everything that it writes is for its own user only', async () => {
	const { dataDir, env } = place();
	const server = await startServer({ dataDir, env: { ...env, LOG_FILE: join(dataDir, 'server.log') } });
	await fetch(`${server.origin}/find?place=Leeds`);
	await server.stop();
	const { statSync } = await import('node:fs');
	for (const file of ['register.db', 'gazetteer.db', 'server.log']) expect(statSync(join(dataDir, file)).mode & 0o077, file).toBe(0);
	expect(readFileSync(join(dataDir, 'server.log'), 'utf8')).toContain('"path":"/find"');
});

test('it starts again after kill -9', async () => {
	const { dataDir, env } = place();
	await (await startServer({ dataDir, env })).kill9();
	const server = await startServer({ dataDir, env });
	expect((await fetch(`${server.origin}/health`)).status).toBe(200);
	await server.stop();
});

/** The program must stop with a sentence that has `words`, and without a stack. */
async function refuses(options: { dataDir: string; env: Record<string, string> }, ...words: string[]): Promise<void> {
	const program = launch(options);
	expect(await program.ended).toBe(1);
	for (const word of words) expect(program.logs()).toContain(word);
	expect(program.logs()).not.toMatch(/\n\s+at /);
}

test('a port in use is named, with what to do', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void other.close());
	await new Promise((ready) => other.once('listening', ready));
	const port = String((other.address() as AddressInfo).port);
	const { dataDir, env } = place();
	await refuses({ dataDir, env: { ...env, PORT: port } }, `Port ${port} is in use`, 'PORT=');
});

test('a missing build says which command makes it', async () => {
	const { dataDir } = place();
	await refuses({ dataDir, env: { BUILD_DIR: join(dataDir, 'nothing') } }, 'npm run build');
});

test('a data folder that is a file, or cannot be written to, is named', async () => {
	const { dataDir, env } = place();
	writeFileSync(join(dataDir, 'file'), '');
	await refuses({ dataDir: join(dataDir, 'file'), env }, 'DATA_DIR', 'it is a file');
	// A folder of the kernel, where not even root can write.
	await refuses({ dataDir: '/sys/kernel', env }, 'DATA_DIR', 'cannot be written to');
});

test('a database of a newer version is left alone', async () => {
	const { dataDir, env } = place();
	await (await startServer({ dataDir, env })).stop();
	const { sql } = openDatabase(join(dataDir, 'register.db'));
	sql.prepare("INSERT INTO migration (version, name, checksum, applied_at) VALUES (9999, '9999-future.sql', '', 0)").run();
	sql.close();
	await refuses({ dataDir, env }, 'newer version');
});

test('a damaged database says how to go on', async () => {
	const { dataDir, env } = place();
	writeFileSync(join(dataDir, 'register.db'), 'this is not a database, but it is long enough to be taken for one'.repeat(20));
	await refuses({ dataDir, env }, 'Restore the last backup');
});

test('wrong settings are all named at once', async () => {
	const { dataDir, env } = place();
	await refuses({ dataDir, env: { ...env, PORT: 'abc', PUBLIC_ORIGIN: 'example', DEMO: 'perhaps' } }, 'PORT must be', 'PUBLIC_ORIGIN must be', 'DEMO must be');
});
