import { and, eq, gt, gte, lt, lte, max, sql } from 'drizzle-orm';
import type { Ctx } from '#core/ctx.ts';
import { finder, publicListing } from '#db/schema/index.ts';

export type Listed = { slug: string; confirmedOn: string | null };

/** How many blocks of `size` places the finder is cut into. A block may hold fewer people than its size: places are kept when someone leaves. */
export function listedBlocks(ctx: Ctx, size: number): number {
	const last =
		ctx.db.orm
			.select({ no: max(finder.no) })
			.from(finder)
			.get()?.no ?? 0;
	return Math.max(1, Math.ceil((last + 1) / size));
}

/**
 * Everyone who is listed today in one block, with the day on which they last confirmed their page.
 * @param block from 0
 */
export function listedIn(ctx: Ctx, block: number, size: number): Listed[] {
	const { no, slug, shownFromOn, shownToOn } = finder;
	const { confirmedOn, personId } = publicListing;
	// Asked for one by one: as a join, SQLite works out the view for everyone first.
	const confirmed = ctx.db.orm.select({ confirmedOn }).from(publicListing).where(eq(personId, finder.personId));
	return ctx.db.orm
		.select({ slug, confirmedOn: sql<string | null>`${confirmed}` })
		.from(finder)
		.where(and(gte(no, block * size), lt(no, (block + 1) * size), lte(shownFromOn, ctx.today), gt(shownToOn, ctx.today)))
		.orderBy(no)
		.all();
}
