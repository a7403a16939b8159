import type { z } from 'zod';
import { Invalid } from '#core/errors.ts';
import type { Gazetteer } from '#db/gazetteer/index.ts';
import type { ListingFacts, PracticePlace } from './listing-commands.ts';
import { locatePostcode, locateTown } from './locate-place.ts';
import type { SectionInput } from './own-commands.ts';
import { type aboutForm, FEE_CODES, type feesForm, type ownAvailabilityForm, PLACE_NUMBERS, type PlacesInput, WORK_CODES, type workForm } from './own-forms.ts';
import type { OwnListing } from './own-listing.ts';

/** From each form of the editor to what is saved. Pure, but for the gazetteer. */
export function aboutSection(input: z.output<typeof aboutForm>): SectionInput {
	const { version, about, phone, website, enquiriesOpen } = input;
	return {
		version,
		facts: { about, phone, website, enquiriesOpen },
		shows: { about: input.showAbout, phone: input.showPhone, website: input.showWebsite, gender: input.showGender },
	};
}

export function workSection(own: OwnListing, { version, how, options }: z.output<typeof workForm>): SectionInput {
	const facts = { inPerson: how.includes('in_person'), online: how.includes('online'), options: replaced(own, WORK_CODES, options) };
	return { version, facts };
}

export function feesSection(own: OwnListing, input: z.output<typeof feesForm>): SectionInput {
	const { version, feeFrom, feeTo, sessionMinutes, options, showFees } = input;
	const facts = { feeFromPence: feeFrom, feeToPence: feeTo ?? feeFrom, sessionMinutes, options: replaced(own, FEE_CODES, options) };
	return { version, facts, shows: { fees: showFees } };
}

export function availabilitySection(input: z.output<typeof ownAvailabilityForm>, today: string): SectionInput {
	return { version: input.version, facts: availabilityFacts(input, today), shows: { availability: input.showAvailability } };
}

/** What is said about new clients, confirmed today. */
export function availabilityFacts(
	{ availability, waitingWeeks, awayUntil }: { availability: ListingFacts['availability']; waitingWeeks: number | null; awayUntil: string | null },
	today: string,
): Partial<ListingFacts> {
	return {
		availability,
		waitingWeeks: availability === 'waiting' ? waitingWeeks : null,
		awayUntilOn: availability === 'away' ? awayUntil : null,
		availabilityConfirmedOn: today,
	};
}

/** @throws Invalid beside the place that is not known. */
export function placesSection(gazetteer: Gazetteer, typed: PlacesInput): SectionInput {
	const places = PLACE_NUMBERS.flatMap((n) => placeTyped(gazetteer, typed, n) ?? []).map((place, position) => ({ ...place, position }));
	return { version: typed.version, places, shows: { places: typed.showPlaces, practice_name: typed.showPracticeName } };
}

function placeTyped(gazetteer: Gazetteer, typed: Record<string, unknown>, n: number): Omit<PracticePlace, 'position'> | null {
	const [where, town, practice] = [`where${n}`, `town${n}`, `practice${n}`].map((field) => String(typed[field] ?? ''));
	if (!where) {
		if (town || practice) throw new Invalid(`where${n}`, 'Give the postcode or the town of this place, or leave all of it empty.');
		return null;
	}
	const found = /\d/.test(where) ? locatePostcode(gazetteer, where) : locateTown(gazetteer, where);
	if (typeof found === 'string') throw new Invalid(`where${n}`, `${found.charAt(0).toUpperCase()}${found.slice(1)}.`);
	const { nearestTown, ...located } = found;
	const { name, ...spot } = { name: undefined, ...located } as typeof located & { name?: string };
	return { ...spot, town: town || name || nearestTown || spot.district, practiceName: practice || null, stepFree: Boolean(typed[`stepFree${n}`]) };
}

function replaced(own: OwnListing, codes: readonly string[], chosen: readonly string[]): string[] {
	return [...own.facts.options.filter((code) => !codes.includes(code)), ...chosen];
}
