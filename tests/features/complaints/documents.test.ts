import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBackup } from '#core/backup.ts';
import { pruneBackupFiles } from '#core/backup-files.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { filesFolder, sealedPath } from '#core/file-store.ts';
import { checkFiles, cleanUpFiles, filesOnDisk } from '#core/file-upkeep.ts';
import { newId } from '#core/ids.ts';
import { loadKeys } from '#core/keys.ts';
import { restoreBackup } from '#core/restore.ts';
import { destroyVault, openText, rekeyVault } from '#core/vault.ts';
import { openDatabase } from '#db/client.ts';
import { dropConcernFile, removeConcernBytes } from '#features/complaints/file-drop.ts';
import { putConcernFile, putSealedBytes } from '#features/complaints/file-put.ts';
import { readConcernFile } from '#features/complaints/file-read.ts';
import { caseFiles, putConcern, wayIn } from '#features/complaints/index.ts';
import { standingOf, takeStep } from '#features/complaints/step.ts';
import { jpegFromTelephone, pdf } from '#tests/core/files/corpus.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern } from '#tests/helpers/concerns.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const DAY = 86_400_000;
let register: TestRegister;
let ctx: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = { ...register.ctx, keys: loadKeys({ dataDir: register.folder, auditKey: null, secretKey: null }), actor: { kind: 'public' } };
});
afterEach(() => register.close());

const file = (text: string, name = `${text}.pdf`) => new File([new Uint8Array(pdf({ text }))], name, { type: 'text/html' });
const give = (concernId: string, text = 'a letter', name?: string) => caseFiles.giveDocument(ctx, concernId, file(text, name));
const read = (concernId: string, id: string, c = ctx) => readConcernFile(c, concernId, id);
const folder = () => filesFolder(ctx.settings.dataDir);
const onDisk = () => filesOnDisk(folder(), ctx.now);
const pathOf = (id: string) => sealedPath(folder(), ctx.db.sql.prepare('SELECT sealed_sha256 FROM concern_file WHERE id = ?').pluck().get(id) as string);
const count = (text: string) => ctx.db.sql.prepare(`SELECT count(*) FROM ${text}`).pluck().get();
const change = (path: string, bytes: Buffer) => {
	// A name of its own: beside the backup stands the same file under another.
	rmSync(path);
	writeFileSync(path, bytes);
};

/** A concern that is still being written. */
function aDraft(): string {
	const row = { about: 'therapist', way: 'online', source: 'client', caseKeyHash: newId(), passphraseHash: 'x', typedBy: null, complainantId: null } as const;
	return commit(ctx, { name: 'test' }, (tx) => putConcern(tx, row).concern.id);
}

describe('a document of a concern', () => {
	test('is sealed with a key of its own, and given back as it came; a photo without where and when it was taken', async () => {
		const { id } = aConcern(ctx);
		const [letter, again] = [await give(id), await give(id)];
		expect(again).toBe(letter);
		const photo = await caseFiles.giveDocument(ctx, id, new File([new Uint8Array(await jpegFromTelephone())], 'IMG_1.jpg'));
		expect(await read(id, letter)).toMatchObject({ name: 'a letter.pdf', type: 'application/pdf', content: pdf({ text: 'a letter' }) });
		expect((await read(id, photo)).content.includes('canary-camera')).toBe(false);
		const keys = [letter, photo].map((one) => openText(ctx, id, `file:${one}:key`) ?? '');
		expect(new Set(keys).size).toBe(2);
		expect(keys.every((key) => Buffer.from(key, 'base64').length === 32)).toBe(true);
		expect(caseFiles.filesIn(ctx, id, 'complainant').map(({ name, state }) => [name, state])).toEqual([
			['a letter.pdf', 'ready'],
			['IMG_1.jpg', 'ready'],
		]);
	});

	test('stands nowhere in the clear: not its words, not its name, not a sum that would prove it', async () => {
		const { id } = aConcern(ctx);
		await give(id, 'canarywords', 'canaryname.pdf');
		ctx.db.sql.pragma('wal_checkpoint(TRUNCATE)');
		const sum = createHash('sha256')
			.update(pdf({ text: 'canarywords' }))
			.digest('hex');
		for (const entry of readdirSync(register.folder, { recursive: true, withFileTypes: true })) {
			if (!entry.isFile()) continue;
			const bytes = readFileSync(join(entry.parentPath, entry.name));
			for (const canary of ['canarywords', 'canaryname', sum]) expect([entry.name, bytes.includes(canary)]).toEqual([entry.name, false]);
		}
	});

	test('does not open for whoever has the register and the folder of files, but not the keys', async () => {
		const { id } = aConcern(ctx);
		const document = await give(id);
		const thief = join(register.folder, 'thief');
		const stolen = { ...ctx, keys: loadKeys({ dataDir: thief, auditKey: null, secretKey: null }) };
		await expect(read(id, document, stolen)).rejects.toThrow();
		expect(() => caseFiles.filesIn(stolen, id)).toThrow();
		const [whole] = onDisk();
		expect(readFileSync(whole?.path ?? '').includes('%PDF')).toBe(false);
	});

	test('with a bit flipped is said to be damaged and never served; the nightly proof names it', async () => {
		const { id } = aConcern(ctx);
		const document = await give(id);
		const path = pathOf(document);
		const whole = readFileSync(path);
		for (const at of [0, 20, whole.length - 1]) {
			const flipped = Buffer.from(whole);
			flipped[at] = (flipped[at] ?? 0) ^ 1;
			change(path, flipped);
			await expect(read(id, document)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('damaged') });
		}
		const nights = async () => {
			const said: string[] = [];
			for (let night = 0; night < 30; night += 1)
				await checkFiles({ ...ctx, now: ctx.now + night * DAY }).catch((error: Error) => void said.push(error.message));
			return said;
		};
		expect(await nights()).toEqual([expect.stringContaining(document)]);
		change(path, whole);
		expect((await read(id, document)).bytes).toBe(pdf({ text: 'a letter' }).length);
		expect(await nights()).toEqual([]);
	});

	test('opens after the key of its case was changed, and not once its vault is gone', async () => {
		const { id } = aConcern(ctx);
		const document = await give(id);
		commit(ctx, { name: 'test' }, (tx) => {
			rekeyVault(tx, id);
			tx.recorded = 1;
		});
		expect((await read(id, document)).content.equals(pdf({ text: 'a letter' }))).toBe(true);
		commit(ctx, { name: 'test' }, (tx) => {
			destroyVault(tx, id, 'retention');
			tx.recorded = 1;
		});
		await expect(read(id, document)).rejects.toThrow('damaged');
		expect(caseFiles.filesIn(ctx, id)).toMatchObject([{ name: 'A document' }]);
	});

	test('in the place of another, of the same concern or of another one, does not open', async () => {
		const [one, two] = [aConcern(ctx), aConcern(ctx)];
		const [a, b, c] = [await give(one.id, 'first'), await give(one.id, 'second'), await give(two.id, 'third')];
		const { sql } = ctx.db;
		expect(() => sql.prepare('UPDATE concern_file SET sealed_sha256 = ? WHERE id = ?').run('f'.repeat(64), a)).toThrow('stays what it was');
		sql.exec('DROP TRIGGER concern_file_fixed');
		const names = Object.fromEntries([a, b, c].map((id) => [id, sql.prepare('SELECT sealed_sha256 FROM concern_file WHERE id = ?').pluck().get(id) as string]));
		const point = (id: string, at: string) => sql.prepare('UPDATE concern_file SET sealed_sha256 = ? WHERE id = ?').run(at, id);
		for (const [x, y, concernOfX] of [
			[a, b, one.id],
			[a, c, one.id],
		] as const) {
			point(y, 'e'.repeat(64));
			point(x, String(names[y]));
			await expect(read(concernOfX, x)).rejects.toThrow('damaged');
			// With the key moved as well: it was sealed for its place in the vault.
			const keyAt = (place: string) => sql.prepare('SELECT sealed FROM vault_text WHERE place = ?').pluck().get(`file:${place}:key`) as Buffer;
			const putKey = (sealed: Buffer) => sql.prepare('UPDATE vault_text SET sealed = ? WHERE place = ?').run(sealed, `file:${x}:key`);
			const before = keyAt(x);
			putKey(keyAt(y));
			await expect(read(concernOfX, x)).rejects.toThrow('changed or moved');
			putKey(before);
			point(x, String(names[x]));
			point(y, String(names[y]));
		}
		await expect(read(two.id, b)).rejects.toThrow('no such document');
	});
});

describe('how many there may be', () => {
	const rows = (concernId: string, lane: string, many: number) => {
		const text = `INSERT INTO concern_file (id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, added_at, scanned_at, scanned_by)
			VALUES (?, ?, ?, 'evidence', 'application/pdf', 1, ?, ?, 0, 0, 'none')`;
		const sum = () => newId().replaceAll('-', '').padEnd(64, '0');
		for (let i = 0; i < many; i += 1) ctx.db.sql.prepare(text).run(newId(), concernId, lane, sum(), sum());
	};

	test('is two hundred: the next is refused in words, the other side has its own room, and what we make ourselves is not counted', async () => {
		const { id } = aConcern(ctx);
		rows(id, 'complainant', 199);
		await give(id, 'the last');
		expect(caseFiles.ownDocuments(ctx, id).room).toBe(0);
		const before = onDisk().length;
		await expect(give(id, 'one more')).rejects.toMatchObject({ status: 422, field: 'documents', message: expect.stringContaining('200 documents') });
		expect(onDisk()).toHaveLength(before);
		await putConcernFile(ctx, { concernId: id, lane: 'respondent', kind: 'evidence', byPerson: null, field: 'f' }, file('theirs'));
		const made = await putSealedBytes(
			ctx,
			{ concernId: id, lane: 'complainant', kind: 'letter', byPerson: null, name: 'Letter', type: 'application/pdf' },
			pdf(),
		);
		expect((await read(id, made)).name).toBe('Letter.pdf');
	});

	test('in an hour is counted by the concern and by where it comes from, never by a person', async () => {
		const { id } = aConcern(ctx);
		await give(id);
		const keys = ctx.db.sql.prepare('SELECT key FROM rate_window ORDER BY key').pluck().all() as string[];
		expect(keys.map((key) => key.split('|')[0])).toEqual(['concern-file-from', 'concern-file']);
		ctx.db.sql.prepare('UPDATE rate_window SET hits = 1000').run();
		await expect(give(id, 'more')).rejects.toMatchObject({ status: 422, message: expect.stringContaining('many files') });
	});

	test('is none while the disk is nearly full, and none in a case whose words were destroyed', async () => {
		const { id } = aConcern(ctx);
		const full = { ...ctx, settings: { ...ctx.settings, leastFreeBytes: Number.MAX_SAFE_INTEGER } };
		await expect(caseFiles.giveDocument(full, id, file('x'))).rejects.toMatchObject({ code: 'ENOSPC_UPLOADS' });
		ctx.db.sql.exec('DROP TRIGGER concern_step_destroyed_by_two');
		for (const [kind, side, data] of [
			['assigned', 'system', { owner: staff(register.ctx, 'Olga', 'complaints_officer').id }],
			['withdrawn', 'complainant', {}],
			['closed', 'system', {}],
			['destroyed', 'system', {}],
		] as const)
			commit(ctx, { name: 'test' }, (tx) => void takeStep(tx, standingOf(ctx.db, id), kind, { side, personId: null }, data));
		await expect(give(id)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('destroyed') });
		expect([count('concern_file'), onDisk().length]).toEqual([0, 0]);
	});
});

describe('what is taken away', () => {
	test('goes with its key, its name and its bytes before it is sent, and stays afterwards', async () => {
		const draft = aDraft();
		const [kept, gone] = [await give(draft, 'kept'), await give(draft, 'gone')];
		caseFiles.removeOwnDocument(ctx, draft, gone);
		expect(onDisk()).toHaveLength(1);
		expect(ctx.db.sql.prepare('SELECT place FROM vault_text WHERE place LIKE ? ORDER BY place').pluck().all('file:%')).toEqual([
			`file:${kept}:key`,
			`file:${kept}:name`,
		]);
		await expect(read(draft, gone)).rejects.toThrow('no such document');
		const { id } = aConcern(ctx);
		const sent = await give(id);
		expect(() => caseFiles.removeOwnDocument(ctx, id, sent)).toThrow('stays with it');
		expect(() => caseFiles.removeOwnDocument(ctx, id, kept)).toThrow('no such document');
	});

	test('with a draft that is removed goes from the disk at once, and from the backups after 31 days', async () => {
		const draft = aDraft();
		await give(draft);
		const backups = join(register.folder, 'backups');
		await makeBackup(ctx, backups);
		wayIn.dropOwnDraft(ctx, draft);
		expect([count('concern_file'), onDisk().length, count('concern_file_gone')]).toEqual([0, 0, 1]);
		const later = (days: number) => pruneBackupFiles({ ...ctx, now: ctx.now + days * DAY }, backups);
		expect([later(30), later(32)]).toEqual([0, 1]);
		expect(caseFiles.forgetGoneFiles({ ...ctx, now: ctx.now + 63 * DAY })).toBe(1);
	});

	test('is swept when the commit came and the deletion did not; what is live never is', async () => {
		const { id } = aConcern(ctx);
		const [kept, gone] = [await give(id, 'kept'), await give(id, 'gone')];
		commit(ctx, { name: 'test' }, (tx) => dropConcernFile(tx, gone));
		expect(cleanUpFiles({ ...ctx, now: ctx.now + 400 * DAY })).toMatchObject({ deleted: 1, unknown: 0 });
		expect(onDisk()).toHaveLength(1);
		expect((await read(id, kept)).name).toBe('kept.pdf');
		commit(ctx, { name: 'test' }, (tx) => dropConcernFile(tx, kept));
		removeConcernBytes(ctx, id);
		expect(onDisk()).toEqual([]);
		expect(() => ctx.db.sql.prepare('DELETE FROM concern_file').run()).toThrow('to be swept');
	});
});

describe('a backup', () => {
	const backups = () => join(register.folder, 'backups');
	const restore = async (name: string) => {
		ctx.db.sql.close();
		const restored = await restoreBackup(ctx, join(backups(), name), ctx.now + 60_000);
		register.ctx.db = openDatabase(join(register.folder, 'register.db'));
		ctx = { ...ctx, db: register.ctx.db };
		return restored;
	};

	test('holds every document; put back, it opens with the folder of keys and not without', async () => {
		const { id } = aConcern(ctx);
		const document = await give(id);
		const made = await makeBackup(ctx, backups());
		expect(made.files).toMatchObject({ count: 1, missing: [] });
		change(pathOf(document), Buffer.from('damaged'));
		expect(await restore(made.file)).toMatchObject({ filesMissing: 0 });
		expect((await read(id, document)).content.equals(pdf({ text: 'a letter' }))).toBe(true);
		const without = { ...ctx, keys: loadKeys({ dataDir: join(register.folder, 'elsewhere'), auditKey: null, secretKey: null }) };
		await expect(read(id, document, without)).rejects.toThrow();
	});

	test('from before a document went says that it is gone, by its name, to whoever gave it', async () => {
		const draft = aDraft();
		const document = await give(draft);
		const made = await makeBackup(ctx, backups());
		caseFiles.removeOwnDocument(ctx, draft, document);
		pruneBackupFiles({ ...ctx, now: ctx.now + 32 * DAY }, backups());
		expect(await restore(made.file)).toMatchObject({ filesMissing: 1 });
		expect(caseFiles.filesIn(ctx, draft)).toMatchObject([{ name: 'a letter.pdf', state: 'lost' }]);
		await expect(read(draft, document)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('not in the backup') });
	});
});

test('whoever is killed in the middle of giving a document leaves all of it or nothing', async () => {
	const { id } = aConcern(ctx);
	const program = join(import.meta.dirname, 'documents-until-killed.ts');
	for (let i = 0; i < 3; i += 1) {
		const child = spawn(process.execPath, [program, register.folder, id], { stdio: ['ignore', 'pipe', 'inherit'] });
		await once(child.stdout, 'data');
		await wait(40 + i * 110);
		child.kill('SIGKILL');
		await once(child, 'close');
	}
	expect(ctx.db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	const files = caseFiles.filesIn(ctx, id);
	expect(files.length).toBeGreaterThan(2);
	for (const one of files) {
		const { content } = await read(id, one.id);
		expect(content.toString('latin1')).toContain(one.name.replace('.pdf', ''));
	}
	const keys = ctx.db.sql.prepare("SELECT count(*) FROM vault_text WHERE place LIKE 'file:%:key'").pluck().get();
	expect(keys).toBe(files.length);
}, 60_000);
