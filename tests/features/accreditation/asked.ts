import type { Ctx } from '#core/ctx.ts';
import { openRequestLink, type RequestRow, requestInHand } from '#features/accreditation/index.ts';

/** A browser's cookies, as far as links need them. */
export function jar() {
	const kept = new Map<string, string>();
	return {
		get: (name: string) => (kept.has(name) ? { value: kept.get(name) as string } : undefined),
		set: (name: string, value: string) => void kept.set(name, value),
		delete: (name: string) => void kept.delete(name),
	};
}

/** The token in the newest message to an address. */
export function tokenTo(ctx: Ctx, to: string): string {
	const text =
		"SELECT body FROM outbox WHERE to_address = ? AND kind IN ('accreditation.request', 'accreditation.request-reminder') ORDER BY rowid DESC LIMIT 1";
	const body = ctx.db.sql.prepare(text).pluck().get(to) as string;
	return /\/accreditation\/request\/([\w-]{43})/.exec(body)?.[1] ?? '';
}

/** Opens the link of whoever was asked, as nobody who is signed in. */
export function inHand(ctx: Ctx, to: string): { nobody: Ctx; row: () => RequestRow } {
	const nobody: Ctx = { ...ctx, actor: { kind: 'public' } };
	const cookies = jar();
	openRequestLink(nobody, cookies, tokenTo(ctx, to));
	return { nobody, row: () => requestInHand(nobody, cookies) };
}

/** What a referee sends. */
export const REFERENCE = {
	capacity: 'We worked together for years.',
	strengths: 'Warm and exact.',
	concerns: '',
	recommend: 'yes',
	hasConflict: 'no',
	conflict: '',
	signedName: 'Rob Referee',
	agree: true,
};
