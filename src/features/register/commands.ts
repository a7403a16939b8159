import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { readRegisterNumber, registerNumber } from '#core/register-number.ts';
import { prepared } from '#db/prepared.ts';
import { keepRemovedMatch } from '#features/membership/index.ts';
import { termRunsOutOn } from './award-grace.ts';
import type { AwardFact, AwardKind, AwardLevel, OrderFact, TermFact } from './facts.ts';
import { ORDER_EFFECTS } from './orders.ts';
import { registerRules } from './rules.ts';

/**
 * Enters a person in the register. Joins a transaction and never authorises; the caller refreshes the finder.
 * @param entry.number the number they already have, or null for the next free one.
 * @returns the register number. @throws Error when the number given is none.
 */
export function registerPerson(tx: Tx, personId: string, entry: { registeredOn: string; number: string | null }): string {
	const { sql } = tx.db;
	const sequence = entry.number === null ? ((prepared(sql, NEWEST).pluck().get() as number | null) ?? 0) + 1 : sequenceOf(entry.number);
	const number = registerNumber(sequence);
	prepared(sql, 'INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, ?)').run(
		personId,
		number,
		sequence,
		entry.registeredOn,
	);
	record(tx, 'register.person_registered', { type: 'person', id: personId }, { number, registeredOn: entry.registeredOn });
	return number;
}

/** A number that led to a file which was merged is never given again. */
const NEWEST = 'SELECT max(sequence) FROM (SELECT max(sequence) AS sequence FROM registration UNION ALL SELECT max(sequence) FROM registration_former)';

/** The sequence inside a register number. @throws Error when the text is no register number or its check digit is wrong. */
export function sequenceOf(number: string): number {
	const read = readRegisterNumber(number);
	if (read.kind !== 'number') throw new Error(`${number} is not a register number.`);
	return Number(read.number.slice('IPT-'.length, -1));
}

type Term = { fromOn: string; toOn: string };
export type NewAward = { level: AwardLevel; kind: AwardKind; awardedOn: string; standardsVersion: string; terms: readonly Term[] };

/** Gives an award with the periods that it was confirmed for. @returns the key of the award. */
export function giveAward(tx: Tx, personId: string, award: NewAward): string {
	const id = newId();
	const { level, kind, awardedOn, standardsVersion, terms } = award;
	const text = 'INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, personId, level, kind, standardsVersion, awardedOn);
	for (const term of terms) insertTerm(tx, id, term);
	record(tx, 'award.given', { type: 'person', id: personId }, { awardId: id, level, kind, awardedOn, standardsVersion, terms });
	return id;
}

/** Confirms an award for a further period, or gives a period that began on the same day another end. */
export function confirmAwardTerm(tx: Tx, awardId: string, term: Term): void {
	const personId = personOfAward(tx, awardId);
	writeTerm(tx, awardId, term);
	record(tx, 'award.confirmed', { type: 'person', id: personId }, { awardId, ...term });
}

/**
 * Takes a period of an award back that should not have been confirmed: `lastOn` is the last day that it was told. A period that lies wholly
 * after that day goes; of one that had begun the days up to it stay, since the register said so on them.
 */
export function takeBackAwardTerm(tx: Tx, awardId: string, { fromOn, lastOn }: { fromOn: string; lastOn: string }): void {
	const personId = personOfAward(tx, awardId);
	const { sql } = tx.db;
	if (fromOn > lastOn) prepared(sql, 'DELETE FROM award_term WHERE award_id = ? AND from_on = ?').run(awardId, fromOn);
	else cutTerm(tx, awardId, { fromOn, lastOn, reason: 'withdrawn' });
	record(tx, 'award.term_taken_back', { type: 'person', id: personId }, { awardId, fromOn, lastOn });
}

/** Ends an award: `endedOn` is the first day without it. */
export function endAward(tx: Tx, awardId: string, end: { endedOn: string; endReason: NonNullable<AwardFact['endReason']> }): void {
	const personId = personOfAward(tx, awardId);
	prepared(tx.db.sql, 'UPDATE award SET ended_on = ?, end_reason = ? WHERE id = ?').run(end.endedOn, end.endReason, awardId);
	record(tx, 'award.ended', { type: 'person', id: personId }, { awardId, ...end });
}

/**
 * Brings an award back that was ended, for a further period: it is held since the day it was first given. What the register says of the days
 * before stays as it was: periods that the end had cut short end with the day before it. @throws NotFound, Conflict when it was not ended
 */
export function reinstateAward(tx: Tx, awardId: string, term: Term): void {
	const personId = personOfAward(tx, awardId);
	const { sql } = tx.db;
	const ended = prepared(sql, 'SELECT ended_on AS endedOn, end_reason AS reason FROM award WHERE id = ? AND ended_on IS NOT NULL').get(awardId);
	if (ended === undefined) throw new Conflict('This award is held: it was not ended.');
	const { endedOn, reason } = ended as { endedOn: string; reason: NonNullable<AwardFact['endReason']> };
	const rules = registerRules(tx.db, tx.ctx.today);
	const terms = prepared(sql, TERMS_OF).all(awardId) as TermFact[];
	for (const one of terms.filter((t) => termRunsOutOn(t, rules) > endedOn)) {
		if (one.fromOn >= endedOn) prepared(sql, 'DELETE FROM award_term WHERE award_id = ? AND from_on = ?').run(awardId, one.fromOn);
		else cutTerm(tx, awardId, { fromOn: one.fromOn, lastOn: addDays(endedOn, -1), reason });
	}
	prepared(sql, 'UPDATE award SET ended_on = NULL, end_reason = NULL WHERE id = ?').run(awardId);
	writeTerm(tx, awardId, term);
	record(tx, 'award.reinstated', { type: 'person', id: personId }, { awardId, endedOn, reason, ...term });
}

const TERMS_OF = 'SELECT from_on AS fromOn, to_on AS toOn, cut_reason AS cut FROM award_term WHERE award_id = ?';

export type NewOrder = Omit<OrderFact, 'id' | 'outcome' | 'outcomeOn'>;

/** Imposes an order from a day on. Interim orders are no finding: their text must not allege anything. @returns the key of the order. */
export function imposeOrder(tx: Tx, personId: string, order: NewOrder): string {
	const id = newId();
	const text = `INSERT INTO register_order (id, person_id, kind, award_id, from_on, to_on, review_on, public_text, display_until_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const { kind, awardId, fromOn, toOn, reviewOn, publicText, displayUntilOn } = order;
	prepared(tx.db.sql, text).run(id, personId, kind, awardId, fromOn, toOn, reviewOn, publicText, displayUntilOn);
	if (ORDER_EFFECTS[kind].standing === 'removed') keepRemovedMatch(tx, personId);
	record(tx, 'order.imposed', { type: 'person', id: personId }, { orderId: id, kind, awardId, fromOn, toOn, reviewOn, displayUntilOn }, { publicText });
	return id;
}

/** Changes the terms of an order: its last day, review, published text and how long it is shown. @throws NotFound */
export function changeOrder(tx: Tx, orderId: string, terms: Pick<NewOrder, 'toOn' | 'reviewOn' | 'publicText' | 'displayUntilOn'>): void {
	const personId = personOfOrder(tx, orderId);
	const { toOn, reviewOn, publicText, displayUntilOn } = terms;
	const text = 'UPDATE register_order SET to_on = ?, review_on = ?, public_text = ?, display_until_on = ? WHERE id = ?';
	prepared(tx.db.sql, text).run(toOn, reviewOn, publicText, displayUntilOn, orderId);
	record(tx, 'order.changed', { type: 'person', id: personId }, { orderId, toOn, reviewOn, displayUntilOn }, { publicText });
}

/** Closes an order: met, not met or revoked. @throws NotFound */
export function closeOrder(tx: Tx, orderId: string, close: { outcome: NonNullable<OrderFact['outcome']>; outcomeOn: string }): void {
	const personId = personOfOrder(tx, orderId);
	prepared(tx.db.sql, 'UPDATE register_order SET outcome = ?, outcome_on = ? WHERE id = ?').run(close.outcome, close.outcomeOn, orderId);
	record(tx, 'order.closed', { type: 'person', id: personId }, { orderId, ...close });
}

function writeTerm(tx: Tx, awardId: string, term: Term): void {
	const { sql } = tx.db;
	const { changes } = prepared(sql, 'UPDATE award_term SET to_on = ? WHERE award_id = ? AND from_on = ?').run(term.toOn, awardId, term.fromOn);
	if (changes === 0) insertTerm(tx, awardId, term);
}

function cutTerm(tx: Tx, awardId: string, { fromOn, lastOn, reason }: { fromOn: string; lastOn: string; reason: string }): void {
	const text = 'UPDATE award_term SET told_to_on = coalesce(told_to_on, to_on), to_on = ?, cut_reason = ? WHERE award_id = ? AND from_on = ?';
	prepared(tx.db.sql, text).run(lastOn, reason, awardId, fromOn);
}

function insertTerm(tx: Tx, awardId: string, term: Term): void {
	prepared(tx.db.sql, 'INSERT INTO award_term (id, award_id, from_on, to_on) VALUES (?, ?, ?, ?)').run(newId(), awardId, term.fromOn, term.toOn);
}

function personOfAward(tx: Tx, awardId: string): string {
	return owner(prepared(tx.db.sql, 'SELECT person_id FROM award WHERE id = ?').pluck().get(awardId), 'award');
}

function personOfOrder(tx: Tx, orderId: string): string {
	return owner(prepared(tx.db.sql, 'SELECT person_id FROM register_order WHERE id = ?').pluck().get(orderId), 'order');
}

function owner(personId: unknown, what: string): string {
	if (typeof personId !== 'string') throw new NotFound(`There is no such ${what}.`);
	return personId;
}
