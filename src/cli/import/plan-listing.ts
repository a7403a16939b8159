import {
	type ConsentField,
	giveConsent,
	type ListingFacts,
	moveListing,
	NOTHING_WRITTEN,
	type PracticePlace,
	withdrawConsent,
	writeListing,
	writePlaces,
} from '#features/directory/index.ts';
import type { OnFile } from './on-file.ts';
import { type Change, differs, saidDifferently } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** The office vouches for the agreement: the file is its record of it. */
const WORDING = 'office-record';

/** What differs in places, listing and consent. Places come first: the address of a new listing holds the town. */
export function planListing(wanted: Wanted, known: OnFile | null, now: { at: number; today: string }): Change[] {
	return [...planPlaces(wanted, known), ...planFacts(wanted, known, now.today), ...planConsent(wanted, known, now.at)];
}

function planPlaces(wanted: Wanted, known: OnFile | null): Change[] {
	const old = known?.places ?? [];
	const places = wanted.places.flatMap((place, position): PracticePlace[] => {
		if (place === null) return [];
		const kept = old.find((p) => p.position === position);
		return place ? [{ position, ...place }] : kept ? [kept] : [];
	});
	const ordered = (all: readonly PracticePlace[]) =>
		all.map((p) => [p.position, p.practiceName, p.town, p.district, p.postcode, p.nation, p.latitude, p.longitude, p.precision, p.stepFree]);
	return differs(ordered(old), ordered(places)) ? [{ what: 'places', write: (tx, id) => writePlaces(tx, id, places) }] : [];
}

function planFacts(wanted: Wanted, known: OnFile | null, today: string): Change[] {
	const old = known?.listing ?? null;
	const said = { ...wanted.listing, ...publication(wanted, old, today), ...options(wanted, old) };
	const isNeeded = old !== null || wanted.publish === true || Boolean(wanted.listing.about);
	const changed = saidDifferently<ListingFacts>(said, old ?? NOTHING_WRITTEN);
	const fields = Object.keys(changed);
	const changes: Change[] = [];
	if (isNeeded && (fields.length > 0 || old === null))
		changes.push({
			what: `listing${old ? ` (${fields.map(plain).join(', ')})` : ''}`,
			write: (tx, id) => writeListing(tx, id, { ...(old ?? NOTHING_WRITTEN), ...changed }, fields),
		});
	const isRenamed = known !== null && (known.name.givenNames !== wanted.givenNames || known.name.familyName !== wanted.familyName);
	if (old !== null && isRenamed) changes.push({ what: 'address of the listing', write: (tx, id) => moveListing(tx, id) });
	return changes;
}

/** Yes publishes from the day given, else from today; no withdraws what is published; silence changes nothing. */
function publication(wanted: Wanted, old: ListingFacts | null, today: string): Partial<ListingFacts> {
	const isOut = old !== null && old.publishedOn !== null && old.withdrawnOn === null;
	if (wanted.publish === true) return { publishedOn: wanted.publishedOn ?? (isOut ? (old?.publishedOn ?? today) : today), withdrawnOn: null };
	return wanted.publish === false && isOut ? { withdrawnOn: today } : {};
}

const GROUPS: Record<keyof Wanted['options'], (option: string) => boolean> = {
	who: (o) => ['adults', 'young', 'perinatal', 'older', 'couples_groups'].includes(o),
	focus: (o) => ['loss', 'conflict', 'change', 'alone'].includes(o),
	also: (o) => ['bipolar', 'eating'].includes(o),
	language: (o) => o.startsWith('lang:'),
	funding: (o) => o.startsWith('fund:'),
	concessions: (o) => o === 'concessions',
	supervision: (o) => o === 'supervision',
};

function options(wanted: Wanted, old: ListingFacts | null): Partial<ListingFacts> {
	let all = [...(old?.options ?? [])];
	for (const [group, codes] of Object.entries(wanted.options) as [keyof Wanted['options'], string[]][])
		all = [...all.filter((o) => !GROUPS[group](o)), ...codes];
	const sorted = [...new Set(all)].sort();
	return differs(sorted, [...(old?.options ?? [])].sort()) ? { options: sorted } : {};
}

function planConsent(wanted: Wanted, known: OnFile | null, at: number): Change[] {
	if (!wanted.consent) return [];
	const { fields, givenOn, isWhole } = wanted.consent;
	const given = fields.filter((f) => !known?.consents.includes(f));
	const ended = isWhole ? (known?.consents ?? []).filter((f: ConsentField) => !fields.includes(f)) : [];
	const isAgain = given.some((f) => known?.consentsEver.includes(f));
	const since = givenOn === null || isAgain ? at : Date.parse(`${givenOn}T12:00:00Z`);
	const changes: Change[] = [];
	if (ended.length > 0) changes.push({ what: `consent ended: ${ended.map(plain).join(', ')}`, write: (tx, id) => withdrawConsent(tx, id, ended) });
	if (given.length > 0)
		changes.push({ what: `consent given: ${given.map(plain).join(', ')}`, write: (tx, id) => giveConsent(tx, id, given, { at: since, wording: WORDING }) });
	return changes;
}

function plain(field: string): string {
	return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace('_', ' ');
}
