import type { Ctx } from '#core/ctx.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { CONSENT_FIELDS, type ConsentField } from './consents.ts';
import type { ListingFacts, PracticePlace } from './listing-commands.ts';
import type { CheckedField } from './own-rules.ts';

/** Everything a member has written about their own practice, shown or not. `version` 0: nothing written yet. */
export type OwnListing = {
	personId: string;
	slug: string | null;
	facts: ListingFacts;
	photo: string | null;
	places: PracticePlace[];
	/** What they agreed to show. */
	shows: ReadonlySet<ConsentField>;
	gender: string | null;
	version: number;
	/** Changes that an officer has not looked at yet, and what was sent back last, with a word. */
	requests: OwnRequest[];
};
export type OwnRequest = {
	id: string;
	field: CheckedField;
	wanted: unknown;
	askedAt: number;
	decision: 'sent_back' | null;
	word: string | null;
};

/** A listing in which nothing is written yet. */
export const NOTHING_WRITTEN: ListingFacts = {
	about: '',
	website: null,
	phone: null,
	feeFromPence: null,
	feeToPence: null,
	sessionMinutes: null,
	online: false,
	inPerson: false,
	enquiriesOpen: true,
	availability: 'not_said',
	waitingWeeks: null,
	awayUntilOn: null,
	availabilityConfirmedOn: null,
	confirmedOn: null,
	publishedOn: null,
	withdrawnOn: null,
	options: [],
};

/** The actor's own listing as they wrote it. @throws SignInRequired */
export function ownListing(ctx: Ctx): OwnListing {
	return listingFactsOf(ctx, personOf(ctx).personId);
}

/** A person's listing as they wrote it. Never authorises: for commands and for officers' pages that did. */
export function listingFactsOf(ctx: Pick<Ctx, 'db'>, personId: string): OwnListing {
	const { sql } = ctx.db;
	const row = prepared(sql, LISTING).get(personId) as (Omit<Stored, 'options'> & { slug: string; photo: string | null; version: number }) | undefined;
	const options = prepared(sql, 'SELECT option FROM listing_option WHERE person_id = ? ORDER BY option').pluck().all(personId) as string[];
	const consents = prepared(sql, 'SELECT field FROM listing_consent WHERE person_id = ? AND withdrawn_at IS NULL').pluck().all(personId) as ConsentField[];
	const places = prepared(sql, PLACES).all(personId) as (Omit<PracticePlace, 'stepFree'> & { stepFree: number })[];
	const { slug = null, photo = null, version = 0, ...facts } = row ?? {};
	return {
		personId,
		slug,
		facts: row
			? { ...(facts as Stored), options, online: Boolean(row.online), inPerson: Boolean(row.inPerson), enquiriesOpen: Boolean(row.enquiriesOpen) }
			: NOTHING_WRITTEN,
		photo,
		places: places.map((place) => ({ ...place, stepFree: Boolean(place.stepFree) })),
		shows: new Set(consents.filter((field) => CONSENT_FIELDS.includes(field))),
		gender: prepared(sql, 'SELECT gender FROM person WHERE id = ?').pluck().get(personId) as string | null,
		version,
		requests: requestsOf(ctx, personId),
	};
}

type Stored = Omit<ListingFacts, 'online' | 'inPerson' | 'enquiriesOpen'> & { online: number; inPerson: number; enquiriesOpen: number };

const LISTING = `SELECT slug, about, website, phone, fee_from_pence AS feeFromPence, fee_to_pence AS feeToPence, session_minutes AS sessionMinutes,
	online, in_person AS inPerson, enquiries_open AS enquiriesOpen, availability, waiting_weeks AS waitingWeeks, away_until_on AS awayUntilOn,
	availability_confirmed_on AS availabilityConfirmedOn, confirmed_on AS confirmedOn, published_on AS publishedOn, withdrawn_on AS withdrawnOn,
	photo, version FROM listing WHERE person_id = ?`;
const PLACES = `SELECT position, practice_name AS practiceName, town, district, postcode, nation, latitude, longitude, precision, step_free AS stepFree
	FROM practice_place WHERE person_id = ? ORDER BY position`;

/** Open requests, and for each part the last one when it was sent back. */
function requestsOf(ctx: Pick<Ctx, 'db'>, personId: string): OwnRequest[] {
	const text = `SELECT id, field, wanted, asked_at AS askedAt, decision, word FROM listing_request r
		WHERE person_id = ? AND (decided_at IS NULL OR decision = 'sent_back')
			AND NOT EXISTS (SELECT 1 FROM listing_request n WHERE n.person_id = r.person_id AND n.field = r.field AND n.asked_at > r.asked_at)
		ORDER BY field`;
	const rows = prepared(ctx.db.sql, text).all(personId) as (OwnRequest & { wanted: string })[];
	return rows.map((row) => ({ ...row, wanted: JSON.parse(row.wanted) as unknown }));
}
