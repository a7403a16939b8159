import { DAY_IN_TEXT, readDay } from '#core/read-day.ts';

/** A phrase with its days taken out: `adult @ to @ ended @ resigned` and the three days. Null days are no days of the calendar. */
export type Phrase = { typed: string; pattern: string; days: (string | null)[] };

/** Takes the days out of a phrase, so that its grammar can be read whatever way they are written. */
export function phraseOf(typed: string): Phrase {
	const days: (string | null)[] = [];
	const pattern = typed.replace(DAY_IN_TEXT, (text) => {
		const read = readDay(text);
		days.push('day' in read ? read.day : null);
		return '@';
	});
	return {
		typed,
		pattern: pattern
			.toLowerCase()
			.replace(/\s*(?:\.\.+|–|—|\bto\b|\buntil\b|(?<=@)\s*-\s*(?=@))\s*/g, '..')
			.replace(/[\s/]+/g, ' ')
			.trim(),
		days,
	};
}

/** What is wrong with the days of a phrase, or null. */
export function wrongDays(phrase: Phrase): string | null {
	if (phrase.days.includes(null)) return `“${phrase.typed.slice(0, 80)}” holds a day that is not in the calendar`;
	return null;
}
