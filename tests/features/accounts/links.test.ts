import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import {
	accountForms,
	askForReset,
	askToJoin,
	claimByLink,
	inviteToClaim,
	joinByLink,
	linkAt,
	linkInHand,
	openLink,
	recordToClaim,
	resetPassword,
	whoIs,
} from '#features/accounts/index.ts';
import { putPersonOnFile } from '#features/membership/index.ts';
import { as, browser, enter, type Jar, mailKinds, mailTo, owner, PASSWORD, sessionIn } from '#tests/helpers/account.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
let register: TestRegister;
let ctx: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-20');
	ctx = as(register.ctx, { actor: { kind: 'public' } });
});
afterEach(() => register.close());

const details = { title: null, gender: null, phone: null, diedOn: null, importKey: null };
const putOnFile: Parameters<typeof joinByLink>[3] = (tx, name, email) => putPersonOnFile(tx, name, { ...details, email });
const system = () => as(ctx, { actor: { kind: 'system', name: 'test' } });
const onFile = (email: string) =>
	commit(system(), { name: 'test' }, (tx) => putPersonOnFile(tx, { givenNames: 'Olive', familyName: 'Onfile' }, { ...details, email }));
const join = (jar: Jar, changes = {}) => joinByLink(ctx, jar, { givenNames: 'Joy', familyName: 'Newcomer', password: PASSWORD, ...changes }, putOnFile);
const people = () => ctx.db.sql.prepare('SELECT count(*) FROM person').pluck().get();

describe('joining by e-mail', () => {
	test('goes from the address by the link to a person, an account and a session', async () => {
		const jar = browser();
		askToJoin(ctx, 'joy+new@member.example');
		const { token, to, subject } = mailTo(ctx, 'join');
		expect([to, subject]).toEqual(['joy+new@member.example', 'Please confirm your e-mail address']);
		expect(openLink(ctx, jar.cookies, token)).toBe('join');
		expect(jar.kept.get('link')).not.toBe(token);
		await join(jar);
		expect((await sessionIn(ctx, jar)).level).toBe(1);
		expect([jar.kept.has('link'), people()]).toEqual([false, 1]);
		await enter(ctx, 'JOY+new@member.example');
	});

	test('says nothing of who is known: an owner hears of their account, a person on file gets their record, nobody else is told', async () => {
		await owner(ctx, 'ann@member.example');
		onFile('olive@member.example');
		for (const email of ['ann@member.example', 'Olive@member.example', 'new@member.example']) expect(askToJoin(ctx, email)).toBeUndefined();
		expect(mailKinds(ctx)).toEqual(['account.exists', 'account.claim', 'account.join']);
		expect(mailTo(ctx, 'exists').text).not.toContain('/account/link/');
	});

	test('guesses nobody when two people on file share an address, or the person has died', () => {
		onFile('shared@practice.example');
		onFile('shared@practice.example');
		const dead = onFile('dead@member.example');
		ctx.db.sql.prepare("UPDATE person SET died_on = '2026-01-01' WHERE id = ?").run(dead);
		askToJoin(ctx, 'shared@practice.example');
		askToJoin(ctx, 'dead@member.example');
		expect(mailKinds(ctx)).toEqual(['account.join', 'account.join']);
	});

	test('twice with one link makes one person', async () => {
		const jar = browser();
		askToJoin(ctx, 'joy@member.example');
		openLink(ctx, jar.cookies, mailTo(ctx, 'join').token);
		const results = await Promise.allSettled([join(jar), join(jar)]);
		expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(people()).toBe(1);
	});

	test('keeps the link good after a weak password', async () => {
		const jar = browser();
		askToJoin(ctx, 'joy@member.example');
		openLink(ctx, jar.cookies, mailTo(ctx, 'join').token);
		await expect(join(jar, { password: 'newcomer joy' })).rejects.toThrow('your name');
		await join(jar);
		expect(people()).toBe(1);
	});

	test('fills nobody’s letter box: five messages a day to an address, twenty an hour from a client', () => {
		for (let i = 0; i < 5; i += 1) askToJoin(as(ctx, { client: `c${i}` }), 'ann@member.example');
		expect(() => askForReset(as(ctx, { client: 'c9' }), 'ANN@member.example')).toThrow('Several messages');
		for (let i = 0; i < 20; i += 1) askToJoin(as(ctx, { client: 'one' }), `a${i}@member.example`);
		expect(() => askToJoin(as(ctx, { client: 'one' }), 'b@member.example')).toThrow('Several messages');
	});
});

describe('a link', () => {
	const ask = (email = 'ann@member.example') => {
		askForReset(as(ctx, { client: null }), email);
		return mailTo(ctx, 'reset').token;
	};

	test('is stored as a hash, also after it was exchanged', async () => {
		await owner(ctx, 'ann@member.example');
		const jar = browser();
		const token = ask();
		openLink(ctx, jar.cookies, token);
		const stored = JSON.stringify(ctx.db.sql.prepare('SELECT * FROM account_link').all());
		expect(stored).not.toContain(token);
		expect(stored).not.toContain(jar.kept.get('link'));
	});

	test('works once', async () => {
		await owner(ctx, 'ann@member.example');
		const jar = browser();
		const token = ask();
		openLink(ctx, jar.cookies, token);
		await resetPassword(ctx, jar, 'seven quiet otters of copper');
		expect(linkAt(ctx, token).state).toBe('used');
		expect(() => openLink(ctx, browser().cookies, token)).toThrow(Conflict);
	});

	test('is over after its hour, and half an hour after it was exchanged', async () => {
		await owner(ctx, 'ann@member.example');
		const jar = browser();
		const token = ask();
		const at = (now: number) => as(ctx, { now: ctx.now + now });
		expect(linkAt(at(60 * MINUTE - 1000), token).state).toBe('live');
		expect(() => openLink(at(60 * MINUTE), browser().cookies, token)).toThrow('too old');
		openLink(ctx, jar.cookies, token);
		expect(linkInHand(at(30 * MINUTE - 1000), jar.cookies, 'reset').purpose).toBe('reset');
		for (const late of [30 * MINUTE, -1000]) expect(() => linkInHand(at(late), jar.cookies, 'reset')).toThrow(NotFound);
	});

	test('ends when a newer one is sent', async () => {
		await owner(ctx, 'ann@member.example');
		const [first, second] = [ask(), ask()];
		expect([linkAt(ctx, first).state, linkAt(ctx, second).state]).toEqual(['withdrawn', 'live']);
	});

	test('exchanged again ends the exchange before: a page left open elsewhere does nothing', async () => {
		await owner(ctx, 'ann@member.example');
		const [one, two] = [browser(), browser()];
		const token = ask();
		openLink(ctx, one.cookies, token);
		openLink(ctx, two.cookies, token);
		await expect(resetPassword(ctx, one, 'seven quiet otters of copper')).rejects.toThrow(NotFound);
		await resetPassword(ctx, two, 'seven quiet otters of copper');
	});

	test('opens only what it is for', async () => {
		await owner(ctx, 'ann@member.example');
		const jar = browser();
		openLink(ctx, jar.cookies, ask());
		await expect(join(jar)).rejects.toThrow(NotFound);
		await expect(claimByLink(ctx, jar, PASSWORD)).rejects.toThrow(NotFound);
		expect(people()).toBe(1);
	});

	test('that is not ours, or cut short, is unknown', () => {
		for (const token of ['', 'x', 'A'.repeat(43), "' OR 1=1 --"]) expect(() => openLink(ctx, browser().cookies, token)).toThrow(NotFound);
	});
});

describe('a forgotten password', () => {
	test('is chosen anew by the link: everyone is signed out, the owner is told, the second step is still owed', async () => {
		const ann = await owner(ctx, 'ann@member.example');
		const [thief, jar] = [await enter(ctx, ann.email), browser()];
		ctx.db.sql.prepare("UPDATE account SET totp_sealed = 'v1.x', totp_last_step = 0 WHERE id = ?").run(ann.accountId);
		askForReset(ctx, ann.email);
		openLink(ctx, jar.cookies, mailTo(ctx, 'reset').token);
		await resetPassword(ctx, jar, 'seven quiet otters of copper');
		expect(await whoIs(ctx, thief.cookies)).toBeNull();
		expect(await sessionIn(ctx, jar)).toMatchObject({ level: 1, hasSecondStep: true });
		expect(mailTo(ctx, 'way-in', ann.email).text).toContain('Your password was changed by a link');
		await expect(enter(ctx, ann.email)).rejects.toThrow();
	});

	test('of nobody, or of a disabled account, gives a message without a link', async () => {
		const ann = await owner(ctx, 'ann@member.example');
		ctx.db.sql.prepare("UPDATE account SET disabled_at = 1, disabled_reason = 'x' WHERE id = ?").run(ann.accountId);
		for (const email of [ann.email, 'nobody@member.example']) {
			askForReset(ctx, email);
			expect(mailTo(ctx, 'no-account', email).text).not.toContain('/account/link/');
		}
	});

	test('is written to the address on file, however the one typed looks', async () => {
		await owner(ctx, 'ann@member.example');
		askForReset(ctx, 'ＡＮＮ@member.example');
		expect(mailTo(ctx, 'reset').to).toBe('ann@member.example');
	});
});

describe('an invitation', () => {
	test('hands the record to whoever has the link: their name is shown after it was posted, not before', async () => {
		const personId = onFile('olive@member.example');
		const jar = browser();
		commit(system(), { name: 'test' }, (tx) => inviteToClaim(tx, personId, 'olive@member.example'));
		const { token, text, subject } = mailTo(ctx, 'claim');
		expect(subject + text).not.toMatch(/Olive|Onfile/);
		expect(() => recordToClaim(ctx, jar)).toThrow(NotFound);
		openLink(as(ctx, { now: ctx.now + 13 * DAY }), jar.cookies, token);
		const late = as(ctx, { now: ctx.now + 13 * DAY });
		expect(recordToClaim(late, jar)).toEqual({ name: 'Olive Onfile', email: 'olive@member.example' });
		await expect(claimByLink(late, jar, 'olive onfile 1')).rejects.toThrow('your name');
		await claimByLink(late, jar, PASSWORD);
		expect((await sessionIn(late, jar)).personId).toBe(personId);
		expect(() => commit(system(), { name: 'test' }, (tx) => inviteToClaim(tx, personId, 'olive@member.example'))).toThrow(Conflict);
	});
});

describe('addresses', () => {
	const read = (email: unknown) => accountForms.addressForm.safeParse({ email });

	test.each([
		'ann@member.example',
		'ann+club@member.example',
		'jürgen@bücher.example',
		'ann.o’hara@member.example',
		'用户@例子.example',
		`${'a'.repeat(64)}@member.example`,
	])('%s is one', (email) => expect(read(` ${email} `).data?.email).toBe(email));

	test.each([
		'',
		'ann',
		'ann@',
		'@member.example',
		'ann@@member.example',
		'ann@member',
		'ann@member.example, bob@member.example',
		'ann@member.example;bob@member.example',
		'Ann <ann@member.example>',
		'"ann"@member.example',
		'ann@member.example\r\nBcc: bob@member.example',
		'ann@member.example\nBcc:bob@member.example',
		'ann@member.example%0aBcc:x@y.example\n',
		'ann\u2028@member.example',
		`${'a'.repeat(65)}@member.example`,
		`ann@${'m'.repeat(250)}.example`,
	])('%j is none', (email) => expect(read(email).success && read(email).data?.email).toSatisfy((out) => out === false || !/[\r\n\s]/.test(String(out))));

	test('with a line break never reach a message', () => {
		for (const email of ['ann@member.example\r\nBcc: bob@member.example', 'ann@member.example\nSubject: x']) expect(read(email).success).toBe(false);
	});
});
