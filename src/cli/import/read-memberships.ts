import type { FormerName, Membership } from '#features/membership/index.ts';
import { phraseOf, wrongDays } from './dated-phrases.ts';
import type { RowReader } from './row-reader.ts';

const CATEGORIES: Record<string, Membership['category']> = {
	trainee: 'trainee',
	student: 'trainee',
	basic: 'basic',
	standard: 'basic',
	plus: 'plus',
	full: 'plus',
	organisation: 'organisation',
	organization: 'organisation',
	organisational: 'organisation',
};
const REASONS: Record<string, NonNullable<Membership['endReason']>> = {
	resigned: 'resigned',
	resignation: 'resigned',
	retired: 'retired',
	retirement: 'retired',
	lapsed: 'lapsed',
	unpaid: 'lapsed',
	'not renewed': 'lapsed',
	removed: 'removed',
	died: 'died',
	deceased: 'died',
};
const PERIOD = /^([a-z]+) (?:from )?@\.\.@(?: ended @ ([a-z ]+))?$/;

/** Membership periods: `memberships` for the history, or the simple columns for one period. */
export function readMemberships(row: RowReader): Membership[] {
	const employer = row.text('employer', 200) ?? null;
	const periods = (row.several('memberships') ?? []).flatMap((typed) => readPeriod(row, typed, employer) ?? []);
	const simple = readSimple(row, employer);
	const all = simple ? [...periods.filter((p) => p.fromOn !== simple.fromOn), simple] : periods;
	if (new Set(all.map((p) => p.fromOn)).size !== all.length) row.refuse('memberships', 'two periods begin on the same day');
	return all;
}

function readPeriod(row: RowReader, typed: string, employer: string | null): Membership | undefined {
	const phrase = phraseOf(typed);
	const wrong = wrongDays(phrase);
	if (wrong) return row.refuse('memberships', wrong);
	const match = PERIOD.exec(phrase.pattern);
	const category = CATEGORIES[match?.[1] ?? ''];
	const endReason = REASONS[match?.[2] ?? ''] ?? null;
	if (!match || !category || (match[2] && !endReason))
		return row.refuse(
			'memberships',
			`“${typed.slice(0, 80)}” cannot be read: write it like “plus 2019-05-01 to 2026-12-31” or “basic 2015-01-01 to 2018-12-31 ended 2019-02-01 lapsed”`,
		);
	const [fromOn = '', paidToOn = '', endedOn = null] = phrase.days;
	return sane(row, 'memberships', {
		category,
		fromOn: fromOn ?? '',
		paidToOn: paidToOn ?? '',
		endedOn,
		endReason,
		employer: category === 'organisation' ? employer : null,
	});
}

function readSimple(row: RowReader, employer: string | null): Membership | undefined {
	const [fromOn, paidToOn, endedOn] = [row.day('joined'), row.day('paid to'), row.day('left on')];
	const category = row.oneOf('category', CATEGORIES);
	const endReason = row.oneOf('left reason', REASONS);
	if (!row.has('joined') && !row.has('paid to')) return undefined;
	if (!row.has('joined')) return row.refuse('joined', 'is empty: since when is the person a member?');
	if (!row.has('paid to')) return row.refuse('paid to', 'is empty: until when is the membership paid?');
	if (!row.has('category')) return row.refuse('category', 'is empty: trainee, basic, plus or organisation');
	if (Boolean(endedOn) !== Boolean(endReason)) return row.refuse(endedOn ? 'left reason' : 'left on', 'is empty: someone who left has both a day and a reason');
	if (!fromOn || !paidToOn || !category) return undefined;
	return sane(row, 'paid to', {
		category,
		fromOn,
		paidToOn,
		endedOn: endedOn ?? null,
		endReason: endReason ?? null,
		employer: category === 'organisation' ? employer : null,
	});
}

function sane(row: RowReader, column: string, period: Membership): Membership | undefined {
	if (period.paidToOn < period.fromOn) return row.refuse(column, `the membership is paid to ${period.paidToOn}, before it began (${period.fromOn})`);
	if (period.endedOn && period.endedOn < period.fromOn)
		return row.refuse(column, `the membership ended (${period.endedOn}) before it began (${period.fromOn})`);
	return period;
}

/** `2026-01-01 to 2026-12-31; …` */
export function readLeaves(row: RowReader): { fromOn: string; toOn: string }[] {
	return (row.several('leave') ?? []).flatMap((typed) => {
		const phrase = phraseOf(typed);
		const [fromOn, toOn] = phrase.days;
		if (wrongDays(phrase) || !/^(?:from )?@\.\.@$/.test(phrase.pattern) || !fromOn || !toOn)
			return row.refuse('leave', `“${typed.slice(0, 80)}” cannot be read: write it like “2026-01-01 to 2026-12-31”`) ?? [];
		return toOn < fromOn ? (row.refuse('leave', `the leave ends (${toOn}) before it begins (${fromOn})`) ?? []) : [{ fromOn, toOn }];
	});
}

const NAME_UNTIL = /^(.+?)\s+until\s+(.+?)(\s+shown|\s+public)?$/i;

/** `Anna Mary / van Dale until 2015-06-30 shown; …`: a stroke parts given from family names where the last word is not the whole family name. */
export function readFormerNames(row: RowReader): FormerName[] {
	return (row.several('former names') ?? []).flatMap((typed) => {
		const match = NAME_UNTIL.exec(typed);
		const phrase = phraseOf(match?.[2] ?? '');
		const name = splitName(match?.[1] ?? '');
		const toOn = phrase.days[0];
		if (!match || !name || !toOn || phrase.pattern !== '@')
			return row.refuse('former names', `“${typed.slice(0, 80)}” cannot be read: write it like “Anna Bell until 2015-06-30 shown”`) ?? [];
		return [{ ...name, toOn, isShown: match[3] !== undefined }];
	});
}

/** Given and family name of a whole name: parted by a stroke or a comma (`Bell, Anna`), else before the last word. */
export function splitName(whole: string): { givenNames: string; familyName: string } | null {
	const parted = /^(.+?)\s*\/\s*(.+)$/.exec(whole) ?? /^(.+)\s+(\S+)$/.exec(whole);
	const turned = /^(.+?)\s*,\s*(.+)$/.exec(whole);
	const [givenNames, familyName] = turned ? [turned[2], turned[1]] : [parted?.[1], parted?.[2]];
	return givenNames && familyName ? { givenNames, familyName } : null;
}
