import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { readStoredFile, type StoredFile } from '#core/files.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { ownStanding } from './apply-queries.ts';
import { type Condition, conditionsOf } from './decision-queries.ts';
import { filesAt } from './evidence-queries.ts';
import { interestsIn, OWN_CIRCLE } from './interests.ts';
import { isOfficer } from './policy.ts';
import { type Standing, standingOf } from './step.ts';

export type ConditionState = 'open' | 'shown' | 'met' | 'missed';
export type OfficeCondition = Condition & { standing: Standing; name: string; reference: string; state: ConditionState; isLate: boolean };

/** Where a condition stands, as it follows from its facts. */
export function conditionState({ metAt, missedAt, evidenceAt }: Pick<Condition, 'metAt' | 'missedAt' | 'evidenceAt'>): ConditionState {
	if (metAt !== null) return 'met';
	if (missedAt !== null) return 'missed';
	return evidenceAt === null ? 'open' : 'shown';
}

export const CONDITION_STATE_WORDS: Record<ConditionState, string> = {
	open: 'Not shown yet',
	shown: 'Shown: the office looks at it',
	met: 'Met',
	missed: 'Not met: the committee looks at it',
};

/** The conditions of the decision in force on one's own application. @throws NotFound */
export function ownConditions(ctx: Ctx, key: string): { standing: Standing; conditions: Condition[] } {
	const standing = ownStanding(ctx, key);
	const { decisionId } = standing.state;
	return { standing, conditions: decisionId === null ? [] : conditionsOf(ctx.db, decisionId) };
}

const OPEN = `SELECT c.id FROM decision_condition c JOIN decision d ON d.id = c.decision_id AND d.overturned_at IS NULL
	JOIN accreditation_application a ON a.id = d.application_id AND a.phase = 'decided'
	WHERE c.met_at IS NULL AND c.missed_at IS NULL`;

/** Conditions that are neither met nor missed, shown ones and the earliest first; nothing of the officer's own circle. @throws Forbidden */
export function conditionsWaiting(ctx: Ctx): OfficeCondition[] {
	allow(isOfficer(ctx.actor));
	const ids = prepared(ctx.db.sql, `${OPEN} ORDER BY c.evidence_at IS NULL, c.due_on, c.id LIMIT 200`).pluck().all() as string[];
	return ids.map((id) => viewOf(ctx, id)).filter(({ standing }) => !isOwnCircle(ctx, standing.application.id));
}

/** One condition for the officer who judges it. @throws Forbidden, NotFound also for what is of their own circle */
export function conditionFor(ctx: Ctx, id: string): OfficeCondition {
	allow(isOfficer(ctx.actor));
	const exists = prepared(ctx.db.sql, 'SELECT 1 FROM decision_condition WHERE id = ?').get(id) !== undefined;
	const view = exists ? viewOf(ctx, id) : null;
	if (view === null || isOwnCircle(ctx, view.standing.application.id)) throw new NotFound('There is no such condition.');
	return view;
}

/** The file that shows a condition. @throws Forbidden, NotFound, Conflict while it is shut */
export async function readConditionFile(ctx: Ctx, id: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const { standing, fileId: own } = conditionFor(ctx, id);
	if (own !== fileId) throw new NotFound('There is no such file.');
	return readStoredFile(ctx, fileId, filesAt(standing.application.id));
}

function isOwnCircle(ctx: Ctx, applicationId: string): boolean {
	return interestsIn(ctx.db, applicationId, personOf(ctx).personId).some((interest) => OWN_CIRCLE.includes(interest));
}

function viewOf(ctx: Ctx, id: string): OfficeCondition {
	const text =
		'SELECT decision_id AS decisionId, (SELECT application_id FROM decision WHERE id = decision_id) AS applicationId FROM decision_condition WHERE id = ?';
	const { decisionId, applicationId } = prepared(ctx.db.sql, text).get(id) as { decisionId: string; applicationId: string };
	const condition = conditionsOf(ctx.db, decisionId).find((one) => one.id === id) as Condition;
	const standing = standingOf(ctx.db, applicationId);
	const state = conditionState(condition);
	const isLate = ctx.today > condition.dueOn && (state === 'open' || state === 'shown');
	return { ...condition, standing, name: nameOf(ctx.db, standing.application.personId) ?? '', reference: standing.application.reference ?? '', state, isLate };
}

/** Conditions for which a reminder is due today or was missed: not shown yet, and so many days ahead or fewer. Never authorises: for the job. */
export function conditionsToRemindOf(db: Db, today: string, days: number): { id: string; dueOn: string; personId: string; reference: string }[] {
	const text = `SELECT c.id, c.due_on AS dueOn, a.person_id AS personId, a.reference FROM decision_condition c
		JOIN decision d ON d.id = c.decision_id AND d.overturned_at IS NULL JOIN accreditation_application a ON a.id = d.application_id AND a.phase = 'decided'
		WHERE c.met_at IS NULL AND c.missed_at IS NULL AND c.evidence_at IS NULL AND c.due_on >= ? AND c.due_on <= ? ORDER BY c.due_on LIMIT 1000`;
	return prepared(db.sql, text).all(today, addDays(today, days)) as { id: string; dueOn: string; personId: string; reference: string }[];
}
