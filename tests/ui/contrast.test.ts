import { describe, expect, test } from 'vitest';
import { contrast, tokensOf } from './tokens.ts';

const grounds = ['page', 'surface', 'sunken', 'brand-soft', 'brand-softer'];
const tones = ['good', 'caution', 'stop', 'neutral'];

/** [what is read, what it stands on] */
const texts: [string, string][] = [
	...grounds.flatMap((ground): [string, string][] => ['ink', 'ink-soft', 'brand-deep', 'link', 'link-hover', 'link-visited'].map((text) => [text, ground])),
	...tones.flatMap((tone): [string, string][] => [
		[tone, `${tone}-soft`],
		['ink', `${tone}-soft`],
		['ink-soft', `${tone}-soft`],
	]),
	['stop', 'page'],
	['stop', 'surface'],
	['on-brand', 'brand'],
	['on-brand', 'brand-deep'],
	['on-care', 'care'],
	['on-foot', 'foot'],
];

/** What has to be seen but not read: borders of fields, icons, focus rings, the map. */
const shapes: [string, string][] = [
	...grounds.flatMap((ground): [string, string][] => [
		['line-strong', ground],
		['brand', ground],
		['focus', ground],
	]),
	...tones.map((tone): [string, string] => [tone, 'page']),
	['caution', 'surface'],
	['brand', 'surface'],
];

const looks = (['light', 'dark'] as const).flatMap((look) => (['usual', 'more'] as const).map((amount) => ({ look, amount, tokens: tokensOf(look, amount) })));

describe.each(looks)('in the $look look with $amount contrast', ({ tokens }) => {
	test.each(texts)('%s can be read on %s', (text, ground) => {
		expect(contrast(tokens[text] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
	});

	test.each(shapes)('%s can be seen on %s', (shape, ground) => {
		expect(contrast(tokens[shape] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(3);
	});
});

test('the focus ring and its halo in the dark bars can be told apart', () => {
	for (const look of ['light', 'dark'] as const) expect(contrast('#ffd27a', tokensOf(look).foot ?? '')).toBeGreaterThanOrEqual(3);
});

test('someone who asks for more contrast gets black or white, and 7 to 1 for what is read', () => {
	for (const look of ['light', 'dark'] as const) {
		const more = tokensOf(look, 'more');
		for (const text of ['ink', 'ink-soft', 'link']) expect(contrast(more[text] ?? '', more.page ?? '')).toBeGreaterThanOrEqual(7);
	}
});

test('black on white is 21, so the measure itself is right', () => {
	expect(contrast('#000', '#fff')).toBeCloseTo(21, 5);
	expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
