import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { type AwardFact, type RegisterFacts, registerStatus, sayAccredited } from '#features/register/index.ts';
import { anyDay, anyFacts } from './arbitrary-facts.ts';
import { facts, GRACE, RULES } from './facts.ts';

const award = (level: AwardFact['level'], terms: AwardFact['terms'], changes: Partial<AwardFact> = {}): AwardFact => ({
	id: level,
	level,
	kind: 'adult',
	awardedOn: terms[0]?.fromOn ?? '',
	endedOn: null,
	endReason: null,
	terms,
	...changes,
});
const member = (awards: AwardFact[]): RegisterFacts => ({
	...facts(),
	memberships: [{ category: 'plus', fromOn: '2015-01-01', paidToOn: '2040-01-01', endedOn: null, endReason: null }],
	registeredOn: '2015-01-01',
	awards,
});
const first = { fromOn: '2015-01-01', toOn: '2019-12-31' };
const lapsedOn = addDays(first.toOn, GRACE + 1);

describe('an award that came to an end and came back', () => {
	const back = member([award('practitioner', [first, { fromOn: '2021-03-01', toOn: '2026-02-28' }])]);

	test('is told as accredited since the first day, with the day it was reinstated', () => {
		const status = registerStatus(back, '2022-01-01', RULES);
		expect(status).toMatchObject({ standing: 'accredited', accreditedSinceOn: '2015-01-01', reinstatedOn: '2021-03-01' });
		expect(sayAccredited(status)).toBe('1 January 2015, reinstated 1 March 2021');
	});

	test('says nothing of that before it happened, and nothing at all while it was not held', () => {
		expect(registerStatus(back, '2019-06-01', RULES).reinstatedOn).toBeNull();
		expect(registerStatus(back, lapsedOn, RULES)).toMatchObject({ standing: 'lapsed', accreditedSinceOn: null, reinstatedOn: null });
	});

	test('was never away when it was confirmed in the late window', () => {
		const late = member([award('practitioner', [first, { fromOn: addDays(first.toOn, 20), toOn: '2025-01-01' }])]);
		expect(registerStatus(late, '2022-01-01', RULES).reinstatedOn).toBeNull();
	});
});

describe('supervisor and trainer awards', () => {
	const long = { fromOn: '2016-01-01', toOn: '2030-12-31' };
	const both = member([award('practitioner', [first, { fromOn: '2021-03-01', toOn: '2026-02-28' }]), award('supervisor', [long]), award('trainer', [long])]);
	const levels = (day: string) => registerStatus(both, day, RULES).awards.map(({ level }) => level);

	test('lapse with the practitioner’s and come back with it', () => {
		expect(levels('2018-01-01')).toEqual(['practitioner', 'supervisor', 'trainer']);
		expect(registerStatus(both, lapsedOn, RULES)).toMatchObject({ standing: 'lapsed', sinceOn: lapsedOn });
		expect(levels('2021-03-01')).toEqual(['practitioner', 'supervisor', 'trainer']);
		expect(registerStatus(both, '2021-03-01', RULES).reinstatedOn).toBe('2021-03-01');
	});

	test('are never told as valid for longer than the practitioner’s', () => {
		const held = (day: string) => registerStatus(both, day, RULES).awards.map(({ validToOn }) => validToOn);
		expect(held('2018-01-01')).toEqual([first.toOn, first.toOn, first.toOn]);
		expect(registerStatus(both, '2021-03-01', RULES).validToOn).toBe('2026-02-28');
		const short = { fromOn: '2016-01-01', toOn: '2018-12-31' };
		const ownEnd = member([award('practitioner', [first]), award('supervisor', [short])]);
		expect(registerStatus(ownEnd, '2018-06-01', RULES).awards.map(({ validToOn }) => validToOn)).toEqual([first.toOn, short.toOn]);
	});

	test('stand by themselves where no practitioner’s award was ever given, or it was given up', () => {
		expect(registerStatus(member([award('supervisor', [long])]), '2022-01-01', RULES).awards).toHaveLength(1);
		const givenUp = award('practitioner', [first], { endedOn: '2018-01-01', endReason: 'given_up' });
		expect(registerStatus(member([givenUp, award('supervisor', [long])]), '2022-01-01', RULES).awards).toHaveLength(1);
	});
});

test('whatever the facts: no one is reinstated before they were accredited, and supervisors beside a practitioner’s award hold both', () => {
	fc.assert(
		fc.property(anyFacts, anyDay, (f, day) => {
			const status = registerStatus(f, day, RULES);
			if (status.reinstatedOn !== null) {
				expect(status.isOnRegister).toBe(true);
				expect(status.reinstatedOn <= day).toBe(true);
				expect(status.reinstatedOn > (status.accreditedSinceOn ?? '')).toBe(true);
			}
			const follows = status.awards.some(({ level }) => level === 'supervisor' || level === 'trainer');
			const given = f.awards.some((a) => a.level === 'practitioner' && a.awardedOn <= day && a.endReason !== 'given_up');
			if (!follows || !given) return;
			const leads = status.awards.filter(({ level }) => level === 'practitioner').map(({ validToOn }) => validToOn);
			expect(leads.length).toBeGreaterThan(0);
			for (const { level, validToOn } of status.awards)
				if (level === 'supervisor' || level === 'trainer') expect(leads.some((lead) => validToOn <= lead)).toBe(true);
		}),
		{ numRuns: 500 },
	);
});
