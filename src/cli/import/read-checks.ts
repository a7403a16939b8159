import { readDuration } from '#core/read-duration.ts';
import type { RowReader } from './row-reader.ts';
import type { Wanted, WantedCheck } from './wanted.ts';

const INSURED = { own: 'own', 'own policy': 'own', personal: 'own', employer: 'employer', 'through employer': 'employer', nhs: 'employer' } as const;
const RECORD_CHECKS = {
	basic: 'basic',
	standard: 'standard',
	enhanced: 'enhanced',
	'enhanced barred': 'enhanced_barred',
	'enhanced with barred lists': 'enhanced_barred',
	enhanced_barred: 'enhanced_barred',
	pvg: 'pvg',
	'pvg scheme': 'pvg',
} as const;
const USUAL_BODY = { pvg: 'Disclosure Scotland' } as Partial<Record<string, string>>;
/** Far beyond a year's CPD: a total in minutes that was taken for hours is found. */
const MOST_MINUTES = 2000 * 60;

/** Indemnity insurance: with whom, to which day, and when somebody of the office saw it. */
export function readInsurance(row: RowReader): WantedCheck | null {
	const [validToOn, checkedOn] = [row.day('insurance to') ?? null, row.day('insurance seen on') ?? null];
	const type = row.oneOf('insurance through', INSURED) ?? 'own';
	const body = row.text('insurance with', 100) ?? (row.has('insurance to') ? 'Not said' : null);
	if (!body && checkedOn) row.refuse('insurance with', 'is empty, but there is a day on which it was seen: with whom is it?');
	return body ? { kind: 'insurance', body, type, datedOn: null, validToOn, checkedOn } : null;
}

/** A record check: type, body and dates; never its number. */
export function readRecordCheck(row: RowReader): WantedCheck | null {
	const type = row.oneOf('record check', RECORD_CHECKS);
	const [datedOn, checkedOn] = [row.day('record check dated') ?? null, row.day('record check seen on') ?? null];
	if (!type && (datedOn || checkedOn)) row.refuse('record check', 'is empty, but there is a day: which kind of check is it?');
	if (!type) return null;
	const body = row.text('record check body', 100) ?? USUAL_BODY[type] ?? 'Disclosure and Barring Service';
	return { kind: 'record_check', body, type, datedOn, validToOn: null, checkedOn };
}

/** A total of CPD from an earlier system: from, to, hours, and how many of them were about IPT. */
export function readCpdTotal(row: RowReader): Wanted['cpd'] {
	const columns = ['cpd from', 'cpd to', 'cpd hours'];
	if (!['cpd hours', 'cpd ipt hours'].some((column) => row.has(column))) return null;
	for (const column of columns) if (!row.has(column)) row.refuse(column, 'is empty: a CPD total needs its first day, its last day and its hours');
	const [from, to] = [row.day('cpd from'), row.day('cpd to')];
	const minutes = hours(row, 'cpd hours');
	const iptMinutes = row.has('cpd ipt hours') ? hours(row, 'cpd ipt hours') : 0;
	if (from && to && to < from) row.refuse('cpd to', `lies before the first day (${from})`);
	if (minutes !== undefined && iptMinutes !== undefined && iptMinutes > minutes) row.refuse('cpd ipt hours', 'is more than all the hours');
	if (!from || !to || minutes === undefined || iptMinutes === undefined || minutes === 0) return null;
	return { from, to, minutes, iptMinutes, source: row.text('cpd source', 100) ?? 'Brought in from a file' };
}

function hours(row: RowReader, column: string): number | undefined {
	const typed = row.text(column, 40);
	if (typeof typed !== 'string' || /^0+(?:\.0+)?$/.test(typed)) return 0;
	const read = readDuration(typed, MOST_MINUTES);
	return 'minutes' in read ? read.minutes : row.refuse(column, read.why);
}
