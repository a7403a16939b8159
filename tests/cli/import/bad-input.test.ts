import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '#tests/helpers/db.ts';

const IMPORT = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'import.ts');
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Runs the command as the office does; `before` is put before it in the shell. */
function runImport(args: string[], options: { dataDir?: string; before?: string } = {}) {
	const command = `${options.before ?? ''} exec "$0" "$@"`;
	const ran = spawnSync('bash', ['-c', command, process.execPath, IMPORT, ...args], {
		env: { ...process.env, DATA_DIR: options.dataDir ?? join(folder.path, 'data') },
		encoding: 'utf8',
	});
	return { code: ran.status, text: ran.stdout + ran.stderr };
}

function file(content: string | Uint8Array): string {
	const path = join(folder.path, 'people.csv');
	writeFileSync(path, content);
	return path;
}

const people = (count: number) =>
	`member id,name,awards\n${Array.from({ length: count }, (_, i) => `${i},Ann Lee${i},practitioner adult 2019-05-01 to 2027-04-30`).join('\n')}\n`;

describe('what is not a file of people', () => {
	test.each([
		['an empty file', '', 'is empty'],
		['headings only', 'member id,name\n', 'holds headings, but no rows'],
		['no headings that are known', 'a,b,c\n1,2,3\n', 'lacks the column'],
		['fifty columns missing', 'email\nann@example.org\n', 'lacks the column “given names” and “family name”'],
		['two headings for one column', 'member id,surname,last name,first name\n1,a,b,c\n', 'both mean “family name”'],
		['a mark that is never closed', 'member id,name\n1,"Ann Lee\n2,Bo May\n', 'never closed'],
		['a row without end', `member id,name\n1,"${'x'.repeat(1_500_000)}"\n`, 'longer than 1,000,000 characters'],
		['bytes that are no text', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)), 'is not text'],
		['a workbook', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(100, 65)]), 'save it as CSV'],
	])('%s is refused in words for people', (_, content, why) => {
		const { code, text } = runImport([file(content), '--commit']);
		expect([code, text]).toEqual([1, expect.stringContaining(why)]);
		expect(text).toContain('The register is unchanged.');
		expect(text).not.toMatch(/^\s+at /m);
	});

	test('a folder, a missing file, no file and an unknown option each say so', () => {
		expect(runImport([folder.path])).toEqual({ code: 1, text: expect.stringContaining('is a folder') });
		expect(runImport([join(folder.path, 'nothing.csv')])).toEqual({ code: 1, text: expect.stringContaining('There is no file') });
		expect(runImport([])).toEqual({ code: 1, text: expect.stringContaining('Give one CSV file') });
		expect(runImport(['--force', 'x.csv'])).toEqual({ code: 1, text: expect.stringContaining('--force') });
	});
});

describe('a machine in trouble', () => {
	test('a data folder that cannot be made is a message and not a stack', () => {
		const { code, text } = runImport([file(people(1))], { dataDir: join(file(people(1)), 'data') });
		expect([code, text]).toEqual([1, expect.stringContaining('cannot be written to')]);
		expect(text).not.toMatch(/^\s+at /m);
	});

	test('a disk that fills up while writing leaves the register as it was', () => {
		const dataDir = join(folder.path, 'data');
		mkdirSync(dataDir);
		expect(runImport([file(people(1)), '--commit'], { dataDir }).code).toBe(0);
		// Files may grow to 1.5 MB: the shell's stand-in for a full disk.
		const { code, text } = runImport([file(people(4000)), '--commit'], { dataDir, before: "trap '' XFSZ; ulimit -f 1536;" });
		expect([code, text]).toEqual([1, expect.stringContaining('There is not enough room')]);
		const sql = new Database(join(dataDir, 'register.db'));
		expect(sql.pragma('integrity_check', { simple: true })).toBe('ok');
		expect(sql.prepare('SELECT count(*) FROM person').pluck().get()).toBe(1);
		sql.close();
		expect(readdirSync(dataDir).filter((name) => name.startsWith('import-scratch'))).toEqual([]);
	});

	test('a register of a newer version is refused', () => {
		const dataDir = join(folder.path, 'data');
		runImport([file(people(1)), '--commit'], { dataDir });
		const sql = new Database(join(dataDir, 'register.db'));
		sql.prepare("INSERT INTO migration (version, name, checksum, applied_at) VALUES (9999, 'later.sql', 'x', 0)").run();
		sql.close();
		expect(runImport([file(people(1))], { dataDir })).toEqual({ code: 1, text: expect.stringContaining('newer version') });
	});

	test('a file that is no database is not overwritten', () => {
		const dataDir = join(folder.path, 'data');
		mkdirSync(dataDir);
		writeFileSync(join(dataDir, 'register.db'), 'my diary, '.repeat(500));
		expect(runImport([file(people(1)), '--commit'], { dataDir })).toEqual({ code: 1, text: expect.stringContaining('is no register') });
	});
});
