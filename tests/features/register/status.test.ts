import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { nextChange, type RegisterFacts, registerStatus, type Standing } from '#features/register/index.ts';
import { anyDay, anyFacts } from './arbitrary-facts.ts';
import { facts, RULES } from './facts.ts';

const standing = (f: RegisterFacts, day: string) => registerStatus(f, day, RULES).standing;

describe('the status of a registrant', () => {
	const cases: [string, Partial<RegisterFacts>, string, Standing][] = [
		['accredited while the membership is paid and the award runs', {}, '2026-11-22', 'accredited'],
		['not yet on the register before the first day', {}, '2019-04-30', 'not_yet'],
		['accredited in the 30 days of grace after the paid period', {}, '2027-04-30', 'accredited'],
		['lapsed on the day after the grace', {}, '2027-05-01', 'lapsed'],
		['no longer told as lapsed a year later', {}, '2028-05-01', 'left'],
		['left from the day of resigning', { memberships: [{ ...facts().memberships[0]!, endedOn: '2026-06-01', endReason: 'resigned' }] }, '2026-06-01', 'left'],
		[
			'still accredited the day before resigning',
			{ memberships: [{ ...facts().memberships[0]!, endedOn: '2026-06-01', endReason: 'resigned' }] },
			'2026-05-31',
			'accredited',
		],
		['left when they have died', { diedOn: '2026-01-01' }, '2026-01-01', 'left'],
		['on leave', { leaves: [{ fromOn: '2026-11-01', toOn: '2026-11-30' }] }, '2026-11-22', 'on_leave'],
		['back the day after the leave', { leaves: [{ fromOn: '2026-11-01', toOn: '2026-11-30' }] }, '2026-12-01', 'accredited'],
		['suspended from the day of the order', { orders: [order('suspension', '2026-11-22', '2027-02-22')] }, '2026-11-22', 'suspended'],
		['accredited again when a suspension has ended', { orders: [order('suspension', '2026-01-01', '2026-03-01')] }, '2026-03-02', 'accredited'],
		['under an interim suspension', { orders: [order('interim_suspension', '2026-11-01', null)] }, '2026-11-22', 'interim_suspended'],
		['under conditions', { orders: [order('conditions', '2026-11-01', null)] }, '2026-11-22', 'conditions'],
		[
			'removed, which outweighs a suspension',
			{ orders: [order('suspension', '2026-01-01', null), order('removal', '2026-02-01', null)] },
			'2026-11-22',
			'removed',
		],
		['told as removed for five years', { orders: [order('removal', '2020-02-01', null)] }, '2025-02-01', 'removed'],
		['simply not on the register after that', { orders: [order('removal', '2020-02-01', null)] }, '2025-02-02', 'left'],
		['accredited with a warning, which limits nothing', { orders: [order('warning', '2026-01-01', '2027-01-01')] }, '2026-11-22', 'accredited'],
	];
	test.each(cases)('is %s', (_, change, day, expected) => {
		expect(standing({ ...facts(), ...change }, day)).toBe(expected);
	});

	test('loses an award that was withdrawn, and says so', () => {
		const status = registerStatus({ ...facts(), orders: [{ ...order('award_withdrawn', '2026-01-01', null), awardId: 'award-1' }] }, '2026-11-22', RULES);
		expect(status.awards).toEqual([]);
		expect(status.isInGoodStanding).toBe(false);
		expect(status.notices).toHaveLength(1);
	});

	test('shows a sanction that was met for six months more, and one that was not met for five years', () => {
		const met = { ...facts(), orders: [{ ...order('conditions', '2025-01-01', '2025-12-31'), outcome: 'met' as const, outcomeOn: '2025-11-01' }] };
		expect(registerStatus(met, '2026-05-01', RULES).notices).toHaveLength(1);
		expect(registerStatus(met, '2026-05-02', RULES).notices).toHaveLength(0);
		const notMet = { ...facts(), orders: [{ ...order('conditions', '2020-01-01', '2020-12-31'), outcome: 'not_met' as const, outcomeOn: '2021-01-01' }] };
		expect(registerStatus(notMet, '2026-01-01', RULES).notices).toHaveLength(1);
		expect(registerStatus(notMet, '2026-01-02', RULES).notices).toHaveLength(0);
	});

	test('shows an interim order only while it binds, and a revoked order never again', () => {
		const interim = { ...facts(), orders: [order('interim_conditions', '2026-01-01', '2026-03-01')] };
		expect(registerStatus(interim, '2026-03-01', RULES).notices).toHaveLength(1);
		expect(registerStatus(interim, '2026-03-02', RULES).notices).toHaveLength(0);
		const revoked = { ...facts(), orders: [{ ...order('suspension', '2026-01-01', null), outcome: 'revoked' as const, outcomeOn: '2026-02-01' }] };
		expect(registerStatus(revoked, '2026-02-01', RULES)).toMatchObject({ standing: 'accredited', notices: [] });
	});
});

describe('whatever the facts', () => {
	test('nobody with a binding order, without membership or without an award is in good standing', () => {
		fc.assert(
			fc.property(anyFacts, anyDay, (f, day) => {
				const status = registerStatus(f, day, RULES);
				if (!status.isInGoodStanding) return;
				expect(f.diedOn === null || day < f.diedOn).toBe(true);
				expect(
					f.memberships.some((m) => m.fromOn <= day && day <= addDays(m.paidToOn, RULES.membershipGraceDays) && (m.endedOn === null || day < m.endedOn)),
				).toBe(true);
				expect(f.leaves.every((l) => day < l.fromOn || day > l.toOn)).toBe(true);
				expect(status.awards.some((a) => a.level !== 'organisation')).toBe(true);
				for (const o of f.orders) {
					const limits = ['suspension', 'interim_suspension', 'conditions', 'interim_conditions'].includes(o.kind);
					const closed = o.outcome !== null && o.outcome !== 'not_met' && o.outcomeOn !== null && day >= o.outcomeOn;
					expect(limits && o.fromOn <= day && (o.toOn === null || day <= o.toOn) && !closed).toBe(false);
				}
			}),
			{ numRuns: 3000 },
		);
	});

	test('the day of the next change is the first day that differs', () => {
		fc.assert(
			fc.property(anyFacts, anyDay, (f, day) => {
				const on = nextChange(f, day, RULES);
				const now = JSON.stringify([standing(f, day), registerStatus(f, day, RULES).awards]);
				const until = on ?? addDays(day, 4000);
				for (let d = day; d < until; d = addDays(d, 37)) expect(JSON.stringify([standing(f, d), registerStatus(f, d, RULES).awards])).toBe(now);
				if (on) expect(JSON.stringify([standing(f, addDays(on, -1)), registerStatus(f, addDays(on, -1), RULES).awards])).toBe(now);
			}),
			{ numRuns: 500 },
		);
	});

	test('a removed person is never told as accredited before being admitted again', () => {
		fc.assert(
			fc.property(anyFacts, anyDay, (f, day) => {
				const removed = f.orders.some(
					(o) =>
						(o.kind === 'removal' || o.kind === 'voluntary_removal') &&
						o.fromOn <= day &&
						o.outcome === null &&
						!f.memberships.some((m) => m.fromOn > o.fromOn && m.fromOn <= day),
				);
				if (removed) expect(['removed', 'left', 'not_yet']).toContain(standing(f, day));
			}),
			{ numRuns: 3000 },
		);
	});
});

function order(kind: RegisterFacts['orders'][number]['kind'], fromOn: string, toOn: string | null): RegisterFacts['orders'][number] {
	return {
		id: `${kind}-${fromOn}`,
		kind,
		awardId: null,
		fromOn,
		toOn,
		reviewOn: null,
		publicText: 'Text.',
		outcome: null,
		outcomeOn: null,
		displayUntilOn: null,
	};
}
