import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { ROLES } from '#core/roles.ts';
import {
	changePassword,
	disableAccount,
	endAllOwnSessions,
	endOwnSession,
	endRole,
	endSession,
	grantRole,
	proveAgain,
	securityOf,
	whoIs,
} from '#features/accounts/index.ts';
import { as, browser, enter, type Jar, type Owner, owner, PASSWORD, sessionIn } from '#tests/helpers/account.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let register: TestRegister;
let ctx: Ctx;
let ann: Owner;
beforeEach(async () => {
	register = registerIn('2026-11-20', { publicOrigin: 'https://register.example.org', allowedHosts: ['register.example.org'] });
	ctx = as(register.ctx, { actor: { kind: 'public' } });
	ann = await owner(ctx, 'ann@member.example');
});
afterEach(() => register.close());

const sid = (jar: Jar) => jar.kept.get('__Host-sid') ?? '';
const rows = () => ctx.db.sql.prepare('SELECT * FROM session').all() as Record<string, unknown>[];
const isIn = async (jar: Jar, now = ctx.now) => (await whoIs(as(ctx, { now }), jar.cookies)) !== null;
const administrator = (accountId: string, personId: string) =>
	as(ctx, { actor: { kind: 'person', personId, accountId, roles: ['administrator'], level: 2, provedAt: ctx.now } });

describe('the cookie of a session', () => {
	test('is __Host-sid: Secure, HttpOnly, for the whole site, Lax, and gone with the browser', async () => {
		const jar = await enter(ctx, ann.email);
		const set = jar.set.find(({ name }) => name === '__Host-sid');
		expect(set?.options).toEqual({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
		expect(sid(jar)).toMatch(/^[a-z0-9]{40}$/);
	});

	test('is taken back with the attributes that a browser asks for', async () => {
		const jar = await enter(ctx, ann.email);
		await endSession(ctx, jar.cookies);
		expect(jar.set.at(-1)).toEqual({ name: '__Host-sid', value: '', options: { httpOnly: true, secure: true, sameSite: 'lax', path: '/', deleted: true } });
		expect(rows()).toEqual([]);
	});

	test('is read by its exact name only: one of that name without the prefix is nobody’s (cookie tossing)', async () => {
		const jar = await enter(ctx, ann.email);
		const other = browser();
		for (const name of ['sid', '__host-sid', '__Secure-sid', '__Host-sid2']) other.kept.set(name, sid(jar));
		expect(await isIn(other)).toBe(false);
	});
});

describe('what is stored of a session', () => {
	test('does not open it: only SHA-256 of the id is kept (stolen row)', async () => {
		const jar = await enter(ctx, ann.email);
		const [row] = rows();
		expect(row?.id_hash).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(rows())).not.toContain(sid(jar));
		for (const stolen of [String(row?.id_hash), String(row?.id_hash).slice(0, 40)]) {
			const thief = browser();
			thief.kept.set('__Host-sid', stolen);
			expect(await isIn(thief)).toBe(false);
		}
	});

	test('holds no address of the client and no whole user agent', async () => {
		await enter(ctx, ann.email, browser('Firefox on Linux'));
		expect(Object.keys(rows()[0] ?? {}).sort()).toEqual(
			['account_id', 'created_at', 'device_id', 'device_label', 'id_hash', 'last_seen_at', 'level', 'method', 'proved_at', 'staff_roles'].sort(),
		);
	});
});

describe('the id of a session', () => {
	test('is new at sign-in, whatever the browser held before, and the old one ends (fixation)', async () => {
		const attacker = await enter(ctx, ann.email);
		const fixed = sid(attacker);
		const victim = browser();
		victim.kept.set('__Host-sid', fixed);
		await enter(ctx, ann.email, victim);
		expect(sid(victim)).not.toBe(fixed);
		expect(await isIn(attacker)).toBe(false);
		const made = browser();
		made.kept.set('__Host-sid', 'a'.repeat(40));
		await enter(ctx, ann.email, made);
		expect(sid(made)).not.toBe('a'.repeat(40));
	});

	test('is new after a proof, and the old one opens nothing', async () => {
		const jar = await enter(ctx, ann.email);
		const before = { ...jar, kept: new Map(jar.kept) };
		const old = browser();
		old.kept.set('__Host-sid', sid(before));
		await proveAgain(ctx, jar, await sessionIn(ctx, jar), { password: PASSWORD, code: '' });
		expect([await isIn(jar), await isIn(old)]).toEqual([true, false]);
	});

	test('is new after a new password, and every other session is over', async () => {
		const [here, there] = [await enter(ctx, ann.email), await enter(ctx, ann.email)];
		await changePassword(ctx, here, await sessionIn(ctx, here), 'seven quiet otters of copper');
		expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
	});
});

describe('a session ends', () => {
	test.each([
		['member', [], 30 * MINUTE],
		['assessor', ['assessor'], 20 * MINUTE],
		['complaints officer', ['complaints_officer'], 15 * MINUTE],
	] as const)('of a %s after standing idle so long, to the second', async (_, roles, idle) => {
		const some = await owner(ctx, 'idle@member.example', roles);
		const [early, late] = [await enter(ctx, some.email), await enter(ctx, some.email)];
		expect(await isIn(early, ctx.now + idle - 1000)).toBe(true);
		expect(await isIn(late, ctx.now + idle)).toBe(false);
		expect(await isIn(late, ctx.now)).toBe(false);
	});

	test.each([
		['member', [], 12 * HOUR],
		['committee member', ['committee'], 8 * HOUR],
	] as const)('of a %s after so long in any case, however busy, to the second', async (_, roles, longest) => {
		const some = await owner(ctx, 'busy@member.example', roles);
		const jar = await enter(ctx, some.email);
		for (let at = 10 * MINUTE; at < longest; at += 10 * MINUTE) expect(await isIn(jar, ctx.now + at)).toBe(true);
		expect(await isIn(jar, ctx.now + longest - 1000)).toBe(true);
		expect(await isIn(jar, ctx.now + longest)).toBe(false);
	});

	test('when it comes from the future: a clock that was set back brings nothing back to life', async () => {
		const [near, far] = [await enter(ctx, ann.email), await enter(ctx, ann.email)];
		expect(await isIn(near, ctx.now - 59_000)).toBe(true);
		expect(await isIn(far, ctx.now - 61_000)).toBe(false);
		expect(await isIn(far)).toBe(false);
	});

	test('when a staff role is given or ended, for the person concerned only', async () => {
		const registrar = await owner(ctx, 'registrar@office.example', ['registrar']);
		const boss = as(ctx, { actor: { kind: 'person', ...registrar, roles: ['registrar'], level: 2, provedAt: ctx.now } });
		const [jar, bystander] = [await enter(ctx, ann.email), await enter(ctx, registrar.email)];
		grantRole(boss, { personId: ann.personId, role: 'finance', fromOn: ctx.today, toOn: null, reason: 'test' });
		expect([await isIn(jar), await isIn(bystander)]).toEqual([false, true]);
		const again = await enter(ctx, ann.email);
		endRole(boss, ann.personId, 'finance', 'test');
		expect(await isIn(again)).toBe(false);
	});

	test('when the account is disabled, and none can begin', async () => {
		const admin = await owner(ctx, 'admin@office.example', ['administrator']);
		const jar = await enter(ctx, ann.email);
		disableAccount(administrator(admin.accountId, admin.personId), ann.personId, 'asked for by the owner');
		expect(await isIn(jar)).toBe(false);
		await expect(enter(ctx, ann.email)).rejects.toThrow('could not sign in');
		expect(() => disableAccount(administrator(admin.accountId, admin.personId), admin.personId, 'me')).toThrow('does not allow');
	});

	test('when it is the oldest of too many: a member has five, staff two', async () => {
		const staff = await owner(ctx, 'staff@office.example', ['finance']);
		for (const [email, most] of [
			[ann.email, ROLES.member.sessions],
			[staff.email, ROLES.finance.sessions],
		] as const) {
			const jars: Jar[] = [];
			for (let i = 0; i <= most; i += 1) jars.push(await enter(as(ctx, { now: ctx.now + i }), email));
			const open = await Promise.all(jars.map((jar) => isIn(jar, ctx.now + 10)));
			expect(open).toEqual([false, ...Array(most).fill(true)]);
		}
	});

	test('but never when it is the newest: whoever signs in after the clock was set back stays in', async () => {
		for (let i = 0; i < ROLES.member.sessions; i += 1) await enter(as(ctx, { now: ctx.now + i }), ann.email);
		const earlier = ctx.now - HOUR;
		const jar = await enter(as(ctx, { now: earlier }), ann.email);
		expect(await isIn(jar, earlier + 10)).toBe(true);
		expect(rows()).toHaveLength(ROLES.member.sessions);
	});

	test('when its owner signs that browser out, or everywhere; nobody else can', async () => {
		const bob = await owner(ctx, 'bob@member.example');
		const [here, there, bobs] = [await enter(ctx, ann.email), await enter(ctx, ann.email), await enter(ctx, bob.email)];
		const session = await sessionIn(ctx, here);
		const theirs = await sessionIn(ctx, bobs);
		expect(() => endOwnSession(ctx, session, theirs.idHash)).toThrow('signed out already');
		expect(securityOf(ctx, session).sessions.map(({ isThis }) => isThis)).toEqual([true, false]);
		endOwnSession(ctx, session, (await sessionIn(ctx, there)).idHash);
		expect([await isIn(here), await isIn(there), await isIn(bobs)]).toEqual([true, false, true]);
		endAllOwnSessions(ctx, session);
		expect([await isIn(here), await isIn(bobs)]).toEqual([false, true]);
	});
});

test('strange cookies are nobody, and never an error', async () => {
	for (const value of ['', 'x', '../../etc', 'a'.repeat(5000), '%00', "' OR 1=1 --", 'Ä'.repeat(40)]) {
		const jar = browser();
		jar.kept.set('__Host-sid', value);
		expect(await isIn(jar)).toBe(false);
	}
});
