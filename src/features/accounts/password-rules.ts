import { Invalid } from '#core/errors.ts';

const LEAST = 12;
const MOST_BYTES = 1024;
/** What zxcvbn is given at most: a longer text is only stronger, and its search grows fast. */
const LOOKED_AT = 128;
const ENOUGH = 3;
/** So many letters and digits must be left when one's own words are taken out. */
const LEAST_OTHER = 6;

/** Words that anyone would try first here. */
const FIELD = [
	'psychotherapist',
	'psychotherapy',
	'interpersonal',
	'therapist',
	'therapy',
	'counselling',
	'accreditation',
	'register',
	'ipt uk',
	'iptuk',
	'ipt',
];

/**
 * Refuses a password that would be guessed: too short, common, or made of what anyone would try. No rule about kinds of characters.
 * @param own words that belong to the person: name, address.
 * @throws Invalid for the field `password`, with the reason in plain words.
 */
export async function refuseWeak(password: string, own: readonly string[]): Promise<void> {
	const reason = await whyWeak(password.normalize('NFKC'), own);
	if (reason) throw new Invalid('password', reason);
}

async function whyWeak(password: string, own: readonly string[]): Promise<string | null> {
	if (password === '') return 'Choose a password.';
	if ([...password].length < LEAST) return `Use at least ${LEAST} characters. Three or four words that do not belong together are easy to keep in mind.`;
	if (Buffer.byteLength(password) > MOST_BYTES) return 'This password is longer than we can take. Use at most 1,000 characters.';
	const { common, check } = await (rules ??= loadRules());
	if (common.has(password.toLowerCase())) return 'This is one of the passwords that are tried first, because many people use it. Choose another.';
	const near = [...FIELD, ...own.flatMap(wordsOf)];
	const { score, warning } = isMadeOf(password, near) ? { score: 0, warning: 'userInputs' } : check(password.slice(0, LOOKED_AT), near);
	return score >= ENOUGH ? null : `${WHY[warning ?? ''] ?? 'This password would be guessed.'} Three or four words that do not belong together are better.`;
}

/** Several of one's own words in a row count as unlikely to zxcvbn, and are not. */
function isMadeOf(password: string, words: readonly string[]): boolean {
	const longestFirst = words.map((word) => word.toLowerCase()).sort((a, b) => b.length - a.length);
	const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ''), password.toLowerCase());
	return rest.replace(/[^\p{L}\p{N}]/gu, '').length < LEAST_OTHER && rest.length < password.length;
}

const WHY: Record<string, string> = {
	similarToCommon: 'This is close to a password that many people use.',
	common: 'This is close to a password that many people use.',
	topTen: 'This is close to a password that many people use.',
	topHundred: 'This is close to a password that many people use.',
	simpleRepeat: 'This repeats the same character, which is tried early.',
	extendedRepeat: 'This repeats the same characters, which is tried early.',
	sequences: 'This is a row of letters or numbers in order, which is tried early.',
	straightRow: 'These keys lie in a row on the keyboard, which is tried early.',
	keyPattern: 'These keys make a pattern on the keyboard, which is tried early.',
	recentYears: 'Years are tried early.',
	dates: 'Dates are tried early.',
	wordByItself: 'A single word is tried early.',
	namesByThemselves: 'Names are tried early.',
	commonNames: 'Names are tried early.',
	userInputs: 'This is made of your name, your address or words of our field, which are tried first.',
};

function wordsOf(text: string): string[] {
	return [text, ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2);
}

type Rules = { common: ReadonlySet<string>; check(password: string, own: string[]): { score: number; warning: string | null } };

let rules: Promise<Rules> | undefined;

/** Some 8 MB, so only for those who choose a password: without the English dictionaries, which would be four times that. */
async function loadRules(): Promise<Rules> {
	const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
	const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
	return {
		common: new Set((dictionary['passwords-common'] as readonly string[]).filter((word) => word.length >= LEAST)),
		check(password, own) {
			const { score, feedback } = zxcvbn.check(password, own);
			return { score, warning: feedback.warning };
		},
	};
}
