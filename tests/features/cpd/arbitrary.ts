import fc from 'fast-check';
import { addDays } from '#core/dates.ts';
import type { AwardSpan, CpdFacts, EntryFact, MemberSpan, SupervisionFact } from '#features/cpd/facts.ts';
import { CPD_CATEGORIES } from '#features/cpd/kinds.ts';
import { type CpdRules, cpdRulesSchema, type Figures, GROUPS, RULE_KEYS } from '#features/cpd/rules.ts';

const START = '2024-01-01';
export const day = fc.integer({ min: 0, max: 1400 }).map((n) => addDays(START, n));
const span = fc
	.tuple(day, fc.option(fc.integer({ min: 0, max: 900 })))
	.map(([fromOn, days]) => ({ fromOn, toOn: days === null ? null : addDays(fromOn, days) }));
const leave = fc.tuple(day, fc.integer({ min: 0, max: 500 })).map(([fromOn, days]) => ({ fromOn, toOn: addDays(fromOn, days) }));

export const entry: fc.Arbitrary<EntryFact> = fc
	.record({
		id: fc.uuid(),
		doneOn: fc.option(day, { freq: 20 }),
		isDraft: fc.boolean().map((b) => b && true),
		minutes: fc.integer({ min: 1, max: 1440 }),
		part: fc.integer({ min: 0, max: 2 }),
		isSkills: fc.boolean(),
		isReflected: fc.boolean(),
		category: fc.option(fc.constantFrom(...CPD_CATEGORIES), { freq: 10 }),
		draftChance: fc.integer({ min: 0, max: 9 }),
	})
	.map(({ part, draftChance, ...e }) => ({ ...e, isDraft: draftChance === 0, iptMinutes: Math.floor((e.minutes * part) / 2) }));

export const entries = fc.uniqueArray(entry, { selector: (e) => e.id, maxLength: 40 });
const session: fc.Arbitrary<SupervisionFact> = fc.record({ id: fc.uuid(), doneOn: day, minutes: fc.integer({ min: 1, max: 300 }), isConfirmed: fc.boolean() });

export const facts: fc.Arbitrary<CpdFacts> = fc.record({
	entries,
	supervision: fc.uniqueArray(session, { selector: (s) => s.id, maxLength: 15 }),
	leave: fc.array(leave, { maxLength: 3 }),
	awards: fc.array(
		fc
			.tuple(span, fc.constantFrom('practitioner', 'supervisor', 'trainer', 'organisation'))
			.map(([s, level]): AwardSpan => ({ ...s, level: level as AwardSpan['level'] })),
		{ maxLength: 4 },
	),
	membership: fc.array(
		fc
			.tuple(span, fc.constantFrom('trainee', 'basic', 'plus', 'organisation'), day)
			.map(([s, category, paidToOn]): MemberSpan => ({ ...s, category: category as MemberSpan['category'], paidToOn })),
		{ maxLength: 3 },
	),
});

const figures = fc.record(Object.fromEntries(RULE_KEYS.map((key) => [key, fc.constantFrom(0, 1, 3, 5, 60, 600, 1075, 1800)]))) as fc.Arbitrary<Figures>;

export const rules: fc.Arbitrary<CpdRules> = fc
	.record({
		period: fc.record({
			starts: fc.constantFrom('fixed' as const, 'membership' as const),
			anchorOn: day,
			months: fc.constantFrom(12 as const, 24 as const, 36 as const),
		}),
		rounding: fc.constantFrom(1, 15, 30, 60),
		leaveFromDays: fc.constantFrom(1, 28, 90),
		onlyConfirmedSupervision: fc.boolean(),
		caps: fc.dictionary(fc.constantFrom(...CPD_CATEGORIES), fc.integer({ min: 0, max: 1200 }), { maxKeys: 4, noNullPrototype: true }),
		groups: fc.record(Object.fromEntries(GROUPS.map((group) => [group, figures]))),
	})
	.map((all) => cpdRulesSchema.parse(all));
