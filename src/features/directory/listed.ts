import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';

export type Listed = { slug: string; confirmedOn: string | null };

/** How many blocks of `size` places the finder is cut into. A block may hold fewer people than its size: places are kept when someone leaves. */
export function listedBlocks(ctx: Ctx, size: number): number {
	const last = (prepared(ctx.db.sql, 'SELECT max(no) FROM finder').pluck().get() as number | null) ?? 0;
	return Math.max(1, Math.ceil((last + 1) / size));
}

/**
 * Everyone who is listed today in one block, with the day on which they last confirmed their page.
 * @param block from 0
 */
export function listedIn(ctx: Ctx, block: number, size: number): Listed[] {
	const text = `SELECT f.slug, l.confirmed_on AS confirmedOn FROM finder f LEFT JOIN public_listing l ON l.person_id = f.person_id
		WHERE f.no >= ? AND f.no < ? AND f.shown_from_on <= ? AND f.shown_to_on > ? ORDER BY f.no`;
	return prepared(ctx.db.sql, text).all(block * size, (block + 1) * size, ctx.today, ctx.today) as Listed[];
}
