import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { allow, hasRole } from '#core/policy.ts';
import type { RetentionClass } from '#db/personal-data.ts';
import { prepared } from '#db/prepared.ts';
import { retentionRules } from './data-retention.ts';
import { nameOf } from './people-key.ts';
import { classesDue, countShare, formerMembers, OWN_JOB } from './retention-due.ts';

export type TableDue = { table: string; title: string; now: number; nextMonth: number };
/** A class with what is due of it now and within a month. `confirmedAt` (milliseconds UTC): since when its rows go by themselves. */
export type RetentionView = {
	name: RetentionClass;
	label: string;
	because: string;
	tables: TableDue[];
	now: number;
	nextMonth: number;
	confirmedAt: number | null;
};
export type HoldView = { id: string; name: string; because: string; placedAt: number };

/** May the actor see what is kept and destroyed, confirm a class, place and lift holds? */
export function canKeepData(ctx: Ctx): boolean {
	return hasRole(ctx.actor, 'membership_officer', 'registrar');
}

/** What is due, class by class: the list to look at before anything is destroyed. Changes nothing. @throws Forbidden */
export function retentionOverview(ctx: Ctx): RetentionView[] {
	allow(canKeepData(ctx));
	const left = formerMembers(ctx);
	const later = classesDue(ctx, { due: addMonths(ctx.today, 1), left });
	return classesDue(ctx, { due: ctx.today, left }).map(({ name, rule, shares }) => {
		const after = later.find((c) => c.name === name)?.shares ?? [];
		const tables = shares.map((share) => {
			const now = countShare(ctx, share);
			const all = after.find((s) => s.table === share.table);
			return { table: share.table, title: share.title, now, nextMonth: all ? countShare(ctx, all) - now : 0 };
		});
		const sum = (key: 'now' | 'nextMonth') => tables.reduce((total, t) => total + t[key], 0);
		const confirmedAt = confirmationOf(ctx, name);
		return {
			name,
			label: rule.label,
			because: rule.because,
			tables: tables.filter((t) => t.now + t.nextMonth > 0),
			now: sum('now'),
			nextMonth: sum('nextMonth'),
			confirmedAt,
		};
	});
}

/** One class of them. @throws Forbidden, NotFound */
export function retentionClass(ctx: Ctx, name: string): RetentionView {
	const found = retentionOverview(ctx).find((view) => view.name === name);
	if (!found) throw new NotFound('There is no such class of data.');
	return found;
}

/** When a class was confirmed under the rules in force, in milliseconds UTC; null: not yet, and nothing of it is destroyed. */
export function confirmationOf(ctx: Ctx, name: string): number | null {
	const { version } = retentionRules(ctx.db, ctx.today);
	const text = 'SELECT confirmed_at FROM retention_confirmation WHERE class = ? AND rules_version = ?';
	return (prepared(ctx.db.sql, text).pluck().get(name, version) as number | undefined) ?? null;
}

/** What was destroyed, day by day and class by class, the newest first. @throws Forbidden */
export function retentionDone(ctx: Ctx): { doneOn: string; label: string; rows: number }[] {
	allow(canKeepData(ctx));
	const { classes } = retentionRules(ctx.db, ctx.today);
	const text = 'SELECT done_on AS doneOn, class, sum(row_count) AS rows FROM retention_done GROUP BY done_on, class ORDER BY done_on DESC, class LIMIT 60';
	const rows = prepared(ctx.db.sql, text).all() as { doneOn: string; class: RetentionClass; rows: number }[];
	return rows.map(({ doneOn, class: name, rows }) => ({ doneOn, rows, label: classes[name]?.label ?? name }));
}

/** Holds that stand, the oldest first. @throws Forbidden */
export function holdsStanding(ctx: Ctx): HoldView[] {
	allow(canKeepData(ctx));
	const text = 'SELECT id, person_id AS personId, because, placed_at AS placedAt FROM legal_hold WHERE lifted_at IS NULL ORDER BY placed_at';
	const rows = prepared(ctx.db.sql, text).all() as (Omit<HoldView, 'name'> & { personId: string })[];
	return rows.map(({ personId, ...hold }) => ({ ...hold, name: nameOf(ctx.db, personId) ?? 'No name on file' }));
}

/** How many classes nobody has confirmed under the rules in force: nothing of them is destroyed. */
export function classesWaiting(ctx: Ctx): number {
	const { classes } = retentionRules(ctx.db, ctx.today);
	const names = Object.entries(classes).filter(([name, { from }]) => from !== 'never' && !OWN_JOB.includes(name as RetentionClass));
	return names.filter(([name]) => confirmationOf(ctx, name) === null).length;
}
