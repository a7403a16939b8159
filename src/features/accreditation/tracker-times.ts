import { addDays, daysBetween } from '#core/dates.ts';
import { countOf } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** How long decisions took, in days from the first sending: half within `median`, nine in ten within `ninetieth`; of `count` decisions. */
export type RecentTimes = { count: number; median: number; ninetieth: number; isOfRoute: boolean };

/** Fewer say nothing, and could tell of one person. */
const FEWEST = 5;
const LOOK_BACK_DAYS = 730;
const MOST = 500;

/**
 * How long the decisions of the last two years took, from their real steps: those of a route, or of all while it has too few; null while all have
 * too few. Pauses are in it: that is how long people waited.
 */
export function recentTimes(db: Db, route: string, today: string): RecentTimes | null {
	const text = `SELECT a.route, d.on_day AS decidedOn,
			(SELECT s.on_day FROM accreditation_step s WHERE s.application_id = d.application_id AND s.kind = 'submitted' ORDER BY s.no LIMIT 1) AS sentOn
		FROM accreditation_step d INDEXED BY accreditation_step_kind JOIN accreditation_application a ON a.id = d.application_id
		WHERE d.kind = 'decided' AND d.on_day BETWEEN ? AND ? ORDER BY d.on_day DESC LIMIT ${MOST}`;
	const rows = prepared(db.sql, text).all(addDays(today, -LOOK_BACK_DAYS), today) as { route: string; decidedOn: string; sentOn: string | null }[];
	const sent = rows.filter((row): row is typeof row & { sentOn: string } => row.sentOn !== null);
	const own = sent.filter((row) => row.route === route);
	const isOfRoute = own.length >= FEWEST;
	const days = (isOfRoute ? own : sent).map(({ sentOn, decidedOn }) => daysBetween(sentOn, decidedOn)).sort((a, b) => a - b);
	if (days.length < FEWEST) return null;
	return { count: days.length, median: shareOf(days, 0.5), ninetieth: shareOf(days, 0.9), isOfRoute };
}

/** The smallest of some numbers, in their order, below or at which a share of them lies. */
export function shareOf(sorted: readonly number[], share: number): number {
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** `Of 32 recent decisions half came within 9 weeks of sending, nine in ten within 14 weeks.` */
export function sayTimes({ count, median, ninetieth, isOfRoute }: RecentTimes): string {
	const of = isOfRoute ? 'of this kind' : 'of all kinds';
	return `Of the last ${count} decisions ${of}, half came within ${sayWeeks(median)} of sending, nine in ten within ${sayWeeks(ninetieth)}.`;
}

function sayWeeks(days: number): string {
	return days < 14 ? countOf(days, 'day') : countOf(Math.ceil(days / 7), 'week');
}
