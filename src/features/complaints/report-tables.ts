import { daysBetween } from '#core/dates.ts';
import { monthsOf, type Range, type ReportTable, sayMonth, share, sum, widthOf } from '#features/accreditation/index.ts';
import { CATEGORY_WORDS, OUTCOME_WORDS, PHASE_WORDS, PROMISE_WORDS, ROOT_WORDS, SOURCE_WORDS } from './case-words.ts';
import { OPEN } from './phases.ts';
import { fateOf, type Promised, type PromiseKind } from './promises.ts';
import type { CountedCase } from './report-cases.ts';
import { NOT_SHOWN, shownParts, shownWhole } from './report-small.ts';

/** `today`: the day as at which it is told. `least`: numbers under it are not told, nor what would tell them; 0 tells all. */
export type Told = { range: Range; today: string; least: number };
type Head = Pick<ReportTable, 'key' | 'title' | 'note'> & { first: string };

const within = (day: string | null, { fromOn, toOn }: Range) => day !== null && day >= fromOn && day <= toOn;

/** A table of parts of one whole, with a bar for each. A part that is not told has none. */
export function partsTable({ first, ...head }: Head, parts: readonly (readonly [label: string, count: number])[], { least }: Pick<Told, 'least'>): ReportTable {
	const counts = parts.map(([, count]) => count);
	const all = sum(counts);
	const shown = shownParts(counts, least);
	const numbers = shown.map((one) => (typeof one === 'number' ? one : 0));
	const most = Math.max(0, ...numbers);
	const rows = parts.map(([label], i) => [label, shown[i] ?? NOT_SHOWN] as const);
	return {
		...head,
		columns: [first, 'How many'],
		rows: all === 0 ? [] : [...rows, ['All', shownWhole(all, least)]],
		bars: parts.map(([label], i) => ({ label, words: String(shown[i]), width: widthOf(numbers[i] ?? 0, most) })),
	};
}

const counted = <K extends string>(words: Readonly<Record<K, string>>, of: (key: K) => number) =>
	(Object.keys(words) as K[]).map((key) => [words[key], of(key)] as const);
const howMany = (cases: readonly CountedCase[], fits: (one: CountedCase) => boolean) => cases.filter(fits).length;

/** Concerns that came in, by month. */
export function sentTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const head = { key: 'sent', title: 'Concerns that came in', note: 'By the month in which they were sent.', first: 'Month' };
	const came = cases.filter(({ state }) => within(state.sentOn, told.range));
	return partsTable(
		head,
		monthsOf(told.range).map((month) => [sayMonth(month), howMany(came, ({ state }) => state.sentOn?.startsWith(month) === true)]),
		told,
	);
}

/** Who raised those that came in. */
export function sourceTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const head = { key: 'source', title: 'Who raised them', note: 'Of the concerns that came in in these days.', first: 'Who' };
	const came = cases.filter(({ state }) => within(state.sentOn, told.range));
	const known = counted(SOURCE_WORDS, (key) => howMany(came, ({ source }) => source === key));
	return partsTable(head, [...known, ['Not said', howMany(came, ({ source }) => source === null)]], told);
}

/** What they are about: a case may have several allegations, and counts once for each kind. */
export function categoryTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const head = { key: 'category', title: 'What they are about', note: 'Of the same concerns. One may be about several things.', first: 'Kind' };
	const came = cases.filter(({ state }) => within(state.sentOn, told.range));
	const table = partsTable(
		head,
		counted(CATEGORY_WORDS, (key) => howMany(came, ({ categories }) => categories.includes(key))),
		told,
	);
	// Parts that overlap have no whole.
	return { ...table, rows: table.rows.filter(([label]) => label !== 'All') };
}

/** Where those stood that were open at the end. */
export function stageTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const head = { key: 'stage', title: 'Where open cases stood', note: 'On the last of these days, whenever they came in.', first: 'Stage' };
	return partsTable(
		head,
		OPEN.map((phase) => [PHASE_WORDS[phase], howMany(cases, ({ state }) => state.phase === phase)]),
		told,
	);
}

const AGES = [
	['Under a month', 0],
	['One to three months', 30],
	['Three to six months', 91],
	['Six months to a year', 182],
	['Over a year', 365],
] as const;

/** How old open cases are. */
export function ageTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const open = cases.filter(({ state }) => (OPEN as readonly string[]).includes(state.phase));
	const days = open.map(({ state }) => daysBetween(state.sentOn ?? told.today, told.today));
	const head = {
		key: 'age',
		title: 'How old open cases were',
		note: 'On the last of these days, counted from the day on which they were sent, pauses included.',
		first: 'Age',
	};
	return partsTable(
		head,
		AGES.map(([label, from], i) => [label, days.filter((one) => one >= from && one < (AGES[i + 1]?.[1] ?? Number.POSITIVE_INFINITY)).length]),
		told,
	);
}

/** What came of those that had an outcome in these days. */
export function outcomeTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const head = { key: 'outcome', title: 'What came of them', note: 'Outcomes of these days, whenever the concern came in.', first: 'Outcome' };
	const ended = cases.filter(({ state }) => within(state.outcomeOn, told.range));
	return partsTable(
		head,
		counted(OUTCOME_WORDS, (key) => howMany(ended, ({ state }) => state.outcome === key)),
		told,
	);
}

/** What lay behind those that were closed in these days. */
export function rootTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const head = { key: 'root', title: 'What lay behind them', note: 'Said when a case was closed in these days.', first: 'Root' };
	const roots = cases.flatMap((one) => one.roots.filter(({ onDay }) => within(onDay, told.range)));
	return partsTable(
		head,
		counted(ROOT_WORDS, (key) => roots.filter(({ root }) => root === key).length),
		told,
	);
}

export type Kept = { kind: PromiseKind; kept: number; missed: number; open: number };

/** Promises of some days, by kind: those whose last day lies in them. */
export function keptPromises(cases: readonly CountedCase[], { range, today }: Pick<Told, 'range' | 'today'>): Kept[] {
	const due = cases.flatMap(({ promises }) => promises.filter(({ dueOn }) => within(dueOn, range)));
	const of = (promises: readonly Promised[], fate: string) => promises.filter((one) => fateOf(one, today) === fate).length;
	return (Object.keys(PROMISE_WORDS) as PromiseKind[]).map((kind) => {
		const own = due.filter((one) => one.kind === kind);
		return { kind, kept: of(own, 'kept'), missed: of(own, 'missed'), open: of(own, 'open') };
	});
}

/** Promises kept and missed, by kind: what we did, so that a line is told in full once it is about enough cases. */
export function promiseTable(cases: readonly CountedCase[], told: Told): ReportTable {
	const lines = keptPromises(cases, told).filter(({ kept, missed, open }) => kept + missed + open > 0);
	const isTold = ({ kept, missed, open }: Kept) => kept + missed + open >= told.least;
	return {
		key: 'promises',
		title: 'Promises kept and missed',
		note: 'Those whose last day lay in these days, pauses counted in.',
		columns: ['Promise', 'Kept', 'Missed', 'Open', 'Share kept'],
		rows: lines.map((one) => [PROMISE_WORDS[one.kind], ...(isTold(one) ? [one.kept, one.missed, one.open, share(one.kept, one.kept + one.missed)] : HIDDEN)]),
		bars: lines.map((one) => ({
			label: PROMISE_WORDS[one.kind],
			words: isTold(one) ? `${share(one.kept, one.kept + one.missed)} kept` : NOT_SHOWN,
			width: isTold(one) ? widthOf(one.kept, one.kept + one.missed) : 0,
		})),
	};
}

const HIDDEN = [NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, NOT_SHOWN];
