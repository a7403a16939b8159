import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBackup, readManifest } from '#core/backup.ts';
import { backupsIn, KEPT, pruneBackups, toKeep } from '#core/backup-keeping.ts';
import { removeUnfinished } from '#core/backup-leftovers.ts';
import type { Ctx } from '#core/ctx.ts';
import { sendEnquiry } from '#features/directory/index.ts';
import { at, enquiryInput } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const HOUR = 3_600_000;
let register: TestRegister;
let ctx: Ctx;
let folder: string;

beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	folder = join(register.folder, 'backups');
	listTherapist(ctx.db, 'kestrel');
	sendEnquiry(ctx, 'kestrel', enquiryInput(ctx));
});
afterEach(() => register.close());

describe('a backup', () => {
	it('is one closed file that only its owner can read, named by its minute, with a list beside it', async () => {
		const manifest = await makeBackup(ctx, folder);
		expect(readdirSync(folder).sort()).toEqual(['register-2026-11-22T1200Z.db', 'register-2026-11-22T1200Z.json']);
		for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		expect(readManifest(join(folder, manifest.file))).toEqual(manifest);
		expect(manifest).toMatchObject({ file: 'register-2026-11-22T1200Z.db', counts: { enquiry: 1, person: 1, audit_event: 1 }, auditHead: { seq: 1 } });
		expect(readFileSync(join(folder, 'register-2026-11-22T1200Z.json'), 'utf8')).not.toMatch(/kestrel|Sam|sender/);
	});

	it('is noted in the audit with its checksum', async () => {
		const { sha256 } = await makeBackup(ctx, folder);
		expect(ctx.db.sql.prepare("SELECT data FROM audit_event WHERE kind = 'backup.made'").pluck().get()).toContain(sha256);
	});

	it('does not count when the copy is not sound: nothing is left, and earlier ones stay', async () => {
		await makeBackup(ctx, folder);
		ctx.db.sql.exec("DROP TRIGGER audit_event_no_update; UPDATE audit_event SET data = '{}' WHERE seq = 1");
		await expect(makeBackup(at(ctx, ctx.now + HOUR), folder)).rejects.toThrow(/audit in this backup is not whole: event 1:/);
		expect(backupsIn(folder)).toEqual(['register-2026-11-22T1200Z.db']);
		expect(readdirSync(folder)).toHaveLength(2);
	});

	it('does not count when rows have lost the row they belong to', async () => {
		ctx.db.sql.pragma('foreign_keys = OFF');
		ctx.db.sql.exec("UPDATE enquiry SET person_id = 'nobody'");
		await expect(makeBackup(ctx, folder)).rejects.toThrow(/damaged \(1 rows without/);
		expect(backupsIn(folder)).toEqual([]);
	});

	it('says so when its folder cannot be made', async () => {
		writeFileSync(join(register.folder, 'taken'), '');
		await expect(makeBackup(ctx, join(register.folder, 'taken'))).rejects.toThrow();
	});
});

describe('keeping backups', () => {
	const name = (instant: number) => `register-${new Date(instant).toISOString().slice(0, 16).replace(':', '')}Z.db`;
	const END = Date.parse('2026-11-22T12:00:00Z');

	it('keeps the newest of 48 hours, 35 days and 12 months', () => {
		const hourly = Array.from({ length: 24 * 500 }, (_, i) => name(END - i * HOUR));
		const kept = [...toKeep(hourly)].sort().reverse();
		expect(kept.slice(0, KEPT.hourly)).toEqual(hourly.slice(0, KEPT.hourly));
		expect(new Set(kept.map((n) => n.slice(0, 19))).size).toBeGreaterThanOrEqual(KEPT.daily);
		expect(new Set(kept.map((n) => n.slice(0, 16))).size).toBe(KEPT.monthly);
		expect(kept.length).toBeLessThanOrEqual(KEPT.hourly + KEPT.daily + KEPT.monthly);
	});

	it('run after run, a year of backups every six hours leaves about the same files as once at the end', () => {
		let kept: string[] = [];
		for (let i = 0; i < 4 * 400; i += 1) kept = [...toKeep([...kept, name(END - (4 * 400 - i) * 6 * HOUR)])];
		expect(new Set(kept.map((n) => n.slice(0, 16))).size).toBe(KEPT.monthly);
		expect(new Set(kept.map((n) => n.slice(0, 19))).size).toBeGreaterThanOrEqual(KEPT.daily);
	});

	it('deletes what a killed backup left, but not what one is writing now', () => {
		mkdirSync(folder);
		for (const name of ['.register-2026-11-20T1200Z.db.7.part', '.register-2026-11-22T1200Z.db.8.part']) writeFileSync(join(folder, name), '');
		const yesterday = ctx.now / 1000 - 90_000;
		utimesSync(join(folder, '.register-2026-11-20T1200Z.db.7.part'), yesterday, yesterday);
		utimesSync(join(folder, '.register-2026-11-22T1200Z.db.8.part'), ctx.now / 1000, ctx.now / 1000);
		expect(removeUnfinished(folder, ctx.now)).toBe(1);
		expect(readdirSync(folder)).toEqual(['.register-2026-11-22T1200Z.db.8.part']);
	});

	it('deletes only backups and their lists', async () => {
		await makeBackup(ctx, folder);
		for (let i = 1; i < 60; i += 1) for (const end of ['db', 'json']) writeFileSync(join(folder, name(ctx.now - i * 60_000).replace('db', end)), '');
		writeFileSync(join(folder, 'notes.txt'), '');
		writeFileSync(join(folder, 'register-old.db'), '');
		pruneBackups(folder);
		expect(existsSync(join(folder, 'notes.txt')) && existsSync(join(folder, 'register-old.db'))).toBe(true);
		expect(backupsIn(folder)).toEqual(['register-2026-11-22T1200Z.db', 'register-2026-11-22T1159Z.db']);
		expect(readdirSync(folder)).toHaveLength(6);
	});
});
