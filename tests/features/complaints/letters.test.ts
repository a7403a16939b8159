import { describe, expect, test } from 'vitest';
import { type LetterFacts, type LetterSide, slot, slotsLeft } from '#features/complaints/letter-template.ts';
import { LETTERS, NO_LETTER, templateOf } from '#features/complaints/letter-words.ts';
import { MOVES, type StepKind } from '#features/complaints/phases.ts';
import { expectGolden } from '#tests/helpers/golden.ts';
import { gradeOf, sentenceLength } from '../../content/prose.ts';

const ALLEGATIONS = ['On 4 May 2026 the therapist told my manager that I see them.', 'The therapist ended the sessions by a text message.'];
const FACTS: LetterFacts = {
	organisation: 'IPT Register',
	phone: '020 7946 0000',
	officer: 'Olga Example',
	name: 'Robin Example',
	step: { kind: 'acknowledged', onDay: '2026-11-23', bySide: 'office', data: {} },
	due: {
		triage: '2026-12-07',
		ask: '2026-12-21',
		reply: '2026-12-21',
		resolution: '2027-01-20',
		investigation: '2027-02-17',
		panel: '2027-05-23',
		hearing: '2027-11-23',
	},
	days: { reply: 28, appeal: 28, hearingNotice: 28, update: 28 },
	appealBy: '2026-12-21',
	allegations: ALLEGATIONS,
	outcome: null,
	orders: [],
	reasons: 'The panel has read both accounts. It has set out what it found on each point.',
	own: 'This is what only the officer can say.',
	isRespondentTold: true,
};

type Case = { kind: StepKind; side: LetterSide; variant: string; facts: LetterFacts };
const SIDES = ['complainant', 'respondent'] as const;
/** What a step holds that changes its letter. */
type Variant = Partial<LetterFacts> & { data?: LetterFacts['step']['data']; bySide?: LetterFacts['step']['bySide'] };
const VARIANTS: Partial<Record<StepKind, Record<string, Variant>>> = {
	paused: { '': { data: { because: 'police' } }, own: { data: { because: 'complainant' } } },
	listed: { '': { data: { on: '2027-02-01' } } },
	appealed: { complainant: { bySide: 'complainant' }, respondent: { bySide: 'respondent' } },
	appeal_decided: {
		upheld: { data: { result: 'upheld' }, outcome: 'upheld' },
		quashed: { data: { result: 'quashed', to: 'hearing' } },
		varied: { data: { result: 'varied' }, outcome: 'partly_upheld', orders: [{ kind: 'warning', months: 12 }] },
	},
	interim_decided: {
		none: { data: { imposed: false } },
		suspension: { data: { imposed: true, kind: 'interim_suspension', months: 6 } },
		conditions: { data: { imposed: true, kind: 'interim_conditions', months: 6 } },
	},
	sanction_decided: {
		'not-upheld': { outcome: 'not_upheld' },
		'upheld-suspension': { outcome: 'upheld', orders: [{ kind: 'suspension', months: 12 }] },
		'partly-upheld-conditions': {
			outcome: 'partly_upheld',
			orders: [
				{ kind: 'conditions', months: 1 },
				{ kind: 'removal', months: null },
			],
		},
	},
	closed: { resolved: { outcome: 'resolved' }, withdrawn: { outcome: 'withdrawn' } },
};

const CASES: Case[] = Object.keys(LETTERS).flatMap((name) => {
	const kind = name as StepKind;
	const variants = Object.entries(VARIANTS[kind] ?? { '': {} });
	return SIDES.filter((side) => templateOf(kind, side) !== null).flatMap((side) =>
		variants.map(
			([variant, { data = {}, bySide = 'office', ...rest }]): Case => ({
				kind,
				side,
				variant,
				facts: { ...FACTS, ...rest, step: { kind, onDay: '2026-11-23', bySide, data } },
			}),
		),
	);
});
const made = ({ kind, side, facts }: Case) => {
	const letter = templateOf(kind, side)?.(facts);
	if (!letter) throw new Error('no letter');
	return { ...letter, text: letter.paragraphs.join('\n\n') };
};
const named = CASES.map((one) => [`${one.kind} ${one.side} ${one.variant}`.trim(), one] as const);

describe.each(named)('the letter of %s', (_, one) => {
	test('reads as it was read and agreed', () => {
		const { title, text } = made(one);
		expectGolden(`concern-letters/${one.kind}-${one.side}${one.variant && `-${one.variant}`}`, `${title}\n\n${text}\n`);
	});

	test('leaves nothing open, and says nothing that a machine says', () => {
		const { title, text } = made(one);
		expect(slotsLeft(title + text)).toEqual([]);
		expect(title + text).not.toMatch(/undefined|null|NaN|\[object|[{}[\]]|\d{4}-\d\d-\d\d/);
	});

	test('is plain: short sentences, short words', () => {
		const { text } = made(one);
		expect(sentenceLength(text)).toBeLessThan(15);
		expect(gradeOf(text)).toBeLessThanOrEqual(8);
	});
});

describe('what a letter may tell', () => {
	test('every step tells somebody by a letter, or says why it tells nobody', () => {
		const kinds = ['begun', ...MOVES.map(({ kind }) => kind)] as StepKind[];
		const without = kinds.filter((kind) => LETTERS[kind] === undefined);
		expect(without.sort()).toEqual(Object.keys(NO_LETTER).sort());
	});

	test('both sides hear of whatever both may know', () => {
		const one: StepKind[] = ['acknowledged', 'accepted', 'redirected', 'declined', 'asked', 'went_on', 'interim_asked'];
		const uneven = (Object.keys(LETTERS) as StepKind[]).filter((kind) => SIDES.some((side) => templateOf(kind, side) === null));
		expect(uneven.sort()).toEqual(one.sort());
	});

	test('what is said to have happened stands in two letters only: the scope to whoever raised it, and what the therapist replies to', () => {
		const telling = CASES.filter((one) => ALLEGATIONS.some((words) => made(one).text.includes(words))).map(({ kind, side }) => `${kind} ${side}`);
		expect(telling.sort()).toEqual(['accepted complainant', 'disclosed respondent']);
	});

	test('why it stands still is nobody else’s to know', () => {
		for (const because of ['police', 'court', 'health', 'complainant', 'other']) {
			const text = (side: LetterSide) =>
				made({ kind: 'paused', side, variant: '', facts: { ...FACTS, step: { ...FACTS.step, kind: 'paused', data: { because } } } }).text;
			expect(text('respondent')).toBe(made({ kind: 'paused', side: 'respondent', variant: '', facts: FACTS }).text);
			expect(text('complainant') + text('respondent')).not.toMatch(/police|court|health/i);
		}
	});

	test('an order for the time being is told in neutral words: no allegation, nobody’s part in it', () => {
		for (const { kind, text } of CASES.map((one) => ({ kind: one.kind, text: made(one).text }))) {
			if (kind.startsWith('interim')) expect(text).not.toMatch(/risk|harm|client|guilty|upheld|raised it/i);
		}
	});

	test('without the facts each leaves open what is missing, and says so', () => {
		const bare = { ...FACTS, allegations: [], reasons: null, own: null };
		const open = CASES.filter(({ kind, side, facts }) => slotsLeft(made({ kind, side, variant: '', facts: { ...facts, ...bare } }).text).length > 0);
		expect([...new Set(open.map(({ kind }) => kind))].sort()).toMatchInlineSnapshot(`
			[
			  "accepted",
			  "adjourned",
			  "advised",
			  "appeal_decided",
			  "asked",
			  "closed",
			  "declined",
			  "disclosed",
			  "interim_asked",
			  "listed",
			  "no_case",
			  "redirected",
			  "referred",
			  "resolution_agreed",
			  "sanction_decided",
			  "updated",
			]
		`);
		expect(slotsLeft(`a ${slot('one')} b ${slot('two')}`)).toEqual(['one', 'two']);
	});
});
