import { packs } from '#features/complaints/index.ts';
import { standingByReference } from '#features/complaints/step.ts';
import type { Someone } from './application.ts';

type Covered = { words: string; because: packs.Because };

/**
 * Makes what is laid before a side of a case, with words covered wherever they stand, and has a second person approve it. `by` works on the case,
 * `second` was let in and had no part in it. Without `keys` it holds everything that was written. @returns its number
 */
export function approvedPack(
	by: Someone,
	second: Someone,
	reference: string,
	{ side = 'respondent' as packs.PackSide, keys = null as readonly string[] | null, cover = [] as readonly Covered[] } = {},
): number {
	const no = madePack(by, reference, { side, keys, cover });
	packs.sendPack(by.ctx, reference, { no, version: versionOf(by, reference, no) });
	packs.checkPack(second.ctx, reference, { no, version: versionOf(by, reference, no), result: 'approved', words: '', saw: true });
	return no;
}

/** The same, without having been sent to a second person. */
export function madePack(
	by: Someone,
	reference: string,
	{ side = 'respondent' as packs.PackSide, keys = null as readonly string[] | null, cover = [] as readonly Covered[] } = {},
): number {
	const { id } = standingByReference(by.ctx.db, reference).concern;
	const all = packs.sourcesOf(by.ctx, id).map(({ key }) => key);
	const no = packs.makePack(by.ctx, reference, { side, items: keys ?? all, like: null });
	for (const { words, because } of cover) {
		const items = packs.itemViews(by.ctx, { concernId: id, id: packOf(by, reference, no).id });
		const hits = items.flatMap((item) => packs.hitsOf(item.words ?? '', words).map(({ from, to }) => `${item.n}:${from}:${to}`));
		packs.coverHits(by.ctx, reference, { no, version: versionOf(by, reference, no), hits, because });
	}
	return no;
}

/** A pack as it stands in the register. */
export function packOf({ ctx }: Someone, reference: string, no: number): packs.PackRow {
	return packs.packNo(ctx.db, standingByReference(ctx.db, reference).concern.id, no) as packs.PackRow;
}

/** How often it was changed: what forms carry. */
export const versionOf = (who: Someone, reference: string, no: number): number => packOf(who, reference, no).version;
