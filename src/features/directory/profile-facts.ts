import { sayDay } from '#core/dates.ts';
import { sayAccredited } from '#features/register/index.ts';
import type { FinderOption, OptionGroup } from './options.ts';
import type { Profile } from './profile.ts';
import { KIND_WORDS, LEVEL_MEANINGS, LEVEL_TITLES, sayAvailability, sayFee } from './words.ts';

export type Fact = { label: string; value: string; note?: string; href?: string };

const LEVEL_WORDS = { practitioner: 'Practitioner', supervisor: 'Supervisor', trainer: 'Trainer', organisation: 'Through an organisation' } as const;

const STANDING_WORDS: Record<Profile['entry']['coreProfessions'][number]['standing'], string> = {
	registered: 'Registered there',
	restricted: 'Registered there, with limits',
	not_found: 'Not found there',
	could_not_check: 'We could not check',
};

/** What the register knows of a therapist, each fact with its day. */
export function registerFacts({ entry, listing, card }: Profile): Fact[] {
	const { status } = entry;
	return [
		{ label: 'Level', value: LEVEL_TITLES[card.level], note: LEVEL_MEANINGS[card.level].replace(/^can/, 'Can') },
		...(status.accreditedSinceOn ? [{ label: 'Accredited since', value: sayAccredited(status) }] : []),
		...status.awards.map((award) => ({
			label: `${LEVEL_WORDS[award.level]}: ${KIND_WORDS[award.kind]}`,
			value: `Since ${sayDay(award.awardedOn)}`,
			note: `Valid to ${sayDay(award.validToOn)}`,
		})),
		...(status.validToOn ? [{ label: 'Accreditation valid to', value: sayDay(status.validToOn) }] : []),
		...entry.coreProfessions.map((core) => ({
			label: 'Core profession',
			value: core.body,
			note: `${STANDING_WORDS[core.standing]}${core.checkedOn ? `, checked ${sayDay(core.checkedOn)}` : ''}`,
		})),
		...(listing.confirmedOn ? [{ label: 'This page confirmed by the therapist', value: sayDay(listing.confirmedOn) }] : []),
		...(card.availability.kind === 'not_confirmed' ? [] : [{ label: 'Availability confirmed', value: sayDay(card.availability.confirmedOn) }]),
	];
}

/** What it costs and how to meet: only what is known. */
export function practiceFacts({ card, listing, options }: Profile): Fact[] {
	const fee = sayFee(listing.feeFromPence, listing.feeToPence);
	const rows: (Fact | false)[] = [
		{ label: 'New clients', value: sayAvailability(card.availability) },
		{ label: 'How you meet', value: sayMeeting(listing.inPerson, listing.online) },
		fee !== null && { label: 'Fee', value: listing.sessionMinutes ? `${fee} of ${listing.sessionMinutes} minutes` : fee },
		listed('Lower fees', options, 'reduced'),
		listed('Paying', options, 'funding'),
		listed('Works with', options, 'who'),
		listed('Can help with', options, 'focus'),
		listed('Also works with', options, 'also'),
		{ label: 'Languages', value: ['English', ...labelsOf(options, 'language')].join(', ') },
		listed('Access', options, 'access'),
		listed('The therapist is', options, 'gender'),
		listed('For professionals', options, 'more'),
	];
	return rows.filter((row) => row !== false);
}

/** The first line under the name: `Accredited IPT practitioner in Reading`. */
export function sayWhoWhere({ card, places }: Profile): string {
	const towns = [...new Set(places.map((p) => p.town))];
	const where = towns.length > 0 ? ` in ${towns.join(' and ')}` : '';
	return `${LEVEL_TITLES[card.level]}${where}${card.online ? `${where ? ', and' : ''} online` : ''}`;
}

function listed(label: string, options: readonly FinderOption[], group: OptionGroup): Fact | false {
	const labels = labelsOf(options, group);
	return labels.length > 0 && { label, value: labels.join(', ') };
}

/** Labels of one group as a list reads: capitals only at its beginning, but names of languages keep theirs. */
export function labelsOf(options: readonly FinderOption[], group: OptionGroup): string[] {
	const labels = options.filter((o) => o.group === group).map((o) => SHOWN_AS[o.code] ?? o.label);
	return group === 'language' ? labels : labels.map((label, i) => (i === 0 ? label : label.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())));
}

/** Labels that are written from the seeker's side read wrongly on a therapist's page. */
const SHOWN_AS: Record<string, string> = {
	'fund:self': 'You pay yourself',
	concessions: 'Lower fee for people on a low income',
	woman: 'Woman',
	man: 'Man',
	'non-binary': 'Non-binary',
};

function sayMeeting(inPerson: boolean, online: boolean): string {
	if (inPerson && online) return 'In person, or online by video';
	return online ? 'Online by video' : 'In person';
}
