import { addDays } from '#core/dates.ts';
import { turns } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { factsOf, nextChange, type RegisterStatus, registerRules, registerStatus, rulesChangeOn } from '#features/register/index.ts';
import type { FinderCard } from './card.ts';
import { availabilityOn, fadesAfter, isPublishedOn, listingOf, optionsOf, type PublicListing, type PublicPlace, placesOf } from './listing-queries.ts';
import { feeBand, packFlags } from './options.ts';

export type FinderEntry = {
	slug: string;
	shownFromOn: string;
	/** The first day on which the entry must no longer be shown unless it was made anew. */
	shownToOn: string;
	/** Flags that hold wherever the therapist is seen; step-free access is added per place. */
	flags: number;
	places: { latitude: number; longitude: number; flags: number }[];
	keys: string[];
	card: FinderCard;
};

export const NEVER = '9999-12-31';
const LEVELS = ['trainer', 'supervisor', 'practitioner'] as const;

/**
 * What the finder should hold for a person on a day: null when they must not be found then.
 * `dueOn` is the next day on which a date in the facts changes the answer.
 */
export function finderEntryOf(db: Db, personId: string, day: string): { entry: FinderEntry | null; dueOn: string } {
	const rules = registerRules(db, day);
	const facts = factsOf(db, personId);
	const listing = facts && listingOf(db, personId);
	if (!facts || !listing) return { entry: null, dueOn: NEVER };
	const status = registerStatus(facts, day, rules);
	const changesOn = [nextChange(facts, day, rules) ?? NEVER, rulesChangeOn(db, day) ?? NEVER].sort()[0] ?? NEVER;
	const dates = [
		changesOn,
		listing.publishedOn,
		listing.withdrawnOn,
		listing.awayUntilOn && addDays(listing.awayUntilOn, 1),
		listing.availabilityConfirmedOn && addDays(fadesAfter(listing.availabilityConfirmedOn, rules), 1),
	];
	const dueOn = dates.filter((d): d is string => d !== null && d > day).sort()[0] ?? NEVER;
	if (!status.isInGoodStanding || !isPublishedOn(listing, day)) return { entry: null, dueOn };
	const shownToOn = [changesOn, listing.withdrawnOn ?? NEVER].sort()[0] ?? NEVER;
	const { number, name } = identity(db, personId);
	const places = placesOf(db, personId);
	const card = cardOf(number, name, { listing, places, status, availability: availabilityOn(listing, day, rules) });
	const codes = codesOf(listing, optionsOf(db, personId), status, card);
	const flags = packFlags(codes, feeBand(listing.feeFromPence));
	return {
		dueOn,
		entry: {
			slug: listing.slug,
			shownFromOn: day,
			shownToOn,
			flags: places.some((p) => p.stepFree) ? flags + packFlags(['step_free'], 0) : flags,
			places: listing.inPerson
				? places.map((p) => ({ latitude: p.latitude, longitude: p.longitude, flags: p.stepFree ? flags + packFlags(['step_free'], 0) : flags }))
				: [],
			keys: [...new Set([...turns(name), ...places.flatMap((p) => (p.practiceName ? turns(p.practiceName) : []))])],
			card,
		},
	};
}

function identity(db: Db, personId: string): { number: string; name: string } {
	const text = "SELECT number, trim(coalesce(title || ' ', '') || given_names || ' ' || family_name) AS name FROM public_register WHERE person_id = ?";
	return prepared(db.sql, text).get(personId) as { number: string; name: string };
}

/** Ticked options count only as far as the awards bear them: young people need the adolescent award, supervision the supervisor's. */
function codesOf(listing: PublicListing, ticked: string[], status: RegisterStatus, card: FinderCard): string[] {
	const held = new Set(status.awards.map((a) => a.kind as string));
	const supervises = card.level !== 'practitioner';
	const codes = ticked.filter((code) => (code !== 'young' || held.has('adolescent')) && (code !== 'supervision' || supervises));
	if (listing.online) codes.push('online');
	if (listing.inPerson) codes.push('in_person');
	if (listing.gender) codes.push(listing.gender);
	if (card.availability.kind === 'taking') codes.push('taking');
	return [...new Set(codes)];
}

type CardSources = { listing: PublicListing; places: PublicPlace[]; status: RegisterStatus; availability: FinderCard['availability'] };

function cardOf(number: string, name: string, { listing, places, status, availability }: CardSources): FinderCard {
	const awards = status.awards.filter((a) => a.level !== 'organisation');
	return {
		number,
		name,
		level: LEVELS.find((level) => awards.some((a) => a.level === level)) ?? 'practitioner',
		kinds: [...new Set(awards.map((a) => a.kind))].sort(),
		accreditedSinceOn: status.accreditedSinceOn ?? '',
		places: places.map((p) => ({
			town: p.town,
			district: p.district,
			practiceName: p.practiceName,
			isRough: p.precision === 'area' || p.precision === 'town',
		})),
		online: listing.online,
		availability,
		feeFromPence: listing.feeFromPence,
		feeToPence: listing.feeToPence,
		photo: listing.photo,
		hasNotice: status.notices.length > 0,
	};
}
