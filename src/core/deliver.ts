import { prepared } from '#db/prepared.ts';
import { record } from './audit.ts';
import { bookkeep, commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { fileTransport } from './mail-files.ts';
import type { Letter, Transport } from './mail-message.ts';
import { SMTP_PATIENCE, smtpTransport } from './mail-smtp.ts';

/** Minutes to the next attempt after each failed one: 24 hours in all, then the message is given up. */
export const BACK_OFF_MINUTES = [1, 5, 15, 60, 180, 360, 360, 459] as const;
/** Longer than the longest send, so that a second worker takes a message over only when the first has died. */
const LEASE_MS = 5 * 60_000;
/** A run ends after this, so that the next one begins with a fresh clock. */
const RUN_MS = 4 * 60_000;

export type Delivered = { sent: number; delayed: number; givenUp: number };

/** The way out that the settings name: a mail server, else files. */
export function transportFor(settings: Ctx['settings']): Transport {
	return settings.smtpUrl ? smtpTransport(settings, SMTP_PATIENCE) : fileTransport(settings);
}

/**
 * Sends what is due, oldest first. Each message is claimed for five minutes before it is sent: two workers never send one
 * at once, and the claim of a worker that died runs out.
 * Over SMTP this is at-least-once (a crash between the server's acceptance and our note of it sends again, under the same
 * Message-ID); into files it is exactly once. A failure never throws: it is noted and tried again later.
 */
export async function deliverMail(ctx: Ctx, transport: Transport): Promise<Delivered> {
	const sum: Delivered = { sent: 0, delayed: 0, givenUp: 0 };
	const begun = performance.now();
	const passed = () => Math.round(performance.now() - begun);
	while (passed() < RUN_MS) {
		const claimed = claim(ctx, ctx.now + passed());
		if (!claimed) break;
		const problem = await attempt(transport, claimed);
		const now = ctx.now + passed();
		sum[problem === null ? noteSent(ctx, claimed, now) : noteFailed(ctx, claimed, now, problem)] += 1;
	}
	return sum;
}

type Claimed = Letter & { kind: string; attempts: number };

const CLAIM = `UPDATE outbox SET claimed_until = ?, attempts = attempts + 1 WHERE id = (
	SELECT id FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND purged_at IS NULL AND due_at <= ?
		AND (claimed_until IS NULL OR claimed_until <= ?) ORDER BY due_at, rowid LIMIT 1)
	RETURNING id, kind, to_address AS "to", subject, body AS text, created_at AS createdAt, attempts`;

function claim(ctx: Ctx, now: number): Claimed | null {
	return bookkeep(ctx.db, () => (prepared(ctx.db.sql, CLAIM).get(now + LEASE_MS, now, now) as Claimed | undefined) ?? null);
}

/** Null when it went out; else a code that names no one: a server's own words may hold the address. */
async function attempt(transport: Transport, letter: Letter): Promise<string | null> {
	try {
		await transport.send(letter);
		return null;
	} catch (error) {
		const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
		const known = [code, responseCode].filter((part) => /^[A-Z0-9_]{2,40}$/.test(String(part)));
		return known.length > 0 ? known.join(' ') : 'failed';
	}
}

function noteSent(ctx: Ctx, { id }: Claimed, now: number): 'sent' {
	const text = 'UPDATE outbox SET sent_at = ?, claimed_until = NULL, last_error = NULL WHERE id = ? AND sent_at IS NULL';
	bookkeep(ctx.db, () => prepared(ctx.db.sql, text).run(now, id));
	return 'sent';
}

function noteFailed(ctx: Ctx, claimed: Claimed, now: number, problem: string): 'delayed' | 'givenUp' {
	const wait = BACK_OFF_MINUTES[claimed.attempts - 1];
	if (wait === undefined) return giveUp(ctx, claimed, now, problem);
	const text = 'UPDATE outbox SET due_at = ?, claimed_until = NULL, last_error = ? WHERE id = ? AND attempts = ? AND sent_at IS NULL';
	bookkeep(ctx.db, () => prepared(ctx.db.sql, text).run(now + wait * 60_000, problem, claimed.id, claimed.attempts));
	return 'delayed';
}

function giveUp(ctx: Ctx, { id, kind, attempts }: Claimed, now: number, problem: string): 'givenUp' {
	commit({ ...ctx, now }, { name: 'deliverMail', reason: 'not accepted for 24 hours' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE outbox SET failed_at = ?, claimed_until = NULL, last_error = ? WHERE id = ?').run(now, problem, id);
		record(tx, 'mail.given_up', { type: 'mail', id }, { kind, attempts, problem });
	});
	return 'givenUp';
}
