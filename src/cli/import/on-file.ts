import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { CpdTotal } from '#features/cpd/index.ts';
import type { ConsentField, ListingFacts, PracticePlace } from '#features/directory/index.ts';
import type { Check, CoreRegistration, FormerName, FullName, Membership, PersonDetails } from '#features/membership/index.ts';
import type { AwardFact, OrderFact } from '#features/register/index.ts';

/** What the register holds on a person now, in the shapes that a file is compared with. */
export type OnFile = {
	details: PersonDetails;
	name: FullName;
	formerNames: FormerName[];
	number: string | null;
	bornOn: string | null;
	/** Ids of the office that led to files merged into this one. */
	mergedKeys: string[];
	checks: Pick<Check, 'kind' | 'body' | 'type' | 'datedOn' | 'validToOn' | 'checkedOn' | 'outcome'>[];
	cpdTotals: CpdTotal[];
	cpdYears: { from: string; to: string }[];
	cores: CoreRegistration[];
	memberships: Membership[];
	leaves: { fromOn: string; toOn: string }[];
	awards: AwardFact[];
	orders: OrderFact[];
	listing: ListingFacts | null;
	consents: ConsentField[];
	/** Consents ever given, also those withdrawn since. */
	consentsEver: ConsentField[];
	places: PracticePlace[];
};

const TEXTS = {
	details: 'SELECT title, gender, email, phone, died_on AS diedOn, import_key AS importKey FROM person WHERE id = ?',
	merged: 'SELECT p.import_key AS importKey FROM person_merge m JOIN person p ON p.id = m.loser_id WHERE m.winner_id = ? AND p.import_key IS NOT NULL',
	born: 'SELECT born_on AS bornOn FROM person WHERE id = ?',
	checks: `SELECT kind, body, type, dated_on AS datedOn, valid_to_on AS validToOn, checked_on AS checkedOn, outcome FROM person_check
		WHERE person_id = ? AND superseded_at IS NULL AND kind <> 'core_registration'`,
	cpdTotals: `SELECT began_on AS "from", done_on AS "to", minutes, ipt_minutes AS iptMinutes, source FROM cpd_entry
		WHERE person_id = ? AND kind = 'brought_forward' AND deleted_at IS NULL`,
	cpdYears: 'SELECT from_on AS "from", to_on AS "to" FROM cpd_year WHERE person_id = ?',
	names: 'SELECT given_names AS givenNames, family_name AS familyName, to_on AS toOn, shown_when_former AS isShown FROM person_name WHERE person_id = ?',
	number: 'SELECT number, registered_on AS registeredOn FROM registration WHERE person_id = ?',
	cores: 'SELECT body, reference, standing, checked_on AS checkedOn, from_on AS fromOn FROM core_profession WHERE person_id = ? AND to_on IS NULL',
	memberships:
		'SELECT category, from_on AS fromOn, paid_to_on AS paidToOn, ended_on AS endedOn, end_reason AS endReason, employer FROM membership_period WHERE person_id = ?',
	leaves: 'SELECT from_on AS fromOn, to_on AS toOn FROM membership_leave WHERE person_id = ?',
	awards: 'SELECT id, level, kind, awarded_on AS awardedOn, ended_on AS endedOn, end_reason AS endReason FROM award WHERE person_id = ?',
	terms: 'SELECT t.award_id AS awardId, t.from_on AS fromOn, t.to_on AS toOn FROM award_term t JOIN award a ON a.id = t.award_id WHERE a.person_id = ?',
	orders: `SELECT id, kind, award_id AS awardId, from_on AS fromOn, to_on AS toOn, review_on AS reviewOn, public_text AS publicText, outcome, outcome_on AS outcomeOn,
		display_until_on AS displayUntilOn FROM register_order WHERE person_id = ?`,
	listing: `SELECT about, website, phone, fee_from_pence AS feeFromPence, fee_to_pence AS feeToPence, session_minutes AS sessionMinutes, online, in_person AS inPerson,
		enquiries_open AS enquiriesOpen, availability, waiting_weeks AS waitingWeeks, away_until_on AS awayUntilOn, availability_confirmed_on AS availabilityConfirmedOn,
		confirmed_on AS confirmedOn, published_on AS publishedOn, withdrawn_on AS withdrawnOn FROM listing WHERE person_id = ?`,
	options: 'SELECT option FROM listing_option WHERE person_id = ?',
	consents: 'SELECT field, withdrawn_at AS withdrawnAt FROM listing_consent WHERE person_id = ?',
	places: `SELECT position, practice_name AS practiceName, town, district, postcode, nation, latitude, longitude, precision, step_free AS stepFree
		FROM practice_place WHERE person_id = ? ORDER BY position`,
} as const;

/** Reads all that is on file about a person. @throws Error when there is no such person. */
export function onFile(db: Db, personId: string): OnFile {
	const rows = <T>(name: keyof typeof TEXTS) => prepared(db.sql, TEXTS[name]).all(personId) as T[];
	const [details] = rows<PersonDetails>('details');
	const names = rows<FormerName & { toOn: string | null }>('names').map((n) => ({ ...n, isShown: Boolean(n.isShown) }));
	const name = names.find((n) => n.toOn === null);
	if (!details || !name) throw new Error('There is no such person on file.');
	const terms = rows<{ awardId: string; fromOn: string; toOn: string }>('terms');
	const consents = rows<{ field: ConsentField; withdrawnAt: number | null }>('consents');
	return {
		details,
		name,
		formerNames: names.filter((n): n is FormerName => n.toOn !== null),
		number: rows<{ number: string }>('number')[0]?.number ?? null,
		bornOn: rows<{ bornOn: string | null }>('born')[0]?.bornOn ?? null,
		mergedKeys: rows<{ importKey: string }>('merged').map((m) => m.importKey),
		checks: rows('checks'),
		cpdTotals: rows('cpdTotals'),
		cpdYears: rows('cpdYears'),
		cores: rows('cores'),
		memberships: rows('memberships'),
		leaves: rows('leaves'),
		awards: rows<Omit<AwardFact, 'terms'>>('awards').map((award) => ({ ...award, terms: terms.filter((t) => t.awardId === award.id) })),
		orders: rows('orders'),
		listing: listingOnFile(
			rows('listing')[0] as ListingFacts | undefined,
			rows<{ option: string }>('options').map((o) => o.option),
		),
		consents: consents.filter((c) => c.withdrawnAt === null).map((c) => c.field),
		consentsEver: [...new Set(consents.map((c) => c.field))],
		places: rows<PracticePlace>('places').map((p) => ({ ...p, stepFree: Boolean(p.stepFree) })),
	};
}

function listingOnFile(row: ListingFacts | undefined, options: string[]): ListingFacts | null {
	return row ? { ...row, online: Boolean(row.online), inPerson: Boolean(row.inPerson), enquiriesOpen: Boolean(row.enquiriesOpen), options } : null;
}
