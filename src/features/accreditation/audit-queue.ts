import type { Ctx } from '#core/ctx.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { sampleDraw } from '#db/schema/index.ts';
import { paths } from '#paths';
import type { AuditPhase } from './audit-state.ts';
import { CIRCLE } from './interests.ts';
import { isOfficer } from './policy.ts';

export const AUDIT_LISTS = ['mine', 'asks', 'selected', 'waiting', 'review', 'plan', 'short', 'done'] as const;
export type AuditList = (typeof AUDIT_LISTS)[number];
export const AUDIT_LIST_WORDS: Record<AuditList, string> = {
	mine: 'Given to me',
	asks: 'More time or an excuse asked for',
	selected: 'Chosen, not told yet',
	waiting: 'Waiting for the member',
	review: 'Being looked at',
	plan: 'Tasks to be done',
	short: 'Not satisfied or referred',
	done: 'Done',
};
export type AuditLine = { reference: string; name: string; phase: AuditPhase; dueOn: string | null; isLot: boolean };

/** Officers see all of it, auditors what they were given. */
export function canSeeAudits(ctx: Pick<Ctx, 'actor'>): boolean {
	return isOfficer(ctx.actor) || (isStaff(ctx.actor) && hasRole(ctx.actor, 'auditor'));
}

/** A list of audits, the most urgent first; never anybody of the reader's own circle. @throws Forbidden */
export function auditQueue(ctx: Ctx, list: AuditList, page: number): { lines: AuditLine[]; hasMore: boolean } {
	allow(canSeeAudits(ctx));
	const where = isOfficer(ctx.actor) ? WHERE[list] : WHERE.mine;
	const values = { me: personOf(ctx).personId, limit: 51, skip: (page - 1) * 50 };
	const rows = prepared(ctx.db.sql, `${LINES} AND ${where} ORDER BY a.due_on, a.id LIMIT :limit OFFSET :skip`).all(values) as (Omit<AuditLine, 'isLot'> & {
		isLot: number;
	})[];
	return { lines: rows.slice(0, 50).map((row) => ({ ...row, isLot: row.isLot === 1 })), hasMore: rows.length > 50 };
}

/** What waits for the actor, for the office's first page. */
export function auditWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	if (ctx.actor.kind !== 'person' || !canSeeAudits(ctx)) return [];
	const count = (list: AuditList) =>
		prepared(ctx.db.sql, `SELECT count(*) FROM (${LINES} AND ${WHERE[list]})`)
			.pluck()
			.get({ me: personOf(ctx).personId }) as number;
	const one = (list: AuditList, label: string) => ({ label, count: count(list), href: paths.officeAudits({ list }) });
	const mine = hasRole(ctx.actor, 'auditor') ? [one('mine', 'CPD audits given to you')] : [];
	return isOfficer(ctx.actor)
		? [...mine, one('selected', 'CPD audits of which nobody was told yet'), one('asks', 'CPD audits: more time or an excuse asked for')]
		: mine;
}

export type ToldDraw = Pick<
	typeof sampleDraw.$inferSelect,
	'reference' | 'purpose' | 'drawnOn' | 'seed' | 'percent' | 'eligibleCount' | 'drawnCount' | 'digest' | 'cut'
>;

/** Every draw with what makes it repeatable, newest first: for everyone to read. */
export function drawsToTell(db: Db): ToldDraw[] {
	const text = `SELECT reference, purpose, drawn_on AS drawnOn, seed, percent, eligible_count AS eligibleCount, drawn_count AS drawnCount, digest, cut
		FROM sample_draw ORDER BY drawn_at DESC, reference DESC LIMIT 50`;
	return prepared(db.sql, text).all() as ToldDraw[];
}

/** More time that was given to everyone due in some weeks, newest first: for everyone to read. */
export function extensionsToTell(db: Db): { publicNote: string; dueFromOn: string; dueToOn: string; months: number }[] {
	const text = `SELECT public_note AS publicNote, due_from_on AS dueFromOn, due_to_on AS dueToOn, months FROM renewal_extension
		WHERE renewal_id IS NULL AND confirmed_at IS NOT NULL ORDER BY confirmed_at DESC LIMIT 20`;
	return prepared(db.sql, text).all() as { publicNote: string; dueFromOn: string; dueToOn: string; months: number }[];
}

const WHERE: Record<AuditList, string> = {
	mine: 'a.is_final = 0 AND EXISTS (SELECT 1 FROM upkeep_reviewer u WHERE u.audit_id = a.id AND u.person_id = :me AND u.ended_at IS NULL)',
	asks: 'EXISTS (SELECT 1 FROM cpd_audit_ask q WHERE q.audit_id = a.id AND q.decided_at IS NULL)',
	selected: "a.phase = 'selected'",
	waiting: "a.phase IN ('notified', 'responding', 'information')",
	review: "a.phase = 'in_review'",
	plan: "a.phase = 'action_plan'",
	short: "a.phase IN ('not_satisfied', 'referred') AND a.is_final = 0",
	done: 'a.is_final = 1',
};
const LINES = `SELECT a.reference, n.given_names || ' ' || n.family_name AS name, a.phase, a.due_on AS dueOn, a.draw_id IS NOT NULL AS isLot
	FROM cpd_audit a JOIN person_name n ON n.person_id = a.person_id AND n.to_on IS NULL
	WHERE a.person_id NOT IN (${CIRCLE})`;
