import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import type { Entry } from './entry.ts';
import { canReadLog } from './entry-policy.ts';
import { ENTRY_COLUMNS, type EntryRow, entryOf } from './entry-queries.ts';
import type { CpdCategory } from './kinds.ts';
import { type CpdPeriod, periodOn } from './period.ts';
import { membershipOf, rulesAt } from './standing-queries.ts';

export const PAGE_SIZE = 25;
/** How far back years are offered. */
const MOST_YEARS = 12;

/** What is asked of the list: a CPD year by its first day, a kind; null for all. Pages count from 1. */
export type LogFilter = { year: string | null; category: CpdCategory | null; page: number };
export type Total = { category: CpdCategory | null; count: number; minutes: number; iptMinutes: number };
export type Log = { entries: Entry[]; totals: Total[]; count: number; minutes: number; iptMinutes: number; pages: number; years: CpdPeriod[] };

/** One page of a person's log with the totals of all that the filter lets through. Drafts stand apart. */
export function logOf(ctx: Ctx, personId: string, filter: LogFilter): Log {
	const empty: Log = { entries: [], totals: [], count: 0, minutes: 0, iptMinutes: 0, pages: 1, years: [] };
	if (!canReadLog(ctx.actor, personId)) return empty;
	const years = yearsOf(ctx, personId);
	const year = years.find((y) => y.fromOn === filter.year);
	const range = [year?.fromOn ?? '0', year?.toOn ?? '9', filter.category ?? '', filter.category ?? ''];
	const totals = prepared(ctx.db.sql, TOTALS).all(personId, ...range) as Total[];
	const count = sum(totals, 'count');
	const pages = Math.max(1, Math.ceil(count / PAGE_SIZE));
	const offset = (Math.min(filter.page, pages) - 1) * PAGE_SIZE;
	const rows = prepared(ctx.db.sql, PAGE).all(personId, ...range, PAGE_SIZE, offset) as EntryRow[];
	return { entries: rows.map(entryOf), totals, count, minutes: sum(totals, 'minutes'), iptMinutes: sum(totals, 'iptMinutes'), pages, years };
}

/** The CPD years from the first entry to today, newest first. */
function yearsOf(ctx: Ctx, personId: string): CpdPeriod[] {
	const text = 'SELECT min(done_on) FROM cpd_entry WHERE person_id = ? AND deleted_at IS NULL AND done_on IS NOT NULL';
	const first = (prepared(ctx.db.sql, text).pluck().get(personId) as string | null) ?? ctx.today;
	const membership = membershipOf(ctx.db, personId, ctx.today);
	const years: CpdPeriod[] = [];
	let day = ctx.today;
	do {
		const { version } = rulesAt(ctx.db, membership, day);
		const year = periodOn(version.rules.period, membership, day);
		years.push(year);
		day = addDays(year.fromOn, -1);
	} while (day >= first && years.length < MOST_YEARS);
	return years;
}

// Both read the index alone, but for the texts of the one page that is shown.
const WHERE = "person_id = ? AND deleted_at IS NULL AND done_on BETWEEN ? AND ? AND is_draft = 0 AND (? = '' OR category = ?)";
const TOTALS = `SELECT category, count(*) AS count, sum(minutes) AS minutes, sum(coalesce(ipt_minutes, is_ipt * minutes)) AS iptMinutes
	FROM cpd_entry WHERE ${WHERE} GROUP BY category ORDER BY minutes DESC`;
const PAGE = `SELECT ${ENTRY_COLUMNS} FROM cpd_entry WHERE id IN (SELECT id FROM cpd_entry WHERE ${WHERE} ORDER BY done_on DESC, id DESC LIMIT ? OFFSET ?)
	ORDER BY done_on DESC, id DESC`;

function sum(totals: readonly Total[], key: 'count' | 'minutes' | 'iptMinutes'): number {
	return totals.reduce((all, total) => all + total[key], 0);
}
