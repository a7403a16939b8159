import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';

/** The business numbers of the rule set `membership`, defaults to be confirmed; `graceDays` is the register's own, so that both always agree. */
export type MembershipRules = {
	/** Days from sending an application to its answer, as promised to the applicant. */
	admitDays: number;
	termMonths: number;
	/** Days before the end of the paid time from which one may renew. */
	windowDays: number;
	/** Days before the end on which a reminder goes out, largest first; 0 is the last day itself. */
	reminderDays: readonly number[];
	/** Days after which an application that nobody went on with is closed, and how long before that its owner is reminded. */
	draftDays: number;
	draftReminderDays: readonly number[];
	/** Days to pay an invoice for a first membership or another grade. */
	payDays: number;
	/** Months after a lapse in which one may come back without a new application. */
	rejoinMonths: number;
	/** Leave up to this many months needs nobody; longer leave an officer; none is longer than the most. */
	leaveFreeMonths: number;
	leaveMostMonths: number;
	/** Days after the paid time in which membership goes on (rule set `register`). */
	graceDays: number;
};

/** The rules in force on a day. For days before the first version, that one. */
export function membershipRules(db: Db, day: string): MembershipRules {
	const own = JSON.parse(ruleSetOn(db, 'membership', day).data) as Omit<MembershipRules, 'graceDays'>;
	const { membershipGraceDays } = JSON.parse(ruleSetOn(db, 'register', day).data) as { membershipGraceDays: number };
	return { ...own, graceDays: membershipGraceDays };
}

/** One sentence an applicant agrees to. `explain`: what to write where they cannot; null where there is no other answer. */
export type Declaration = { key: string; title: string; text: string; explain: string | null };

/** The declarations in force on a day, with the version that they are agreed to in. */
export function declarationsOn(db: Db, day: string): { version: string; declarations: Declaration[] } {
	const { version, data } = ruleSetOn(db, 'declarations', day);
	return { version, declarations: JSON.parse(data) as Declaration[] };
}
