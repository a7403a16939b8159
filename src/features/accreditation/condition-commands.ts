import { eq, sql } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { daysBetween } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile } from '#core/files.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { decisionCondition } from '#db/schema/index.ts';
import { postTo } from './apply-post.ts';
import type { ConditionJudged, ConditionShown } from './condition-form.ts';
import { conditionFor, conditionState, conditionsToRemindOf, ownConditions } from './condition-queries.ts';
import { mailConditionDue, mailConditionJudged } from './decision-mails.ts';
import type { Condition } from './decision-queries.ts';
import { filesAt } from './evidence-queries.ts';
import { canTake } from './policy.ts';
import { standardsOn } from './standards.ts';
import { refuseStale, takeStep } from './step.ts';

const MOVED_ON = 'This condition has changed since you opened the page. Look at it again: what you wrote is still here.';

/** The applicant shows how a condition of their award is met; an officer judges it. @throws NotFound; Conflict once it is judged; Invalid */
export function showCondition(ctx: Ctx, key: string, input: ConditionShown): void {
	commit(ctx, { name: 'show condition' }, (tx) => {
		const { standing, conditions } = ownConditions(ctx, key);
		const condition = conditions.find(({ id }) => id === input.condition);
		if (!condition) throw new NotFound('There is no such condition.');
		const { application, state } = standing;
		if (state.phase !== 'decided' || !state.openConditions.some(({ id }) => id === condition.id)) throw new Conflict('This condition has been judged already.');
		if (condition.version !== input.version) throw new Conflict(MOVED_ON);
		if (input.files.length > 1) throw new Invalid('files', 'Choose one file only.');
		for (const file of input.files) attachFile(tx, file, { ...filesAt(application.id), ownerPersonId: application.personId, field: 'files' });
		change(tx, condition, { evidence: input.words, fileId: input.files[0] ?? condition.fileId, evidenceAt: ctx.now });
		record(tx, 'accreditation.condition_shown', { type: 'application', id: application.id }, { condition: condition.id });
	});
}

/** An officer judges a condition: met, or not met, and then the committee looks at it. @throws Forbidden, NotFound, Conflict */
export function judgeCondition(ctx: Ctx, id: string, input: ConditionJudged): void {
	commit(ctx, { name: 'judge condition', reason: input.words || undefined }, (tx) => {
		const condition = conditionFor(ctx, id);
		const { standing } = condition;
		const kind = input.verdict === 'met' ? 'condition_met' : 'condition_missed';
		refuseStale(standing, input.seen);
		if (!['open', 'shown'].includes(conditionState(condition)) || !standing.state.openConditions.some((one) => one.id === id))
			throw new Conflict('This condition has been judged already.');
		if (condition.version !== input.version) throw new Conflict(MOVED_ON);
		const { application, state } = standing;
		allow(canTake(ctx.actor, { personId: application.personId, state, isBarred: false }, kind));
		const judged = { judgedBy: personOf(ctx).personId, judgement: input.words };
		change(tx, condition, { ...judged, ...(input.verdict === 'met' ? { metAt: ctx.now } : { missedAt: ctx.now }) });
		takeStep(tx, standing, kind, { condition: id });
		const about = { key: id, reference: condition.reference, isMet: input.verdict === 'met' };
		postTo(tx, application.personId, (to) => mailConditionJudged(ctx.settings, about, to));
	});
}

function change(tx: Tx, { id }: Condition, set: Partial<Condition>): void {
	tx.db.orm
		.update(decisionCondition)
		.set({ ...set, version: sql`${decisionCondition.version} + 1` })
		.where(eq(decisionCondition.id, id))
		.run();
}

/** Reminds of conditions that come due, some days ahead by the standards; each reminder goes once. For the job. @returns how many */
export function remindOfConditions(ctx: Ctx): number {
	const ahead = standardsOn(ctx.db, ctx.today).standards.limits.requestReminderDays;
	const waiting = conditionsToRemindOf(ctx.db, ctx.today, Math.max(0, ...ahead));
	return waiting.reduce((sum, condition) => sum + remindOne(ctx, condition, ahead), 0);
}

function remindOne(ctx: Ctx, { id, dueOn, personId, reference }: ReturnType<typeof conditionsToRemindOf>[number], ahead: readonly number[]): number {
	const left = daysBetween(ctx.today, dueOn);
	const step = Math.min(...ahead.filter((days) => days >= left));
	const key = `${id}:${step}`;
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(`accreditation.condition-due:${key}`)) return 0;
	return commit(ctx, { name: 'remind of condition' }, (tx) => {
		postTo(tx, personId, (to) => mailConditionDue(ctx.settings, { key, reference, dueOn }, to));
		record(tx, 'accreditation.reminded', { type: 'condition', id }, { days: step });
		return 1;
	});
}
