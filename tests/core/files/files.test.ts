import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBackup } from '#core/backup.ts';
import { pruneBackupFiles } from '#core/backup-files.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { cleanFileName } from '#core/file-name.ts';
import { filesFolder, sealedPath } from '#core/file-store.ts';
import { MOST_FILE_BYTES } from '#core/file-take.ts';
import { checkFiles, cleanUpFiles, filesOnDisk } from '#core/file-upkeep.ts';
import { attachFile, dropFile, keptFiles, readStoredFile, removeDeletedFile, storeUpload } from '#core/files.ts';
import { restoreBackup } from '#core/restore.ts';
import { openDatabase } from '#db/client.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';
import { pdf } from './corpus.ts';

const DAY = 86_400_000;
let register: TestRegister;
let ctx: Ctx;
let owner: string;
let other: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	const people = ['ann', 'ben'].map((slug) => listTherapist(register.ctx.db, slug));
	[owner, other] = people as [string, string];
	ctx = as(owner);
});
afterEach(() => register.close());

function as(personId: string, now = register.ctx.now): Ctx {
	return { ...register.ctx, now, actor: { kind: 'person', personId, accountId: personId, roles: ['member'], level: 1, provedAt: now } };
}
const file = (name = 'attendance.pdf', bytes = pdf()) => new File([new Uint8Array(bytes)], name, { type: 'text/html' });
const store = (c = ctx, f = file(), ownerPersonId = owner) => storeUpload(c, f, { purpose: 'cpd_evidence', ownerPersonId, field: 'evidence' });
const activity = { type: 'cpd_activity', id: 'a1' };
const attach = (id: string, to = activity, ownerPersonId = owner) =>
	commit(ctx, { name: 'test' }, (tx) => {
		attachFile(tx, id, { ...to, ownerPersonId, field: 'evidence' });
		if (tx.recorded === 0) tx.recorded = 1;
	});
const folder = () => filesFolder(ctx.settings.dataDir);
const onDisk = () => filesOnDisk(folder(), ctx.now);
const drop = (id: string) => commit(ctx, { name: 'test' }, (tx) => dropFile(tx, id, 'owner'));

describe('a stored file', () => {
	test('is sealed on the disk, and given back as it was to whoever asks by what it belongs to', async () => {
		const { id, type, name } = await store();
		attach(id);
		expect([type, name]).toEqual(['application/pdf', 'attendance.pdf']);
		expect((await readStoredFile(ctx, id, activity)).content.equals(pdf())).toBe(true);
		const [sealed] = onDisk();
		expect(readFileSync(sealed?.path ?? '').includes('%PDF')).toBe(false);
		expect(statSync(sealed?.path ?? '').mode & 0o777).toBe(0o400);
		await expect(readStoredFile(ctx, id, { ...activity, id: 'a2' })).rejects.toThrow('no such file');
	});

	test('that was changed, or swapped with another, is never given out', async () => {
		const [one, two] = [await store(), await store(ctx, file('b.pdf', pdf({ text: 'other' })))];
		for (const { id } of [one, two]) attach(id);
		const rows = ctx.db.sql.prepare('SELECT id, sealed_sha256 AS name FROM stored_file ORDER BY id').all() as { id: string; name: string }[];
		const [a, b] = rows.map(({ name }) => sealedPath(folder(), name)) as [string, string];
		chmodSync(a, 0o600);
		writeFileSync(a, readFileSync(b));
		await expect(readStoredFile(ctx, one.id, activity)).rejects.toThrow('damaged');
		const flipped = readFileSync(b);
		flipped[40] = (flipped[40] ?? 0) ^ 1;
		chmodSync(b, 0o600);
		writeFileSync(b, flipped);
		await expect(readStoredFile(ctx, two.id, activity)).rejects.toThrow('damaged');
	});

	test('belongs to one thing of its owner: the same twice changes nothing, another is refused', async () => {
		const { id } = await store();
		attach(id);
		attach(id);
		expect(() => attach(id, { type: 'cpd_activity', id: 'a2' })).toThrow('already belongs');
		const theirs = await store(as(other), file(), other);
		expect(() => attach(theirs.id)).toThrow('no longer kept');
	});

	test('is put here by its owner or by the office, and kept for a form only to the one who sent it', async () => {
		await expect(store(as(other))).rejects.toThrow('does not allow');
		const { id } = await store();
		expect(keptFiles(ctx, [id])).toHaveLength(1);
		expect(keptFiles(as(other), [id])).toEqual([]);
		attach(id);
		expect(keptFiles(ctx, [id])).toEqual([]);
	});

	test('may be sixty in an hour', async () => {
		ctx.db.sql.prepare('INSERT INTO rate_window VALUES (?, ?, 60)').run(`upload|${owner}/3600000|${ctx.now}`, ctx.now);
		await expect(store()).rejects.toMatchObject({ status: 422, field: 'evidence' });
	});

	test.each<[string, () => File, string]>([
		['empty', () => file('a.pdf', Buffer.alloc(0)), 'empty'],
		['larger than 10 MB', () => file('a.pdf', Buffer.alloc(MOST_FILE_BYTES + 1)), '10 MB'],
		['something else than it says', () => file('photo.jpg', Buffer.from('<html>')), 'not a PDF'],
	])('that is %s is refused beside its field, and nothing is left', async (_, make, said) => {
		await expect(store(ctx, make())).rejects.toMatchObject({ status: 422, field: 'evidence', message: expect.stringContaining(said) });
		expect(onDisk()).toEqual([]);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM stored_file').pluck().get()).toBe(0);
	});

	test('tells what in it looks like a client', async () => {
		expect((await store(ctx, file('a.pdf', pdf({ text: 'NHS 943 476 5919' })))).hints).toEqual(['nhs_number']);
	});
});

test.each([
	['../../etc/passwd', 'passwd.pdf'],
	['..\\..\\boot.ini', 'boot.ini.pdf'],
	['cv\u202Efdp.exe', 'cvfdp.exe.pdf'],
	['a\0b.pdf', 'ab.pdf'],
	['.htaccess', 'htaccess.pdf'],
	['', 'file.pdf'],
	['...', 'file.pdf'],
	['Zeugnis für Siân.PDF', 'Zeugnis für Siân.pdf'],
	['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie x.pdf'],
])('a file called %j is shown as %j', (given, shown) => {
	expect(cleanFileName(given, 'application/pdf')).toBe(shown);
});

test('a name of any length has 120 characters at most', () => {
	for (const name of ['x'.repeat(5000), `${'🙂'.repeat(300)}.pdf`]) expect(cleanFileName(name, 'application/pdf').length).toBeLessThanOrEqual(120);
	expect(cleanFileName('🙂'.repeat(300), 'application/pdf').isWellFormed()).toBe(true);
});

describe('the upkeep', () => {
	test('deletes what no form was finished with after a day, and what was deleted at once', async () => {
		const [unused, used] = [await store(), await store()];
		attach(used.id);
		expect(cleanUpFiles(ctx)).toMatchObject({ unused: 0, deleted: 0 });
		expect(cleanUpFiles(as(owner, ctx.now + DAY + 1))).toMatchObject({ unused: 1, deleted: 1 });
		expect(onDisk()).toHaveLength(1);
		drop(used.id);
		removeDeletedFile(ctx, used.id);
		expect(onDisk()).toEqual([]);
		expect(unused.id).not.toBe(used.id);
	});

	test('deletes what a crash left: a half file after a day, one without a row after a month', async () => {
		await store();
		const [{ path } = { path: '' }] = onDisk();
		const [half, unknown] = [`${path}.1.part`, join(path, '..', 'f'.repeat(64))];
		for (const made of [half, unknown]) writeFileSync(made, 'x');
		const old = (days: number) => [half, unknown].forEach((f) => void utimesSync(f, (ctx.now - days * DAY) / 1000, (ctx.now - days * DAY) / 1000));
		old(0);
		expect(cleanUpFiles(ctx)).toMatchObject({ unknown: 0, unfinished: 0 });
		old(2);
		expect(cleanUpFiles(ctx)).toMatchObject({ unknown: 0, unfinished: 1 });
		writeFileSync(half, 'x');
		old(32);
		expect(cleanUpFiles(ctx)).toMatchObject({ unknown: 1, unfinished: 1 });
	});

	test('finds a damaged or lost file within thirty nights', async () => {
		const { id } = await store();
		const nights = async () => {
			const said: string[] = [];
			for (let night = 0; night < 30; night += 1) await checkFiles(as(owner, ctx.now + night * DAY)).catch((error: Error) => void said.push(error.message));
			return said;
		};
		expect(await nights()).toEqual([]);
		const [{ path } = { path: '' }] = onDisk();
		chmodSync(path, 0o600);
		writeFileSync(path, 'something else');
		expect(await nights()).toEqual([expect.stringContaining(id)]);
		rmSync(path);
		expect(await nights()).toEqual([expect.stringContaining(id)]);
	});
});

describe('a backup', () => {
	const backups = () => join(register.folder, 'backups');
	const restore = async (name: string) => {
		ctx.db.sql.close();
		const restored = await restoreBackup(ctx, join(backups(), name), ctx.now + 60_000);
		register.ctx.db = openDatabase(join(register.folder, 'register.db'));
		ctx = as(owner);
		return restored;
	};

	test('holds every stored file once, and a restore puts back what was lost or damaged', async () => {
		const [one, two] = [await store(), await store()];
		for (const { id } of [one, two]) attach(id);
		const first = await makeBackup(ctx, backups());
		expect(first.files).toMatchObject({ count: 2, missing: [] });
		await makeBackup({ ...ctx, now: ctx.now + 60_000 }, backups());
		expect(filesOnDisk(filesFolder(backups()), ctx.now)).toHaveLength(2);
		const [a, b] = onDisk();
		rmSync(a?.path ?? '');
		rmSync(b?.path ?? '');
		writeFileSync(b?.path ?? '', 'damaged');
		expect(await restore(first.file)).toMatchObject({ filesMissing: 0 });
		for (const { id } of [one, two]) expect((await readStoredFile(ctx, id, activity)).content.equals(pdf())).toBe(true);
	});

	test('forgets a file 31 days after it was deleted; restored from before, the register says that it is gone', async () => {
		const { id } = await store();
		attach(id);
		const before = await makeBackup(ctx, backups());
		drop(id);
		cleanUpFiles(ctx);
		const later = (days: number) => pruneBackupFiles(as(owner, ctx.now + days * DAY), backups());
		expect([later(30), later(32)]).toEqual([0, 1]);
		expect(await restore(before.file)).toMatchObject({ filesMissing: 1 });
		expect(ctx.db.sql.prepare('SELECT deleted_because FROM stored_file').pluck().get()).toBe('not_in_backup');
		await expect(readStoredFile(ctx, id, activity)).rejects.toThrow('no such file');
	});
});

test('whoever is killed in the middle of storing leaves no row without its file', async () => {
	const program = join(import.meta.dirname, 'store-until-killed.ts');
	for (let i = 0; i < 3; i += 1) {
		const child = spawn(process.execPath, [program, register.folder, owner], { stdio: ['ignore', 'pipe', 'inherit'] });
		await once(child.stdout, 'data');
		await wait(40 + i * 110);
		child.kill('SIGKILL');
		await once(child, 'close');
	}
	const names = ctx.db.sql.prepare('SELECT sealed_sha256 FROM stored_file').pluck().all() as string[];
	expect(names.length).toBeGreaterThan(2);
	expect(ctx.db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	const there = new Set(onDisk().map(({ name }) => name));
	expect(names.filter((name) => !there.has(name))).toEqual([]);
}, 30_000);
