import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween, sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { isTicked, last, line } from '#core/fields.ts';
import { hashToken, newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { readDuration } from '#core/read-duration.ts';
import { prepared } from '#db/prepared.ts';
import type { cpdGroup } from '#db/schema/index.ts';
import { NOTHING_SAID } from './entry.ts';
import { addEntry } from './entry-commands.ts';
import { CPD_CATEGORIES } from './kinds.ts';

/** A group that meets again and again. `addedAs`: the entry of this week's or month's meeting, once it is in the log. */
export type MeetingGroup = Pick<typeof cpdGroup.$inferSelect, 'id' | 'title' | 'every' | 'minutes' | 'category'> & { isIpt: boolean; addedAs: string | null };

const MEETING_MOST = 12 * 60;

/** The form of a group. */
export const groupForm = z.object({
	title: line(200, 'Shorten the name to 200 characters or fewer.').refine((name) => name !== '', 'Give the group a name, such as Thursday peer group.'),
	every: z.preprocess(last, z.enum(['week', 'month'], 'Choose how often it meets.')),
	long: z.preprocess(
		(typed) => String(last(typed) ?? ''),
		z.string().transform((typed, check) => {
			const read = readDuration(typed, MEETING_MOST);
			if ('minutes' in read) return read.minutes;
			check.addIssue({ code: 'custom', message: read.why });
			return z.NEVER;
		}),
	),
	category: z.preprocess(last, z.enum(CPD_CATEGORIES, 'Choose what kind of activity it is.')),
	isIpt: z.preprocess(isTicked, z.boolean()),
	repeatKey: z.preprocess(last, z.string().max(100).catch('')),
});
export type GroupInput = z.output<typeof groupForm>;

/** The week or month that a day lies in: `2026-W47` (ISO weeks, from Monday), `2026-11`. */
export function occasionOf(every: 'week' | 'month', day: string): string {
	if (every === 'month') return day.slice(0, 7);
	const thursday = addDays(mondayOf(day), 3);
	const year = thursday.slice(0, 4);
	return `${year}-W${String(Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1).padStart(2, '0')}`;
}

/** `this week’s meeting (from 16 November 2026)`, `November 2026’s meeting`. */
export function sayOccasion(every: 'week' | 'month', day: string): string {
	return every === 'month' ? `${sayDay(day).replace(/^\d+ /, '')}’s meeting` : `this week’s meeting (from ${sayDay(mondayOf(day))})`;
}

/** The groups of someone, with whether the present week's or month's meeting is in the log. */
export function groupsOf(ctx: Ctx, personId: string): MeetingGroup[] {
	const text = `SELECT g.id, g.title, g.every, g.minutes, g.category, g.is_ipt AS isIpt,
			(SELECT e.id FROM cpd_entry e WHERE e.group_id = g.id AND e.deleted_at IS NULL AND e.occasion = CASE g.every WHEN 'week' THEN ? ELSE ? END) AS addedAs
		FROM cpd_group g WHERE g.person_id = ? AND g.ended_at IS NULL ORDER BY g.title, g.id`;
	const rows = prepared(ctx.db.sql, text).all(occasionOf('week', ctx.today), occasionOf('month', ctx.today), personId) as (MeetingGroup & { isIpt: unknown })[];
	return rows.map((row) => ({ ...row, isIpt: Number(row.isIpt) === 1 }));
}

/** Begins a group for the person who is signed in. The same form sent twice makes one. @throws SignInRequired */
export function beginGroup(ctx: Ctx, input: GroupInput): string {
	const { personId } = personOf(ctx);
	const repeatKey = hashToken(JSON.stringify(['cpd group', personId, input.repeatKey || newId(), input]));
	const known = prepared(ctx.db.sql, 'SELECT id FROM cpd_group WHERE repeat_key = ?').pluck().get(repeatKey) as string | undefined;
	if (known) return known;
	const id = newId();
	commit(ctx, { name: 'beginGroup' }, (tx) => {
		const text = 'INSERT INTO cpd_group (id, person_id, title, every, minutes, category, is_ipt, repeat_key, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, personId, input.title, input.every, input.long, input.category, input.isIpt ? 1 : 0, repeatKey, ctx.now);
		record(tx, 'cpd.group_begun', { type: 'cpd_group', id }, { person: personId, every: input.every, minutes: input.long, category: input.category });
	});
	return id;
}

/** Ends a group; what was logged stays. Ending it twice is the same as once. @throws NotFound for somebody else's */
export function endGroup(ctx: Ctx, id: string): void {
	const { personId } = personOf(ctx);
	const { endedAt } = ownGroup(ctx, personId, id);
	if (endedAt !== null) return;
	commit(ctx, { name: 'endGroup' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE cpd_group SET ended_at = ? WHERE id = ?').run(ctx.now, id);
		record(tx, 'cpd.group_ended', { type: 'cpd_group', id }, { person: personId });
	});
}

/**
 * One tap: logs this week's or this month's meeting as held today. A second tap finds it there. @param occasion what the page showed.
 * @returns the key of the entry. @throws NotFound when there is no such group, or the week or month has passed meanwhile
 */
export function addMeeting(ctx: Ctx, id: string, occasion: string): string {
	const { personId } = personOf(ctx);
	const group = ownGroup(ctx, personId, id);
	if (group.endedAt !== null || occasion !== occasionOf(group.every, ctx.today))
		throw new NotFound('That meeting can no longer be added by one tap. Log it by hand.');
	const known = 'SELECT id FROM cpd_entry WHERE group_id = ? AND occasion = ? AND deleted_at IS NULL';
	const there = prepared(ctx.db.sql, known).pluck().get(id, occasion) as string | undefined;
	return there ?? commit(ctx, { name: 'addMeeting' }, (tx) => insertMeeting(tx, personId, group, occasion));
}

type OwnGroup = typeof cpdGroup.$inferSelect;

function insertMeeting(tx: Tx, personId: string, group: OwnGroup, occasion: string): string {
	const { title, minutes, category } = group;
	const activity = { ...NOTHING_SAID, title, minutes, category, doneOn: tx.ctx.today, isIpt: group.isIpt === 1 };
	return addEntry(tx, personId, activity, { isDraft: false, repeatKey: `meeting:${newId()}`, of: { groupId: group.id, occasion } });
}

function ownGroup(ctx: Ctx, personId: string, id: string): OwnGroup {
	const text = 'SELECT id, title, every, minutes, category, is_ipt AS isIpt, ended_at AS endedAt FROM cpd_group WHERE id = ? AND person_id = ?';
	const group = prepared(ctx.db.sql, text).get(id, personId) as OwnGroup | undefined;
	if (!group) throw new NotFound('There is no such group in your log.');
	return group;
}

function mondayOf(day: string): string {
	// 3 January 2000 was a Monday.
	return addDays(day, -(((daysBetween('2000-01-03', day) % 7) + 7) % 7));
}
