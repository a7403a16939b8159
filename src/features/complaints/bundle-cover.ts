import type { Ctx } from '#core/ctx.ts';
import { keyOf, type Source, sourcesOf } from './pack-originals.ts';
import { itemsOf, marksOf, packsIn } from './pack-store.ts';
import { BECAUSE_WORDS, hitsOf, merged, redacted, type Span } from './redact-spans.ts';

/** A text with everything covered that is covered anywhere in the case. `key`: which source it is, as packs name it; null for any other words. */
export type Cover = (text: string, key: string | null) => string;
/** Shorter ones are found in too many other words. */
const LEAST = 3;

/**
 * What a panel may not read: whatever was covered in a pack for either side, in that text and wherever else the same words stand. A pack that was
 * dropped counts for nothing; one that waits for its second person counts already. Never authorises.
 */
export function coverOf(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): { cover: Cover; sources: Source[] } {
	const sources = sourcesOf(ctx, concernId);
	const spans = spansByKey(ctx, concernId);
	const words = sources.flatMap(({ key, words: text }) =>
		merged(spans.get(key) ?? []).map(({ from, to, because }) => ({ words: (text ?? '').slice(from, to).trim(), because })),
	);
	const everywhere = [...new Map(words.filter(({ words: found }) => found.length >= LEAST).map((one) => [one.words, one])).values()];
	const cover: Cover = (text, key) => {
		const found = everywhere.flatMap(({ words: covered, because }): Span[] => hitsOf(text, covered).map(({ from, to }) => ({ from, to, because })));
		return sayParts(text, [...((key === null ? undefined : spans.get(key)) ?? []), ...found]);
	};
	return { cover, sources };
}

function sayParts(text: string, spans: readonly Span[]): string {
	return redacted(text, spans)
		.map((part) => (typeof part === 'string' ? part : `[covered: ${BECAUSE_WORDS[part.covered]}]`))
		.join('');
}

function spansByKey({ db }: Pick<Ctx, 'db'>, concernId: string): Map<string, Span[]> {
	const spans = new Map<string, Span[]>();
	for (const pack of packsIn(db, concernId).filter(({ droppedAt }) => droppedAt === null)) {
		const keys = new Map(itemsOf(db, pack.id).map((item) => [item.id, keyOf(item)]));
		for (const { itemId, from, to, because } of marksOf(db, pack.id)) {
			const key = keys.get(itemId);
			if (key !== undefined) spans.set(key, [...(spans.get(key) ?? []), { from, to, because }]);
		}
	}
	return spans;
}
