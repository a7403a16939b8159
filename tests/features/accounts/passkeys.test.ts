import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import {
	addPasskey,
	disableAccount,
	optionsToRegister,
	optionsToUse,
	proveWithPasskey,
	removePasskey,
	securityOf,
	signInWithPasskey,
	whoIs,
} from '#features/accounts/index.ts';
import { as, browser, enter, eventKinds, type Jar, mailTo, type Owner, owner, sessionIn } from '#tests/helpers/account.ts';
import { type Authenticator, authenticator, type Lies } from '#tests/helpers/authenticator.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const ORIGIN = 'https://register.example.org';
let register: TestRegister;
let ctx: Ctx;
let ann: Owner;
let jar: Jar;
let key: Authenticator;
beforeEach(async () => {
	register = registerIn('2026-11-20', { publicOrigin: ORIGIN, allowedHosts: ['register.example.org'] });
	ctx = as(register.ctx, { actor: { kind: 'public' }, client: null });
	ann = await owner(ctx, 'ann@member.example');
	jar = await enter(ctx, ann.email);
	key = authenticator(ORIGIN);
	await add(key, jar, ann);
});
afterEach(() => register.close());

async function add(made: Authenticator, where: Jar, whose: Owner, lies: Lies = {}) {
	const answer = made.register(await optionsToRegister(ctx, whose.accountId), lies);
	return addPasskey(ctx, where, await sessionIn(ctx, where), { answer, label: 'A telephone' });
}
const later = (ms: number) => as(ctx, { now: ctx.now + ms });
const signIn = async (answer: string, at = ctx, where = browser()) => {
	await signInWithPasskey(at, where, null, answer);
	return sessionIn(at, where);
};
const use = async (lies: Lies = {}, by = key) => {
	by.counter += 1;
	return by.use(await optionsToUse(ctx, 'sign_in', null), lies);
};

describe('a passkey', () => {
	test('signs in by itself, as two steps in one; its browser is known from then on', async () => {
		expect(await signIn(await use())).toMatchObject({ accountId: ann.accountId, level: 2, method: 'passkey' });
	});

	test('ends every other session when it is made, gives recovery codes once, and its owner is told', async () => {
		const other = browser();
		await signInWithPasskey(ctx, other, null, await use());
		const second = authenticator(ORIGIN);
		expect((await add(second, jar, ann)).recoveryCodes).toEqual([]);
		expect(await whoIs(ctx, other.cookies)).toBeNull();
		expect(mailTo(ctx, 'way-in', ann.email).text).toContain('A passkey was added');
	});

	test('is kept as its public part only, under a name that says nothing of the person', async () => {
		const options = JSON.parse(await optionsToRegister(ctx, ann.accountId)) as { user: { id: string } };
		expect(Buffer.from(options.user.id, 'base64url').toString('latin1')).not.toMatch(new RegExp(`${ann.personId}|${ann.accountId}|ann`));
		expect((await optionsToUse(ctx, 'sign_in', null)).includes(key.id)).toBe(false);
	});

	test('answers once: the same answer sent again is refused', async () => {
		const answer = await use();
		await signIn(answer);
		await expect(signIn(answer)).rejects.toThrow('could not be used');
		const session = await sessionIn(ctx, jar);
		key.counter += 1;
		const proof = key.use(await optionsToUse(ctx, 'confirm', ann.accountId));
		await proveWithPasskey(later(1000), jar, session, proof);
		await expect(proveWithPasskey(later(1000), jar, session, proof)).rejects.toThrow('could not be used');
		expect(eventKinds(ctx).filter((kind) => kind === 'account.confirmed')).toHaveLength(1);
	});

	test('answers two at once for one of them', async () => {
		const answer = await use();
		const results = await Promise.allSettled([signIn(answer), signIn(answer)]);
		expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test.each<[string, Lies]>([
		['for another site', { origin: 'https://evil.example' }],
		['for our name without https', { origin: 'http://register.example.org' }],
		['for the key of another site', { site: 'evil.example' }],
		['without fingerprint, face or PIN', { isVerified: false }],
		['with a challenge that we never gave', { challenge: Buffer.alloc(54, 7).toString('base64url') }],
	])('is refused %s, at making and at using', async (_, lies) => {
		await expect(signIn(await use(lies))).rejects.toThrow('could not be used');
		await expect(add(authenticator(ORIGIN), jar, ann, lies)).rejects.toThrow('could not be kept');
	});

	test('is refused with the signature of another key, or as a copy whose counter stood still', async () => {
		const other = authenticator(ORIGIN);
		await expect(signIn(await use({ signedBy: other }))).rejects.toThrow('could not be used');
		await signIn(await use());
		key.counter -= 1;
		await expect(signIn(await use())).rejects.toThrow('could not be used');
	});

	test('is refused with a challenge of ten minutes ago, or of another purpose', async () => {
		const answer = await use();
		await expect(signIn(answer, later(10 * 60_000))).rejects.toThrow('could not be used');
		const session = await sessionIn(ctx, jar);
		await expect(proveWithPasskey(ctx, jar, session, await use())).rejects.toThrow('could not be used');
		key.counter += 1;
		await expect(signIn(key.use(await optionsToUse(ctx, 'confirm', ann.accountId)))).rejects.toThrow('could not be used');
	});

	test('of someone else is no second step, no proof, and cannot be removed', async () => {
		const bob = await owner(ctx, 'bob@member.example');
		const bobs = await enter(ctx, bob.email);
		const bobsKey = authenticator(ORIGIN);
		await add(bobsKey, bobs, bob);
		const half = await enter(ctx, ann.email);
		bobsKey.counter += 1;
		const answer = bobsKey.use(await optionsToUse(ctx, 'confirm', ann.accountId));
		await expect(signInWithPasskey(ctx, half, await sessionIn(ctx, half), answer)).rejects.toThrow('could not be used');
		const [annsPasskey] = securityOf(ctx, await sessionIn(ctx, jar)).passkeys;
		await expect(removePasskey(ctx, bobs, await sessionIn(ctx, bobs), annsPasskey?.id ?? '')).rejects.toThrow('no such passkey');
		await expect(add(key, bobs, bob)).rejects.toThrow('kept already');
	});

	test('opens no disabled account, and none once it was removed', async () => {
		const session = await sessionIn(ctx, jar);
		const [passkey] = securityOf(ctx, session).passkeys;
		await removePasskey(ctx, jar, session, passkey?.id ?? '');
		await expect(signIn(await use())).rejects.toThrow('could not be used');
		const again = authenticator(ORIGIN);
		await add(again, jar, ann);
		const admin = await owner(ctx, 'admin@office.example', ['administrator']);
		disableAccount(as(ctx, { actor: { kind: 'person', ...admin, roles: ['administrator'], level: 2, provedAt: ctx.now } }), ann.personId, 'test');
		await expect(signIn(await use({}, again))).rejects.toThrow('could not be used');
	});

	test('that is nonsense is refused, and never an error of ours', async () => {
		for (const answer of [
			'',
			'{}',
			'null',
			'[]',
			'"x"',
			'{"id":1}',
			'{"id":"x","response":{}}',
			`{"id":"${key.id}","rawId":"${key.id}","type":"public-key","response":null}`,
		])
			await expect(signIn(answer)).rejects.toThrow('could not be used');
	});
});
