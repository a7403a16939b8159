/**
 * What a person typed, made plain: compatibility forms folded (full-width digits, ligatures), invisible characters
 * dropped, every kind of space and control character turned into one space, ends trimmed.
 */
export function plainText(typed: string): string {
	return typed
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[\p{Cc}\p{Z}]+/gu, ' ')
		.trim();
}

/** The words of a place name in the form in which names are compared: no accents, no apostrophes, `saint` is `st`. */
export function foldWords(name: string): string[] {
	return plainText(name)
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/['’‘ʼ`´]/gu, '')
		.replace(/&/gu, ' and ')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.map((word) => SAME_WORD.get(word) ?? word);
}

/** One key per name: the folded words run together, so that "Stoke on Trent" and "Stoke-on-Trent" are one. */
export function foldName(name: string): string {
	return foldWords(name).join('');
}

const SAME_WORD = new Map([
	['saint', 'st'],
	['upon', 'on'],
	['nr', 'near'],
]);
