import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, turns } from '#core/text.ts';

describe('a folded name', () => {
	it.each([
		['Siân  O’Neill-Łucka', 'sian oneill lucka'],
		['Ann Lee', 'ann lee'],
		['  ann ', 'ann'],
		['K\u212Aelvin', 'kkelvin'],
		['İpek', 'ipek'],
		['Weiß', 'weiss'],
		['', ''],
	])('of %j is %j', (text, expected) => expect(fold(text)).toBe(expected));

	it('is the same for plain letters, whatever their case, as beside a mark that is left out', () => {
		fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9 ]*$/), (text) => fold(text) === fold(`${text.toUpperCase()}!`)));
	});

	it('turns so that every word comes first once', () => expect(turns('Ann Mary Lee')).toEqual(['ann mary lee', 'mary lee ann', 'lee ann mary']));
});
