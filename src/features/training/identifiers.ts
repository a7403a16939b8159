import { clientIdentifyingHints, HINT_WORDS } from '#core/client-hints.ts';
import { listOf } from '#core/text.ts';

/** Beyond what the CPD log warns of: a record of clients' cases refuses, so it looks for more. */
const FINDERS: readonly (readonly [what: string, pattern: RegExp])[] = [
	['a name with a title', /\b(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof)\.? ?\p{Lu}\p{L}|\b(?:Professor|Sister|Sir|Dame|Rev)\.? \p{Lu}\p{Ll}/u],
	['a name', /\b(?:called|named|nicknamed|known as)\s+["'“‘]?\p{Lu}\p{Ll}+/u],
	['somebody’s initials', /\b(?:[Cc]lient|[Pp]atient|[Ss]ervice user)\s+(?:(?:\p{Lu}\.\s?){1,3}|\p{Lu}{2})(?![\p{L}\d])/u],
	['a date of birth', /\b(?:d\.?o\.?b\b\.?|date of birth|birth ?date|born (?:on|in))[^.\n]{0,20}\d/i],
	['a postcode', /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/],
	['a number that could be a record’s', /(?<![\d.-])\d{6,}(?![\d-])|\b[A-Z]{1,3}\d{5,}\b/],
];
const MOST_READ = 200_000;

/**
 * What in a text looks as if it showed who a client is, in words; empty when nothing does. It errs on the side of refusing: clients are doctors
 * too, and the name of a client's doctor leads to the client, so a professional's title makes no name harmless. Only the two people whose record
 * it is may be named that way, since their names stand on it anyway: `Dr Example`, where `Sue Example` supervises the case.
 * @param known their names as the record has them
 */
export function identifiersIn(text: string, known: readonly string[]): string[] {
	const read = withoutKnown(text.slice(0, MOST_READ).normalize('NFKC'), known);
	const hints = clientIdentifyingHints(read).map((kind) => HINT_WORDS[kind]);
	return [...hints, ...FINDERS.filter(([, pattern]) => pattern.test(read)).map(([what]) => what)];
}

/** The sentence beside a field; null when nothing was found. Used by the server, which refuses, and by the page as one types. */
export function sayIdentifiers(text: string, known: readonly string[]): string | null {
	const found = identifiersIn(text, known);
	return found.length === 0
		? null
		: `This seems to hold ${listOf(found)}. Nothing that could show who a client is may stand here: please say it in general words. Of a colleague say what they are, such as “the psychiatrist”.`;
}

/** Takes out the known people where they are named with a professional's title: `Mr` and `Mrs` stay, since a client may bear the same name. */
function withoutKnown(text: string, known: readonly string[]): string {
	return known.reduce((left, name) => {
		const words = name.normalize('NFKC').split(/\s+/).filter(Boolean).map(escaped);
		const endings = words.map((_, i) => words.slice(i).join('\\s+')).join('|');
		return endings === '' ? left : left.replace(new RegExp(`(?<!\\p{L})(?:Dr|Prof|Professor)\\.? ?(?:${endings})(?![\\p{L}])`, 'gu'), 'a colleague');
	}, text);
}

function escaped(word: string): string {
	return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
