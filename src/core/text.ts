/** Letters that Unicode does not take apart into a base letter and a mark. */
const SPELLED_OUT: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };

/**
 * A name or word as it is compared: no case, accents, apostrophes or punctuation, single spaces.
 * `Siân  O’Neill-Łucka` → `sian oneill lucka`.
 */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	return PLAIN.test(lower) ? lower : folded(text);
}

/** Most names need nothing but lower case, and this tells so quickly. */
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

function folded(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/[ßæœøđðþłı]/g, (letter) => SPELLED_OUT[letter] ?? letter)
		.replace(/['’‘`´ʼ]/g, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Every turn of the words of a text, so that a prefix search finds any word first: `ann lee` → `ann lee`, `lee ann`. */
export function turns(text: string): string[] {
	const words = fold(text).split(' ').filter(Boolean);
	return words.map((_, i) => [...words.slice(i), ...words.slice(0, i)].join(' '));
}

/** The smallest text that is greater than everything that begins with `prefix`, for `key >= prefix AND key < after(prefix)`. */
export function afterPrefix(prefix: string): string {
	return `${prefix}\u{10FFFF}`;
}

/** `3 therapists`, `1 therapist`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** `a, b and c`. */
export function listOf(parts: readonly string[]): string {
	return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
