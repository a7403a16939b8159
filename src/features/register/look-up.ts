import type { Ctx } from '#core/ctx.ts';
import { type AskedDay, readAskedDay } from './asked-day.ts';
import { findNumber } from './queries.ts';
import type { ToldEntry } from './told.ts';
import { registerBeganOn, toldEntry } from './told-queries.ts';

type WrongDay = Extract<AskedDay, { kind: 'wrong' }>;

/**
 * What came of asking for a number: its entry (`beganOn` when the day asked about lies before the whole register), a better
 * address for it, or nothing, with the number that was probably meant if it exists.
 */
export type LookUp =
	| { kind: 'entry'; entry: ToldEntry; wrongDay: WrongDay | null; beganOn: string | null }
	| { kind: 'moved'; number: string; on: string | null }
	| { kind: 'unknown'; isNumber: boolean; meant: string | null };

/**
 * Looks a number up as it stands in an address.
 * @param typed the last part of the path @param query the day that is asked about, see `readAskedDay`
 */
export function lookUp(ctx: Ctx, typed: string, query: URLSearchParams): LookUp {
	const read = findNumber(ctx, typed);
	if (read.kind === 'wrong-check-digit') return { kind: 'unknown', isNumber: false, meant: read.exists ? read.meant : null };
	if (read.kind !== 'number') return { kind: 'unknown', isNumber: false, meant: null };
	const asked = readAskedDay(query, ctx.today);
	const on = asked.kind === 'day' ? asked.on : ctx.today;
	const entry = read.exists ? toldEntry(ctx, read.number, on) : null;
	if (!entry) return { kind: 'unknown', isNumber: true, meant: null };
	const isBetterPut = asked.kind === 'day' && query.has('on-year');
	if (typed !== read.number || isBetterPut) return { kind: 'moved', number: read.number, on: isBetterPut ? on : query.get('on') };
	return { kind: 'entry', entry, wrongDay: asked.kind === 'wrong' ? asked : null, beganOn: beganAfter(ctx, entry) };
}

/** The day the register began, when the day asked about lies before it. */
function beganAfter(ctx: Ctx, entry: ToldEntry): string | null {
	const beganOn = entry.status.standing === 'not_yet' ? registerBeganOn(ctx) : null;
	return beganOn !== null && entry.asAtOn < beganOn ? beganOn : null;
}
