import { sayDay } from '#core/dates.ts';
import { listOf } from '#core/text.ts';
import { OPTION_BY_CODE } from './options.ts';
import { FEE_CODES, WORK_CODES } from './own-forms.ts';
import type { OwnListing } from './own-listing.ts';
import { sayFee } from './words.ts';

/** The sections of the editor, in their order. */
export const SECTIONS = [
	{ name: 'work', title: 'How I work, and with whom' },
	{ name: 'places', title: 'Where I see people' },
	{ name: 'about', title: 'About me, and how to reach me' },
	{ name: 'fees', title: 'Fees and who pays' },
	{ name: 'availability', title: 'New clients' },
	{ name: 'photo', title: 'Photo' },
] as const;
export type SectionName = (typeof SECTIONS)[number]['name'];

type Row = { key: string; value: string };
const NOT_GIVEN = 'Not given';

/** What is stored in a section, and whether it is shown, in words. */
export function sectionInWords(own: OwnListing, section: SectionName): Row[] {
	return WORDS[section](own);
}

const WORDS: Record<SectionName, (own: OwnListing) => Row[]> = {
	work: ({ facts }) => [
		{ key: 'How', value: listOf([facts.inPerson && 'in person', facts.online && 'online'].filter((word) => word !== false)) || NOT_GIVEN },
		{ key: 'Who, what and languages', value: labels(facts.options, WORK_CODES) },
	],
	places: ({ places, shows }) => [
		{ key: 'Places', value: places.map((p) => [p.practiceName, p.town, p.district].filter(Boolean).join(', ')).join('; ') || NOT_GIVEN },
		{ key: 'On my page', value: shown(shows.has('places'), places.length > 0) },
	],
	about: ({ facts, shows }) => [
		{
			key: 'About me',
			value: facts.about ? `${facts.about.slice(0, 120)}${facts.about.length > 120 ? '…' : ''} (${shown(shows.has('about'), true)})` : NOT_GIVEN,
		},
		{ key: 'Telephone', value: facts.phone ? `${facts.phone} (${shown(shows.has('phone'), true)})` : NOT_GIVEN },
		{ key: 'Website', value: facts.website ? `${facts.website} (${shown(shows.has('website'), true)})` : NOT_GIVEN },
		{ key: 'Messages through the site', value: facts.enquiriesOpen ? 'Yes' : 'No' },
	],
	fees: ({ facts, shows }) => [
		{ key: 'Fee', value: sayFee(facts.feeFromPence, facts.feeToPence) ?? NOT_GIVEN },
		{ key: 'Session', value: facts.sessionMinutes ? `${facts.sessionMinutes} minutes` : NOT_GIVEN },
		{ key: 'Who pays', value: labels(facts.options, FEE_CODES) },
		{ key: 'On my page', value: shown(shows.has('fees'), facts.feeFromPence !== null) },
	],
	availability: ({ facts, shows }) => [
		{ key: 'New clients', value: AVAILABILITY_WORDS[facts.availability] },
		{ key: 'Confirmed', value: facts.availabilityConfirmedOn ? sayDay(facts.availabilityConfirmedOn) : 'Never' },
		{ key: 'On my page', value: shown(shows.has('availability'), facts.availability !== 'not_said') },
	],
	photo: ({ photo, shows }) => [{ key: 'Photo', value: photo ? shown(shows.has('photo'), true) : 'None' }],
};

export const AVAILABILITY_WORDS = {
	taking: 'Taking new clients',
	waiting: 'Waiting list',
	full: 'Full: not taking new clients',
	away: 'Away',
	not_said: 'Nothing said yet',
} as const;

/** Choices of the form and of the monthly link. */
export const AVAILABILITY_CHOICES = (['taking', 'waiting', 'full', 'away'] as const).map((value) => ({ value, label: AVAILABILITY_WORDS[value] }));

function labels(options: readonly string[], codes: readonly string[]): string {
	const words = options.filter((code) => codes.includes(code)).map((code) => OPTION_BY_CODE.get(code)?.label ?? code);
	return words.join(', ') || NOT_GIVEN;
}

function shown(isShown: boolean, isThere: boolean): string {
	if (!isThere) return NOT_GIVEN;
	return isShown ? 'shown' : 'not shown';
}
