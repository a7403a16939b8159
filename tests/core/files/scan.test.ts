import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { filesFolder } from '#core/file-store.ts';
import { filesOnDisk } from '#core/file-upkeep.ts';
import { attachFile, filesOf, keptFiles, readStoredFile, storeUpload } from '#core/files.ts';
import { scannerFor } from '#core/scan.ts';
import { scanWithClamd } from '#core/scan-clamd.ts';
import { type OnQuarantined, type QuarantinedFile, quarantinedFiles, scanAgain, scanWaiting, waitingFiles } from '#core/scan-files.ts';
import { ON_QUARANTINED } from '#jobs/files.ts';
import { jobHealth } from '#jobs/health.ts';
import { readSettings } from '#settings';
import { FakeClamd } from '#tests/helpers/fake-clamd.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';
import { pdf, png } from './corpus.ts';

const DAY = 86_400_000;
let register: TestRegister;
let clamd: FakeClamd;
let ctx: Ctx;
let owner: string;
beforeEach(async () => {
	clamd = await new FakeClamd().listen();
	register = registerIn('2026-11-22', { scan: settingsFor(clamd.address).scan });
	owner = listTherapist(register.ctx.db, 'ann');
	register.ctx.db.sql.prepare("UPDATE person SET email = 'ann@example.org' WHERE id = ?").run(owner);
	ctx = later(0);
});
afterEach(async () => {
	register.close();
	await clamd.close();
});

const settingsFor = (address: string) => readSettings({ SCAN: 'clamd', CLAMD_ADDRESS: address });
const later = (days: number): Ctx => ({
	...register.ctx,
	now: register.ctx.now + days * DAY,
	actor: { kind: 'person', personId: owner, accountId: owner, roles: ['member'], level: 1, provedAt: register.ctx.now },
});
const store = (text = 'Attendance') =>
	storeUpload(ctx, new File([new Uint8Array(pdf({ text }))], 'a.pdf'), { purpose: 'cpd_evidence', ownerPersonId: owner, field: 'evidence' });
const activity = { type: 'cpd_entry', id: 'e1' };
const attach = (id: string, mustBeChecked = false) =>
	commit(ctx, { name: 'test' }, (tx) => attachFile(tx, id, { ...activity, ownerPersonId: owner, field: 'evidence', mustBeChecked }));
const kinds = () => ctx.db.sql.prepare('SELECT kind FROM audit_event ORDER BY seq').pluck().all() as string[];
const mails = () => ctx.db.sql.prepare('SELECT kind, to_address AS "to", subject, body AS text FROM outbox ORDER BY kind').all() as Record<string, string>[];

describe('a conversation with clamd', () => {
	test('hands over every byte, over TCP and over a unix socket', async () => {
		const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
		const local = await new FakeClamd().listen(join(register.folder, 'clamd.ctl'));
		for (const fake of [clamd, local]) {
			expect(await scannerFor(settingsFor(fake.address)).scan(content)).toEqual({ state: 'clean' });
			expect(fake.seen.at(-1)?.equals(content)).toBe(true);
		}
		await local.close();
	});

	test('names what it found', async () => {
		clamd.signatures.set('Test.Canary-1', 'canary-bad');
		expect(await scannerFor(settingsFor(clamd.address)).scan(Buffer.from('x canary-bad y'))).toEqual({ state: 'found', finding: 'Test.Canary-1' });
	});

	test.each(['cut_off', 'nonsense', 'refuses_size'] as const)('that is %s is no answer', async (mood) => {
		clamd.mood = mood;
		expect(await scannerFor(settingsFor(clamd.address)).scan(Buffer.from('x'))).toEqual({ state: 'unreachable' });
	});

	test('that cannot begin is no answer', async () => {
		expect(await scanWithClamd({ path: join(register.folder, 'nobody') }, Buffer.from('x'))).toEqual({ state: 'unreachable' });
	});

	test('is asked for by settings that say where', () => {
		expect(readSettings({}).scan.clamd).toBeNull();
		expect(settingsFor('/run/clamav/clamd.ctl').scan.clamd).toEqual({ path: '/run/clamav/clamd.ctl' });
		expect(settingsFor('tcp://[::1]:3310').scan.clamd).toEqual({ host: '::1', port: 3310 });
		for (const address of ['clamd', 'host:99999', 'a b:1']) expect(() => settingsFor(address)).toThrow('CLAMD_ADDRESS');
		expect(() => readSettings({ SCAN: 'clamd' })).toThrow('CLAMD_ADDRESS must be set');
	});
});

describe('a file that is sent', () => {
	test('and is clean opens at once', async () => {
		const { id, state } = await store();
		attach(id);
		expect(state).toBe('ready');
		expect((await readStoredFile(ctx, id, activity)).state).toBe('ready');
	});

	test('and is harmful is refused beside its field, told in the audit, and not kept', async () => {
		clamd.signatures.set('Test.Canary-1', '%PDF');
		await expect(store()).rejects.toMatchObject({ status: 422, field: 'evidence', message: expect.stringContaining('harmful') });
		expect(filesOnDisk(filesFolder(ctx.settings.dataDir), ctx.now)).toEqual([]);
		expect(kinds()).toContain('file.refused');
	});

	test('while the scanner is away is kept, opened by nobody, and opens once the scanner is back', async () => {
		clamd.mood = 'nonsense';
		const { id, state } = await store();
		expect(state).toBe('being_checked');
		expect(keptFiles(ctx, [id]).map((f) => f.state)).toEqual(['being_checked']);
		expect(() => attach(id, true)).toThrow('still being checked');
		attach(id);
		await expect(readStoredFile(ctx, id, activity)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('still being checked') });
		expect(await scanWaiting(ctx, [])).toEqual({ clean: 0, found: 0, waiting: 1 });
		expect(waitingFiles(ctx.db)).toEqual({ count: 1, since: ctx.now });
		expect(jobHealth(ctx.db, ctx.now + 3_700_000).warnings).toContain('Files that no scanner has checked for an hour: 1.');
		clamd.mood = 'well';
		expect(await scanWaiting(later(1), [])).toEqual({ clean: 1, found: 0, waiting: 0 });
		expect((await readStoredFile(ctx, id, activity)).content.equals(pdf({ text: 'Attendance' }))).toBe(true);
		expect(kinds()).toContain('file.scanned');
	});

	test('without a scanner opens as before', async () => {
		ctx = { ...ctx, settings: { ...ctx.settings, scan: { clamd: null, againDays: 30 } } };
		expect((await store()).state).toBe('ready');
		expect(clamd.seen).toEqual([]);
	});
});

describe('a file that was clean and is found to be harmful later', () => {
	const learn = () => clamd.signatures.set('Test.Canary-2', '%PDF');

	test('opens for nobody, is told to its owner and the office once, and the feature it belongs to reacts in the same transaction', async () => {
		const { id } = await store();
		attach(id);
		learn();
		const told: QuarantinedFile[] = [];
		const handler: OnQuarantined = (_tx, file) => told.push(file);
		expect(await scanAgain(later(1), [...ON_QUARANTINED, handler])).toEqual({ clean: 0, found: 1, waiting: 0 });
		expect(await scanAgain(later(2), [...ON_QUARANTINED, handler])).toEqual({ clean: 0, found: 0, waiting: 0 });
		expect(told).toEqual([{ id, purpose: 'cpd_evidence', ownerPersonId: owner, attached: activity, finding: 'Test.Canary-2' }]);
		await expect(readStoredFile(ctx, id, activity)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('Nobody can open it') });
		expect(filesOf(ctx, activity).map((f) => f.state)).toEqual(['quarantined']);
		expect(quarantinedFiles(ctx.db)).toMatchObject([{ id, finding: 'Test.Canary-2' }]);
		expect(mails().map(({ kind, to }) => [kind, to])).toEqual([
			['file.quarantined', 'ann@example.org'],
			['file.quarantined-office', 'office@example.org'],
		]);
		for (const mail of mails()) expectGoldenMail(mail as never);
		expect(kinds().filter((kind) => kind === 'file.quarantined')).toHaveLength(1);
		expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
	});

	test('is not shut away halfway: a feature that fails undoes it, and the next scan tries again', async () => {
		const { id } = await store();
		attach(id);
		learn();
		const failing: OnQuarantined = () => {
			throw new Error('not now');
		};
		await expect(scanAgain(later(1), [...ON_QUARANTINED, failing])).rejects.toThrow('not now');
		expect([quarantinedFiles(ctx.db), mails()]).toEqual([[], []]);
		expect(await scanAgain(later(1), ON_QUARANTINED)).toMatchObject({ found: 1 });
	});

	test('is looked for among young files, and among all that no scanner has seen', async () => {
		await store();
		expect(await scanAgain(ctx, [])).toMatchObject({ clean: 0 });
		expect(await scanAgain(later(29), [])).toMatchObject({ clean: 1 });
		expect(await scanAgain(later(31), [])).toMatchObject({ clean: 0 });
		ctx.db.sql.exec("UPDATE stored_file SET scanned_by = 'none'");
		expect(await scanAgain(later(400), [])).toMatchObject({ clean: 1 });
	});

	test('and is the photo of a listing goes from the listing', async () => {
		const photo = new File([new Uint8Array(await png())], 'me.png');
		const { id } = await storeUpload(ctx, photo, { purpose: 'photo', ownerPersonId: owner, field: 'photo' });
		commit(ctx, { name: 'test' }, (tx) => attachFile(tx, id, { type: 'listing', id: owner, ownerPersonId: owner, field: 'photo' }));
		ctx.db.sql.prepare('UPDATE listing SET photo = ? WHERE person_id = ?').run(id, owner);
		clamd.signatures.set('Test.Canary-3', 'WEBP');
		expect(await scanAgain(later(1), ON_QUARANTINED)).toMatchObject({ found: 1 });
		expect(ctx.db.sql.prepare('SELECT photo FROM listing WHERE person_id = ?').pluck().get(owner)).toBeNull();
	});
});
