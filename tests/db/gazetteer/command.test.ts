import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gazetteerInfo, openGazetteer } from '#db/gazetteer/index.ts';
import { writeOnspd } from './make-onspd.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const command = path.join(root, 'src/cli/gazetteer.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'gazetteer-command-'));
const data = path.join(folder, 'data');
const onspd = path.join(folder, 'ONSPD_TEST_UK.csv');

beforeAll(async () => {
	await writeOnspd(onspd, 60_000, 'onspd2024');
	expect(run(['--default']).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Result = { status: number | null; out: string; errors: string };

function run(args: string[], dataDir = data): Result {
	const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
		env: { ...process.env, DATA_DIR: dataDir },
		encoding: 'utf8',
		cwd: root,
	});
	return { status, out: stdout, errors: stderr };
}

const inUse = (): string => {
	const gazetteer = openGazetteer(path.join(data, 'gazetteer.db'));
	const { source } = gazetteerInfo(gazetteer);
	gazetteer.close();
	return source;
};

describe('npm run gazetteer', () => {
	test('builds the default one and says what is in use', () => {
		expect(run([])).toMatchObject({
			status: 0,
			out: expect.stringMatching(/In use: Postcode districts.*npm run gazetteer -- FILE/s),
		});
	});

	test('shows progress in plain lines where there is no terminal, then the totals', () => {
		const dataDir = path.join(folder, 'other');
		const { status, out, errors } = run([onspd], dataDir);
		expect(status).toBe(0);
		expect(errors).toMatch(/Postcodes: \d+ %\n/);
		expect(errors).not.toContain('\u001B');
		expect(out).toMatch(/in place: 5\d,\d{3} postcodes .* retired.* sectors.*\nIt took .* postcodes a second/s);
	});

	test.each([
		['a missing file', ['/nowhere/ONSPD.csv'], /There is nothing at/],
		['a folder of something else', [os.devNull.slice(0, 4)], /is a folder, but holds neither/],
		['two files', [onspd, onspd], /Give one file or folder/],
		['an unknown option', ['--fast'], /--fast/],
	])('%s ends with a message and exit code 1, without a stack', (_, args, message) => {
		const { status, errors } = run(args);
		expect(status).toBe(1);
		expect(errors).toMatch(message);
		expect(errors).toContain('The gazetteer in use is unchanged.');
		expect(errors).not.toMatch(/\n\s+at /);
		expect(inUse()).toContain('Postcode districts');
	});

	test('a DATA_DIR that cannot be made says so', () => {
		expect(run([onspd], onspd)).toMatchObject({
			status: 1,
			errors: expect.stringMatching(/cannot be written to \(DATA_DIR\)/),
		});
	});

	test('a read-only DATA_DIR says so', () => {
		// A folder of the kernel, where not even root can write.
		const { status, stderr } = spawnSync(process.execPath, [command, onspd], { env: { ...process.env, DATA_DIR: '/sys/kernel' }, encoding: 'utf8', cwd: root });
		expect(status, stderr).toBe(1);
		expect(stderr).toMatch(/cannot be written to \(DATA_DIR\)/);
	});

	// A limit on the size of files is what a full disk looks like to SQLite: the write is refused.
	test('a full disk says so and leaves the old gazetteer whole', () => {
		const before = readFileSync(path.join(data, 'gazetteer.db'));
		const limited = `trap '' XFSZ; ulimit -f 1200; exec "$0" "$@"`;
		const { status, stderr } = spawnSync('/bin/sh', ['-c', limited, process.execPath, command, onspd], {
			env: { ...process.env, DATA_DIR: data },
			encoding: 'utf8',
			cwd: root,
		});
		expect(status, stderr).toBe(1);
		expect(stderr).toMatch(/not enough room/);
		expect(readFileSync(path.join(data, 'gazetteer.db')).equals(before)).toBe(true);
		expect(readdirSync(data)).toEqual(['gazetteer.db']);
	});

	test.each(['SIGINT', 'SIGKILL'] as const)('%s in the middle leaves the old gazetteer in use', async (signal) => {
		const child = spawn(process.execPath, [command, onspd], { env: { ...process.env, DATA_DIR: data }, cwd: root });
		await new Promise<void>((resolve) => child.stderr.once('data', () => resolve()));
		child.kill(signal);
		const code = await new Promise((resolve) => child.once('close', resolve));
		expect(code).toBe(signal === 'SIGINT' ? 130 : null);
		expect(inUse()).toContain('Postcode districts');
		if (signal === 'SIGINT') expect(readdirSync(data)).toEqual(['gazetteer.db']);
	});
});
