import { cleaned, isTicked } from '#core/fields.ts';

export type Raw = Record<string, unknown>;
export type Told = { field: string; message: string };
/** A row of a form and where it stood there. */
export type Row = { index: number; key: string; values: Record<string, string> };

/** The name of a field in a row: `criteria-2-text`. */
export const rowField = (list: string, index: number, field: string) => `${list}-${index}-${field}`;
/** The value of a button beside a row. */
export const rowAct = (list: string, index: number, act: 'up' | 'down' | 'remove') => `${list}.${index}.${act}`;

/** Well above anything a set needs; a form with more rows was not made by our page. */
const MOST_ROWS = 60;

/**
 * The rows of a list as they were typed, without those whose `main` field was left or made empty, and after the button that was pressed
 * (`act`): moved up or down, or taken out.
 */
export function rowsIn(raw: Raw, list: string, { main, fields }: { main: string; fields: readonly string[] }): Row[] {
	const rows: Row[] = [];
	for (let index = 0; index < MOST_ROWS && raw[rowField(list, index, main)] !== undefined; index += 1) {
		const values = Object.fromEntries(fields.map((field) => [field, textIn(raw, rowField(list, index, field))]));
		if (values[main] !== '') rows.push({ index, key: textIn(raw, rowField(list, index, 'key')), values });
	}
	return afterAct(rows, list, textIn(raw, 'act'));
}

function afterAct(rows: Row[], list: string, act: string): Row[] {
	const [, named, index, what] = /^(\w+)\.(\d{1,2})\.(up|down|remove)$/.exec(act) ?? [];
	const at = named === list ? rows.findIndex((row) => row.index === Number(index)) : -1;
	if (at === -1) return rows;
	const [row] = rows.splice(at, 1);
	if (row && what !== 'remove') rows.splice(Math.max(0, what === 'up' ? at - 1 : at + 1), 0, row);
	return rows;
}

type Typed = Record<string, string | readonly string[]>;
type Form = { state: string; values: Record<string, string[]>; error(field: string): string | undefined };

/** A form over a part of a draft as it is shown: what is on record before it is sent, what was typed afterwards. */
export type ShownPart = {
	version: string;
	value(field: string): string;
	values(field: string): readonly string[];
	error(field: string): string | undefined;
	/** How many rows of a list to show: those there are and an empty one. */
	rows(list: string, main: string): number;
};

/** @param latest the version of the draft now; after a conflict it is what the next try is based on */
export function shownPart(form: Form, typed: Typed, { latest, isConflict }: { latest: number; isConflict: boolean }): ShownPart {
	const source: Typed = form.state === 'idle' ? typed : form.values;
	const values = (field: string) => [source[field] ?? []].flat();
	const value = (field: string) => values(field)[0] ?? '';
	const rows = (list: string, main: string) => {
		let count = 0;
		while (source[rowField(list, count, main)] !== undefined) count += 1;
		return count > 0 && value(rowField(list, count - 1, main)) === '' ? count : count + 1;
	};
	return { version: isConflict ? String(latest) : value('version') || String(latest), value, values, error: form.error, rows };
}

/** Moves one of a list by the button that was pressed: `course.up`. */
export function afterButton<T extends { key: string }>(list: readonly T[], act: string): T[] {
	const [, key, what] = /^([a-z0-9_]+)\.(up|down)$/.exec(act) ?? [];
	const at = list.findIndex((one) => one.key === key);
	const [row, rest] = [list[at], list.filter((_, i) => i !== at)];
	if (!row) return [...list];
	return rest.toSpliced(Math.max(0, what === 'up' ? at - 1 : at + 1), 0, row);
}

export function textIn(raw: Raw, field: string): string {
	return cleaned(raw[field]).trim();
}

export function tickedIn(raw: Raw, field: string): boolean {
	return isTicked(raw[field]);
}

/** Those of a closed list that were ticked. */
export function chosenIn<T extends string>(raw: Raw, field: string, of: readonly T[]): T[] {
	const sent = [raw[field]].flat();
	return of.filter((one) => sent.includes(one));
}

/** Words that have to be there and fit. */
export function wordsIn(raw: Raw, field: string, { told, most, missing }: { told: Told[]; most: number; missing: string | null }): string {
	const typed = textIn(raw, field);
	if (typed === '' && missing !== null) told.push({ field, message: missing });
	if (typed.length > most) told.push({ field, message: `Shorten this to ${most} characters.` });
	return typed;
}

/** A whole number within bounds. */
export function wholeIn(raw: Raw, field: string, { told, least, most }: { told: Told[]; least: number; most: number }): number {
	const typed = textIn(raw, field);
	const number = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
	if (number >= least && number <= most) return number;
	told.push({ field, message: `Enter a whole number from ${least} to ${most}.` });
	return least;
}

/** A key for something new, made of its words and unlike those there are: `Your own practice` → `your_own_practice`. */
export function keyFrom(words: string, taken: readonly string[]): string {
	const plain = words
		.toLowerCase()
		.normalize('NFKD')
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_+|_+$/g, '');
	const base = plain.slice(0, 40).replace(/_+$/, '') || 'new';
	let key = base;
	for (let no = 2; taken.includes(key); no += 1) key = `${base}_${no}`;
	return key;
}

/** A row keeps its key, so that what refers to it still finds it. */
export function keptKey(row: Row, words: string, taken: readonly string[]): string {
	const isGood = /^[a-z0-9_]{1,60}$/.test(row.key) && !taken.includes(row.key);
	return isGood ? row.key : keyFrom(words, taken);
}
