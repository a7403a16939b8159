import type { Ctx } from '#core/ctx.ts';
import { prepared, reading } from '#db/prepared.ts';
import { registerEntry } from './queries.ts';
import { type ToldEntry, tellEntry } from './told.ts';

/**
 * The entry of a number on a day, as far as the public may be told of it today. Null when the number was never given out.
 * @param on today or an earlier day, `YYYY-MM-DD`
 */
export function toldEntry(ctx: Ctx, number: string, on: string): ToldEntry | null {
	return reading(ctx.db.sql, () => {
		const now = registerEntry(ctx, number);
		const then = on === ctx.today ? now : registerEntry(ctx, number, on);
		return now && then && tellEntry(then, now);
	});
}

/** The day of the oldest registration: before it there was no register. Null while it is empty. */
export function registerBeganOn(ctx: Ctx): string | null {
	const oldest = prepared(ctx.db.sql, 'SELECT registered_on FROM public_register ORDER BY registered_on LIMIT 1').pluck();
	return (oldest.get() as string | undefined) ?? null;
}
