import type { Tx } from '#core/commit.ts';
import { addDays, addMonths } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { type AwardKind, type AwardLevel, confirmAwardTerm, endAward } from '#features/register/index.ts';
import { endsOn, type RenewalLimits } from './renewal-state.ts';
import type { RenewalStanding } from './renewal-step.ts';
import { routeOf, standardSet } from './standards.ts';

/** An award that nobody ended, with its last period. */
export type LastTerm = { id: string; level: AwardLevel; kind: AwardKind; fromOn: string; toOn: string };

/** Awards of a person that are accreditation and were not ended, those that lead first: practitioner's, then by the day they run out. */
export function lastTermsOf(db: Db, personId: string): LastTerm[] {
	const text = `SELECT a.id, a.level, a.kind, t.from_on AS fromOn, max(t.to_on) AS toOn FROM award a JOIN award_term t ON t.award_id = a.id
		WHERE a.person_id = ? AND a.ended_on IS NULL AND a.level <> 'organisation' GROUP BY a.id ORDER BY a.level <> 'practitioner', toOn, a.id`;
	return prepared(db.sql, text).all(personId) as LastTerm[];
}

/**
 * Confirms every award of a person for the next period, all to the same last day. What still runs, or is told in the late window, goes on
 * without a gap; what came to its end begins anew today. Joins a transaction and never authorises.
 */
export function confirmTerms(tx: Tx, standing: RenewalStanding): { fromOn: string; toOn: string } {
	const { renewal, limits } = standing;
	const { termMonths } = routeOf(standardSet(tx.db, renewal.standardsVersion).standards, renewal.route);
	const awards = within(lastTermsOf(tx.db, renewal.personId), tx.ctx.today, limits);
	const leading = awards.find(({ id }) => id === renewal.awardId) ?? awards[0];
	const fromOn = nextFrom(leading?.toOn ?? tx.ctx.today, tx.ctx.today, limits);
	const toOn = addDays(addMonths(fromOn, termMonths), -1);
	for (const award of awards) {
		const from = nextFrom(award.toOn, tx.ctx.today, limits);
		if (from <= toOn) confirmAwardTerm(tx, award.id, { fromOn: from, toOn });
	}
	refreshFinder(tx, renewal.personId);
	return { fromOn, toOn };
}

/** Awards that came to their end so long ago that the way back is closed stay where they are. */
function within(awards: readonly LastTerm[], today: string, limits: RenewalLimits): LastTerm[] {
	return awards.filter(({ toOn }) => today < addMonths(endsOn({ dueOn: toOn }, limits), limits.reactivateMonths));
}

function nextFrom(lastOn: string, today: string, limits: RenewalLimits): string {
	return today < endsOn({ dueOn: lastOn }, limits) ? addDays(lastOn, 1) : today;
}

/** Lets the running period of every award last longer. Never shorter. Joins a transaction and never authorises. */
export function extendTerms(tx: Tx, personId: string, untilOn: string, limits: RenewalLimits): void {
	for (const award of lastTermsOf(tx.db, personId)) {
		const isRunning = tx.ctx.today < endsOn({ dueOn: award.toOn }, limits);
		if (isRunning && award.toOn < untilOn) confirmAwardTerm(tx, award.id, { fromOn: award.fromOn, toOn: untilOn });
	}
	refreshFinder(tx, personId);
}

/** Ends what the committee refused to confirm: not before its last day, and the others rest with it. Joins and never authorises. */
export function endTerms(tx: Tx, { renewal, limits, state }: RenewalStanding): void {
	const awards = lastTermsOf(tx.db, renewal.personId);
	const leading = awards.some(({ level }) => level === 'practitioner') ? awards.filter(({ level }) => level === 'practitioner') : awards;
	const lapsedOn = endsOn(state, limits);
	const soonest = addDays(renewal.termToOn, 1);
	const endedOn = tx.ctx.today > soonest ? tx.ctx.today : soonest;
	for (const { id } of leading) endAward(tx, id, { endedOn: state.isReinstating ? lapsedOn : endedOn, endReason: 'not_renewed' });
	refreshFinder(tx, renewal.personId);
}
