import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { makeBackup, readManifest, writeManifest } from '#core/backup.ts';
import { emptyKeptAside } from '#core/backup-leftovers.ts';
import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { deliverMail, transportFor } from '#core/deliver.ts';
import { proveBackup, restoreBackup } from '#core/restore.ts';
import { type Db, openDatabase } from '#db/client.ts';
import { sendEnquiry } from '#features/directory/index.ts';
import { at, enquiryInput } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ctx: Ctx;
let file: string;

beforeEach(async () => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	for (let i = 0; i < 40; i += 1) listTherapist(ctx.db, `t${i}`);
	for (let i = 0; i < 20; i += 1) send(i);
	const { file: name } = await makeBackup(ctx, join(register.folder, 'backups'));
	file = join(register.folder, 'backups', name);
});
afterEach(() => register.close());

function send(i: number): string {
	const then = at(ctx, ctx.now + i, `client ${i}`);
	return sendEnquiry(then, `t${i % 40}`, enquiryInput(then, { email: `s${i}@sender.example` })).reference;
}

const target = () => join(register.folder, 'register.db');
const restore = () => restoreBackup(ctx, file, ctx.now + 60_000);

function content(db: Db): string {
	const rows = ['person', 'listing', 'enquiry', 'registration', 'outbox'].map((table) => db.sql.prepare(`SELECT * FROM ${table} ORDER BY 1`).all());
	return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

describe('the drill: backed up under load, destroyed, restored', () => {
	it('gives back every row and a whole audit', async () => {
		const writer = openDatabase(target());
		let n = 100;
		const timer = setInterval(
			() => bookkeep(writer, () => writer.sql.prepare('INSERT INTO rate_window VALUES (?, 1, 1), (?, 1, 1)').run(`a${(n += 1)}`, `b${n}`)),
			0,
		);
		const made = await Promise.all(Array.from({ length: 5 }, (_, i) => makeBackup(at(ctx, ctx.now + (i + 1) * 60_000), join(register.folder, 'backups'))));
		clearInterval(timer);
		writer.sql.close();
		// Each write adds a pair: a copy that caught half of one would show it.
		for (const { file: name } of made) {
			const copy = new Database(join(register.folder, 'backups', name), { readonly: true });
			expect(
				copy
					.prepare("SELECT count(*) FROM rate_window a WHERE key LIKE 'a%' AND NOT EXISTS (SELECT 1 FROM rate_window b WHERE b.key = 'b' || substr(a.key, 2))")
					.pluck()
					.get(),
			).toBe(0);
			copy.close();
		}
		const before = content(ctx.db);
		ctx.db.sql.close();
		for (const end of ['', '-wal', '-shm']) rmSync(target() + end, { force: true });

		file = join(register.folder, 'backups', made.at(-1)?.file ?? '');
		const restored = await restore();
		expect(restored).toMatchObject({ keptAside: null, counts: { enquiry: 20, person: 40 } });
		ctx.db = openDatabase(target());
		expect(content(ctx.db)).toBe(before);
		expect(verifyAudit(ctx.db, ctx.keys.audit, readManifest(file)?.auditHead ?? undefined)).toMatchObject({ ok: true });
		expect(ctx.db.sql.prepare('SELECT kind FROM audit_event ORDER BY seq DESC').pluck().get()).toBe('backup.restored');
		expect(send(50)).toMatch(/^ENQ/);
	});

	it('keeps the register that was there beside it', async () => {
		const later = send(30);
		ctx.db.sql.close();
		const { keptAside } = await restore();
		ctx.db = openDatabase(target());
		const kept = openDatabase(keptAside ?? '');
		const find = (db: Db) => db.sql.prepare('SELECT 1 FROM enquiry WHERE reference = ?').get(later);
		expect([find(ctx.db), find(kept)]).toEqual([undefined, { 1: 1 }]);
		kept.sql.close();
		expect(readdirSync(register.folder).filter((n) => n.startsWith('.restoring'))).toEqual([]);
	});

	it('does not keep what people wrote in the register put aside for longer than 31 days', async () => {
		ctx.db.sql.close();
		const { keptAside } = await restore();
		ctx.db = openDatabase(target());
		writeFileSync(join(register.folder, 'register-before-restore-20260101T000000Z.db'), 'damaged');
		const day = 86_400_000;
		const empty = (aside: Db) => aside.sql.prepare('UPDATE enquiry SET message = NULL').run().changes;
		const holdsText = () => readFileSync(keptAside ?? '').includes('I would like to talk');
		emptyKeptAside(register.folder, ctx.now + 30 * day, empty);
		expect(holdsText()).toBe(true);
		const unreadable = emptyKeptAside(
			register.folder,
			ctx.now + 32 * day,
			(aside) => empty(aside) + aside.sql.prepare('UPDATE outbox SET body = NULL').run().changes,
		);
		expect([unreadable, holdsText()]).toEqual([['register-before-restore-20260101T000000Z.db'], false]);
	});

	it('sends no message twice that went out after the backup was made', async () => {
		const elsewhere = { ...ctx, settings: { ...ctx.settings, dataDir: join(register.folder, 'other') } };
		expect((await deliverMail(elsewhere, transportFor(elsewhere.settings))).sent).toBe(40);
		ctx.db.sql.close();
		await restore();
		ctx.db = openDatabase(target());
		expect((await deliverMail(ctx, transportFor(ctx.settings))).sent).toBe(0);
	});

	it('a damaged register, its log left behind, is put aside and does not spoil the restored one', async () => {
		send(31);
		const log = readFileSync(`${target()}-wal`);
		ctx.db.sql.close();
		writeFileSync(target(), 'this is not a database any more'.repeat(500));
		writeFileSync(`${target()}-wal`, log);
		await restore();
		ctx.db = openDatabase(target());
		expect(ctx.db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
		expect(ctx.db.sql.prepare('SELECT count(*) FROM enquiry').pluck().get()).toBe(20);
	});
});

describe('a restore is refused, and nothing is changed,', () => {
	afterEach(() => {
		if (!ctx.db.sql.open) ctx.db = openDatabase(target());
		expect(ctx.db.sql.prepare('SELECT count(*) FROM enquiry').pluck().get()).toBe(20);
		expect(readdirSync(register.folder).filter((n) => /restor/.test(n))).toEqual([]);
	});

	it('while the register is in use', async () => {
		await expect(restore()).rejects.toThrow(/in use\. Stop the server/);
	});

	it('when the backup was made by a newer version', async () => {
		const sql = new Database(file);
		sql.pragma('user_version = 999');
		sql.close();
		rmSync(file.replace('.db', '.json'));
		ctx.db.sql.close();
		await expect(restore()).rejects.toThrow(/newer version/);
	});

	it('when one bit of the backup has changed', async () => {
		const bytes = readFileSync(file);
		for (const place of [100, 5000, bytes.length >> 1, bytes.length - 10]) {
			const changed = Buffer.from(bytes);
			changed[place] = (changed[place] ?? 0) ^ 4;
			writeFileSync(file, changed);
			await expect(proveBackup(file, ctx.keys)).rejects.toThrow(/checksum is another/);
		}
	});

	it('when the backup was cut off, is empty, is a text, a folder or not there', async () => {
		const other = join(register.folder, 'other.db');
		await expect(proveBackup(other, ctx.keys)).rejects.toThrow('There is no such file.');
		mkdirSync(other);
		await expect(proveBackup(other, ctx.keys)).rejects.toThrow(/folder/);
		rmSync(other, { recursive: true });
		for (const text of ['', 'Dear diary', 'SQLite format 3\0']) {
			writeFileSync(other, text);
			await expect(proveBackup(other, ctx.keys), text).rejects.toThrow(/not a backup|damaged/);
		}
		writeFileSync(other, readFileSync(file));
		truncateSync(other, 40_960);
		await expect(proveBackup(other, ctx.keys)).rejects.toThrow(/not a backup|damaged/);
		rmSync(other);
	});

	it('when the audit in it was changed and the list beside it fitted to that', async () => {
		const sql = new Database(file);
		sql.exec("DROP TRIGGER audit_event_no_update; UPDATE audit_event SET data = '{}' WHERE seq = 7");
		sql.close();
		const manifest = readManifest(file);
		if (manifest) writeManifest(file, { ...manifest, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') });
		await expect(proveBackup(file, ctx.keys)).rejects.toThrow(/event 7: was changed/);
	});

	it('with other keys than it was made with', async () => {
		await expect(proveBackup(file, { ...ctx.keys, audit: Buffer.alloc(32) })).rejects.toThrow(/not whole: event 1:/);
		expect(existsSync(target())).toBe(true);
	});
});
