import type { Tx } from '#core/commit.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from '#features/directory/index.ts';
import {
	type AwardKind,
	type AwardLevel,
	confirmAwardTerm,
	endAward,
	giveAward,
	registerPerson,
	reinstateAward,
	takeBackAwardTerm,
} from '#features/register/index.ts';
import { type Decision, decisionById } from './decision-queries.ts';
import type { Standing } from './step.ts';

/** What a decision gives: an award, and the period it is given or confirmed for; without a period where an earlier decision gave it already. */
export type Grant = { awardId: string; termFromOn: string | null; termToOn: string | null };
type Held = { id: string; level: AwardLevel; kind: AwardKind; endedOn: string | null; awardedOn: string };

/**
 * Gives what a route leads to: a new award, or the next period of the one that is held; the person is entered in the register when they are
 * not in it yet, and the finder brought in line. Nothing for a route that leads to no award. Joins a transaction and never authorises.
 * @param earlier the decision of the same application that this one replaces: what it gave is not given twice
 */
export function grantFor(tx: Tx, standing: Standing, earlier: Decision | null): Grant | null {
	const { application, route } = standing;
	const kept = earlier && stillHeld(tx, earlier);
	if (kept) return kept;
	const held = heldFor(tx, standing);
	const award = route.leadsTo ?? held;
	if (award === null) return null;
	const grant =
		held === null ? give(tx, standing, award) : held.endedOn === null ? confirm(tx, held.id, route.termMonths) : bringBack(tx, held.id, route.termMonths);
	const isRegistered = prepared(tx.db.sql, 'SELECT 1 FROM registration WHERE person_id = ?').get(application.personId) !== undefined;
	if (!isRegistered) registerPerson(tx, application.personId, { registeredOn: tx.ctx.today, number: null });
	refreshFinder(tx, application.personId);
	return grant;
}

/**
 * Takes back what a decision gave, from today: the register goes on saying for the days between that the award was held, since it was told on
 * them and people relied on it; from today on it is not. An award that was given ends as withdrawn, a period that was confirmed is cut.
 * Joins a transaction and never authorises. @returns whether anything was taken back
 */
export function takeBackGrant(tx: Tx, personId: string, { awardId, termFromOn }: Decision): boolean {
	const held = awardId === null ? null : heldById(tx, awardId);
	if (held === null || termFromOn === null || held.endedOn !== null) return false;
	const firstTerm = prepared(tx.db.sql, 'SELECT min(from_on) FROM award_term WHERE award_id = ?').pluck().get(held.id) as string | null;
	if (firstTerm === termFromOn) endAward(tx, held.id, { endedOn: tx.ctx.today, endReason: 'withdrawn' });
	else takeBackAwardTerm(tx, held.id, { fromOn: termFromOn, lastOn: addDays(tx.ctx.today, -1) });
	refreshFinder(tx, personId);
	return true;
}

/** Of a decision that stands on an award, the one that gave it; null when none did. Never authorises. */
export function givenBy(tx: Tx, { applicationId, awardId }: Decision): Decision | null {
	const text = 'SELECT id FROM decision WHERE application_id = ? AND award_id = ? AND term_from_on IS NOT NULL ORDER BY decided_at DESC LIMIT 1';
	return awardId === null ? null : decisionById(tx.db, (prepared(tx.db.sql, text).pluck().get(applicationId, awardId) as string | undefined) ?? null);
}

/**
 * Gives back, from today, what a refusal took that is now undone: for the days between, the register goes on saying what it said on them.
 * Joins a transaction and never authorises.
 */
export function restoreGrant(tx: Tx, standing: Standing, given: Decision): void {
	const held = given.awardId === null ? null : heldById(tx, given.awardId);
	const { today } = tx.ctx;
	if (held === null || given.termToOn === null || given.termToOn < today) return;
	const term = { fromOn: today, toOn: given.termToOn };
	// The same award comes back: since when somebody is accredited does not begin anew because of a mistake.
	if (held.endedOn === null) confirmAwardTerm(tx, held.id, term);
	else reinstateAward(tx, held.id, term);
	refreshFinder(tx, standing.application.personId);
}

/** The award that an application is about: the one it names, or one of the kind the route leads to that is held already. */
function heldFor(tx: Tx, { application, route }: Standing): Held | null {
	if (application.awardId !== null) return heldById(tx, application.awardId);
	if (route.leadsTo === null) return null;
	const text = `${AWARD} WHERE person_id = ? AND level = ? AND kind = ? AND ended_on IS NULL ORDER BY awarded_on DESC LIMIT 1`;
	return (prepared(tx.db.sql, text).get(application.personId, route.leadsTo.level, route.leadsTo.kind) as Held | undefined) ?? null;
}

function heldById(tx: Tx, id: string): Held | null {
	return (prepared(tx.db.sql, `${AWARD} WHERE id = ?`).get(id) as Held | undefined) ?? null;
}

const AWARD = 'SELECT id, level, kind, ended_on AS endedOn, awarded_on AS awardedOn FROM award';

function stillHeld(tx: Tx, { awardId, overturnedBy }: Decision): Grant | null {
	if (awardId === null || overturnedBy?.startsWith('undo:')) return null;
	return heldById(tx, awardId)?.endedOn === null ? { awardId, termFromOn: null, termToOn: null } : null;
}

function give(tx: Tx, { application, route }: Standing, { level, kind }: { level: AwardLevel; kind: AwardKind }): Grant {
	const { today } = tx.ctx;
	const term = termFrom(today, route.termMonths);
	const same = 'SELECT 1 FROM award WHERE person_id = ? AND level = ? AND kind = ? AND awarded_on = ?';
	if (prepared(tx.db.sql, same).get(application.personId, level, kind, today))
		throw new Conflict('This award was given and taken back today. It can be given again from tomorrow on.');
	const award = { level, kind, awardedOn: today, standardsVersion: application.standardsVersion, terms: [term] };
	return { awardId: giveAward(tx, application.personId, award), termFromOn: term.fromOn, termToOn: term.toOn };
}

/** The next period begins when the last one ends, so that an early decision costs nothing; after a lapse it begins today. */
function confirm(tx: Tx, awardId: string, termMonths: number): Grant {
	const last = prepared(tx.db.sql, 'SELECT max(to_on) FROM award_term WHERE award_id = ?').pluck().get(awardId) as string | null;
	const term = termFrom(last !== null && last >= tx.ctx.today ? addDays(last, 1) : tx.ctx.today, termMonths);
	confirmAwardTerm(tx, awardId, term);
	return { awardId, termFromOn: term.fromOn, termToOn: term.toOn };
}

/** An award that was ended comes back from today, held since the day it was first given. */
function bringBack(tx: Tx, awardId: string, termMonths: number): Grant {
	const term = termFrom(tx.ctx.today, termMonths);
	reinstateAward(tx, awardId, term);
	return { awardId, termFromOn: term.fromOn, termToOn: term.toOn };
}

function termFrom(fromOn: string, months: number): { fromOn: string; toOn: string } {
	return { fromOn, toOn: addDays(addMonths(fromOn, months), -1) };
}
