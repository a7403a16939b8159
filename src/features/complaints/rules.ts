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
	/** Of concerns about the organisation only, which are answered and never go to a panel (rule set `concerns_organisation`). */
	answerWorkingDays: whole.optional(),
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

/** The rules of a day. */
export function rulesOn(db: Db, day: string): { version: string; rules: ConcernRules } {
	return rulesFor(db, day, 'therapist');
}

/** The version that a concern begins under on a day, which it keeps; one about the organisation has a version of its own clocks behind a stroke. */
export function rulesFor(db: Db, day: string, about: 'therapist' | 'organisation'): { version: string; rules: ConcernRules } {
	const { version: first } = ruleSetOn(db, 'concerns', day);
	const version = about === 'therapist' ? first : `${first}/${ruleSetOn(db, 'concerns_organisation', day).version}`;
	return { version, rules: rulesOf(db, version) };
}

/** The rules of a version. @throws Error when there is none */
export function rulesOf(db: Db, version: string): ConcernRules {
	const [first, own] = version.split('/');
	const rules = schema.parse(dataOf(db, 'concerns', first));
	return own === undefined ? rules : { ...rules, ...ownSchema.parse(dataOf(db, 'concerns_organisation', own)) };
}

const ownSchema = z.strictObject({ acknowledgeWorkingDays: whole, answerWorkingDays: whole });

function dataOf(db: Db, kind: string, version: string | undefined): unknown {
	const data = prepared(db.sql, 'SELECT data FROM rule_set WHERE kind = ? AND version = ?').pluck().get(kind, version) as string | undefined;
	if (data === undefined) throw new Error(`There are no rules of kind ${kind} and version ${version}.`);
	return JSON.parse(data);
}
