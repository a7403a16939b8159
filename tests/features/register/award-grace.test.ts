import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { type AwardGrace, awardRunsOutOn, nextChange, type RegisterFacts, registerStatus } from '#features/register/index.ts';
import { anyDay, anyFacts } from './arbitrary-facts.ts';
import { facts, RULES } from './facts.ts';

const inOrder = (graces: AwardGrace[]) => graces.toSorted((a, b) => a.fromOn.localeCompare(b.fromOn));
const aGrace: fc.Arbitrary<AwardGrace> = fc.record({ fromOn: anyDay, days: fc.nat(120) });
const anyGraces = fc.array(aGrace, { minLength: 1, maxLength: 4 }).map(inOrder);
const asTold = (f: RegisterFacts, day: string, awardGraces: readonly AwardGrace[]) => registerStatus(f, day, { ...RULES, awardGraces });
/** Facts in which nothing but the periods of the awards says when an award is held. */
const onlyTerms = (f: RegisterFacts): RegisterFacts => ({
	...facts(),
	registeredOn: '2015-01-01',
	memberships: [{ category: 'plus', fromOn: '2015-01-01', paidToOn: '2060-01-01', endedOn: null, endReason: null }],
	awards: f.awards.map((award) => ({ ...award, level: 'practitioner', endedOn: null, endReason: null })),
});

describe('a new version of how long an award is told', () => {
	test('changes nothing that the register says of any day before it began', () => {
		fc.assert(
			fc.property(anyFacts, anyGraces, aGrace, anyDay, (f, before, more, day) => {
				fc.pre(day < more.fromOn && (before[0] as AwardGrace).fromOn <= more.fromOn);
				const after = [...before.filter(({ fromOn }) => fromOn <= more.fromOn), more];
				const kept = before.filter(({ fromOn }) => fromOn <= more.fromOn);
				const [then, now] = [asTold(f, day, kept), asTold(f, day, after)];
				expect(now).toEqual(then);
			}),
			{ numRuns: 1000 },
		);
	});

	test('changes nothing on any day for what had reached the last day of its period before it began: nothing ended is told again', () => {
		fc.assert(
			fc.property(anyFacts, anyGraces, fc.nat(120), anyDay, (f, before, days, day) => {
				const lastEnd = f.awards.flatMap(({ terms }) => terms.map(({ toOn }) => toOn)).sort();
				const fromOn = addDays([lastEnd.at(-1) ?? '2018-01-01', before.at(-1)?.fromOn ?? ''].sort().at(-1) as string, 1);
				expect(asTold(f, day, [...before, { fromOn, days }])).toEqual(asTold(f, day, before));
			}),
			{ numRuns: 1000 },
		);
	});
});

test('whatever versions there are, an award that ran out comes back on the first day of a period and on no other', () => {
	fc.assert(
		fc.property(anyFacts.map(onlyTerms), anyGraces, anyDay, (f, graces, day) => {
			const heldOn = (on: string) => new Set(asTold(f, on, graces).awards.map(({ id }) => id));
			const [before, now] = [heldOn(addDays(day, -1)), heldOn(day)];
			for (const id of now)
				if (!before.has(id)) expect(f.awards.some((award) => award.id === id && award.terms.some(({ fromOn }) => fromOn === day))).toBe(true);
		}),
		{ numRuns: 1000 },
	);
});

test('an award runs out on one day, the same from whatever day it is asked, and the next change is never after it', () => {
	fc.assert(
		fc.property(anyDay, anyGraces, anyDay, (toOn, awardGraces, day) => {
			const rules = { ...RULES, awardGraces };
			const f = onlyTerms({
				...facts(),
				awards: [{ ...(facts().awards[0] as RegisterFacts['awards'][number]), awardedOn: '2016-01-01', terms: [{ fromOn: '2016-01-01', toOn }] }],
			});
			const gone = awardRunsOutOn(toOn, rules);
			expect(registerStatus(f, day, rules).standing === 'accredited').toBe(day < gone);
			if (day < gone) expect(nextChange(f, day, rules)).toBe(gone);
		}),
		{ numRuns: 500 },
	);
});
