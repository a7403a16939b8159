import { z } from 'zod';

/** One line of text: what would break a line or turn the reading direction is taken out, spaces are made single. */
export function line(most: number, tooLong: string) {
	return z.preprocess((value) => cleaned(value).replace(/\s+/g, ' ').trim(), z.string().refine(isWithin(most), tooLong));
}

/** Text of several lines. */
export function text(most: number, tooLong: string) {
	return z.preprocess(
		(value) =>
			cleaned(value)
				.replace(/\n{3,}/g, '\n\n')
				.trim(),
		z.string().refine(isWithin(most), tooLong),
	);
}

/** What was typed, without control characters and marks that turn the reading direction; line ends made one kind. '' for what is no text. */
export function cleaned(value: unknown): string {
	const typed = last(value);
	if (typeof typed !== 'string') return '';
	return typed
		.toWellFormed()
		.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
		.replace(/\t/g, ' ')
		.replace(/(?!\n)[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '');
}

/** A field that was sent more than once counts as it was sent last. */
export function last(value: unknown): unknown {
	return Array.isArray(value) ? value.at(-1) : value;
}

/** A box that was ticked. */
export function isTicked(value: unknown): boolean {
	return ['yes', 'on', 'true', '1'].includes(String(last(value)).toLowerCase());
}

export function isFilled(value: string): boolean {
	return value !== '';
}

/** A telephone number as people write one. */
export function isTelephone(value: string): boolean {
	return /^(?:\+|00)?\d{7,15}$/.test(value.replace(/[\s().\-–/]/g, ''));
}

/** Counted as people count: a letter or an emoji's part is one, however it is stored. */
function isWithin(most: number): (value: string) => boolean {
	return (value) => value.length <= most || (value.length <= most * 2 && [...value].length <= most);
}
