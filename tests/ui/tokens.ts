import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Tokens = Readonly<Record<string, string>>;

const file = readFileSync(join(import.meta.dirname, '../../src/ui/styles/_tokens.scss'), 'utf8');

/** The colours of the light and of the dark look, read from the file that the site itself is made of. */
export function tokensOf(look: 'light' | 'dark', contrast: 'usual' | 'more' = 'usual'): Tokens {
	const [before = '', after = ''] = file.split('@media (prefers-contrast: more)');
	const [light = '', dark = ''] = before.split('@media screen and (prefers-color-scheme: dark)');
	const [moreLight = '', moreDark = ''] = after.split('@media screen and (prefers-contrast: more) and (prefers-color-scheme: dark)');
	const layers = [light, look === 'dark' ? dark : '', contrast === 'more' ? moreLight : '', contrast === 'more' && look === 'dark' ? moreDark : ''];
	return Object.assign({}, ...layers.map(coloursIn));
}

function coloursIn(text: string): Record<string, string> {
	return Object.fromEntries([...text.matchAll(/--([a-z-]+): (#[0-9a-f]{3,6});/g)].map((match) => [match[1], match[2]]));
}

/** The contrast of two colours as WCAG 2.2 defines it, from 1 to 21. */
export function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const long = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
	const [r = 0, g = 0, b = 0] = [1, 3, 5]
		.map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
