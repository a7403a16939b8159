import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allAreas, coarsenPlace, containsFullPostcode, parsePlace } from '#db/gazetteer/index.ts';

const short = (typed: string): string => {
	const parsed = parsePlace(typed);
	if (parsed.kind === 'postcode') return `postcode ${parsed.postcode}`;
	if (parsed.kind === 'sector') return `sector ${parsed.sector}`;
	if (parsed.kind === 'district') return `district ${parsed.district}`;
	return parsed.kind === 'area' ? `area ${parsed.area}` : `text ${parsed.text}`;
};

describe('what people type for a postcode is understood', () => {
	test.each([
		['rg12 8xx', 'postcode RG12 8XX'],
		['RG128XX', 'postcode RG12 8XX'],
		['  rg 12  8 xx ', 'postcode RG12 8XX'],
		['RG1 28XX', 'postcode RG12 8XX'],
		['RG12-8XX', 'postcode RG12 8XX'],
		['rg12\u00A08xx', 'postcode RG12 8XX'],
		['RG12\u200B8XX\u202C', 'postcode RG12 8XX'],
		['ＲＧ１２ ８ＸＸ', 'postcode RG12 8XX'],
		['sw1a1aa', 'postcode SW1A 1AA'],
		['M1 1AE', 'postcode M1 1AE'],
		['SW1A OAA', 'postcode SW1A 0AA'],
		['RGI2 8XX', 'postcode RG12 8XX'],
		['S01 2AB', 'postcode SO1 2AB'],
		['0X1 2JD', 'postcode OX1 2JD'],
		['RG12', 'district RG12'],
		['rg 12', 'district RG12'],
		['SW1A', 'district SW1A'],
		['E2O', 'district E20'],
		['E16', 'district E16'],
		['RG12 8', 'sector RG12 8'],
		['rg128', 'sector RG12 8'],
		['RG1 2', 'sector RG1 2'],
		['sw1a 1', 'sector SW1A 1'],
		['RG12 8X', 'sector RG12 8'],
		['eh', 'area EH'],
		['RG', 'area RG'],
		['b', 'area B'],
	])('%j is %s', (typed, meant) => expect(short(typed)).toBe(meant));
});

describe('a name is never taken for a postcode', () => {
	test.each(['Reading', 'Bath', 'Ely', 'Rye', 'Ollie', 'XX', 'Sale', 'Bill', 'Hebden Bridge', '', '🙂', '2'])('%j is text', (typed) =>
		expect(parsePlace(typed).kind).toBe('text'),
	);

	test('the parts of a postcode belong together', () => {
		expect(parsePlace('ec1v2nx')).toEqual({
			kind: 'postcode',
			postcode: 'EC1V 2NX',
			sector: 'EC1V 2',
			district: 'EC1V',
			area: 'EC',
		});
	});
});

describe('a full postcode is cut to its sector', () => {
	test.each([
		['RG12 8XX', 'RG12 8'],
		['10 High Street, Bracknell RG12 8XX', '10 High Street, Bracknell RG12 8'],
		['Bracknell rg128xx, please', 'Bracknell RG12 8, please'],
		['RG 12 8XX please', 'RG12 8 please'],
		['near SW1A OAA today', 'near SW1A 0 today'],
		['RG12 8XX or M1 1AE', 'RG12 8 or M1 1'],
		['bracknellRG128XXthanks', 'bracknellRG12 8 thanks'],
	])('%j becomes %j', (typed, cut) => {
		expect(containsFullPostcode(typed)).toBe(true);
		expect(coarsenPlace(typed)).toBe(cut);
	});

	test.each(['Hebden Bridge', 'Newport NP20', 'see me at 12 to 4', 'St. Albans', 'RG12 8'])('%j is left alone', (typed) => {
		expect(containsFullPostcode(typed)).toBe(false);
		expect(coarsenPlace(typed)).toBe(typed);
	});
});

const letter = fc.constantFrom(...'ABDEFGHJLNPQRSTUWXYZ');
const digit = fc.constantFrom(...'0123456789');
const postcode = fc
	.tuple(fc.constantFrom(...allAreas()), fc.integer({ min: 0, max: 99 }), digit, letter, letter)
	.map(([area, number, ...inward]) => ({ outward: `${area}${number}`, inward: inward.join('') }));
const spaces = fc.constantFrom('', ' ', '  ', '\u00A0', '\t', '\u200B', '-');
const anyCase = fc.constantFrom(
	(text: string) => text.toLowerCase(),
	(text: string) => text,
);

describe('whatever is typed', () => {
	test('reading it never throws, and cutting it twice is cutting it once', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 })), (typed) => {
				parsePlace(typed);
				expect(coarsenPlace(coarsenPlace(typed))).toBe(coarsenPlace(typed));
			}),
			{ numRuns: 2000 },
		);
	});

	test('no full postcode is left after cutting, whatever stands around it', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 20 }), postcode, spaces, anyCase, fc.string({ maxLength: 20 }), (before, code, space, cased, after) => {
				const typed = `${before}${cased(code.outward + space + code.inward)}${after}`;
				expect(containsFullPostcode(typed)).toBe(true);
				expect(containsFullPostcode(coarsenPlace(typed))).toBe(false);
			}),
			{ numRuns: 3000 },
		);
	});

	test('every postcode is read whole in any spacing and case', () => {
		fc.assert(
			fc.property(postcode, spaces, anyCase, (code, space, cased) => {
				expect(short(cased(code.outward + space + code.inward))).toBe(`postcode ${code.outward} ${code.inward}`);
			}),
		);
	});

	test('text made of the characters of postcodes never keeps one', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'RGSWEAOIL 0128-XU,'), maxLength: 30 }), (typed) => {
				expect(containsFullPostcode(coarsenPlace(typed))).toBe(false);
			}),
			{ numRuns: 5000 },
		);
	});
});
