import { z } from 'zod';
import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';

const count = z.int().min(0).max(1000);
const rules = z.object({
	note: z.string(),
	/** Months before the last day of an award at which its re-accreditation opens. */
	windowMonths: count,
	/** Months, and days, before that day at which the member is reminded. */
	reminderMonths: z.array(count),
	reminderDays: z.array(count),
	/** Months after the end of an award within which it may come back by the short way. */
	reactivateMonths: count,
	/** Of every hundred that could be confirmed at one look, how many are assessed all the same. */
	samplePercent: count,
	/** Years for which an audit that was not satisfied is a reason to assess. */
	riskAuditYears: count,
	/** Months of an extension that one officer gives alone, and the most that two give. */
	extensionAloneMonths: count,
	extensionMostMonths: count,
	informationRounds: count,
	informationDays: count,
	conditionMostMonths: count,
	batchMost: count,
	/** What everyone accredited declares once a year, and what is declared with a re-accreditation. */
	annual: z.string(),
	declaration: z.string(),
	audit: z.object({
		percentLeast: count,
		percentMost: count,
		/** Months of membership before anyone is drawn; years for which somebody audited is left out. */
		minMonths: count,
		againAfterYears: count,
		answerDays: count,
		reminderDays: z.array(count),
		extensionMostDays: count,
		/** Days after the last day to answer from which an officer may refer it. */
		referAfterDays: count,
		queryDays: count,
		/** Days in which a member may say something to two auditors' view. */
		sayDays: count,
		reviewWorkingDays: count,
		planMostMonths: count,
	}),
});

/** The figures of staying accredited: rule set `renewal`, defaults to be confirmed by the organisation. */
export type RenewalRules = z.output<typeof rules>;
export type AuditRules = RenewalRules['audit'];

/** The rules in force on a day. */
export function renewalRules(db: Db, day: string): RenewalRules {
	return rules.parse(JSON.parse(ruleSetOn(db, 'renewal', day).data));
}
