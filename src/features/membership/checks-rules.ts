import { addDays, addMonths } from '#core/dates.ts';
import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { personCheck } from '#db/schema/index.ts';
import type { Grade } from './facts.ts';

export type Check = typeof personCheck.$inferSelect;
export type CheckKind = Check['kind'];

/** The business numbers of checks: rule set `checks`, defaults to be confirmed. */
export type CheckRules = {
	/** Days before the last day covered on which a member is reminded. */
	reminderDays: readonly number[];
	/** Months after which the office looks again. */
	recheckMonths: Record<CheckKind, number>;
	/** Days after which what could not be checked, or was only told to us, is looked at again. */
	retryDays: number;
	/** Which grades are asked for which kind. */
	asked: Record<CheckKind, readonly Grade[]>;
};

/** The rules in force on a day. */
export function checkRules(db: Db, day: string): CheckRules {
	return JSON.parse(ruleSetOn(db, 'checks', day).data) as CheckRules;
}

/** How a check stands on a day. `missing`: asked for and never looked at. `declared`: the person told us, nobody has looked yet. */
export const CHECK_STATES = ['fine', 'soon', 'overdue', 'expired', 'could_not_check', 'not_found', 'restricted', 'declared', 'missing'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

type Standing = Pick<Check, 'outcome' | 'how' | 'validToOn' | 'dueOn'>;

/** How a check stands on a day: a pure function. What could not be checked is never fine, however recent. */
export function checkState(check: Standing, day: string, rules: Pick<CheckRules, 'reminderDays'>): CheckState {
	if (check.outcome !== 'confirmed') return check.outcome;
	if (check.validToOn !== null && check.validToOn < day) return 'expired';
	if (check.dueOn !== null && check.dueOn < day) return 'overdue';
	if (check.how === 'declared') return 'declared';
	return check.dueOn !== null && check.dueOn <= addDays(day, Math.max(...rules.reminderDays)) ? 'soon' : 'fine';
}

type Looked = Pick<Check, 'kind' | 'outcome' | 'how' | 'checkedOn' | 'datedOn' | 'validToOn'> & { nextCheckOn: string | null };

/** The day on which the office looks again unless it is said, the last day covered of a record check, and the earlier of the two. */
export function daysOf(check: Looked, rules: CheckRules): { validToOn: string | null; nextCheckOn: string; dueOn: string } {
	const months = rules.recheckMonths[check.kind];
	const isOld = check.kind === 'record_check' && check.validToOn === null && check.outcome === 'confirmed';
	const validToOn = isOld ? addMonths(check.datedOn ?? check.checkedOn, months) : check.validToOn;
	const isUnsure = check.outcome === 'could_not_check' || check.how === 'declared';
	const usual = isUnsure ? addDays(check.checkedOn, rules.retryDays) : (validToOn ?? addMonths(check.checkedOn, months));
	const nextCheckOn = check.nextCheckOn ?? usual;
	return { validToOn, nextCheckOn, dueOn: validToOn !== null && validToOn < nextCheckOn ? validToOn : nextCheckOn };
}
