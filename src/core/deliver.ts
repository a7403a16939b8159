import { and, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { outbox } from '#db/schema/index.ts';
import { record } from './audit.ts';
import { bookkeep, commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { isOfTheDead } from './last-rest.ts';
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
 * Nothing goes to the address of somebody who has died: it is stopped here, whatever queued it, and goes out when the death is taken back.
 */
export async function deliverMail(ctx: Ctx, transport: Transport): Promise<Delivered> {
	const sum: Delivered = { sent: 0, delayed: 0, givenUp: 0 };
	const begun = performance.now();
	const passed = () => Math.round(performance.now() - begun);
	while (passed() < RUN_MS) {
		const claimed = claim(ctx, ctx.now + passed());
		if (!claimed) break;
		if (isOfTheDead(ctx.db, claimed.to)) {
			stop(ctx, claimed);
			continue;
		}
		const problem = await attempt(transport, claimed);
		const now = ctx.now + passed();
		sum[problem === null ? noteSent(ctx, claimed, now) : noteFailed(ctx, claimed, now, problem)] += 1;
	}
	return sum;
}

type Claimed = Letter & { kind: string; attempts: number };

/** Only a message that was purged has no address and no text. */
const CLAIMED = {
	id: outbox.id,
	kind: outbox.kind,
	to: sql<string>`${outbox.toAddress}`,
	subject: outbox.subject,
	text: sql<string>`${outbox.body}`,
	createdAt: outbox.createdAt,
	attempts: outbox.attempts,
};

function claim({ db }: Ctx, now: number): Claimed | null {
	const next = db.orm.select({ id: outbox.id }).from(outbox).where(waitsAt(now)).orderBy(outbox.dueAt, sql`rowid`).limit(1);
	const claiming = db.orm
		.update(outbox)
		.set({ claimedUntil: now + LEASE_MS, attempts: sql`${outbox.attempts} + 1` })
		.where(eq(outbox.id, next))
		.returning(CLAIMED);
	return bookkeep(db, () => claiming.get() ?? null);
}

/** Is there a message to be sent at this instant, ms UTC? A look into an index: cheap enough for every second. */
export function isMailDue({ orm }: Ctx['db'], now: number): boolean {
	return orm.select({ id: outbox.id }).from(outbox).where(waitsAt(now)).limit(1).get() !== undefined;
}

function waitsAt(now: number): SQL | undefined {
	const isFree = or(isNull(outbox.claimedUntil), lte(outbox.claimedUntil, now));
	return and(isNull(outbox.sentAt), isNull(outbox.failedAt), isNull(outbox.purgedAt), lte(outbox.dueAt, now), isFree);
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

function stop(ctx: Ctx, { id, attempts }: Claimed): void {
	const change = { failedAt: ctx.now, claimedUntil: null, attempts: attempts - 1, lastError: 'stopped' };
	bookkeep(ctx.db, () => ctx.db.orm.update(outbox).set(change).where(eq(outbox.id, id)).run());
}

function noteSent(ctx: Ctx, { id }: Claimed, now: number): 'sent' {
	const change = { sentAt: now, claimedUntil: null, lastError: null };
	bookkeep(ctx.db, () =>
		ctx.db.orm
			.update(outbox)
			.set(change)
			.where(and(eq(outbox.id, id), isNull(outbox.sentAt)))
			.run(),
	);
	return 'sent';
}

function noteFailed(ctx: Ctx, claimed: Claimed, now: number, problem: string): 'delayed' | 'givenUp' {
	const wait = BACK_OFF_MINUTES[claimed.attempts - 1];
	if (wait === undefined) return giveUp(ctx, claimed, now, problem);
	const change = { dueAt: now + wait * 60_000, claimedUntil: null, lastError: problem };
	const isOurs = and(eq(outbox.id, claimed.id), eq(outbox.attempts, claimed.attempts), isNull(outbox.sentAt));
	bookkeep(ctx.db, () => ctx.db.orm.update(outbox).set(change).where(isOurs).run());
	return 'delayed';
}

function giveUp(ctx: Ctx, { id, kind, attempts }: Claimed, now: number, problem: string): 'givenUp' {
	commit({ ...ctx, now }, { name: 'deliverMail', reason: 'not accepted for 24 hours' }, (tx) => {
		tx.db.orm.update(outbox).set({ failedAt: now, claimedUntil: null, lastError: problem }).where(eq(outbox.id, id)).run();
		record(tx, 'mail.given_up', { type: 'mail', id }, { kind, attempts, problem });
	});
	return 'givenUp';
}
