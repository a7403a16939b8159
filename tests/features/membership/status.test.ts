import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { isMember, type MembershipFacts, membershipStatus } from '#features/membership/index.ts';
import { type RegisterFacts, registerStatus } from '#features/register/index.ts';
import { anyDay, anyFacts } from '../register/arbitrary-facts.ts';
import { RULES as REGISTER_RULES } from '../register/facts.ts';

const RULES = { graceDays: REGISTER_RULES.membershipGraceDays };
const NOTHING: MembershipFacts = { diedOn: null, periods: [], leaves: [], applications: [], orders: [] };
const period = (changes: Partial<MembershipFacts['periods'][number]> = {}) => ({
	category: 'plus' as const,
	fromOn: '2026-01-01',
	paidToOn: '2026-12-31',
	endedOn: null,
	endReason: null,
	employer: null,
	...changes,
});
const paid: MembershipFacts = { ...NOTHING, periods: [period()] };
const on = (facts: MembershipFacts, day: string) => membershipStatus(facts, day, RULES);
const brief = (facts: MembershipFacts, day: string) => {
	const { state, sinceOn, nextChangeOn } = on(facts, day);
	return [state, sinceOn, nextChangeOn];
};

describe('a membership', () => {
	test.each([
		['2025-12-31', ['none', null, '2026-01-01']],
		['2026-01-01', ['active', '2026-01-01', '2027-01-01']],
		['2026-12-31', ['active', '2026-01-01', '2027-01-01']],
		['2027-01-01', ['grace', '2027-01-01', '2027-01-31']],
		['2027-01-30', ['grace', '2027-01-01', '2027-01-31']],
		['2027-01-31', ['lapsed', '2027-01-31', null]],
	])('that was paid for a year is on %s: %j', (day, expected) => {
		expect(brief(paid, day)).toEqual(expected);
	});

	test('that was renewed has no seam: active from the first day to the last', () => {
		const facts = { ...NOTHING, periods: [period(), period({ fromOn: '2027-01-01', paidToOn: '2027-12-31' })] };
		expect(brief(facts, '2027-01-01')).toEqual(['active', '2026-01-01', '2028-01-01']);
		expect(on(facts, '2026-11-22').paidToOn).toBe('2027-12-31');
	});

	test('that was resigned ends on its day, also inside the grace of an earlier period', () => {
		const end = { endedOn: '2027-01-10', endReason: 'resigned' as const };
		const facts = { ...NOTHING, periods: [period(end), period({ fromOn: '2027-01-01', paidToOn: '2027-12-31', ...end })] };
		expect(brief(facts, '2027-01-09')).toEqual(['active', '2026-01-01', '2027-01-10']);
		expect(on(facts, '2027-01-09').endsOn).toBe('2027-01-10');
		expect(brief(facts, '2027-01-10')).toEqual(['resigned', '2027-01-10', null]);
	});

	test.each(['retired', 'lapsed', 'removed'] as const)('says how it ended: %s', (endReason) => {
		const facts = { ...NOTHING, periods: [period({ endedOn: '2026-06-01', endReason })] };
		expect(on(facts, '2026-06-01').state).toBe(endReason);
	});

	test('rests while there is leave, and lapses after it', () => {
		const facts = { ...paid, leaves: [{ fromOn: '2026-03-01', toOn: '2026-05-31' }] };
		expect(brief(facts, '2026-03-01')).toEqual(['on_leave', '2026-03-01', '2026-06-01']);
		expect(on(facts, '2026-06-01').state).toBe('active');
	});

	test('is suspended only while there is one to suspend', () => {
		const facts = { ...paid, orders: [{ effect: 'suspended' as const, fromOn: '2026-12-01', toOn: null, closedOn: null }] };
		expect(brief(facts, '2026-12-01')).toEqual(['suspended', '2026-12-01', '2027-01-31']);
		expect(on(facts, '2027-01-31').state).toBe('lapsed');
	});

	test('is over when someone is removed, until they are admitted again', () => {
		const order = { effect: 'removed' as const, fromOn: '2026-05-01', toOn: null, closedOn: null };
		expect(brief({ ...paid, orders: [order] }, '2030-01-01')).toEqual(['removed', '2026-05-01', null]);
		const back = { ...paid, orders: [order], periods: [period(), period({ fromOn: '2032-01-01', paidToOn: '2032-12-31' })] };
		expect(on(back, '2032-01-01').state).toBe('active');
	});

	test('is over with a death', () => {
		expect(brief({ ...paid, diedOn: '2026-04-01' }, '2026-04-01')).toEqual(['deceased', '2026-04-01', null]);
	});

	test('begins with an application; whoever is a member already stays one', () => {
		const asked = [{ begunOn: '2026-02-01', closedOn: '2026-02-20' }];
		expect(brief({ ...NOTHING, applications: asked }, '2026-02-05')).toEqual(['applicant', '2026-02-01', '2026-02-20']);
		expect(brief({ ...NOTHING, applications: asked }, '2026-02-20')).toEqual(['none', null, null]);
		expect(on({ ...paid, applications: asked }, '2026-02-05').state).toBe('active');
	});
});

describe('for any facts', () => {
	test('whoever is in good standing in the register is active or in grace, not on leave, suspended or removed', () => {
		fc.assert(
			fc.property(anyFacts, anyDay, (facts, day) => {
				const standing = registerStatus(facts, day, REGISTER_RULES);
				const { state } = on(asMembership(facts), day);
				if (standing.isInGoodStanding) expect(['active', 'grace']).toContain(state);
				if (standing.isOnRegister) expect(isMember(state)).toBe(true);
				if (standing.standing === 'on_leave') expect(state).toBe('on_leave');
				if (standing.standing === 'removed') expect(state).toBe('removed');
				if (['suspended', 'interim_suspended'].includes(standing.standing)) expect(state).toBe('suspended');
			}),
			{ numRuns: 2000 },
		);
	});

	test('the state stays the same until the day that is named as the next change, and is another one then', () => {
		fc.assert(
			fc.property(anyFacts, anyDay, fc.double({ min: 0, max: 1, noNaN: true }), (facts, day, share) => {
				const own = asMembership(facts);
				const { state, nextChangeOn } = on(own, day);
				if (nextChangeOn === null) {
					expect(on(own, addDays(day, Math.floor(share * 5000))).state).toBe(state);
					return;
				}
				const days = Math.round((Date.parse(nextChangeOn) - Date.parse(day)) / 86_400_000);
				expect(on(own, addDays(day, Math.floor(share * (days - 1)))).state).toBe(state);
				expect(on(own, nextChangeOn).state).not.toBe(state);
			}),
			{ numRuns: 1000 },
		);
	});
});

/** The same facts as membership reads them. */
function asMembership(facts: RegisterFacts): MembershipFacts {
	const effects: Record<string, 'suspended' | 'removed'> = {
		suspension: 'suspended',
		interim_suspension: 'suspended',
		removal: 'removed',
		voluntary_removal: 'removed',
	};
	return {
		diedOn: facts.diedOn,
		periods: facts.memberships.map((m) => ({ ...m, employer: null })),
		leaves: facts.leaves,
		applications: [],
		orders: facts.orders.flatMap((o) => {
			const effect = effects[o.kind];
			const closedOn = o.outcome === 'not_met' ? null : o.outcomeOn;
			return effect ? [{ effect, fromOn: o.fromOn, toOn: o.toOn, closedOn }] : [];
		}),
	};
}
