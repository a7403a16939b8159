import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { AwardFact, MembershipFact, OrderFact, RegisterFacts, TermFact } from './facts.ts';

/** Loads the dated facts of one registrant from the public views; null for someone who never was registered. */
export function factsOf(db: Db, personId: string): RegisterFacts | null {
	const row = prepared(db.sql, 'SELECT registered_on AS registeredOn, died_on AS diedOn FROM public_register WHERE person_id = ?').get(personId);
	if (!row) return null;
	const base = row as Pick<RegisterFacts, 'registeredOn' | 'diedOn'>;
	return {
		registeredOn: base.registeredOn,
		diedOn: base.diedOn,
		memberships: all<MembershipFact>(db, MEMBERSHIPS, personId),
		leaves: all(db, 'SELECT from_on AS fromOn, to_on AS toOn FROM public_leave WHERE person_id = ?', personId),
		awards: awardsOf(db, personId),
		orders: all<OrderFact>(db, ORDERS, personId),
	};
}

const MEMBERSHIPS = `SELECT category, from_on AS fromOn, paid_to_on AS paidToOn, ended_on AS endedOn, end_reason AS endReason
	FROM public_membership WHERE person_id = ?`;
const ORDERS = `SELECT id, kind, award_id AS awardId, from_on AS fromOn, to_on AS toOn, review_on AS reviewOn, public_text AS publicText,
	outcome, outcome_on AS outcomeOn, display_until_on AS displayUntilOn FROM public_order WHERE person_id = ? ORDER BY from_on DESC`;
const AWARDS = `SELECT id, level, kind, awarded_on AS awardedOn, ended_on AS endedOn, end_reason AS endReason FROM public_award WHERE person_id = ?`;
const TERMS =
	'SELECT award_id AS awardId, from_on AS fromOn, to_on AS toOn, cut_reason AS cut, told_to_on AS toldToOn FROM public_award_term WHERE person_id = ?';

function awardsOf(db: Db, personId: string): AwardFact[] {
	const terms = all<TermFact & { awardId: string }>(db, TERMS, personId);
	const awards = all<Omit<AwardFact, 'terms'>>(db, AWARDS, personId);
	return awards.map((award) => ({ ...award, terms: terms.filter((t) => t.awardId === award.id) }));
}

function all<T>(db: Db, text: string, personId: string): T[] {
	return prepared(db.sql, text).all(personId) as T[];
}
