import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { type Letter, messageOf } from '#core/mail-message.ts';
import { openText } from '#core/vault.ts';
import type { Cookies } from '#features/accounts/index.ts';
import { wayIn } from '#features/complaints/index.ts';
import { draftReminderMail, referenceMail } from '#features/complaints/way-mails.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const PASSPHRASE = 'marble otter kettle sunrise';
const CANARY = 'Quillfeather';
let ctx: Ctx;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23', { kind: 'public' });
	onTestFinished(() => void ctx.db.sql.close());
});

describe('what was begun without an account', () => {
	test('opens with its key and passphrase in another browser, and not with half of it', async () => {
		const { caseKey, id } = await begun();
		const other = browser();
		expect(await wayIn.openByKey(ctx, other, { caseKey: caseKey.toLowerCase().replaceAll('-', ' '), passphrase: PASSPHRASE })).toBe(id);
		expect(wayIn.visitOf(ctx, other)).toBe(id);
		const wrong = await refusal({ caseKey, passphrase: 'not this one at all' });
		expect(await refusal({ caseKey: '2222-2222-2222', passphrase: PASSPHRASE })).toBe(wrong);
	});

	test('after twenty mistyped tries clear words are said, and the right person gets in later', async () => {
		const { caseKey, id } = await begun();
		const said: string[] = [];
		for (let n = 0; n < 20; n++) said.push(await refusal({ caseKey, passphrase: `mistyped ${n}` }));
		expect(said.at(-1)).toContain('Nothing is lost. Wait 20 minutes');
		const later = { ...ctx, now: ctx.now + 20 * 60_000 };
		expect(await wayIn.openByKey(later, browser(), { caseKey, passphrase: PASSPHRASE })).toBe(id);
	});

	test('after sixty tries in a day the words say when it goes on, and then it does', async () => {
		const { caseKey, id } = await begun();
		let said = '';
		let at = ctx.now;
		for (let n = 0; n < 70; n++) {
			said = await refusal({ caseKey, passphrase: `mistyped ${n}` }, { ...ctx, now: at });
			if (said.includes('Wait 20 minutes')) at += 20 * 60_000;
		}
		expect(said).toMatch(/You can try again from 24 November 2026 at \d\d:\d\d, with the key/);
		const free = Date.parse(`2026-11-24T${/at (\d\d:\d\d)/.exec(said)?.[1]}:00Z`);
		expect(await refusal({ caseKey, passphrase: PASSPHRASE }, { ...ctx, now: free - 60_000 })).toContain('You can try again from');
		expect(await wayIn.openByKey({ ...ctx, now: free }, browser(), { caseKey, passphrase: PASSPHRASE })).toBe(id);
	});

	test('shuts after half an hour without a page', async () => {
		const { cookies, id } = await begun();
		expect(wayIn.visitOf({ ...ctx, now: ctx.now + 29 * 60_000 }, cookies)).toBe(id);
		expect(wayIn.visitOf({ ...ctx, now: ctx.now + 60 * 60_000 }, cookies)).toBeNull();
	});

	test('begins once, however often it is sent', async () => {
		const { caseKey } = await begun();
		const again = { about: 'therapist', passphrase: PASSPHRASE, kept: true, caseKey, seal: wayIn.sealOfKey(ctx, caseKey) } as const;
		await wayIn.beginConcern(ctx, browser(), again);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concern').pluck().get()).toBe(1);
	});
});

describe('a draft', () => {
	test('is reminded of at 83 days where an address is safe, once, and gone at 90 with all its words', async () => {
		const { id, caseKey } = await written({ email: 'safe@example.org' });
		const silent = await written({});
		expect(wayIn.tendConcernDrafts(on(82))).toEqual({ dropped: 0, reminded: 0 });
		expect(wayIn.tendConcernDrafts(on(83))).toEqual({ dropped: 0, reminded: 1 });
		expect(wayIn.tendConcernDrafts(on(84))).toEqual({ dropped: 0, reminded: 0 });
		expect(wayIn.tendConcernDrafts(on(90))).toEqual({ dropped: 2, reminded: 0 });
		for (const gone of [id, silent.id]) expect(openText(ctx, gone, 'draft:what')).toBeNull();
		for (const table of ['concern', 'concern_step', 'vault_text', 'vault_key', 'concern_visit'])
			expect(ctx.db.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
		expect(await refusal({ caseKey, passphrase: PASSPHRASE })).toContain('do not fit together');
	});

	test('is kept from its last save on: whoever writes at it still is not told that it goes', async () => {
		const { id } = await written({ email: 'safe@example.org' });
		wayIn.savePart(on(80), id, 'tried', { tried: 'I spoke with them.' });
		expect(wayIn.draftOf(on(80), id)).toMatchObject({ savedOn: '2027-02-11', goesOn: '2027-05-12' });
		expect(wayIn.tendConcernDrafts(on(90))).toEqual({ dropped: 0, reminded: 0 });
		expect(wayIn.tendConcernDrafts(on(163))).toEqual({ dropped: 0, reminded: 1 });
		wayIn.savePart(on(165), id, 'tried', { tried: 'I spoke with them again.' });
		expect(wayIn.tendConcernDrafts(on(248))).toEqual({ dropped: 0, reminded: 1 });
		expect(wayIn.tendConcernDrafts(on(255))).toEqual({ dropped: 1, reminded: 0 });
	});

	test('is never gone without its reminder: one that came late, since nothing ran on its day, leaves as many days', async () => {
		await written({ email: 'safe@example.org' });
		await written({});
		expect(wayIn.tendConcernDrafts(on(95))).toEqual({ dropped: 1, reminded: 1 });
		expect(wayIn.tendConcernDrafts(on(101))).toEqual({ dropped: 0, reminded: 0 });
		expect(wayIn.tendConcernDrafts(on(102))).toEqual({ dropped: 1, reminded: 0 });
	});

	test('becomes a statement with a reference when it is sent, once; its words stand nowhere but sealed', async () => {
		const { id } = await written({ email: 'safe@example.org' });
		const { standing } = wayIn.draftOf(ctx, id);
		expect(wayIn.sendConcern(ctx, id, standing.seen)).toBe('CON-2026-0001');
		expect(() => wayIn.sendConcern(ctx, id, standing.seen)).toThrow(Conflict);
		expect(() => wayIn.savePart(ctx, id, 'what', { happened: 'more' })).toThrow(Conflict);
		expect(openText(ctx, id, 'statement')).toContain(CANARY);
		expect(wayIn.reachOf(ctx, id).email).toBe('safe@example.org');
		expect(ctx.db.sql.serialize().includes(CANARY)).toBe(false);
		const mail = ctx.db.sql.prepare('SELECT subject, body, to_address AS address FROM outbox').all();
		expect(mail).toEqual([{ ...mail[0]!, subject: 'A message about your reference', address: 'safe@example.org' }]);
	});

	test('tells its writer where it stands, and takes words, a pause and a withdrawal', async () => {
		const { id } = await written({});
		wayIn.sendConcern(ctx, id, wayIn.draftOf(ctx, id).standing.seen);
		const first = wayIn.trackerOf(ctx, id);
		expect(first).toMatchObject({ stage: { title: 'We have it' }, officer: null, acts: ['pause', 'withdraw'] });
		wayIn.writeToOffice(ctx, id, { words: 'One more thing', repeatKey: first.repeatKey });
		wayIn.writeToOffice(ctx, id, { words: 'One more thing', repeatKey: first.repeatKey });
		wayIn.actAsComplainant(ctx, id, 'pause', { seen: first.seen, words: '' });
		expect(() => wayIn.actAsComplainant(ctx, id, 'withdraw', { seen: first.seen, words: '' })).toThrow(Conflict);
		const paused = wayIn.trackerOf(ctx, id);
		expect(paused).toMatchObject({ isPaused: true, promised: [], acts: ['resume', 'withdraw'], messages: [{ words: 'One more thing' }] });
		wayIn.actAsComplainant(ctx, id, 'withdraw', { seen: paused.seen, words: '' });
		expect(wayIn.trackerOf(ctx, id).isWithdrawn).toBe(true);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concern_read WHERE person_id IS NULL').pluck().get()).toBe(3);
	});
});

test('messages say that there is one, and nothing else', () => {
	expectGoldenMail(referenceMail(ctx, 'safe@example.org', 'x'));
	expectGoldenMail(draftReminderMail(ctx, 'safe@example.org', 'x', { days: 7 }));
});

test('neither name, nor address, nor subject, nor number of a message says whose it is, once there is a neutral address', async () => {
	const { id } = await written({ email: 'safe@example.org' });
	const organisation = { ...ctx.settings.organisation, name: 'Telling Name', email: 'office@telling.example' };
	const settings = {
		...ctx.settings,
		organisation,
		publicOrigin: 'https://register.telling.example',
		mailFrom: 'register@telling.example',
		neutralMailFrom: 'post@plain.example',
	};
	wayIn.sendConcern({ ...ctx, settings }, id, wayIn.draftOf(ctx, id).standing.seen);
	const row = ctx.db.sql.prepare('SELECT id, kind, to_address AS "to", subject, body AS text, created_at AS createdAt FROM outbox').get() as Letter;
	const sent = messageOf(row, settings);
	expect(sent).toMatchObject({ from: { name: 'Messages', address: 'post@plain.example' }, subject: 'A message about your reference' });
	expect(JSON.stringify(sent).toLowerCase()).not.toMatch(/telling|concern|complain|therap|con-2026/);
	expect(messageOf({ ...row, kind: 'account.reset' }, settings).from).toEqual({ name: 'Telling Name', address: 'register@telling.example' });
});

function on(days: number): Ctx {
	const now = ctx.now + days * 86_400_000;
	return { ...ctx, now, today: londonDay(now) };
}

async function begun() {
	const cookies = browser();
	const caseKey = wayIn.newCaseKey();
	await wayIn.beginConcern(ctx, cookies, { about: 'therapist', passphrase: PASSPHRASE, kept: true, caseKey, seal: wayIn.sealOfKey(ctx, caseKey) });
	return { cookies, caseKey, id: String(wayIn.visitOf(ctx, cookies)) };
}

async function written(contact: Record<string, string>) {
	const one = await begun();
	wayIn.savePart(ctx, one.id, 'about', { described: 'A therapist in Leeds' });
	wayIn.savePart(ctx, one.id, 'you', { source: 'client', name: 'Ann' });
	wayIn.savePart(ctx, one.id, 'what', { happened: `It was about ${CANARY}.` });
	wayIn.savePart(ctx, one.id, 'contact', contact);
	return one;
}

function refusal(input: { caseKey: string; passphrase: string }, when?: Ctx): Promise<string> {
	return wayIn.openByKey(when ?? ctx, browser(), input).then(
		() => 'opened',
		(error: Error) => error.message,
	);
}

function browser(): Cookies {
	const jar = new Map<string, string>();
	return {
		get: (name) => (jar.has(name) ? { value: jar.get(name) ?? '' } : undefined),
		set: (name, value) => void jar.set(name, value),
		delete: (name) => void jar.delete(name),
	};
}
