import type { Ctx } from '#core/ctx.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { CIRCLE } from './interests.ts';
import { isOfficer } from './policy.ts';
import { NEVER, type QueueFilter } from './queue-filter.ts';
import type { Application } from './step.ts';

export const QUEUE_PAGE = 25;

/** A line of the work queue, from the checked copy alone. `assessors`: how many have it; `sealed`: how many are done, for officers. */
export type QueueLine = Pick<Application, 'id' | 'route' | 'phase' | 'turn' | 'phaseFromOn' | 'dueOn' | 'heldUntilOn' | 'outcome'> & {
	reference: string;
	name: string;
	standardsVersion: string;
	assessors: number;
	mayOpen: 'declare' | 'open';
};
export type Queue = { lines: QueueLine[]; next: QueueFilter['after'] };

/** Who may look at the queue at all: officers see every application, assessors those they were given. */
export function canSeeQueue(ctx: Pick<Ctx, 'actor'>): boolean {
	return isOfficer(ctx.actor) || (isStaff(ctx.actor) && hasRole(ctx.actor, 'assessor'));
}

/**
 * A page of the queue, what is due first. Nobody sees an application of their own circle, nor one they stepped back from.
 * @throws Forbidden
 */
export function queueOf(ctx: Ctx, filter: QueueFilter): Queue {
	allow(canSeeQueue(ctx));
	const { personId } = personOf(ctx);
	return reading(ctx.db.sql, () => {
		const me = { me: personId, today: ctx.today, ...circleOf(ctx.db, personId) };
		const { route, phase, turn, assessor, after } = filter;
		const values = { ...me, route, phase, turn, assessor, due: after?.dueOn ?? '', id: after?.id ?? '' };
		const rows = prepared(ctx.db.sql, textOf(ctx, filter)).all(values) as (QueueLine & { dueKey: string })[];
		const lines = rows.slice(0, QUEUE_PAGE);
		const last = lines.at(-1);
		return { lines, next: rows.length > QUEUE_PAGE && last ? { dueOn: last.dueKey, id: last.id } : null };
	});
}

/** How much waits: what one assesses oneself and has not sealed; what is the office's turn, and what is overdue of all. */
export function queueCounts(ctx: Ctx): { mine: number; team: number; overdue: number } {
	const { personId } = personOf(ctx);
	const values = { me: personId, today: ctx.today, ...circleOf(ctx.db, personId) };
	const count = (text: string) => prepared(ctx.db.sql, text).pluck().get(values) as number;
	const seesAll = isOfficer(ctx.actor);
	return { mine: count(MINE), team: seesAll ? count(counting("a.turn = 'office'")) : 0, overdue: seesAll ? count(counting(`${DUE} < :today`)) : 0 };
}

const OPEN = "phase NOT IN ('draft', 'decided', 'withdrawn', 'closed')";
const DUE = `coalesce(a.due_on, '${NEVER}')`;
// Found once for the page and not for each row: the persons of one's circle, the applications one has stepped back from or was named in.
const UNSEEN = 'a.person_id NOT IN (SELECT value FROM json_each(:people)) AND a.id NOT IN (SELECT value FROM json_each(:applications))';

// All of them are counted in the index alone; the few that one may not know of are taken off, found by their own keys.
const counting = (where: string) => `SELECT (SELECT count(*) FROM accreditation_application a WHERE a.${OPEN} AND ${where})
	- (SELECT count(*) FROM (SELECT id FROM accreditation_application WHERE person_id IN (SELECT value FROM json_each(:people))
		UNION SELECT value FROM json_each(:applications)) k CROSS JOIN accreditation_application a ON a.id = k.id WHERE a.${OPEN} AND ${where})`;
const MINE = `SELECT count(*) FROM accreditation_assessor e CROSS JOIN accreditation_application a ON a.id = e.application_id
	WHERE e.person_id = :me AND e.ended_at IS NULL AND e.sealed_at IS NULL AND a.phase = 'assessment' AND a.held_until_on IS NULL AND ${UNSEEN}`;

function textOf(ctx: Ctx, { view, route, phase, turn, assessor, isOverdue, after }: QueueFilter): string {
	const ownOnly = !isOfficer(ctx.actor) || view === 'mine';
	const holder = ownOnly ? ':me' : assessor === '' ? null : ':assessor';
	const wheres = [
		phase === '' ? `a.${OPEN}` : 'a.phase = :phase AND a.reference IS NOT NULL',
		holder !== null && `h.person_id = ${holder} AND h.ended_at IS NULL`,
		ownOnly && "a.phase IN ('assessment', 'waiting_on_applicant', 'verification', 'panel', 'review')",
		!ownOnly && view === 'team' && "a.turn = 'office'",
		route !== '' && 'a.route = :route',
		turn !== '' && 'a.turn = :turn',
		ownOnly && assessor !== '' && 'a.id IN (SELECT application_id FROM accreditation_assessor WHERE person_id = :assessor AND ended_at IS NULL)',
		isOverdue && `${DUE} < :today`,
		after !== null && `(${DUE}, a.id) > (:due, :id)`,
		UNSEEN,
	].filter((where) => where !== false);
	// From the few that somebody has to the applications, and not the other way round.
	const source = holder === null ? 'accreditation_application a' : 'accreditation_assessor h CROSS JOIN accreditation_application a ON a.id = h.application_id';
	return `SELECT ${COLUMNS} FROM ${source} WHERE ${wheres.join(' AND ')} ORDER BY ${DUE}, a.id LIMIT ${QUEUE_PAGE + 1}`;
}

const COLUMNS = `a.id, a.reference, a.route, a.standards_version AS standardsVersion, a.phase, a.turn, a.phase_from_on AS phaseFromOn, a.due_on AS dueOn,
	a.held_until_on AS heldUntilOn, a.outcome, ${DUE} AS dueKey,
	(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = a.person_id AND n.to_on IS NULL) AS name,
	(SELECT count(*) FROM accreditation_assessor e WHERE e.application_id = a.id AND e.ended_at IS NULL) AS assessors,
	CASE WHEN EXISTS (SELECT 1 FROM accreditation_assessor e WHERE e.application_id = a.id AND e.person_id = :me AND e.ended_at IS NULL AND e.declared_at IS NULL)
		THEN 'declare' ELSE 'open' END AS mayOpen`;

/** Persons and applications that the actor may not know of, as JSON lists: their own circle, what they stepped back from or were named in. */
export function mayNotKnow(ctx: Ctx): { people: string; applications: string } {
	return circleOf(ctx.db, personOf(ctx).personId);
}

function circleOf(db: Db, personId: string): { people: string; applications: string } {
	const list = (text: string) => JSON.stringify(prepared(db.sql, text).pluck().all({ me: personId }));
	return { people: list(CIRCLE), applications: list(NAMED) };
}

const NAMED = `SELECT application_id FROM accreditation_assessor WHERE person_id = :me AND end_reason = 'recused'
	UNION SELECT application_id FROM accreditation_request WHERE to_person_id = :me`;
