import { londonDay } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { type Range, sayMonth, share } from '#features/accreditation/index.ts';
import { OUTCOME_WORDS, PROMISE_WORDS } from './case-words.ts';
import { glassesIn } from './glass-commands.ts';
import { type CountedCase, countedCases } from './report-cases.ts';
import { aboutSo } from './report-small.ts';
import { keptPromises } from './report-tables.ts';
import { rulesOn } from './rules.ts';
import type { Outcome } from './state.ts';

/** A year for everybody. `glasses`: months in which a case was opened in an emergency, and how often. `learned`: words that two people cleared. */
export type ConcernYear = {
	year: number;
	came: string;
	/** None when each of them is too small to be told. */
	outcomes: [outcome: string, count: string][];
	promises: [promise: string, kept: string][];
	glasses: string[];
	learned: string[];
};

const MOST_YEARS = 10;

/**
 * Figures of concerns for everybody, by whole years that are over, the newest first: to the nearest five and none under the small number, so that
 * neither a change from one look to the next nor what somebody knows already tells of a single case.
 */
export function concernYears(db: Db, today: string): { years: ConcernYear[]; least: number } {
	return reading(db.sql, () => {
		const { smallNumber: least } = rulesOn(db, today).rules;
		const cases = countedCases(db, { without: null, until: today });
		const first = cases.map(({ state }) => state.sentOn ?? today).toSorted()[0];
		const last = Number(today.slice(0, 4)) - 1;
		const count = first === undefined ? 0 : last - Number(first.slice(0, 4)) + 1;
		const years = Array.from({ length: Math.max(0, Math.min(count, MOST_YEARS)) }, (_, i) => yearOf(db, { cases, year: last - i, least, today }));
		return { years, least };
	});
}

function yearOf(db: Db, { cases, year, least, today }: { cases: readonly CountedCase[]; year: number; least: number; today: string }): ConcernYear {
	const range: Range = { fromOn: `${year}-01-01`, toOn: `${year}-12-31` };
	const within = (day: string | null) => day !== null && day >= range.fromOn && day <= range.toOn;
	const ended = cases.filter(({ state }) => within(state.outcomeOn));
	const outcomes = (Object.keys(OUTCOME_WORDS) as Outcome[]).map((key) => ({ key, count: ended.filter(({ state }) => state.outcome === key).length }));
	const promises = keptPromises(cases, { range, today }).filter(({ kept, missed }) => kept + missed >= least);
	return {
		year,
		came: aboutSo(cases.filter(({ state }) => within(state.sentOn)).length, least),
		outcomes: outcomes.some(({ count }) => count >= least) ? outcomes.map(({ key, count }) => [OUTCOME_WORDS[key], aboutSo(count, least)]) : [],
		promises: promises.map(({ kind, kept, missed }) => [PROMISE_WORDS[kind], share(kept, kept + missed)]),
		glasses: glassesBy(db, year),
		// In the order of their words: the order in which they were written would lead to their cases.
		learned: prepared(db.sql, 'SELECT words FROM concern_learning WHERE year = ? ORDER BY words').pluck().all(year) as string[],
	};
}

function glassesBy(db: Db, year: number): string[] {
	const months = glassesIn({ db }, year).map(({ at }) => londonDay(at).slice(0, 7));
	return [...new Set(months)].map((month) => `${sayMonth(month)}: ${times(months.filter((one) => one === month).length)}`);
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
