/** Damm's quasigroup of order 10 (H. M. Damm, 2004): catches every single wrong digit and every swap of neighbours. */
const DAMM = [
	[0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
	[7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
	[4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
	[1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
	[6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
	[3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
	[5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
	[8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
	[9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
	[2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** The register number of a sequence: `IPT-`, the sequence in at least five digits, one check digit. 42 → `IPT-000425`. */
export function registerNumber(sequence: number): string {
	const body = String(sequence).padStart(5, '0');
	return `IPT-${body}${checkDigit(body)}`;
}

export type TypedNumber = { kind: 'number'; number: string } | { kind: 'wrong-check-digit'; meant: string } | { kind: 'not-a-number' };

/**
 * Reads a register number as people type it: any case, spaces, dashes and dots anywhere, `IPT` or not, letter O for 0, I or L for 1.
 * A number whose check digit is wrong comes back with the number that its other digits belong to.
 */
export function readRegisterNumber(typed: string): TypedNumber {
	const squeezed = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s.\-–—/#]+/g, '')
		.replace(/^(?:NO)?[I1]PT(?:NO)?/, '');
	const digits = squeezed.replace(/O/g, '0').replace(/[IL]/g, '1');
	if (!/^\d{1,12}$/.test(digits) || !/\d/.test(squeezed)) return { kind: 'not-a-number' };
	const padded = digits.replace(/^0+/, '').padStart(6, '0');
	const body = padded.slice(0, -1);
	const meant = `IPT-${body}${checkDigit(body)}`;
	return meant === `IPT-${padded}` ? { kind: 'number', number: meant } : { kind: 'wrong-check-digit', meant };
}

function checkDigit(digits: string): number {
	let interim = 0;
	for (const digit of digits) interim = DAMM[interim]?.[Number(digit)] ?? 0;
	return interim;
}
