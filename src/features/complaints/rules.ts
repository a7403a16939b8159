import { z } from 'zod';
import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

const whole = z.number().int().positive();
const schema = z.strictObject({
	acknowledgeWorkingDays: whole,
	triageWorkingDays: whole,
	updateDays: whole,
	askWorkingDays: whole,
	replyDays: whole,
	resolutionWorkingDays: whole,
	investigationWorkingDays: whole,
	panelMonths: whole,
	hearingMonths: whole,
	hearingNoticeDays: whole,
	appealDays: whole,
	publishWorkingDays: whole,
	reopenMonths: whole,
	draftDays: whole,
	draftReminderDays: whole,
	timeLimitYears: whole,
	breakGlassHours: whole.max(2),
	accessDays: whole,
	interimReviewMonths: whole,
	interimMostMonths: whole,
	suspensionMostMonths: whole,
	reviewNoticeDays: z.array(whole),
	showMetMonths: whole,
	showNotMetMonths: whole,
	showRemovedMonths: whole,
	restoreAfterMonths: whole,
	/** Counts below this are not shown. */
	smallNumber: whole,
	/** Months after the end for which what was said is kept; null: as long as the register. */
	keepMonths: z.strictObject({ not_taken_forward: whole, no_case: whole, upheld: whole, removed: whole.nullable() }),
});

/** The figures by which concerns are handled: defaults from workflows.md §6.5–6.6 and domain.md §3.3–3.4, to be confirmed by the organisation. */
export type ConcernRules = z.infer<typeof schema>;

/** The version that a concern begins under on a day, which it keeps. */
export function rulesOn(db: Db, day: string): { version: string; rules: ConcernRules } {
	const { version, data } = ruleSetOn(db, 'concerns', day);
	return { version, rules: schema.parse(JSON.parse(data)) };
}

/** The rules of a version. @throws Error when there is none */
export function rulesOf(db: Db, version: string): ConcernRules {
	const data = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'concerns' AND version = ?").pluck().get(version) as string | undefined;
	if (data === undefined) throw new Error(`There are no rules for concerns of version ${version}.`);
	return schema.parse(JSON.parse(data));
}
