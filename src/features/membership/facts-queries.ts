import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { MembershipFacts, PeriodFact } from './facts.ts';
import { membershipRules } from './rules.ts';
import { type MembershipStatus, membershipStatus } from './status.ts';

/** A period with its key. */
export type Period = PeriodFact & { id: string };

/** The dated facts of one person, for `membershipStatus`. Orders are the register's facts: only whether they end or rest a membership is read. */
export function membershipFactsOf(db: Db, personId: string): MembershipFacts {
	const all = <T>(text: string): T[] => prepared(db.sql, text).all(personId) as T[];
	return {
		diedOn: (prepared(db.sql, 'SELECT died_on FROM person WHERE id = ?').pluck().get(personId) as string | null | undefined) ?? null,
		periods: periodsOf(db, personId),
		leaves: all('SELECT from_on AS fromOn, to_on AS toOn FROM membership_leave WHERE person_id = ? ORDER BY from_on'),
		applications: all(APPLICATIONS),
		orders: all(ORDERS),
	};
}

/** Every period of a person, oldest first. */
export function periodsOf(db: Db, personId: string): Period[] {
	const text = `SELECT id, category, from_on AS fromOn, paid_to_on AS paidToOn, ended_on AS endedOn, end_reason AS endReason, employer
		FROM membership_period WHERE person_id = ? ORDER BY from_on, id`;
	return prepared(db.sql, text).all(personId) as Period[];
}

/** Where someone's membership stands today. Never authorises. */
export function membershipStatusOf(ctx: Ctx, personId: string): MembershipStatus {
	return membershipStatus(membershipFactsOf(ctx.db, personId), ctx.today, membershipRules(ctx.db, ctx.today));
}

const APPLICATIONS = `SELECT begun_on AS begunOn, CASE WHEN state IN ('joined', 'declined', 'withdrawn', 'closed') THEN touched_on END AS closedOn
	FROM membership_application WHERE person_id = ?`;
const ORDERS = `SELECT CASE WHEN kind IN ('removal', 'voluntary_removal') THEN 'removed' ELSE 'suspended' END AS effect, from_on AS fromOn, to_on AS toOn,
	CASE WHEN outcome IN ('met', 'revoked') THEN outcome_on END AS closedOn
	FROM register_order WHERE person_id = ? AND kind IN ('removal', 'voluntary_removal', 'suspension', 'interim_suspension')`;
