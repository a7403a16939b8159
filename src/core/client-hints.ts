/** What a text may give away about a client. A warning to its writer; nothing is refused for it. */
export type HintKind = 'nhs_number' | 'name_with_birth_date' | 'address' | 'telephone' | 'email';

export const HINT_WORDS: Record<HintKind, string> = {
	nhs_number: 'a number that looks like an NHS number',
	name_with_birth_date: 'a name or initials beside a date of birth',
	address: 'a house number with a postcode',
	telephone: 'a telephone number',
	email: 'an e-mail address',
};

const MOST_READ = 200_000;

/** Kinds of client-identifying material that a text seems to hold, in a fixed order. It errs on the side of asking once too often. */
export function clientIdentifyingHints(text: string): HintKind[] {
	const read = text.slice(0, MOST_READ).normalize('NFKC');
	return (Object.keys(FINDERS) as HintKind[]).filter((kind) => FINDERS[kind](read));
}

const FINDERS: Record<HintKind, (text: string) => boolean> = {
	nhs_number: (text) => [...text.matchAll(/(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g)].some(([found]) => isNhsNumber(found)),
	name_with_birth_date: hasNameWithBirthDate,
	address: hasAddress,
	telephone: (text) => /(?<![\d£.])(?:\+44[ -]?\(?0?\)?[ -]?|0)(?:7\d{3}|[12389]\d{1,3})[ -]?\)?(?:\d[ -]?){5,7}\d(?!\d)/.test(text),
	email: (text) => /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/i.test(text),
};

/** NHS numbers carry a check digit: weights 10 to 2, modulo 11 (NHS Data Dictionary). Ten equal digits pass it and are none. */
export function isNhsNumber(typed: string): boolean {
	const digits = typed.replace(/\D/g, '');
	if (digits.length !== 10 || /^(\d)\1{9}$/.test(digits)) return false;
	const sum = [...digits.slice(0, 9)].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
	const check = (11 - (sum % 11)) % 11;
	return check !== 10 && check === Number(digits[9]);
}

const DATE =
	/\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b/gi;
const BIRTH = /\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|birth ?date)\b/i;
const NAME = /\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z][\p{L}'’-]+|[A-Z][\p{L}'’-]+,? [A-Z][\p{L}'’-]+|(?:[A-Z]\.? ?){2,3})(?![\p{L}])/u;
const AROUND = 60;

/** A date that is called one of birth, with a name or initials within a line of it. A day of training with a trainer's name is none. */
function hasNameWithBirthDate(text: string): boolean {
	return [...text.matchAll(DATE)].some(({ index, 0: date }) => {
		const around = text.slice(Math.max(0, index - AROUND), index + date.length + AROUND);
		const label = BIRTH.exec(around)?.[0] ?? '';
		return label !== '' && NAME.test(around.replace(label, ' ').replace(date, ' '));
	});
}

const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/gi;

function hasAddress(text: string): boolean {
	return [...text.matchAll(POSTCODE)].some(({ index }) => {
		const before = text.slice(Math.max(0, index - 100), index);
		return /\b(?:flat|apartment|house)? ?\d{1,4}[a-z]?,? [A-Z][\p{L}'’-]+/iu.test(before);
	});
}
