import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { ConsentField } from './consents.ts';
import { freeSlug, moveListing } from './listing-slug.ts';

/** What a therapist says about their practice. Money is pence, days `YYYY-MM-DD`. Nothing of it is shown without consent. */
export type ListingFacts = {
	about: string;
	website: string | null;
	phone: string | null;
	feeFromPence: number | null;
	feeToPence: number | null;
	sessionMinutes: number | null;
	online: boolean;
	inPerson: boolean;
	enquiriesOpen: boolean;
	availability: 'taking' | 'waiting' | 'full' | 'away' | 'not_said';
	waitingWeeks: number | null;
	awayUntilOn: string | null;
	availabilityConfirmedOn: string | null;
	confirmedOn: string | null;
	publishedOn: string | null;
	withdrawnOn: string | null;
	/** Option codes of `OPTIONS`. */
	options: readonly string[];
};

export type PracticePlace = {
	position: number;
	practiceName: string | null;
	town: string;
	district: string;
	postcode: string | null;
	nation: string;
	latitude: number;
	longitude: number;
	precision: 'postcode' | 'sector' | 'district' | 'area' | 'town';
	stepFree: boolean;
};

/**
 * Writes the whole listing of a person, new or changed. Write the places first: the address of a new listing holds the town.
 * Joins a transaction and never authorises; the caller refreshes the finder.
 * @param changed the names of the facts that differ, for the audit.
 */
export function writeListing(tx: Tx, personId: string, facts: ListingFacts, changed: readonly string[]): void {
	const { sql } = tx.db;
	const isKnown = prepared(sql, 'SELECT 1 FROM listing WHERE person_id = ?').get(personId) !== undefined;
	const { options, ...columns } = facts;
	const values = { ...columns, personId, online: bit(facts.online), inPerson: bit(facts.inPerson), enquiriesOpen: bit(facts.enquiriesOpen) };
	if (isKnown) prepared(sql, UPDATE).run(values);
	else prepared(sql, INSERT).run({ ...values, slug: freeSlug(tx, personId) });
	if (isKnown) prepared(sql, 'DELETE FROM listing_option WHERE person_id = ?').run(personId);
	prepared(sql, 'INSERT INTO listing_option (person_id, option) SELECT ?, value FROM json_each(?)').run(personId, JSON.stringify([...new Set(options)]));
	record(tx, 'listing.written', { type: 'person', id: personId }, { isNew: !isKnown, changed });
}

const INSERT = `INSERT INTO listing (person_id, slug, about, website, phone, fee_from_pence, fee_to_pence, session_minutes, online, in_person, enquiries_open,
	availability, waiting_weeks, away_until_on, availability_confirmed_on, confirmed_on, published_on, withdrawn_on)
	VALUES (:personId, :slug, :about, :website, :phone, :feeFromPence, :feeToPence, :sessionMinutes, :online, :inPerson, :enquiriesOpen,
	:availability, :waitingWeeks, :awayUntilOn, :availabilityConfirmedOn, :confirmedOn, :publishedOn, :withdrawnOn)`;
const UPDATE = `UPDATE listing SET about = :about, website = :website, phone = :phone, fee_from_pence = :feeFromPence, fee_to_pence = :feeToPence,
	session_minutes = :sessionMinutes, online = :online, in_person = :inPerson, enquiries_open = :enquiriesOpen, availability = :availability,
	waiting_weeks = :waitingWeeks, away_until_on = :awayUntilOn, availability_confirmed_on = :availabilityConfirmedOn, confirmed_on = :confirmedOn,
	published_on = :publishedOn, withdrawn_on = :withdrawnOn WHERE person_id = :personId`;

/** Writes all places of a practice anew, at most four. A new first town moves the listing to a new address. */
export function writePlaces(tx: Tx, personId: string, places: readonly PracticePlace[]): void {
	const { sql } = tx.db;
	prepared(sql, 'DELETE FROM practice_place WHERE person_id = ?').run(personId);
	for (const place of places) prepared(sql, INSERT_PLACE).run({ ...place, id: newId(), personId, stepFree: bit(place.stepFree) });
	record(tx, 'listing.places_written', { type: 'person', id: personId }, { count: places.length }, { districts: places.map((p) => p.district) });
	moveListing(tx, personId);
}

const INSERT_PLACE = `INSERT INTO practice_place (id, person_id, position, practice_name, town, district, postcode, nation, latitude, longitude, precision, step_free)
	VALUES (:id, :personId, :position, :practiceName, :town, :district, :postcode, :nation, :latitude, :longitude, :precision, :stepFree)`;

/** Notes that a person agreed to show fields of their listing. @param given.at milliseconds UTC. @param given.wording the version of the words they agreed to. */
export function giveConsent(tx: Tx, personId: string, fields: readonly ConsentField[], given: { at: number; wording: string }): void {
	const insert = 'INSERT INTO listing_consent (person_id, field, wording, given_at) SELECT ?, value, ?, ? FROM json_each(?)';
	prepared(tx.db.sql, insert).run(personId, given.wording, given.at, JSON.stringify(fields));
	record(tx, 'listing.consent_given', { type: 'person', id: personId }, { fields, wording: given.wording });
}

/** Ends a person's consent to fields from this moment; what was shown before stays on record. */
export function withdrawConsent(tx: Tx, personId: string, fields: readonly ConsentField[]): void {
	const end = prepared(tx.db.sql, 'UPDATE listing_consent SET withdrawn_at = ? WHERE person_id = ? AND field = ? AND withdrawn_at IS NULL');
	for (const field of fields) end.run(tx.ctx.now, personId, field);
	record(tx, 'listing.consent_withdrawn', { type: 'person', id: personId }, { fields });
}

function bit(value: boolean): 0 | 1 {
	return value ? 1 : 0;
}
