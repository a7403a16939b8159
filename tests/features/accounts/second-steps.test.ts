import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { giveCode, owesSecondStep, proveAgain, removeTotp, renewRecoveryCodes, setUpTotp, totpToSetUp, whoIs } from '#features/accounts/index.ts';
import { as, browser, enter, eventKinds, type Jar, mailTo, type Owner, owner, PASSWORD, sessionIn } from '#tests/helpers/account.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const STEP = 30_000;
let register: TestRegister;
let ctx: Ctx;
let ann: Owner;
let secret: string;
let codes: string[];
let known: Jar;
beforeEach(async () => {
	register = registerIn('2026-11-20');
	ctx = as(register.ctx, { actor: { kind: 'public' }, client: null });
	ann = await owner(ctx, 'ann@member.example');
	known = await enter(ctx, ann.email);
	const setup = totpToSetUp(ctx, ann.accountId, '');
	secret = setup.secret.replaceAll(' ', '');
	({ recoveryCodes: codes } = await setUpTotp(ctx, known, await sessionIn(ctx, known), { sealed: setup.sealed, code: code(ctx.now) }));
});
afterEach(() => register.close());

function code(now: number, of = secret): string {
	return new TOTP({ secret: Secret.fromBase32(of) }).generate({ timestamp: now });
}
const later = (ms: number) => as(ctx, { now: ctx.now + ms });
/** Signed in by password at `at`, the second step still owed. */
async function half(at = later(10 * STEP)): Promise<{ at: Ctx; jar: Jar }> {
	return { at, jar: await enter(at, ann.email) };
}
const give = async ({ at, jar }: { at: Ctx; jar: Jar }, typed: string) => giveCode(at, jar, await sessionIn(at, jar), typed);
const level = async ({ at, jar }: { at: Ctx; jar: Jar }) => (await sessionIn(at, jar)).level;

describe('an authenticator app', () => {
	test('is set up by its first code: the session goes on with both steps, others end, the owner is told, ten codes are given', async () => {
		expect(await level({ at: ctx, jar: known })).toBe(2);
		expect(new Set(codes).size).toBe(10);
		for (const one of codes) expect(one).toMatch(/^([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}$/);
		expect(mailTo(ctx, 'way-in').text).toContain('An authenticator app was set up');
	});

	test('keeps its secret sealed, and codes as hashes', () => {
		const stored = JSON.stringify([
			ctx.db.sql.prepare('SELECT * FROM account').all(),
			ctx.db.sql.prepare('SELECT * FROM recovery_code').all(),
			ctx.db.sql.prepare('SELECT * FROM audit_event').all(),
		]);
		for (const word of [secret, ...codes, ...codes.map((one) => one.replaceAll('-', ''))]) expect(stored).not.toContain(word);
	});

	test('is asked for after the password: until then nobody is signed in', async () => {
		const person = await half();
		expect(owesSecondStep(await sessionIn(person.at, person.jar))).toBe(true);
		const before = person.jar.kept.get('sid');
		await give(person, code(person.at.now));
		expect(await level(person)).toBe(2);
		expect(person.jar.kept.get('sid')).not.toBe(before);
	});

	test.each([
		[-2, false],
		[-1, true],
		[0, true],
		[1, true],
		[2, false],
	])('takes a code of %i steps away: %s', async (steps, isRight) => {
		const person = await half();
		const giving = give(person, code(person.at.now + steps * STEP));
		await (isRight ? expect(giving).resolves.toBeUndefined() : expect(giving).rejects.toThrow('not right'));
	});

	test('takes no code twice, nor an earlier one after a later one, nor the code of the set-up', async () => {
		const first = await half();
		const right = code(first.at.now);
		await give(first, right);
		const second = await half(as(first.at, { now: first.at.now + 1000 }));
		for (const used of [right, code(first.at.now - STEP)]) await expect(give(second, used)).rejects.toThrow('not right');
		const soon = await half(later(0));
		await expect(give(soon, code(ctx.now))).rejects.toThrow('not right');
	});

	test('takes a code once of two who send it at the same time', async () => {
		const [one, two] = [await half(), await half()];
		const results = await Promise.allSettled([one, two].map((person) => give(person, code(person.at.now))));
		expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test('of someone else is no help: neither its code nor its set-up page', async () => {
		const bob = await owner(ctx, 'bob@member.example');
		const jar = await enter(ctx, bob.email);
		const session = await sessionIn(ctx, jar);
		const anns = totpToSetUp(ctx, ann.accountId, '');
		await expect(setUpTotp(ctx, jar, session, { sealed: anns.sealed, code: code(ctx.now, anns.secret.replaceAll(' ', '')) })).rejects.toThrow(
			'open for too long',
		);
		const own = totpToSetUp(ctx, bob.accountId, '');
		await expect(setUpTotp(ctx, jar, session, { sealed: own.sealed, code: code(ctx.now) })).rejects.toThrow('does not fit');
		const old = totpToSetUp(later(-31 * 60_000), bob.accountId, '');
		await expect(setUpTotp(ctx, jar, session, { sealed: old.sealed, code: code(ctx.now, old.secret.replaceAll(' ', '')) })).rejects.toThrow(
			'open for too long',
		);
	});

	test('guessed ten thousand times over days is looked at twenty times a day', async () => {
		const person = await half();
		const session = await sessionIn(person.at, person.jar);
		let looked = 0;
		for (let i = 0; i < 10_000; i += 1) {
			const at = as(person.at, { now: person.at.now + i * 8640 });
			const error = await giveCode(at, browser(), session, String(i).padStart(6, '0')).catch((thrown: Error) => thrown);
			if (error && /not right/.test(error.message)) looked += 1;
			if (!error) throw new Error('A guess was right: very unlikely.');
		}
		expect(looked).toBeLessThanOrEqual(21);
	}, 120_000);

	test('guessed by who knows the password does not keep the owner out', async () => {
		const thief = await half();
		const session = await sessionIn(thief.at, thief.jar);
		for (let i = 0; i < 8; i += 1) await giveCode(thief.at, thief.jar, session, '000000').catch(() => undefined);
		await expect(give(thief, code(thief.at.now))).rejects.toThrow('too many attempts');
		const own = { at: thief.at, jar: await enter(thief.at, ann.email, known) };
		await give(own, code(own.at.now));
		expect(await level(own)).toBe(2);
	});
});

describe('recovery codes', () => {
	test('stand in for the app, each once, however they are typed, and the owner is told how many are left', async () => {
		const [first = '', second = ''] = codes;
		const one = await half();
		await give(one, ` ${first.toLowerCase().replaceAll('-', ' ')} `);
		expect(await level(one)).toBe(2);
		expect(mailTo(ctx, 'way-in').text).toContain('9 codes are left');
		const two = await half();
		await expect(give(two, first)).rejects.toThrow('not right');
		await give(two, second);
	});

	test('of the earlier sheet end when new ones are made', async () => {
		const session = await sessionIn(ctx, known);
		const { recoveryCodes } = await renewRecoveryCodes(ctx, known, session);
		expect(recoveryCodes).toHaveLength(10);
		const person = await half();
		await expect(give(person, codes[0] ?? '')).rejects.toThrow('not right');
		await give(person, recoveryCodes[0] ?? '');
	});

	test('of someone else do not fit', async () => {
		const bob = await owner(ctx, 'bob@member.example');
		ctx.db.sql
			.prepare('UPDATE account SET totp_sealed = (SELECT totp_sealed FROM account WHERE id = ?), totp_last_step = 0 WHERE id = ?')
			.run(ann.accountId, bob.accountId);
		const at = later(10 * STEP);
		const jar = await enter(at, bob.email);
		await expect(giveCode(at, jar, await sessionIn(at, jar), codes[0] ?? '')).rejects.toThrow('not right');
		// A sealed secret that was copied to another row does not open either.
		await expect(giveCode(at, jar, await sessionIn(at, jar), code(at.now))).rejects.toThrow();
	});
});

describe('ways in', () => {
	test('are changed only with a recent proof, and only with the second step given', async () => {
		const person = await half();
		const setup = totpToSetUp(person.at, ann.accountId, '');
		const input = { sealed: setup.sealed, code: code(person.at.now, setup.secret.replaceAll(' ', '')) };
		await expect(setUpTotp(person.at, person.jar, await sessionIn(person.at, person.jar), input)).rejects.toMatchObject({ status: 303, step: 'second_step' });
		const stale = later(21 * 60_000);
		await expect(removeTotp(stale, known, await sessionIn(stale, known))).rejects.toMatchObject({ status: 303, step: 'prove' });
	});

	test('are proved again with password and code; either wrong says the same', async () => {
		const at = later(10 * STEP);
		const session = await sessionIn(at, known);
		const messages: string[] = [];
		for (const input of [
			{ password: 'wrong', code: code(at.now) },
			{ password: PASSWORD, code: '000000' },
			{ password: PASSWORD, code: '' },
		]) {
			messages.push(
				await proveAgain(at, known, session, input).then(
					() => '',
					(error: Error) => error.message,
				),
			);
		}
		expect(new Set(messages).size).toBe(1);
		await proveAgain(at, known, session, { password: PASSWORD, code: code(at.now) });
		expect((await sessionIn(at, known)).provedAt).toBe(at.now);
		expect(eventKinds(ctx).filter((kind) => kind === 'account.confirmed')).toHaveLength(1);
	});

	test('the last second step of staff cannot be removed; of a member it can, and its codes go with it', async () => {
		const staff = await owner(ctx, 'staff@office.example', ['finance']);
		const jar = await enter(ctx, staff.email);
		const setup = totpToSetUp(ctx, staff.accountId, '');
		await setUpTotp(ctx, jar, await sessionIn(ctx, jar), { sealed: setup.sealed, code: code(ctx.now, setup.secret.replaceAll(' ', '')) });
		await expect(removeTotp(ctx, jar, await sessionIn(ctx, jar))).rejects.toThrow('Your role needs');
		await removeTotp(ctx, known, await sessionIn(ctx, known));
		expect(ctx.db.sql.prepare('SELECT count(*) FROM recovery_code WHERE account_id = ?').pluck().get(ann.accountId)).toBe(0);
		expect((await whoIs(ctx, known.cookies))?.session.hasSecondStep).toBe(false);
	});

	test('another app can be set up in the half minute in which one was removed', async () => {
		await removeTotp(ctx, known, await sessionIn(ctx, known));
		const next = totpToSetUp(ctx, ann.accountId, '');
		const input = { sealed: next.sealed, code: code(ctx.now, next.secret.replaceAll(' ', '')) };
		expect((await setUpTotp(ctx, known, await sessionIn(ctx, known), input)).recoveryCodes).toHaveLength(10);
	});

	test('staff without a second step owe one before anything else', async () => {
		const staff = await owner(ctx, 'staff@office.example', ['finance']);
		const jar = await enter(ctx, staff.email);
		expect(owesSecondStep(await sessionIn(ctx, jar))).toBe(true);
	});
});
