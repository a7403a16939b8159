import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { askForReset, fitsPassword, openLink, resetPassword, signIn } from '#features/accounts/index.ts';
import { as, browser, enter, mailKinds, mailTo, type Owner, owner, PASSWORD } from '#tests/helpers/account.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const MINUTE = 60_000;
let register: TestRegister;
let ctx: Ctx;
let ann: Owner;
beforeEach(async () => {
	register = registerIn('2026-11-20');
	ctx = as(register.ctx, { actor: { kind: 'public' } });
	ann = await owner(ctx, 'ann@member.example');
});
afterEach(() => register.close());

type Try = { email?: string; password?: string; now?: number; client?: string | null; jar?: ReturnType<typeof browser> };
/** `in`, `refused`, or the seconds to wait. */
async function tried({ email = ann.email, password = 'wrong', now = ctx.now, client = 'attacker', jar = browser() }: Try = {}): Promise<string | number> {
	try {
		return (await signIn(as(ctx, { now, client }), jar, { email, password })).outcome;
	} catch (error) {
		return (error as { retryAfter: number }).retryAfter;
	}
}
const times = async (count: number, attempt: Try) => {
	const seen: (string | number)[] = [];
	for (let i = 0; i < count; i += 1) seen.push(await tried(attempt));
	return seen;
};

describe('signing in', () => {
	test('takes the address in any spelling, and only the right password', async () => {
		for (const email of ['ann@member.example', ' ANN@Member.Example ', 'ａｎｎ@member.example']) {
			expect(await tried({ email, password: PASSWORD, client: null })).toBe('in');
		}
		for (const password of ['', ` ${PASSWORD}`, PASSWORD.toUpperCase(), `${PASSWORD}\0`]) expect(await tried({ password, client: null })).toBe('refused');
	});

	test('makes the hash anew when it was made at a lower cost', async () => {
		const { hash } = await import('@node-rs/argon2');
		const { hkdfSync } = await import('node:crypto');
		const secret = Buffer.from(hkdfSync('sha256', ctx.keys.secret, '', 'password pepper', 32));
		const old = `p1${await hash(PASSWORD, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, secret })}`;
		const stored = () => ctx.db.sql.prepare('SELECT password_hash FROM account WHERE id = ?').pluck().get(ann.accountId) as string;
		ctx.db.sql.prepare('UPDATE account SET password_hash = ? WHERE id = ?').run(old, ann.accountId);
		expect(await tried()).toBe('refused');
		expect(stored()).toBe(old);
		expect(await tried({ password: PASSWORD })).toBe('in');
		expect(stored()).toContain('$argon2id$v=19$m=65536,t=3,p=1$');
		expect(await fitsPassword(ctx.keys, stored(), PASSWORD)).toBe(true);
	});

	test('tells the owner of a browser that was not used before, but not of the first or a known one', async () => {
		const first = await enter(ctx, ann.email);
		await enter(ctx, ann.email, first);
		expect(mailKinds(ctx)).toEqual([]);
		await enter(ctx, ann.email, browser('Safari on iPhone'));
		expect(mailTo(ctx, 'new-browser').text).toContain('Safari on iPhone');
	});

	test('refuses a disabled account in the same words, whatever the password', async () => {
		ctx.db.sql.prepare("UPDATE account SET disabled_at = 1, disabled_reason = 'test' WHERE id = ?").run(ann.accountId);
		expect([await tried(), await tried({ password: PASSWORD })]).toEqual(['refused', 'refused']);
	});
});

describe('guessing', () => {
	test('stops after five wrong ones for an account, for longer each time', async () => {
		expect(await times(6, {})).toEqual([...Array(5).fill('refused'), 900]);
		expect(await tried({ password: PASSWORD, client: 'someone else' })).toBe(900);
		const later = ctx.now + 17 * MINUTE;
		expect(await times(6, { now: later })).toEqual([...Array(5).fill('refused'), 900]);
		expect(await tried({ now: later + 17 * MINUTE })).toBe(3600);
		const hours = (n: number) => ctx.now + n * 66 * MINUTE;
		expect(await times(5, { now: hours(2) })).toEqual(Array(5).fill('refused'));
		expect(await times(5, { now: hours(2) + 17 * MINUTE })).toEqual(Array(5).fill('refused'));
		expect(await tried({ now: hours(4) })).toBe(86_400);
		expect(await tried({ now: ctx.now + 27 * 66 * MINUTE, password: PASSWORD })).toBe('in');
	});

	test('a thousand times gets in no further: twenty are looked at in a day', async () => {
		const seen: (string | number)[] = [];
		for (let i = 0; i < 1000; i += 1) seen.push(await tried({ now: ctx.now + i * 80_000, client: `client ${i}` }));
		expect(seen.filter((one) => one === 'refused').length).toBeLessThanOrEqual(20);
	}, 120_000);

	test('never keeps out the owner with a browser of theirs', async () => {
		const own = await enter(ctx, ann.email);
		await times(8, {});
		expect(await tried({ password: PASSWORD })).toBe(900);
		expect(await tried({ password: PASSWORD, jar: own, client: 'attacker' })).toBe('in');
	});

	test('with a stolen browser cookie is counted just the same', async () => {
		const own = await enter(ctx, ann.email);
		expect(await times(6, { jar: own })).toEqual([...Array(5).fill('refused'), 900]);
	});

	test('a browser known to one account is no help with another', async () => {
		const bob = await owner(ctx, 'bob@member.example');
		const bobs = await enter(ctx, bob.email);
		await times(5, {});
		expect(await tried({ jar: bobs })).toBe(900);
	});

	test('never keeps the owner from a new password, after which their browser is known', async () => {
		await times(8, {});
		const mine = browser();
		askForReset(as(ctx, { client: 'owner' }), ann.email);
		openLink(ctx, mine.cookies, mailTo(ctx, 'reset').token);
		await resetPassword(ctx, mine, 'seven quiet otters of copper');
		expect(await tried({ password: 'seven quiet otters of copper', jar: mine })).toBe('in');
	});

	test('at many accounts from one client stops after thirty', async () => {
		const seen: (string | number)[] = [];
		for (let i = 0; i < 40; i += 1) seen.push(await tried({ email: `nobody${i}@member.example` }));
		expect(seen).toEqual([...Array(30).fill('refused'), ...Array(10).fill(900)]);
		expect(await tried({ email: 'nobody99@member.example', client: 'another' })).toBe('refused');
	}, 60_000);

	test('everywhere at once raises one alarm in a quarter of an hour', async () => {
		ctx.db.sql
			.prepare('INSERT INTO rate_window (key, started_at, hits) VALUES (?, ?, 297)')
			.run(`wrong-everywhere/900000|${ctx.now - (ctx.now % 75_000)}`, ctx.now - (ctx.now % 75_000));
		const alarms: boolean[] = [];
		for (let i = 0; i < 6; i += 1) {
			const answer = await signIn(as(ctx, { client: `bot ${i}` }), browser(), { email: `bot${i}@member.example`, password: 'x' });
			alarms.push(answer.isAlarm);
		}
		expect(alarms).toEqual([false, false, true, false, false, false]);
	});

	test('many at once do not slip through: each is counted before it is looked at', async () => {
		const seen = await Promise.all(Array.from({ length: 12 }, () => tried({})));
		expect(seen.filter((one) => one === 'refused')).toHaveLength(5);
	});

	test('is held to one or two at a time, with a short queue; who finds it full is asked to come back, and loses no attempt', async () => {
		const crowd = await Promise.all(Array.from({ length: 40 }, (_, i) => tried({ email: `c${i}@member.example`, client: `c${i}` })));
		expect([crowd.filter((one) => one === 'refused').length, crowd.filter((one) => one === 5).length]).toEqual([34, 6]);
		const turnedAway = crowd.indexOf(5);
		expect(await times(6, { email: `c${turnedAway}@member.example`, client: `c${turnedAway}` })).toEqual([...Array(5).fill('refused'), 900]);
	});

	test('right passwords use nothing up', async () => {
		expect(await times(12, { password: PASSWORD })).toEqual(Array(12).fill('in'));
	});

	test('stores no address and no password: keys are hashed', async () => {
		await tried({ email: 'canary-owner@member.example', password: 'canary-password' });
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM rate_window').all())).not.toMatch(/canary|member\.example|attacker@/);
	});
});
