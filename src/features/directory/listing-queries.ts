import { addDays } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { publicListing, publicPlace } from '#db/schema/index.ts';
import type { RegisterRules } from '#features/register/index.ts';
import type { Availability } from './card.ts';

/** A published listing as its owner agreed to show it: fields without consent are already empty in the view. */
export type PublicListing = Omit<typeof publicListing.$inferSelect, 'personId'>;

/** A place to meet, as far as its owner agreed to show it. */
export type PublicPlace = Omit<typeof publicPlace.$inferSelect, 'personId'>;

/** SQLite keeps yes and no as 1 and 0. */
type Stored<T, Flag extends keyof T> = Omit<T, Flag> & Record<Flag, number>;

const LISTING = `SELECT slug, about, website, phone, photo, gender, online, in_person AS inPerson, enquiries_open AS enquiriesOpen,
	session_minutes AS sessionMinutes, fee_from_pence AS feeFromPence, fee_to_pence AS feeToPence, availability, waiting_weeks AS waitingWeeks,
	away_until_on AS awayUntilOn, availability_confirmed_on AS availabilityConfirmedOn, confirmed_on AS confirmedOn,
	published_on AS publishedOn, withdrawn_on AS withdrawnOn FROM public_listing WHERE person_id = ?`;

/** The listing of a person, or null when they publish none. It says nothing about their standing: ask the status for that. */
export function listingOf(db: Db, personId: string): PublicListing | null {
	const row = prepared(db.sql, LISTING).get(personId) as Stored<PublicListing, 'online' | 'inPerson' | 'enquiriesOpen'> | undefined;
	if (!row) return null;
	return { ...row, online: Boolean(row.online), inPerson: Boolean(row.inPerson), enquiriesOpen: Boolean(row.enquiriesOpen) };
}

/** The places a person agreed to show, in their order. The points are rounded to the place, never to the door. */
export function placesOf(db: Db, personId: string): PublicPlace[] {
	const text = `SELECT position, town, district, nation, practice_name AS practiceName, latitude, longitude, precision, step_free AS stepFree
		FROM public_place WHERE person_id = ? ORDER BY position`;
	const rows = prepared(db.sql, text).all(personId) as Stored<PublicPlace, 'stepFree'>[];
	return rows.map((row) => ({ ...row, stepFree: Boolean(row.stepFree) }));
}

/** The options a person ticked, as far as they agreed to show them. */
export function optionsOf(db: Db, personId: string): string[] {
	return prepared(db.sql, 'SELECT option FROM public_listing_option WHERE person_id = ? ORDER BY option').pluck().all(personId) as string[];
}

/** Is a listing published on a day, whatever its owner's standing? */
export function isPublishedOn({ publishedOn, withdrawnOn }: { publishedOn: string | null; withdrawnOn: string | null }, day: string): boolean {
	return publishedOn !== null && publishedOn <= day && (withdrawnOn === null || day < withdrawnOn);
}

/** What may be said about someone's availability on a day: it fades when it was not confirmed for a while. */
export function availabilityOn(listing: PublicListing, day: string, rules: RegisterRules): Availability {
	const confirmedOn = listing.availabilityConfirmedOn;
	if (confirmedOn === null || listing.availability === 'not_said' || confirmedOn > day) return { kind: 'not_confirmed' };
	if (day > fadesAfter(confirmedOn, rules)) return { kind: 'not_confirmed' };
	if (listing.availability === 'waiting') return { kind: 'waiting', weeks: listing.waitingWeeks, confirmedOn };
	if (listing.availability === 'away') {
		const isBack = listing.awayUntilOn !== null && day > listing.awayUntilOn;
		return isBack ? { kind: 'not_confirmed' } : { kind: 'away', untilOn: listing.awayUntilOn, confirmedOn };
	}
	return { kind: listing.availability, confirmedOn };
}

/** The last day on which a confirmation counts. */
export function fadesAfter(confirmedOn: string, rules: RegisterRules): string {
	return addDays(confirmedOn, rules.availabilityFadesDays);
}
