import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#core/dates.ts';
import type { CpdFacts, EntryFact } from '#features/cpd/facts.ts';
import { periodOn, rulesOn } from '#features/cpd/period.ts';
import { type CpdRules, RULES, type RuleKey } from '#features/cpd/rules.ts';
import { cpdStanding } from '#features/cpd/standing.ts';
import { day, entry, facts, rules } from './arbitrary.ts';
import { DEFAULT_RULES } from './default-rules.ts';

const NOTHING: CpdFacts = { entries: [], supervision: [], leave: [], awards: [], membership: [] };
const MEMBER = { category: 'plus' as const, fromOn: '2020-01-01', toOn: null, paidToOn: '2026-11-30' };
const PRACTITIONER: CpdFacts = { ...NOTHING, membership: [MEMBER], awards: [{ level: 'practitioner', fromOn: '2021-01-01', toOn: null }] };
let last = 0;
const did = (changes: Partial<EntryFact> = {}): EntryFact => {
	last += 1;
	const base: EntryFact = {
		id: `e${last}`,
		doneOn: '2026-06-01',
		isDraft: false,
		minutes: 60,
		iptMinutes: 0,
		isSkills: false,
		isReflected: false,
		category: 'edi',
	};
	return { ...base, ...changes };
};
const standing = (changes: Partial<CpdFacts>, on = '2026-11-22', by: CpdRules = DEFAULT_RULES) => cpdStanding({ ...PRACTITIONER, ...changes }, by, on);
const rule = (of: ReturnType<typeof cpdStanding>, key: RuleKey) => of.rules.find((r) => r.key === key);

describe('the default rules', () => {
	test('ask a practitioner for 30 hours, 10 of IPT, 6 of skills, 5 activities with reflection and 18 hours of supervision', () => {
		const asked = Object.fromEntries(standing({}).rules.map((r) => [r.key, r.needed]));
		expect(asked).toEqual({ minutes: 1800, iptMinutes: 600, skillsMinutes: 360, activities: 5, reflections: 5, supervisionMinutes: 1080 });
	});

	test('ask nothing of a member without an award, and nothing of someone who is no member', () => {
		expect(standing({ awards: [] }).rules).toEqual([]);
		expect(standing({ membership: [] })).toMatchObject({ rules: [], isMet: true, groups: [] });
	});

	test('run from April to March', () => {
		expect(standing({}).period).toEqual({ fromOn: '2026-04-01', toOn: '2027-03-31' });
		expect(standing({}, '2026-03-31').period).toEqual({ fromOn: '2025-04-01', toOn: '2026-03-31' });
	});

	test('count ten hours of reading at most towards all hours, and as much again towards those of IPT', () => {
		const read = [did({ category: 'reading_research', minutes: 500, iptMinutes: 500 }), did({ category: 'reading_research', minutes: 500, iptMinutes: 0 })];
		const found = standing({ entries: read });
		expect(rule(found, 'minutes')).toMatchObject({ have: 600, missing: 1200, left: [{ id: read[1]?.id, amount: 400, why: 'cap' }] });
		expect(rule(found, 'iptMinutes')).toMatchObject({ have: 500, left: [{ id: read[1]?.id, why: 'not_ipt' }] });
		expect(rule(found, 'activities')?.have).toBe(2);
	});

	test('take a total brought forward for hours only', () => {
		const found = standing({ entries: [did({ category: null, minutes: 1200, iptMinutes: 300 })] });
		expect([rule(found, 'minutes')?.have, rule(found, 'iptMinutes')?.have, rule(found, 'activities')?.have]).toEqual([1200, 300, 0]);
		expect(rule(found, 'activities')?.left).toMatchObject([{ why: 'brought_forward' }]);
	});

	test('want a supervisor to have trained in supervising, beside what every practitioner is asked', () => {
		const awards = [...PRACTITIONER.awards, { level: 'supervisor' as const, fromOn: '2023-01-01', toOn: null }];
		expect(rule(standing({ awards }), 'supervisorCpd')).toMatchObject({ needed: 1, have: 0, isMet: false });
		expect(rule(standing({ awards, entries: [did({ category: 'supervision_cpd' })] }), 'supervisorCpd')?.isMet).toBe(true);
	});
});

describe('what is asked for a part of a year', () => {
	const hours = (changes: Partial<CpdFacts>) => rule(standing(changes), 'minutes')?.needed;
	test('is half for someone accredited half way', () => expect(hours({ awards: [{ level: 'practitioner', fromOn: '2026-10-01', toOn: null }] })).toBe(900));
	test('is half for someone who joined half way', () => expect(hours({ membership: [{ ...MEMBER, fromOn: '2026-10-01' }] })).toBe(900));
	test('leaves out leave, counted once where two overlap', () => {
		expect(hours({ leave: [{ fromOn: '2026-04-01', toOn: '2026-06-30' }] })).toBe(1350);
		const twice = [
			{ fromOn: '2026-04-01', toOn: '2026-05-31' },
			{ fromOn: '2026-05-01', toOn: '2026-06-30' },
		];
		expect(hours({ leave: twice })).toBe(1350);
	});
	test('is not lessened by leave of a few days', () => expect(hours({ leave: [{ fromOn: '2026-04-01', toOn: '2026-04-20' }] })).toBe(1800));
	test('is nothing for a year on leave', () => expect(standing({ leave: [{ fromOn: '2026-03-01', toOn: '2027-06-30' }] }).isMet).toBe(true));
	test('takes of two awards the strictest figure: the longer held one', () => {
		const awards = [
			{ level: 'practitioner' as const, fromOn: '2026-10-01', toOn: null },
			{ level: 'organisation' as const, fromOn: '2020-01-01', toOn: '2026-09-30' },
		];
		// Half of 30 hours and half of 20: the practitioner's half is more.
		expect(hours({ awards })).toBe(900);
	});
});

describe('an entry', () => {
	test.each([
		['a draft', { isDraft: true }, 'draft'],
		['one without a day', { doneOn: null }, 'no_day'],
		['one of the year before', { doneOn: '2026-03-31' }, 'earlier_year'],
		['one of the year after', { doneOn: '2027-04-01' }, 'later_year'],
		['one that is still to come', { doneOn: '2026-11-23' }, 'to_come'],
	] as const)('is not looked at when it is %s', (_, changes, why) => {
		const one = did(changes);
		const found = standing({ entries: [one] });
		expect(found.notLookedAt).toEqual([{ id: one.id, why }]);
		expect(rule(found, 'minutes')?.have).toBe(0);
	});

	test('of today, and of the first and last day of the year, counts', () => {
		for (const doneOn of ['2026-11-22', '2026-04-01']) expect(rule(standing({ entries: [did({ doneOn })] }), 'minutes')?.have).toBe(60);
		expect(rule(standing({ entries: [did({ doneOn: '2027-03-31' })] }, '2027-03-31'), 'minutes')?.have).toBe(60);
	});
});

describe('supervision', () => {
	const supervision = [
		{ id: 's1', doneOn: '2026-05-01', minutes: 600, isConfirmed: true },
		{ id: 's2', doneOn: '2026-06-01', minutes: 600, isConfirmed: false },
	];
	test('counts whether confirmed or not, unless the rules say otherwise', () => {
		expect(rule(standing({ supervision }), 'supervisionMinutes')).toMatchObject({ have: 1200, isMet: true });
		const strict = standing({ supervision }, '2026-11-22', { ...DEFAULT_RULES, onlyConfirmedSupervision: true });
		expect(rule(strict, 'supervisionMinutes')).toMatchObject({ have: 600, left: [{ id: 's2', amount: 600, why: 'unconfirmed' }] });
	});
});

describe('whatever the entries, the rules and the day', () => {
	const sum = (amounts: readonly { amount: number }[]) => amounts.reduce((all, a) => all + a.amount, 0);

	test('one entry more never makes anything less', () => {
		fc.assert(
			fc.property(facts, entry, rules, day, (f, more, r, on) => {
				const [before, after] = [cpdStanding(f, r, on), cpdStanding({ ...f, entries: [...f.entries, { ...more, id: 'more' }] }, r, on)];
				expect(after.rules.map((x) => x.key)).toEqual(before.rules.map((x) => x.key));
				for (const [i, x] of before.rules.entries()) expect(after.rules[i]?.have, x.key).toBeGreaterThanOrEqual(x.have);
			}),
		);
	});

	test('no kind counts for more hours than its cap', () => {
		fc.assert(
			fc.property(facts, rules, day, (f, r, on) => {
				for (const x of cpdStanding(f, r, on).rules.filter((one) => RULES[one.key].unit === 'minutes' && one.key !== 'supervisionMinutes')) {
					for (const [category, cap] of Object.entries(r.caps)) {
						const counted = x.counted.filter((c) => f.entries.find((e) => e.id === c.id)?.category === category);
						expect(sum(counted)).toBeLessThanOrEqual(cap);
					}
				}
			}),
		);
	});

	test('a part of a year never asks for more than the whole, and the whole year for all of it', () => {
		fc.assert(
			fc.property(facts, rules, day, (f, r, on) => {
				const { period, groups, rules: found } = cpdStanding(f, r, on);
				const year = daysBetween(period.fromOn, period.toOn) + 1;
				for (const x of found) expect(x.needed >= 0 && x.needed <= x.full, x.key).toBe(true);
				for (const { days } of groups) expect(days <= year).toBe(true);
				if (groups.length > 0 && groups.every((g) => g.days === year)) for (const x of found) expect(x.needed).toBe(x.full);
			}),
		);
	});

	test('the order in which entries come does not matter', () => {
		fc.assert(
			fc.property(
				facts.chain((f) => fc.tuple(fc.constant(f), fc.shuffledSubarray([...f.entries], { minLength: f.entries.length }))),
				rules,
				day,
				([f, shuffled], r, on) => {
					const sorted = (s: ReturnType<typeof cpdStanding>) => ({ ...s, notLookedAt: [...s.notLookedAt].sort((a, b) => a.id.localeCompare(b.id)) });
					expect(sorted(cpdStanding({ ...f, entries: shuffled }, r, on))).toEqual(sorted(cpdStanding(f, r, on)));
				},
			),
		);
	});

	test('every entry is counted for a rule or has a reason, and hours are split between the two without remainder', () => {
		fc.assert(
			fc.property(facts, rules, day, (f, r, on) => {
				const { rules: found, notLookedAt } = cpdStanding(f, r, on);
				const away = new Set(notLookedAt.map((n) => n.id));
				for (const x of found.filter((one) => one.key !== 'supervisionMinutes')) {
					for (const e of f.entries.filter((one) => !away.has(one.id))) {
						const parts = [...x.counted, ...x.left].filter((c) => c.id === e.id);
						expect(parts.length, `${x.key} says nothing of an entry`).toBeGreaterThan(0);
						const worth = x.key === 'iptMinutes' && e.iptMinutes > 0 ? e.iptMinutes : RULES[x.key].unit === 'minutes' ? e.minutes : 1;
						expect(sum(parts)).toBe(worth);
					}
					expect(x.have).toBe(sum(x.counted));
				}
			}),
		);
	});
});

describe('a CPD year', () => {
	test('holds its day, follows the one before without a gap, and is the same for every day in it', () => {
		fc.assert(
			fc.property(facts, rules, day, (f, r, on) => {
				const period = periodOn(r.period, f.membership, on);
				expect(period.fromOn <= on && on <= period.toOn).toBe(true);
				expect(periodOn(r.period, f.membership, period.fromOn)).toEqual(period);
				expect(periodOn(r.period, f.membership, period.toOn)).toEqual(period);
				expect(periodOn(r.period, f.membership, addDays(period.toOn, 1)).fromOn).toBe(addDays(period.toOn, 1));
			}),
		);
	});

	test('may end with the membership', () => {
		const own = { ...DEFAULT_RULES, period: { ...DEFAULT_RULES.period, starts: 'membership' as const } };
		expect(periodOn(own.period, [MEMBER], '2026-11-22')).toEqual({ fromOn: '2025-12-01', toOn: '2026-11-30' });
		expect(periodOn(own.period, [], '2026-11-22')).toEqual({ fromOn: '2026-04-01', toOn: '2027-03-31' });
	});

	test('that is running keeps the rules it began under', () => {
		const first = { version: '2026-1', fromOn: '2000-01-01', rules: DEFAULT_RULES };
		const second = { version: '2026-2', fromOn: '2026-10-01', rules: DEFAULT_RULES };
		const named = (on: string) => rulesOn([first, second], [], on).version.version;
		expect([named('2026-09-30'), named('2026-11-22'), named('2027-03-31'), named('2027-04-01'), named('1999-01-01')]).toEqual([
			'2026-1',
			'2026-1',
			'2026-1',
			'2026-2',
			'2026-1',
		]);
	});
});
