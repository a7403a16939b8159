import { readDay } from '#core/read-day.ts';
import type { Headings } from './headings.ts';
import type { Remark } from './wanted.ts';

/**
 * Reads the cells of one row. Everything that is wrong is noted in `problems` (the row is then refused) and reading goes on,
 * so that people see all of it at once; what is merely left out is noted in `notes`.
 * An empty cell or a missing column reads as undefined, a lone dash as null.
 */
export type RowReader = {
	text(column: string, max: number): string | null | undefined;
	long(column: string, max: number): string | null | undefined;
	day(column: string): string | null | undefined;
	yes(column: string): boolean | undefined;
	whole(column: string, most: number): number | null | undefined;
	oneOf<T extends string>(column: string, words: Readonly<Record<string, T>>): T | null | undefined;
	several(column: string): string[] | undefined;
	refuse(column: string, why: string): undefined;
	note(column: string, why: string): void;
	has(column: string): boolean;
	problems: Remark[];
	notes: Remark[];
};

const YES = new Set(['yes', 'y', 'true', 't', '1', 'x', '✓', '✔', 'on']);
const NO = new Set(['no', 'n', 'false', 'f', '0', 'off', '-', '–']);
const DASHES = new Set(['-', '–', '—']);

export function rowReader(headings: Headings, cells: readonly string[]): RowReader {
	const problems: Remark[] = [];
	const notes: Remark[] = [];
	const refuse = (column: string, why: string): undefined => void problems.push({ column, why });
	const raw = (column: string): string => cells[headings.at.get(column) ?? -1] ?? '';
	const long = (column: string, max: number) => said(checked(column, manyLines(raw(column)), max, refuse));
	const text = (column: string, max: number) => said(checked(column, oneLine(raw(column)), max, refuse));
	return {
		text,
		long,
		day: (column) => {
			const typed = text(column, 40);
			if (typeof typed !== 'string') return typed;
			const read = readDay(typed);
			return 'day' in read ? read.day : refuse(column, `“${typed}” ${read.why}`);
		},
		yes: (column) => {
			const typed = oneLine(raw(column)).toLowerCase();
			if (typed === '') return undefined;
			return YES.has(typed) ? true : NO.has(typed) ? false : refuse(column, `“${typed.slice(0, 30)}” is neither yes nor no`);
		},
		whole: (column, most) => {
			const typed = text(column, 40);
			if (typeof typed !== 'string') return typed;
			const number = Number(/^\d{1,6}(?:\.0+)?$/.exec(typed)?.[0] ?? Number.NaN);
			return number <= most ? number : refuse(column, `“${typed}” is not a whole number from 0 to ${most}`);
		},
		oneOf: (column, words) => {
			const typed = text(column, 60);
			if (typeof typed !== 'string') return typed;
			const word = words[typed.toLowerCase()];
			return word ?? refuse(column, `“${typed}” is not one of: ${[...new Set(Object.values(words))].join(', ')}`);
		},
		several: (column) => {
			const typed = text(column, 2000);
			return typed === undefined
				? undefined
				: (typed ?? '')
						.split(/[;|]/)
						.map((part) => part.trim())
						.filter(Boolean);
		},
		refuse,
		note: (column, why) => void notes.push({ column, why }),
		has: (column) => oneLine(raw(column)) !== '',
		problems,
		notes,
	};
}

function said(text: string | undefined): string | null | undefined {
	if (text === undefined || text === '') return undefined;
	return DASHES.has(text) ? null : text;
}

function checked(column: string, text: string, max: number, refuse: RowReader['refuse']): string | undefined {
	if (text.length > max) return refuse(column, `has ${text.length.toLocaleString('en-GB')} characters; at most ${max.toLocaleString('en-GB')} fit`);
	if (text.includes('\uFFFD')) return refuse(column, 'holds a character that was lost when the file was saved: save it again as UTF-8');
	return text;
}

/** Plain text: no control or invisible characters, every kind of space a space, single and trimmed. */
function oneLine(text: string): string {
	return PLAIN.test(text)
		? text
		: text
				.normalize('NFC')
				.replace(INVISIBLE, '')
				.replace(/[\s\p{Cc}]+/gu, ' ')
				.trim();
}

function manyLines(text: string): string {
	const lines = text.normalize('NFC').replace(INVISIBLE, '').replace(/\r\n?/g, '\n').split('\n');
	return lines
		.map((line) => line.replace(/[\s\p{Cc}]+/gu, ' ').trim())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** Most cells need no mending, and this tells so quickly. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;
/** Format characters (direction marks, zero-width, soft hyphen) but not the joiners that emoji and some scripts need. */
const INVISIBLE = /[\p{Cs}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
