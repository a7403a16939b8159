import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Because, hitsOf, leftOpen, linesOf, merged, redacted } from '#features/complaints/redact-spans.ts';

const because: Because = 'address';
const covered = (text: string, words: string) =>
	redacted(
		text,
		hitsOf(text, words).map(({ from, to }) => ({ from, to, because })),
	);

describe('covering words', () => {
	test('finds them whatever their case, spaces, line ends and apostrophes, also inside longer words', () => {
		const text = 'Ann O’Hara lives at 4 Mill\nLane. ANN said so; Joanna too.';
		expect(hitsOf(text, "o'hara").map(({ words }) => words)).toEqual(['O’Hara']);
		expect(hitsOf(text, '4 mill lane').map(({ words }) => words)).toEqual(['4 Mill\nLane']);
		expect(hitsOf(text, 'ann').map(({ words }) => words)).toEqual(['Ann', 'ANN', 'ann']);
		expect(hitsOf(text, '   ')).toEqual([]);
		expect(hitsOf('a.b (c) [d]', '(c) [')).toHaveLength(1);
	});

	test('leaves neither them nor their length, and what overlaps is covered once', () => {
		expect(covered('I live at 4 Mill Lane, Leeds.', '4 Mill Lane')).toEqual(['I live at ', { covered: 'address' }, ', Leeds.']);
		const spans = [
			{ from: 2, to: 6, because },
			{ from: 4, to: 9, because: 'health' as const },
		];
		expect(merged(spans)).toEqual([{ from: 2, to: 9, because }]);
		expect(redacted('0123456789', spans)).toEqual(['01', { covered: because }, '9']);
	});

	test('whatever the text, whatever is covered: what is left holds none of it', () => {
		const word = fc.constantFrom('Ann', 'Mill', 'Lane', 'ann', 'LANE', '4', 'O’Hara', '(x', '.*', 'é', '\n', '𝒜');
		fc.assert(
			fc.property(fc.array(word, { maxLength: 30 }), fc.array(word, { minLength: 1, maxLength: 3 }), (text, words) => {
				const all = text.join(' ');
				const sought = words.join(' ');
				const left = leftOpen(
					all,
					hitsOf(all, sought).map(({ from, to }) => ({ from, to, because })),
				);
				expect(hitsOf(left, sought)).toEqual([]);
				if (sought.trim() !== '') expect(left.toLowerCase()).not.toContain(sought.trim().toLowerCase());
			}),
			{ numRuns: 500, seed: 5 },
		);
	});
});

test('lines to tick are sentences of the text, where they stand in it', () => {
	const text = 'He came late. Why? I do not know\n\nMy address is 4 Mill Lane.';
	const lines = linesOf(text);
	expect(lines.map(({ words }) => words)).toEqual(['He came late.', 'Why?', 'I do not know', 'My address is 4 Mill Lane.']);
	for (const { from, to, words } of lines) expect(text.slice(from, to)).toBe(words);
});
