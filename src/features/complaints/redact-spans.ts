import type { concernPackMark } from '#db/schema/index.ts';

export type Because = (typeof concernPackMark.$inferSelect)['because'];
/** From which letter to which of a text something is covered, and why. */
export type Span = { from: number; to: number; because: Because };
/** A text with what is covered in it: words, or only why there are none. */
export type Part = string | { covered: Because };
/** Something found in a text, with a little of what stands around it. */
export type Hit = { from: number; to: number; before: string; words: string; after: string };

/** Why something may be covered: nothing else is a reason. */
export const BECAUSE_WORDS: Record<Because, string> = {
	third_party: 'somebody else',
	health: 'health',
	address: 'address',
	safety: 'safety',
	privilege: 'legal advice',
};

/** The same as choices of a form. */
export const BECAUSE_CHOICES = Object.entries(BECAUSE_WORDS).map(([value, label]) => ({ value, label: label.charAt(0).toUpperCase() + label.slice(1) }));

const AROUND = 60;

/**
 * Where some words stand in a text, whatever their letters' case, spaces, line ends, apostrophes and dashes; also inside longer words, since
 * what is covered may not be read there either. Pure.
 */
export function hitsOf(text: string, words: string): Hit[] {
	const pieces = words.trim().split(/\s+/).filter(Boolean);
	if (pieces.length === 0) return [];
	const pattern = new RegExp(pieces.map(loosely).join('\\s+'), 'giu');
	return [...text.matchAll(pattern)].map(({ index, 0: found }) => hitAt(text, index, index + found.length));
}

/** The same for a span that is known. Pure. */
export function hitAt(text: string, from: number, to: number): Hit {
	const before = text.slice(Math.max(0, from - AROUND), from);
	const after = text.slice(to, to + AROUND);
	return { from, to, before: (from > AROUND ? '…' : '') + before, words: text.slice(from, to), after: after + (to + AROUND < text.length ? '…' : '') };
}

/** A text cut into lines and sentences, to be ticked one by one; blank ones are left out. Pure. */
export function linesOf(text: string): { from: number; to: number; words: string }[] {
	const lines: { from: number; to: number; words: string }[] = [];
	for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) {
		for (const { index: at, 0: sentence } of line.matchAll(/\S.*?(?:[.!?]+(?=\s)|$)/g)) {
			lines.push({ from: index + at, to: index + at + sentence.length, words: sentence });
		}
	}
	return lines;
}

/** Spans in order, those that overlap as one, with the reason of the first. Pure. */
export function merged(spans: readonly Span[]): Span[] {
	const done: Span[] = [];
	for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
		const last = done.at(-1);
		if (last && span.from < last.to) done[done.length - 1] = { ...last, to: Math.max(last.to, span.to) };
		else done.push(span);
	}
	return done;
}

/** A text with its spans covered: neither their words nor how long they were is left. Pure. */
export function redacted(text: string, spans: readonly Span[]): Part[] {
	const parts: Part[] = [];
	let at = 0;
	for (const { from, to, because } of merged(spans)) {
		if (from > at) parts.push(text.slice(at, from));
		parts.push({ covered: because });
		at = to;
	}
	if (at < text.length) parts.push(text.slice(at));
	return parts;
}

/** What of a text is left open, a covered part as a line end: for finding words that still stand there. Pure. */
export function leftOpen(text: string, spans: readonly Span[]): string {
	return redacted(text, spans)
		.map((part) => (typeof part === 'string' ? part : '\u0000'))
		.join('');
}

/** Letters that people type for one another. */
const ALIKE = ["'’‘ʼ`", '"“”„', '-‐‑‒–—'];

function loosely(piece: string): string {
	return [...piece]
		.map((letter) => ALIKE.find((set) => set.includes(letter)))
		.map((set, n) => (set ? `[${escaped(set)}]` : escaped([...piece][n] ?? '')))
		.join('');
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
