import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import {
	changeGrade,
	endLeave,
	isMember,
	leaveMembership,
	membershipStatusOf,
	ownMembership,
	remindMembers,
	takeLeave,
	withdrawLeaving,
} from '#features/membership/index.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { admit, apply, as, newPerson, officer, on, pay, renew } from './living.ts';

/** What people do, in any order, on any day: most of it is refused, and must then change nothing. */
const act = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: 1, max: 120 }).map((days) => ({ do: 'wait' as const, days })) },
	{ weight: 3, arbitrary: fc.constantFrom('basic', 'plus').map((grade) => ({ do: 'renew' as const, grade })) },
	{ weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }).map((late) => ({ do: 'pay' as const, late })) },
	{ weight: 2, arbitrary: fc.constantFrom('basic', 'plus').map((grade) => ({ do: 'grade' as const, grade })) },
	{ weight: 2, arbitrary: fc.tuple(fc.nat(40), fc.nat(180)).map(([wait, days]) => ({ do: 'leave' as const, wait, days })) },
	{ weight: 1, arbitrary: fc.constant({ do: 'end leave' as const }) },
	{ weight: 1, arbitrary: fc.nat(90).map((days) => ({ do: 'resign' as const, days })) },
	{ weight: 1, arbitrary: fc.constant({ do: 'stay' as const }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'join' as const }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'night' as const }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

const open: TestRegister[] = [];
afterAll(() => open.forEach((register) => register.close()));

test('whatever people do and when: paid time never overlaps, no renewal leaves a gap, nobody has two grades, nothing is owed twice', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
			const register = registerIn('2026-01-15');
			open.push(register);
			const ann = newPerson(register.ctx);
			let now = register.ctx;
			await tryTo(now, ann, { do: 'join' });
			for (const one of acts) {
				if (one.do === 'wait') now = on(now, addDays(now.today, one.days));
				else await tryTo(now, ann, one);
				holds(now, ann);
			}
			register.close();
			open.pop();
		}),
		{ numRuns: 80 },
	);
}, 120_000);

/** Does one thing. A refusal is an answer; what is no refusal is a fault. */
async function tryTo(ctx: Ctx, ann: string, one: Exclude<Act, { do: 'wait' }>): Promise<void> {
	const before = fingerprint(ctx);
	try {
		await does(ctx, ann, one);
	} catch (error) {
		if (!isExpected(error) && !/Nothing is to be paid/.test((error as Error).message)) throw error;
		if (one.do !== 'join') expect(fingerprint(ctx)).toBe(before);
	}
}

async function does(ctx: Ctx, ann: string, one: Exclude<Act, { do: 'wait' }>): Promise<void> {
	const member = as(ctx, ann);
	const { mark } = ownMembership(member);
	if (one.do === 'join') {
		apply(member, { category: 'basic' });
		admit(officer(ctx), member);
	} else if (one.do === 'renew') renew(ctx, ann, one.grade as 'basic');
	else if (one.do === 'pay') pay(ctx, ann, addDays(ctx.today, -one.late));
	else if (one.do === 'grade') changeGrade(member, { mark, category: one.grade as 'basic' }, MEMBERSHIP_HANDLERS);
	else if (one.do === 'leave') {
		const fromOn = addDays(ctx.today, one.wait);
		takeLeave(member, { mark, fromOn, toOn: addDays(fromOn, one.days), reason: '' }, MEMBERSHIP_HANDLERS);
	} else if (one.do === 'end leave') endLeave(member, { mark }, MEMBERSHIP_HANDLERS);
	else if (one.do === 'resign') leaveMembership(member, { mark, kind: 'resigned', lastOn: addDays(ctx.today, one.days) }, MEMBERSHIP_HANDLERS);
	else if (one.do === 'stay') withdrawLeaving(member, MEMBERSHIP_HANDLERS);
	else await remindMembers(ctx, MEMBERSHIP_HANDLERS);
}

function holds(ctx: Ctx, ann: string): void {
	const { periods, creditPence, rules } = ownMembership(as(ctx, ann));
	for (const [i, next] of periods.entries()) {
		const before = periods[i - 1];
		expect(next.paidToOn >= next.fromOn).toBe(true);
		if (!before) continue;
		expect(next.fromOn > lastDayOf(before), `${lastDayOf(before)} … ${next.fromOn}: paid twice`).toBe(true);
		const isSeamless = next.fromOn === addDays(before.paidToOn, 1);
		const hadGone = before.endedOn !== null || next.fromOn > addDays(before.paidToOn, rules.graceDays);
		expect(isSeamless || hadGone, `${before.paidToOn} … ${next.fromOn}: a gap`).toBe(true);
		if (!isSeamless && before.endedOn === null) expect(next.fromOn <= addMonths(before.paidToOn, 24)).toBe(true);
	}
	const current = periods.filter((p) => p.fromOn <= ctx.today && ctx.today <= p.paidToOn && (p.endedOn === null || ctx.today < p.endedOn));
	expect(current.length).toBeLessThanOrEqual(1);
	if (current[0]) expect(isMember(membershipStatusOf(ctx, ann).state)).toBe(true);
	expect(creditPence).toBeGreaterThanOrEqual(0);
	const owed = ctx.db.sql.prepare('SELECT count(*) FROM invoice WHERE settled_at IS NULL AND voided_at IS NULL').pluck().get() as number;
	expect(owed).toBeLessThanOrEqual(1);
}

/** The last day of a period that counted: what was paid for beyond a leaving is over. */
function lastDayOf({ paidToOn, endedOn }: { paidToOn: string; endedOn: string | null }): string {
	return endedOn !== null && endedOn <= paidToOn ? addDays(endedOn, -1) : paidToOn;
}

/** All facts of membership and money, as one text. */
function fingerprint({ db }: Ctx): string {
	const tables = [
		'membership_period',
		'membership_leave',
		'membership_purchase',
		'membership_credit',
		'membership_resignation',
		'invoice',
		'payment',
		'outbox',
	];
	return JSON.stringify(tables.map((table) => db.sql.prepare(`SELECT * FROM ${table}`).raw().all()));
}
