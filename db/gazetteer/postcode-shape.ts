import { isArea } from './areas.ts';

export type Reading = { district: string; inward: string };

/**
 * L a letter, D a digit, S a letter that may end an outward code (never one that looks like a digit), U a letter of
 * the inward code (a nought or one there is never a letter: O and I are not used).
 */
const OUTWARD = ['LD', 'LDD', 'LLD', 'LLDD', 'LDS', 'LLDS'];
const AS_LETTER = new Map([
	['0', 'O'],
	['1', 'I'],
]);
const AS_DIGIT = new Map([
	['O', '0'],
	['I', '1'],
	['L', '1'],
]);

/**
 * Reads run-together upper-case text as an outward code followed by an inward part of the given form (`DUU`, `D` or
 * nothing), mending O for 0 and I for 1 where only that makes sense. Null when it cannot be one.
 */
export function readShape(compact: string, inwardForm: string): (Reading & { mends: number }) | null {
	let best: (Reading & { mends: number }) | null = null;
	for (const outward of OUTWARD) {
		const reading = fitForm(compact, outward, inwardForm);
		if (reading && (best === null || rank(reading) < rank(best))) best = reading;
	}
	return best;
}

function fitForm(compact: string, outward: string, inwardForm: string): (Reading & { mends: number }) | null {
	const form = outward + inwardForm;
	if (compact.length !== form.length) return null;
	let text = '';
	let mends = 0;
	for (let i = 0; i < form.length; i += 1) {
		const [typed, kind] = [compact.charAt(i), form.charAt(i)];
		const fitted = fitCharacter(typed, kind);
		if (fitted === null) return null;
		if (fitted !== typed) mends += 1;
		text += fitted;
	}
	const district = text.slice(0, outward.length);
	if (!isPlausible(district)) return null;
	if (mends > 0 && !(/[0-9]/.test(compact) && isArea(/^[A-Z]+/.exec(district)?.[0] ?? ''))) return null;
	return { district, inward: text.slice(outward.length), mends };
}

function fitCharacter(typed: string, kind: string): string | null {
	if (kind === 'D') return /[0-9]/.test(typed) ? typed : (AS_DIGIT.get(typed) ?? null);
	if (kind === 'S') return /[A-HJKMNP-Z]/.test(typed) ? typed : null;
	if (kind === 'U') return /[A-Z]/.test(typed) ? typed : null;
	return /[A-Z]/.test(typed) ? typed : (AS_LETTER.get(typed) ?? null);
}

/** No district is numbered 01 to 09: such a nought is the letter of an area (`S01` is Southampton's `SO1`). */
function isPlausible(district: string): boolean {
	return !/^[A-Z]{1,2}0[0-9]/.test(district);
}

function rank(reading: Reading & { mends: number }): number {
	return reading.mends * 2 + (isArea(/^[A-Z]+/.exec(reading.district)?.[0] ?? '') ? 0 : 1);
}
