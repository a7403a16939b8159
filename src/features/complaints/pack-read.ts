import type { Ctx } from '#core/ctx.ts';
import { openTexts } from '#core/vault.ts';
import { keyOf, sourceLabels } from './pack-originals.ts';
import { type Item, itemsOf, type PackRow, type PackSide, packsIn, placeOfItem } from './pack-store.ts';
import { commentBy } from './pack-time.ts';
import type { Part } from './redact-spans.ts';
import { noteRead } from './sight.ts';
import { type Standing, standingOf } from './step.ts';

/** One thing that was laid before a side, with what is covered in it. `fileId`: a document, which opens by itself. */
export type GivenItem = { n: number; kind: string; title: string; sourceId: string | null; fileId: string | null; parts: Part[] };
/** What was laid before a side on a day. `commentBy`: the last day to say something on it, the same for both sides; null while the case is paused. */
export type GivenPack = {
	no: number;
	givenOn: string;
	commentBy: string | null;
	days: number;
	items: GivenItem[];
	covered: { because: string; count: number }[];
};

/** What was laid before a side, the newest first: the copies, never an original. Never authorises: whoever asks stands inside that side's door. */
export function packsGiven(ctx: Pick<Ctx, 'db' | 'keys'>, standing: Standing, side: PackSide): GivenPack[] {
	const given = packsIn(ctx.db, standing.concern.id).filter((pack) => pack.side === side && pack.givenOn !== null);
	return given.map((pack) => packAsRead(ctx, standing, pack)).reverse();
}

/** The same for the person who raised it, who is noted as having opened it. Never authorises: whoever asks holds it open (`visitOf`). */
export function packsForComplainant(ctx: Ctx, concernId: string): GivenPack[] {
	noteRead(ctx, { concernId, personId: null, capacity: 'complainant', what: 'packs' });
	return packsGiven(ctx, standingOf(ctx.db, concernId), 'complainant');
}

function packAsRead(ctx: Pick<Ctx, 'db' | 'keys'>, standing: Standing, pack: PackRow): GivenPack {
	const { id, concernId } = pack;
	const rows = itemsOf(ctx.db, id);
	const copies = openTexts(
		ctx,
		concernId,
		rows.map(({ n }) => placeOfItem(id, n)),
	);
	const labels = sourceLabels(ctx, concernId);
	const items = rows.map(({ n, kind, sourceId }) => {
		const parts = JSON.parse(copies.get(placeOfItem(id, n)) ?? GONE) as Part[];
		return { n, kind, sourceId, fileId: kind === 'file' ? sourceId : null, parts, title: labels.get(keyOf({ kind, sourceId })) ?? TITLES[kind] };
	});
	const givenOn = pack.givenOn ?? '';
	return { no: pack.no, givenOn, commentBy: commentBy(standing, givenOn), days: standing.rules.replyDays, items, covered: countsOf(items) };
}

/** What is covered, by its reason: how often, never what. Pure. */
function countsOf(items: readonly GivenItem[]): { because: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const part of items.flatMap(({ parts }) => parts)) if (typeof part !== 'string') counts.set(part.covered, (counts.get(part.covered) ?? 0) + 1);
	return [...counts].map(([because, count]) => ({ because, count }));
}

/** What is told of words whose time is over. */
const GONE = JSON.stringify(['What stood here has been destroyed.']);
const TITLES: Record<Item['kind'], string> = {
	statement: 'What was said',
	allegation: 'Allegation',
	reply: 'Reply of the therapist',
	message: 'A message',
	file: 'A document',
};
