import type { Ctx } from '#core/ctx.ts';
import { keyOf, type Source, sourcesOf } from './pack-originals.ts';
import { type Item, itemsOf, type Mark, marksOf } from './pack-store.ts';
import { hitAt, hitsOf, leftOpen, linesOf, merged, type Part, redacted } from './redact-spans.ts';

/** An item of a pack as those who make and check it see it: the original, what is covered, and what is left of it. */
export type ItemView = Item & { label: string; words: string | null; marks: Mark[]; parts: Part[] };
/** Words that are covered in one place and stand open in another. */
export type Elsewhere = { words: string; in: string[] };

/** What a pack holds, with the originals. Never authorises: for whoever opened the case. What was taken away since is left out. */
export function itemViews(ctx: Pick<Ctx, 'db' | 'keys'>, { id, concernId }: { id: string; concernId: string }): ItemView[] {
	const sources = new Map(sourcesOf(ctx, concernId).map((source) => [source.key, source]));
	const marks = marksOf(ctx.db, id);
	return itemsOf(ctx.db, id).flatMap((item) => {
		const source = sources.get(keyOf(item));
		return source ? [viewOf(item, source, marks)] : [];
	});
}

function viewOf(item: Item, { label, words }: Source, all: readonly Mark[]): ItemView {
	const marks = all.filter(({ itemId }) => itemId === item.id);
	return { ...item, label, words, marks, parts: words === null ? [] : redacted(words, marks) };
}

/** Words that are covered somewhere in a pack and stand open elsewhere in it. Pure. */
export function standOpen(items: readonly ItemView[]): Elsewhere[] {
	const covered = items.flatMap(({ words, marks }) => merged(marks).map(({ from, to }) => (words ?? '').slice(from, to).trim()));
	return [...new Set(covered)].filter(Boolean).flatMap((words) => {
		const found = items.filter((item) => hitsOf(leftOpen(item.words ?? '', item.marks), words).length > 0);
		return found.length === 0 ? [] : [{ words, in: found.map(({ label }) => label) }];
	});
}

/** What is covered, one by one: where, with what stands around it, and why. Pure. */
export function differencesOf(items: readonly ItemView[]) {
	return items.flatMap(({ n, label, words, marks }) =>
		marks.map((mark) => ({ id: mark.id, n, label, because: mark.because, ...hitAt(words ?? '', mark.from, mark.to) })),
	);
}

/** The lines and sentences of an item, each with whether all of it is covered. Pure. */
export function linesToTick({ words, marks }: Pick<ItemView, 'words' | 'marks'>) {
	const spans = merged(marks);
	return linesOf(words ?? '').map((line, n) => ({ ...line, n, isCovered: spans.some(({ from, to }) => from <= line.from && line.to <= to) }));
}
