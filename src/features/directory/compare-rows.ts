import { sayAccredited } from '#features/register/index.ts';
import type { OptionGroup } from './options.ts';
import type { Profile } from './profile.ts';
import { labelsOf } from './profile-facts.ts';
import { LEVEL_TITLES, sayAvailability, sayFee, sayKinds } from './words.ts';

/** One line of the comparison: the same question put to each therapist, in their order. */
export type CompareRow = { label: string; values: string[] };

/** What people ask first, side by side. What someone does not show is said in words, never left blank. */
export function compareRows(profiles: readonly Profile[]): CompareRow[] {
	return QUESTIONS.map(([label, answer]) => ({ label, values: profiles.map((profile) => answer(profile) || 'Not said') }));
}

const QUESTIONS: [string, (profile: Profile) => string][] = [
	['Level', ({ card }) => LEVEL_TITLES[card.level]],
	['Accredited for', ({ card }) => sayKinds(card.kinds)],
	['Accredited since', ({ entry }) => sayAccredited(entry.status)],
	['Where', ({ places }) => places.map((p) => `${p.town}, ${p.district}`).join('; ')],
	['Meets', ({ card, listing }) => [listing.inPerson && 'in person', card.online && 'online'].filter(Boolean).join(', ')],
	['New clients', ({ card }) => sayAvailability(card.availability)],
	['Fee', ({ listing }) => sayFee(listing.feeFromPence, listing.feeToPence) ?? ''],
	['Lower fees', (p) => labels(p, 'reduced')],
	['Paying', (p) => labels(p, 'funding')],
	['Works with', (p) => labels(p, 'who')],
	['Can help with', (p) => labels(p, 'focus')],
	['Languages', (p) => ['English', labels(p, 'language')].filter(Boolean).join(', ')],
	['Step-free access', (p) => (p.options.some((o) => o.code === 'step_free') ? 'Yes' : '')],
	['Register number', ({ number }) => number],
];

function labels(profile: Profile, group: OptionGroup): string {
	return labelsOf(profile.options, group).join(', ');
}
