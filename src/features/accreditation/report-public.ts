import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { spreadOf, sum } from './report-figures.ts';
import { decidedByRoute, decisionDays, endedByRoute, reviewResults, sentByMonth } from './report-queries.ts';
import type { Range } from './report-range.ts';
import { routeTitles } from './report-tables.ts';

/** Fewer than so many are not told: behind them somebody could be recognised. */
const LEAST = 5;
const HIDDEN = `under ${LEAST}`;

export type YearFigures = { year: number; rows: [route: string, ...figures: string[]][]; reviews: [asked: string, changed: string]; within: string };
export const YEAR_COLUMNS = ['Route', 'Sent', 'Awarded', 'Refused', 'Taken back'] as const;

/** Figures on applications for the public, by whole years, the newest first; a year that is not over would tell of single people by its changes. */
export function yearlyFigures(db: Db, today: string): YearFigures[] {
	return reading(db.sql, () => {
		const first = prepared(db.sql, "SELECT min(on_day) FROM accreditation_step WHERE kind = 'submitted'").pluck().get() as string | null;
		const last = Number(today.slice(0, 4)) - 1;
		const count = first === null ? 0 : last - Number(first.slice(0, 4)) + 1;
		const titles = routeTitles(db);
		return Array.from({ length: Math.max(0, Math.min(count, 10)) }, (_, i) => figuresOf(db, last - i, titles));
	});
}

function figuresOf(db: Db, year: number, titles: ReadonlyMap<string, string>): YearFigures {
	const range: Range = { fromOn: `${year}-01-01`, toOn: `${year}-12-31` };
	const [sent, decided, ended] = [sentByMonth(db, range), decidedByRoute(db, range), endedByRoute(db, range)];
	const count = (rows: readonly { route: string; count: number }[], route: string) => sum(rows.filter((row) => row.route === route).map((row) => row.count));
	const counted = [...titles].map(([route, title]) => {
		const refused = decided.filter(({ outcome }) => outcome === 'declined');
		const awarded = decided.filter(({ outcome }) => outcome !== 'declined');
		const withdrawn = ended.filter(({ kind }) => kind === 'withdrawn');
		return { title, figures: [sent, awarded, refused, withdrawn].map((rows) => count(rows, route)) };
	});
	const kept = counted.filter(({ figures }) => sum(figures) > 0);
	const totals = YEAR_COLUMNS.slice(1).map((_, i) => total(kept.map(({ figures }) => figures[i] ?? 0)));
	const rows = kept.map(({ title, figures }): [string, ...string[]] => [title, ...figures.map(shown)]);
	const asked = sum(ended.filter(({ kind }) => kind === 'review_requested').map((row) => row.count));
	const changed = sum(
		reviewResults(db, range)
			.filter(({ result }) => result !== 'upheld')
			.map((row) => row.count),
	);
	return { year, rows: [...rows, ['All routes', ...totals]], reviews: [shown(asked), shown(changed)], within: sayWithin(db, range) };
}

/** A figure that is too small is hidden, nought as well: otherwise it could be told from the others. */
function shown(count: number): string {
	return count < LEAST ? HIDDEN : count.toLocaleString('en-GB');
}

/** The sum of a column; where a part of it is hidden, only the sum of what is not, so that nobody can take the one from the other. */
function total(parts: readonly number[]): string {
	const open = sum(parts.filter((part) => part >= LEAST));
	if (parts.every((part) => part >= LEAST)) return shown(open);
	return open === 0 ? HIDDEN : `${open.toLocaleString('en-GB')} or more`;
}

function sayWithin(db: Db, range: Range): string {
	const spread = spreadOf(decisionDays(db, range));
	if (spread === null || spread.count < LEAST) return 'There were too few decisions to say how long they took.';
	return `Half of all decisions came within ${spread.median} days of sending, nine in ten within ${spread.ninetieth}.`;
}
