/**
 * Everything a search can ask for, one row each. `bit` is its place in the packed flags of the finder (0–35); bits 36–38 hold the fee band.
 * A bit, once given, keeps its meaning: the index of a running register holds it.
 */
export type OptionGroup = 'how' | 'who' | 'focus' | 'also' | 'language' | 'now' | 'reduced' | 'funding' | 'gender' | 'access' | 'more';

export type FinderOption = { code: string; group: OptionGroup; bit: number; label: string; reason: string };

export const OPTIONS = [
	{ code: 'in_person', group: 'how', bit: 0, label: 'In person', reason: 'sees people in person' },
	{ code: 'online', group: 'how', bit: 1, label: 'Online by video', reason: 'works online by video' },
	{ code: 'adults', group: 'who', bit: 2, label: 'Adults', reason: 'works with adults' },
	{ code: 'young', group: 'who', bit: 3, label: 'Young people (12 to 18)', reason: 'accredited for work with young people' },
	{ code: 'perinatal', group: 'who', bit: 4, label: 'Pregnancy and new parents', reason: 'works with pregnancy and new parents' },
	{ code: 'older', group: 'who', bit: 5, label: 'Older adults', reason: 'works with older adults' },
	{ code: 'couples_groups', group: 'who', bit: 6, label: 'Couples or groups', reason: 'works with couples or groups' },
	{ code: 'loss', group: 'focus', bit: 7, label: 'A loss', reason: 'helps after a loss' },
	{ code: 'conflict', group: 'focus', bit: 8, label: 'Conflict with someone', reason: 'helps with conflict' },
	{ code: 'change', group: 'focus', bit: 9, label: 'A big change', reason: 'helps with a big change' },
	{ code: 'alone', group: 'focus', bit: 10, label: 'Feeling alone', reason: 'helps when you feel alone' },
	{ code: 'bipolar', group: 'also', bit: 11, label: 'Bipolar', reason: 'works with bipolar' },
	{ code: 'eating', group: 'also', bit: 12, label: 'Eating difficulties', reason: 'works with eating difficulties' },
	{ code: 'lang:cy', group: 'language', bit: 13, label: 'Welsh (Cymraeg)', reason: 'speaks Welsh' },
	{ code: 'lang:bsl', group: 'language', bit: 14, label: 'British Sign Language', reason: 'uses British Sign Language' },
	{ code: 'lang:ar', group: 'language', bit: 15, label: 'Arabic', reason: 'speaks Arabic' },
	{ code: 'lang:bn', group: 'language', bit: 16, label: 'Bengali', reason: 'speaks Bengali' },
	{ code: 'lang:zh', group: 'language', bit: 17, label: 'Chinese', reason: 'speaks Chinese' },
	{ code: 'lang:fr', group: 'language', bit: 18, label: 'French', reason: 'speaks French' },
	{ code: 'lang:hi', group: 'language', bit: 19, label: 'Hindi', reason: 'speaks Hindi' },
	{ code: 'lang:pa', group: 'language', bit: 20, label: 'Punjabi', reason: 'speaks Punjabi' },
	{ code: 'lang:pl', group: 'language', bit: 21, label: 'Polish', reason: 'speaks Polish' },
	{ code: 'lang:pt', group: 'language', bit: 22, label: 'Portuguese', reason: 'speaks Portuguese' },
	{ code: 'lang:es', group: 'language', bit: 23, label: 'Spanish', reason: 'speaks Spanish' },
	{ code: 'lang:ur', group: 'language', bit: 24, label: 'Urdu', reason: 'speaks Urdu' },
	{ code: 'taking', group: 'now', bit: 25, label: 'Taking new clients now', reason: 'taking new clients' },
	{ code: 'concessions', group: 'reduced', bit: 26, label: 'Lower fee for low income', reason: 'offers a lower fee' },
	{ code: 'fund:self', group: 'funding', bit: 27, label: 'I pay myself', reason: 'you can pay yourself' },
	{ code: 'fund:insurer', group: 'funding', bit: 28, label: 'An insurer pays', reason: 'works with insurers' },
	{ code: 'fund:employer', group: 'funding', bit: 29, label: 'An employer pays', reason: 'works with employers' },
	{ code: 'fund:nhs', group: 'funding', bit: 30, label: 'NHS funded', reason: 'sees NHS patients' },
	{ code: 'woman', group: 'gender', bit: 31, label: 'A woman', reason: 'a woman' },
	{ code: 'man', group: 'gender', bit: 32, label: 'A man', reason: 'a man' },
	{ code: 'non-binary', group: 'gender', bit: 33, label: 'A non-binary person', reason: 'a non-binary person' },
	{ code: 'step_free', group: 'access', bit: 34, label: 'Step-free access', reason: 'step-free access' },
	{ code: 'supervision', group: 'more', bit: 35, label: 'Offers supervision', reason: 'offers supervision' },
] as const satisfies readonly FinderOption[];

export type OptionCode = (typeof OPTIONS)[number]['code'];

export const OPTION_BY_CODE: ReadonlyMap<string, FinderOption> = new Map(OPTIONS.map((o) => [o.code, o]));

/** What a client may pay a session at most, in pounds. A therapist who states no fee has band 0 and is in none of them. */
export const FEE_CAPS = [40, 60, 80, 100, 120] as const;
const FEE_SHIFT = 36;

/** The fee band of a lowest fee in pence: 1 for up to £40 … 5 for up to £120, 6 for more, 0 when not stated. */
export function feeBand(feeFromPence: number | null): number {
	if (feeFromPence === null) return 0;
	const band = FEE_CAPS.findIndex((cap) => feeFromPence <= cap * 100);
	return band === -1 ? FEE_CAPS.length + 1 : band + 1;
}

/** Packs option codes and a fee band into one integer below 2^40. */
export function packFlags(codes: Iterable<string>, band: number): number {
	let flags = band * 2 ** FEE_SHIFT;
	for (const code of codes) {
		const option = OPTION_BY_CODE.get(code);
		if (option) flags += 2 ** option.bit;
	}
	return flags;
}

/** True when packed flags hold an option. */
export function hasOption(flags: number, code: string): boolean {
	const option = OPTION_BY_CODE.get(code);
	return option !== undefined && Math.floor(flags / 2 ** option.bit) % 2 === 1;
}

/** The fee band in packed flags. */
export function bandOf(flags: number): number {
	return Math.floor(flags / 2 ** FEE_SHIFT) % 8;
}
