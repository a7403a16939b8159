import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	awardTitles,
	entryView,
	KIND_WORDS,
	LEVEL_WORDS,
	type Meaning,
	ORDER_WORDS,
	type RegisterEntry,
	registerStatus,
	STANDING_WORDS,
	STATE_WORDS,
	saySince,
	type ToldEntry,
	tellEntry,
} from '#features/register/index.ts';
import { gradeOf } from '#tests/content/prose.ts';
import { anyDay, anyFacts } from './arbitrary-facts.ts';
import { facts, RULES } from './facts.ts';

const all = [
	...Object.entries(STANDING_WORDS).map(([name, words]) => ({ name, ...words })),
	...Object.entries(ORDER_WORDS).map(([name, words]) => ({ name, ...words })),
	...Object.entries(STATE_WORDS).flatMap(([name, words]) => (words.meaning ? [{ name, ...words, meaning: words.meaning }] : [])),
];
const textOf = ({ label, said, meaning }: { label: string; said: string; meaning: Meaning }) => [label, said, ...Object.values(meaning)].join('\n\n');

describe('the words for a status', () => {
	test.each(all)('$name: short paragraphs for a client, an employer and the therapist', ({ label, said, meaning }) => {
		expect(label).toMatch(/^[A-Z]\S/);
		expect(said).toMatch(/\.$/);
		expect(Object.keys(meaning)).toEqual(['client', 'employer', 'therapist']);
		for (const paragraph of Object.values(meaning)) expect(paragraph).toMatch(/^[A-Z].{30,240}\.$/);
	});

	test('can be read at about twelve years of age', () => {
		expect(gradeOf(all.map(textOf).join('\n\n'))).toBeLessThanOrEqual(8);
	});

	test.each(['left', 'not_yet', 'limited_then', 'lapsed', 'on_leave', 'organisation', 'interim_conditions', 'interim_suspended'] as const)(
		'%s hints at no wrong',
		(standing) => {
			expect(textOf(STANDING_WORDS[standing])).not.toMatch(/alleg|misconduct|wrong|guilt|complain|concern|investigat|disciplin|removed|breach|unfit|sanction/i);
		},
	);

	test.each([STANDING_WORDS.interim_conditions, STANDING_WORDS.interim_suspended, ORDER_WORDS.interim_conditions, ORDER_WORDS.interim_suspension])(
		'$label says that it is no finding',
		({ said, meaning }) => {
			expect(said).toContain('This is not a finding.');
			expect(meaning.client).toContain('Nothing has been decided');
		},
	);

	test('someone who left is told of by the day alone', () => {
		expect(saySince({ standing: 'left', sinceOn: '2025-05-04', reinstatedOn: null })).toBe('Not on the register since 4 May 2025.');
	});
});

describe('the words for awards', () => {
	test('one title a level, highest first, with its kinds', () => {
		const held = [
			{ level: 'practitioner', kind: 'adolescent' },
			{ level: 'supervisor', kind: 'adult' },
			{ level: 'practitioner', kind: 'adult' },
		] as const;
		expect(awardTitles(held)).toEqual(['Accredited supervisor – adults', 'Accredited practitioner – adults and young people']);
	});

	test('every level and kind has words, and only accreditation is called so', () => {
		expect(LEVEL_WORDS.organisation.label).not.toMatch(/accredited/i);
		expect(LEVEL_WORDS.organisation.said).toContain('This is not accreditation');
		expect(Object.values(KIND_WORDS).every((words) => words.length > 4)).toBe(true);
	});
});

describe('what may be told of a past day', () => {
	test('an order that is published no longer never comes back, whatever happened', () => {
		fc.assert(
			fc.property(anyFacts, anyDay, anyDay, (someFacts, one, other) => {
				const [then, now] = one < other ? [one, other] : [other, one];
				const [thenEntry, nowEntry] = [entry(someFacts, then), entry(someFacts, now)];
				const told = tellEntry(thenEntry, nowEntry);
				const published = nowEntry.status.notices.map((n) => n.id);
				expect(told.status.notices.filter((n) => !published.includes(n.id))).toEqual([]);
				if (then < now && ['conditions', 'suspended', 'interim_conditions', 'interim_suspended', 'removed'].includes(told.status.standing)) {
					expect(told.status.notices.some((n) => n.isInForce)).toBe(true);
				}
				expect(told.status.isInGoodStanding).toBe(thenEntry.status.isInGoodStanding);
				expect(told.status.isOnRegister).toBe(thenEntry.status.isOnRegister);
			}),
			{ numRuns: 3000 },
		);
	});

	const ended = { toOn: '2021-12-31', reviewOn: null, awardId: null, publicText: 'An account.', displayUntilOn: null };

	test('a suspension that is over and no longer shown: within limits, without its kind, text or dates', () => {
		const some = {
			...facts(),
			orders: [{ ...ended, id: 'o', kind: 'suspension' as const, fromOn: '2021-01-01', outcome: 'met' as const, outcomeOn: '2021-12-31' }],
		};
		const view = entryView(tellEntry(entry(some, '2021-06-01'), entry(some, '2026-11-22')));
		expect(view.banner.title).toBe('On 1 June 2021: on the register, within limits');
		expect(JSON.stringify(view)).not.toMatch(/suspen|An account|1 January 2021/i);
	});

	test('a suspension that is still shown is told as it stood, without what came later', () => {
		const some = {
			...facts(),
			orders: [{ ...ended, id: 'o', kind: 'suspension' as const, fromOn: '2026-01-01', toOn: '2026-09-30', outcome: 'met' as const, outcomeOn: '2026-09-30' }],
		};
		const told = tellEntry(entry(some, '2026-06-01'), entry(some, '2026-11-22'));
		const view = entryView(told);
		expect(view.banner.title).toBe('On 1 June 2026: suspended');
		expect(view.notices[0]).toMatchObject({ label: 'Suspension', state: 'In force' });
		expect(entryView(entryToday(some)).notices[0]).toMatchObject({ state: 'Sanction met' });
	});

	test('a name is not told where only the number is owed', () => {
		const some = { ...facts(), memberships: [{ ...facts().memberships[0], endedOn: '2025-05-04', endReason: 'resigned' as const }] as never };
		expect(entryToday(some)).toMatchObject({ name: null, formerNames: [], status: { standing: 'left' } });
		expect(tellEntry(entry(some, '2024-01-01'), entry(some, '2026-11-22')).name).toBe('Ann Example');
	});
});

test('a core profession that could not be checked is told as that', () => {
	const told: ToldEntry = { ...entryToday(facts()), coreProfessions: [{ body: 'HCPC', standing: 'could_not_check', checkedOn: '2026-10-01' }] };
	expect(entryView(told).facts).toContainEqual({ label: 'Core profession', value: 'HCPC', note: 'We could not check this when we tried on 1 October 2026' });
	expect(entryView({ ...told, coreProfessions: [] }).facts).toContainEqual(
		expect.objectContaining({ label: 'Core profession', value: 'Could not be checked' }),
	);
});

function entry(of: Parameters<typeof registerStatus>[0], on: string): RegisterEntry {
	const status = registerStatus(of, on, RULES);
	return { number: 'IPT-000013', name: 'Ann Example', formerNames: [], registeredOn: of.registeredOn, status, coreProfessions: [], place: null, asAtOn: on };
}

function entryToday(of: Parameters<typeof registerStatus>[0]): ToldEntry {
	return tellEntry(entry(of, '2026-11-22'), entry(of, '2026-11-22'));
}
