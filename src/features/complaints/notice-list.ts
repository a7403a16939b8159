import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type NoticeWords, noticeWords, ORDER_WORDS, type OrderKind, type RegisterEntry, registerEntry, type ShownOrder } from '#features/register/index.ts';
import { orderRulesOn } from './order-rules.ts';

export const NOTICE_PAGE = 50;
/** A notice that the public is told of today. `id`: what its address says. */
export type NoticeLine = { number: string; name: string; id: string; words: NoticeWords; fromOn: string };
/** What the public is told for some months where an order was set aside on appeal. */
export type Correction = { number: string; name: string | null; id: string; label: string; fromOn: string; correctedOn: string };

/**
 * Every notice that is public today, the newest first, by pages: what the entries themselves say, and nothing that they say no more.
 * @param page from 1
 */
export function publicNotices(ctx: Ctx, page: number): { lines: NoticeLine[]; hasMore: boolean } {
	const lines: NoticeLine[] = [];
	const wanted = page * NOTICE_PAGE + 1;
	const entries = new Map<string, RegisterEntry | null>();
	for (const { id, number } of prepared(ctx.db.sql, CANDIDATES).all(ctx.today) as { id: string; number: string }[]) {
		const entry = entries.has(number) ? entries.get(number) : registerEntry(ctx, number);
		entries.set(number, entry ?? null);
		const notice = entry?.status.notices.find((one) => one.id === id);
		if (entry && notice) lines.push(lineOf(ctx, entry, notice));
		if (lines.length === wanted) break;
	}
	return { lines: lines.slice((page - 1) * NOTICE_PAGE, page * NOTICE_PAGE), hasMore: lines.length === wanted };
}

/** One of them by its address, or the correction that took its place; null when there is neither (any more). */
export function publicNotice(ctx: Ctx, number: string, id: string): { notice: NoticeLine | null; correction: Correction | null } | null {
	const entry = registerEntry(ctx, number);
	if (!entry) return null;
	const found = entry.status.notices.find((one) => noticeId(one.kind, one.fromOn) === id);
	const correction = correctionsOf(ctx, number).find((one) => one.id === id) ?? null;
	return found || correction ? { notice: found ? lineOf(ctx, entry, found) : null, correction } : null;
}

/** What was set aside on appeal of somebody's orders, for as long as the public is told. */
export function correctionsOf(ctx: Ctx, number: string): Correction[] {
	return correctionRows(ctx.db, ctx.today)
		.filter((one) => one.number === number)
		.map((one) => correctionOf(ctx, one));
}

/** The same of everybody, the newest first. */
export function publicCorrections(ctx: Ctx): Correction[] {
	return correctionRows(ctx.db, ctx.today).map((one) => correctionOf(ctx, one));
}

/** What the address of a notice says of it. */
export function noticeId(kind: OrderKind, fromOn: string): string {
	return `${kind.replaceAll('_', '-')}-${fromOn}`;
}

function lineOf(ctx: Ctx, entry: RegisterEntry, notice: ShownOrder): NoticeLine {
	const { kind, fromOn } = notice;
	return { number: entry.number, name: entry.name, id: noticeId(kind, fromOn), words: noticeWords(notice, ctx.today), fromOn };
}

type CorrectionRow = { number: string; kind: OrderKind; fromOn: string; correctedOn: string };

function correctionRows(db: Db, today: string): CorrectionRow[] {
	const since = addMonths(today, -orderRulesOn(db, today).correctionMonths);
	return prepared(db.sql, CORRECTIONS).all(since, today) as CorrectionRow[];
}

function correctionOf(ctx: Ctx, { number, kind, fromOn, correctedOn }: CorrectionRow): Correction {
	const entry = registerEntry(ctx, number);
	const name = entry?.status.isShown ? entry.name : null;
	return { number, name, id: noticeId(kind, fromOn), label: ORDER_WORDS[kind].label, fromOn, correctedOn };
}

const CANDIDATES = `SELECT o.id, r.number FROM public_order o JOIN public_register r ON r.person_id = o.person_id
	WHERE o.from_on <= ? AND (o.outcome IS NULL OR o.outcome <> 'revoked') ORDER BY o.from_on DESC, r.number, o.id`;
const CORRECTIONS = `SELECT r.number, c.kind, c.from_on AS fromOn, c.corrected_on AS correctedOn FROM public_order_correction c
	JOIN public_register r ON r.person_id = c.person_id WHERE c.corrected_on > ? AND c.corrected_on <= ? ORDER BY c.corrected_on DESC, r.number`;
