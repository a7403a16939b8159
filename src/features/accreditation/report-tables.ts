import type { Db } from '#db/client.ts';
import type { Outcome, Turn } from './phases.ts';
import { share, spreadOf, sum, widthOf } from './report-figures.ts';
import { decidedByRoute, decisionDays, endedByRoute, openByRoute, sentByMonth, stageDays, waitedFor } from './report-queries.ts';
import { monthsOf, type Range } from './report-range.ts';
import { standardVersions } from './standards-drafts.ts';

/** A bar of a picture: its words say what it shows. `inner`: a darker part of it, for the half within it. Widths 0 to 100. */
export type Bar = { label: string; words: string; width: number; inner?: number };
/** A table of the report, with a picture where one helps, and the same for the file. Numbers stay numbers. */
export type ReportTable = {
	key: string;
	title: string;
	note: string;
	columns: readonly string[];
	rows: readonly (readonly (string | number)[])[];
	bars: readonly Bar[];
};

const OUTCOMES: Record<Outcome, string> = { awarded: 'Awarded', awarded_with_conditions: 'Awarded with conditions', declined: 'Refused' };
const STAGE_WORDS: Record<string, string> = {
	draft: 'Draft with the applicant',
	checks: 'Is it complete?',
	assessment: 'Assessment',
	waiting_on_applicant: 'Waiting for an answer of the applicant',
	verification: 'Waiting for a reference, report or check',
	panel: 'Committee',
	review: 'Review',
	hold: 'On hold, within any of these',
};
const TURN_WORDS: Record<Exclude<Turn, 'nobody'>, string> = {
	applicant: 'The applicant',
	office: 'The office',
	assessors: 'The assessors',
	third_party: 'Referees, supervisors, other bodies',
	committee: 'The committee',
	reviewers: 'Those who review',
};

/** What routes are called, by the newest set that has them. */
export function routeTitles(db: Db): Map<string, string> {
	const sets = standardVersions(db).toReversed();
	return new Map(sets.flatMap(({ standards }) => standards.routes.map(({ key, title }) => [key, title] as const)));
}

/** Applications sent, by month and route. */
export function sentTable(db: Db, range: Range, titles: ReadonlyMap<string, string>): ReportTable {
	const sent = sentByMonth(db, range);
	const routes = [...titles.keys()].filter((key) => sent.some(({ route }) => route === key));
	const months = monthsOf(range).map((month) => ({ month, by: new Map(sent.filter((one) => one.month === month).map((one) => [one.route, one.count])) }));
	const totals = months.map(({ by }) => sum([...by.values()]));
	const most = Math.max(...totals);
	return {
		key: 'sent',
		title: 'Applications sent, by month and route',
		note: 'Each once, in the month in which it was sent first.',
		columns: ['Month', ...routes.map((key) => titles.get(key) ?? key), 'All'],
		rows: months.map(({ month, by }, i) => [sayMonth(month), ...routes.map((key) => by.get(key) ?? 0), totals[i] ?? 0]),
		bars: months.map(({ month }, i) => ({ label: sayMonth(month), words: String(totals[i]), width: widthOf(totals[i] ?? 0, most) })),
	};
}

/** What came of applications, by route. */
export function outcomesTable(db: Db, range: Range, titles: ReadonlyMap<string, string>): ReportTable {
	const [sent, decided, ended, open] = [sentByMonth(db, range), decidedByRoute(db, range), endedByRoute(db, range), openByRoute(db)];
	const of = (rows: readonly { route: string; count: number }[], route: string) => sum(rows.filter((row) => row.route === route).map(({ count }) => count));
	const by = (route: string, outcome: Outcome) =>
		of(
			decided.filter((row) => row.outcome === outcome),
			route,
		);
	const rows = [...titles].map(([route, title]) => {
		const outcomes = (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => by(route, outcome));
		const withdrawn = of(
			ended.filter(({ kind }) => kind === 'withdrawn'),
			route,
		);
		const undone = of(
			ended.filter(({ kind }) => kind === 'rolled_back'),
			route,
		);
		return [title, of(sent, route), ...outcomes, withdrawn, undone, of(open, route)];
	});
	const kept = rows.filter((row) => row.slice(1).some((cell) => Number(cell) > 0));
	const all = (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => sum(decided.filter((row) => row.outcome === outcome).map(({ count }) => count)));
	return {
		key: 'outcomes',
		title: 'What came of them, by route',
		note: 'Decisions taken in these days, whenever the application was sent. A review that changed a decision counts as one more.',
		columns: ['Route', 'Sent', ...Object.values(OUTCOMES), 'Taken back', 'Decisions undone', 'Open today'],
		rows: kept,
		bars: Object.values(OUTCOMES).map((label, i) => ({
			label,
			words: `${all[i]} (${share(all[i] ?? 0, sum(all))})`,
			width: widthOf(all[i] ?? 0, Math.max(...all)),
		})),
	};
}

/** How long each stage took. */
export function stagesTable(db: Db, range: Range): ReportTable {
	const lasted = stageDays(db, range);
	const stages = Object.entries(STAGE_WORDS).map(([key, label]) => ({ label, spread: spreadOf(lasted.filter(({ stage }) => stage === key)) }));
	return {
		key: 'stages',
		title: 'Time in each stage',
		note: 'Calendar days of stages that ended in these days, pauses included.',
		...spreads('Stage', stages),
	};
}

/** From the first sending to the decision. */
export function decisionsTable(db: Db, range: Range, titles: ReadonlyMap<string, string>): ReportTable {
	const lasted = decisionDays(db, range);
	const routes = [...titles].map(([key, label]) => ({ label, spread: spreadOf(lasted.filter(({ route }) => route === key)) }));
	const all = { label: 'All routes', spread: spreadOf(lasted) };
	return {
		key: 'decisions',
		title: 'From sending to decision',
		note: 'Calendar days, of applications first decided in these days.',
		...spreads('Route', [...routes, all]),
	};
}

function spreads(first: string, all: readonly { label: string; spread: ReturnType<typeof spreadOf> }[]): Pick<ReportTable, 'columns' | 'rows' | 'bars'> {
	const some = all.flatMap(({ label, spread }) => (spread === null ? [] : [{ label, spread }]));
	const longest = Math.max(0, ...some.map(({ spread }) => spread.ninetieth));
	return {
		columns: [first, 'How many', 'Half within (days)', 'Nine in ten within (days)', 'Longest (days)'],
		rows: some.map(({ label, spread }) => [label, spread.count, spread.median, spread.ninetieth, spread.longest]),
		bars: some.map(({ label, spread: { median, ninetieth } }) => ({
			label,
			words: `half within ${median}, nine in ten within ${ninetieth} days`,
			width: widthOf(ninetieth, longest),
			inner: widthOf(median, longest),
		})),
	};
}

/** By whom it waited. @param today the last day that counts for what still waits */
export function waitingTable(db: Db, range: Range, today: string): ReportTable {
	const waited = waitedFor(db, range, today);
	const all = sum(waited.map(({ days }) => days));
	const turns = (Object.keys(TURN_WORDS) as (keyof typeof TURN_WORDS)[]).map((turn) => ({
		label: TURN_WORDS[turn],
		...(waited.find((one) => one.turn === turn) ?? { days: 0, times: 0 }),
	}));
	return {
		key: 'waiting',
		title: 'For whom applications waited',
		note: 'Calendar days of these days, of everything sent and not decided. What is on hold waits for the office.',
		columns: ['For whom', 'How often', 'Days in all', 'Share', 'Days each time'],
		rows: turns.map(({ label, times, days }) => [label, times, days, share(days, all), times === 0 ? 0 : Math.round(days / times)]),
		bars: turns.map(({ label, days }) => ({ label, words: share(days, all), width: all === 0 ? 0 : widthOf(days, all) })),
	};
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2026-11` → `November 2026`. */
export function sayMonth(month: string): string {
	return `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
}
