import { sayDay } from '#core/dates.ts';
import { awardTitle, highestLevel, inOrder, LEVEL_WORDS } from './award-words.ts';
import { type NoticeWords, noticeWords } from './order-words.ts';
import type { ToldEntry } from './told.ts';
import { type Meaning, STANDING_WORDS, sayAccredited, sayCoreCheck, saySince, type Tone } from './words.ts';

export type Fact = { label: string; value: string; note?: string };

/** The page of an entry, ready to be drawn. */
export type EntryView = {
	/** For the window: the name with its number, so that two people of one name are kept apart. */
	heading: string;
	/** The name, or the number where no more is owed. */
	title: string;
	formerly: string | null;
	banner: { tone: Tone; title: string; said: string; since: string };
	facts: Fact[];
	notices: NoticeWords[];
	/** Null for a past day: what to do follows from today's entry. */
	meaning: Meaning | null;
};

/** Puts an entry into the words of its page. */
export function entryView(entry: ToldEntry): EntryView {
	const { status } = entry;
	const words = STANDING_WORDS[status.standing];
	const said = entry.isPast && status.standing !== 'limited_then' ? `For that day the register says: “${words.said}”` : words.said;
	const since = saySince(status);
	return {
		heading: entry.name === null ? `Number ${entry.number}` : `${entry.name} (${entry.number})`,
		title: entry.name ?? `Number ${entry.number}`,
		formerly: entry.formerNames.length > 0 ? `formerly ${entry.formerNames.join(', ')}` : null,
		banner: {
			tone: words.tone,
			title: entry.isPast ? `On ${sayDay(entry.asAtOn)}: ${lowerFirst(words.label)}` : words.label,
			// "Not on the register" is said once.
			said: status.standing === 'left' && since ? since : said,
			since: status.standing === 'left' ? '' : since,
		},
		facts: factsFor(entry),
		notices: status.notices.map((notice) => noticeWords(notice, entry.asAtOn)),
		meaning: entry.isPast ? null : words.meaning,
	};
}

function factsFor(entry: ToldEntry): Fact[] {
	const { awards, validToOn, isOnRegister } = entry.status;
	const since = sayAccredited(entry.status);
	const level = highestLevel(awards);
	const facts: Fact[] = [{ label: 'Register number', value: entry.number }];
	if (since) facts.push({ label: 'Accredited since', value: since });
	if (level) facts.push({ label: 'Level', value: LEVEL_WORDS[level].label, note: LEVEL_WORDS[level].said });
	for (const award of inOrder(awards))
		facts.push({ label: 'Award', value: awardTitle(award), note: `Since ${sayDay(award.awardedOn)}, valid to ${sayDay(award.validToOn)}` });
	if (validToOn) facts.push({ label: 'Valid to', value: sayDay(validToOn) });
	if (isOnRegister) facts.push(...coreFacts(entry));
	if (entry.place) facts.push({ label: 'Works in', value: `${entry.place.town} (${entry.place.district})` });
	return facts;
}

/** A check that could not be made is told, never left out. */
function coreFacts({ coreProfessions, status }: ToldEntry): Fact[] {
	const label = 'Core profession';
	if (coreProfessions.length > 0) return coreProfessions.map((core) => ({ label, value: core.body, note: sayCoreCheck(core) }));
	return status.standing === 'organisation' ? [] : [{ label, value: 'Could not be checked', note: 'No core profession is recorded here' }];
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
