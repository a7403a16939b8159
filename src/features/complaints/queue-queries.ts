import type { Ctx } from '#core/ctx.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import { type Holidays, holidaysOf } from '#core/working-days.ts';
import { prepared } from '#db/prepared.ts';
import type { Phase } from './phases.ts';
import { fateOf, promisesOf } from './promises.ts';
import type { QueueFilter } from './queue-filter.ts';
import { type ConcernRules, rulesOf } from './rules.ts';
import { isOnlyOfficer } from './sight.ts';
import { stepsOf } from './step.ts';

export const QUEUE_PAGE = 50;
/** A case in the queue: nobody is named but its officer. `waits`: for somebody to take it on. */
export type QueueLine = {
	id: string;
	reference: string;
	phase: Phase;
	dueOn: string | null;
	isPaused: boolean;
	isUrgent: boolean;
	owner: string | null;
	waits: boolean;
	kept: number;
	missed: number;
};

type Row = Omit<QueueLine, 'isPaused' | 'isUrgent' | 'waits' | 'kept' | 'missed'> & { isPaused: 0 | 1; isUrgent: 0 | 1; waits: 0 | 1; version: string };

/** The cases that the actor may know of, overdue ones first. For everybody else it is empty, and says no number. @throws SignInRequired */
export function concernQueue(ctx: Ctx, filter: QueueFilter): { lines: QueueLine[]; hasMore: boolean } {
	const values = { ...whoOf(ctx), stage: filter.stage, mine: Number(filter.isMine), overdue: Number(filter.isOverdue), from: (filter.page - 1) * QUEUE_PAGE };
	const rows = prepared(ctx.db.sql, QUEUE).all(values) as Row[];
	const ground = groundOf(ctx);
	return { lines: rows.slice(0, QUEUE_PAGE).map((row) => lineOf(ctx, ground, row)), hasMore: rows.length > QUEUE_PAGE };
}

/** How many of them wait for an officer, are overdue, or ask something of the actor before they open. */
export function concernCounts(ctx: Ctx): { waiting: number; overdue: number; shut: number } {
	return prepared(ctx.db.sql, COUNTS).get(whoOf(ctx)) as { waiting: number; overdue: number; shut: number };
}

function whoOf(ctx: Ctx): { me: string; now: number; today: string; officer: number; alone: number; shutOut: string } {
	const { personId } = personOf(ctx);
	const isIn = isStaff(ctx.actor);
	const officer = isIn && hasRole(ctx.actor, 'complaints_officer');
	const asOfficer = { officer: Number(officer), alone: Number(isOnlyOfficer(ctx, personId)), shutOut: JSON.stringify(officer ? shutOutIn(ctx) : []) };
	return { me: isIn ? personId : '', now: ctx.now, today: ctx.today, ...asOfficer };
}

/**
 * Owners and the cases of their own circle. One owner after the other: SQLite asks the view for one person quickly when they are a value, and
 * goes through everybody when they are a column. @returns pairs of person and concern
 */
function shutOutIn({ db, now }: Ctx): [string, string][] {
	const owners = prepared(db.sql, OWNERS).pluck().all(now) as string[];
	const tied = prepared(db.sql, 'SELECT DISTINCT concern_id FROM concern_interest WHERE other_id = ?').pluck();
	return owners.flatMap((owner) => (tied.all(owner) as string[]).map((concernId): [string, string] => [owner, concernId]));
}

type Ground = { holidays: Holidays; rules(version: string): ConcernRules };

/** What every line needs, read once and not for each. */
function groundOf({ db }: Ctx): Ground {
	const known = new Map<string, ConcernRules>();
	const rules = (version: string) => {
		const found = known.get(version) ?? rulesOf(db, version);
		known.set(version, found);
		return found;
	};
	return { holidays: holidaysOf(db), rules };
}

function lineOf(ctx: Ctx, { holidays, rules }: Ground, { version, ...row }: Row): QueueLine {
	const promises = promisesOf(stepsOf(ctx.db, row.id), rules(version), holidays);
	const count = (fate: string) => promises.filter((one) => fateOf(one, ctx.today) === fate).length;
	return { ...row, isPaused: row.isPaused === 1, isUrgent: row.isUrgent === 1, waits: row.waits === 1, kept: count('kept'), missed: count('missed') };
}

// Who may know of what is found once and not for each line: those let in, those that nobody can act for, less those of one's own circle.
const KNOWN = `WITH tied AS MATERIALIZED (
		SELECT concern_id AS id FROM concern_interest WHERE other_id = :me
		UNION SELECT concern_id FROM concern_access WHERE person_id = :me AND end_reason = 'recused'),
	let_in AS MATERIALIZED (SELECT concern_id AS id, max(declared IS NOT NULL) AS is_open FROM concern_access
		WHERE person_id = :me AND ended_at IS NULL AND from_at <= :now AND until_at > :now GROUP BY concern_id),
	shut_out AS MATERIALIZED (SELECT value ->> 0 AS person_id, value ->> 1 AS concern_id FROM json_each(:shutOut)),
	waiting AS MATERIALIZED (SELECT c.id FROM concern c WHERE :officer = 1 AND c.phase NOT IN ('enquiry', 'dropped', 'closed')
		AND (:alone = 1 OR c.typed_by IS NOT :me)
		AND (c.phase = 'received' OR NOT EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = c.id AND a.capacity = 'owner' AND a.capacity <> 'break_glass'
			AND a.ended_at IS NULL AND a.until_at > :now AND (c.id, a.person_id) NOT IN (SELECT concern_id, person_id FROM shut_out)))),
	known AS MATERIALIZED (SELECT id FROM let_in UNION SELECT id FROM waiting EXCEPT SELECT id FROM tied)`;
const OWNERS = "SELECT DISTINCT person_id FROM concern_access WHERE capacity = 'owner' AND ended_at IS NULL AND until_at > ?";
const QUEUE = `${KNOWN}
	SELECT c.id, c.reference, c.phase, c.due_on AS dueOn, c.is_paused AS isPaused, c.is_urgent AS isUrgent, c.rules_version AS version,
		(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = c.owner_id AND n.to_on IS NULL) AS owner,
		c.id IN (SELECT id FROM waiting) AS waits
	FROM known k JOIN concern c ON c.id = k.id
	WHERE c.reference IS NOT NULL AND (CASE :stage WHEN '' THEN c.phase <> 'closed' ELSE c.phase = :stage END)
		AND (:mine = 0 OR c.owner_id = :me) AND (:overdue = 0 OR c.due_on < :today)
	ORDER BY c.due_on < :today DESC, c.is_urgent DESC, coalesce(c.due_on, '9999'), c.reference LIMIT ${QUEUE_PAGE + 1} OFFSET :from`;
const COUNTS = `${KNOWN}
	SELECT count(*) FILTER (WHERE c.id IN (SELECT id FROM waiting)) AS waiting, count(*) FILTER (WHERE c.due_on < :today) AS overdue,
		count(*) FILTER (WHERE c.id IN (SELECT id FROM let_in WHERE is_open = 0)) AS shut
	FROM known k JOIN concern c ON c.id = k.id WHERE c.reference IS NOT NULL AND c.phase <> 'closed'`;
