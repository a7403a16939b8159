import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, hasRole, personOf, requireProof } from '#core/policy.ts';
import { useOnce } from '#core/rate-limit.ts';
import { prepared } from '#db/prepared.ts';
import type { emailChange } from '#db/schema/index.ts';
import { type AccountRow, accountByEmail, accountById, accountByPerson } from './account-row.ts';
import { mailAddressTaken, mailAskedToChange, mailNewAddress } from './email-mails.ts';
import { issueLink, withdrawLinks } from './links.ts';
import { asOwner, type SessionAtHand } from './session.ts';
import { TooBusy } from './too-busy.ts';

export type EmailChange = typeof emailChange.$inferSelect;

const DAY_MS = 86_400_000;

/**
 * The owner asks to sign in with another address, with a recent proof. It is confirmed from the new one; the old one is told, with a
 * link that stops it. The answer is the same when the address is somebody's already. @throws SignInRequired, Invalid, TooBusy
 */
export function askToChangeEmail(ctx: Ctx, session: SessionAtHand, newEmail: string): void {
	const own = asOwner(ctx, session);
	const account = accountById(ctx, session.accountId);
	if (mailboxKey(newEmail) === mailboxKey(account.email)) throw new Invalid('email', 'This is the address that you sign in with already.');
	commit(own, { name: 'ask to change e-mail address' }, (tx) => {
		const exhausted = useOnce(tx.db, ctx.now, [{ key: `email-change:${account.id}`, most: 5, windowMs: DAY_MS }]);
		if (exhausted) throw new TooBusy('You have asked for several changes today. Please try again tomorrow.', 3600);
		const change = keep(tx, account, { newEmail, askedBy: 'owner', effectiveAt: ctx.now, requestedBy: null, reason: null });
		record(tx, 'account.email_change_asked', { type: 'person', id: account.personId }, { by: 'owner' }, { newEmail });
		queueMail(tx, mailAskedToChange(ctx.settings, { to: account.email, now: ctx.now }, keepLink(tx, account, change)));
		const letter = { to: newEmail.trim(), now: ctx.now };
		if (accountByEmail(ctx, newEmail)) return queueMail(tx, mailAddressTaken(ctx.settings, letter));
		const link = { purpose: 'new_email', accountId: account.id, personId: account.personId, email: newEmail.trim(), emailChangeId: change } as const;
		queueMail(tx, mailNewAddress(ctx.settings, letter, issueLink(tx, link)));
	});
}

/**
 * The office asks to change the address of someone else's account, with a reason and a recent proof. Nothing happens until a second member
 * of staff confirms it (`secondEmailChange`). @throws Forbidden, SignInRequired, NotFound, Invalid
 */
export function changeEmailByStaff(ctx: Ctx, input: { personId: string; newEmail: string; reason: string }): void {
	allow(mayChangeEmailOf(ctx, input.personId));
	requireProof(ctx, true);
	const reason = input.reason.trim();
	if (reason === '') throw new Invalid('reason', 'Say why, and how you made sure who asked.');
	const account = accountByPerson(ctx, input.personId);
	if (!account) throw new NotFound('They have no account yet. Send an invitation to the new address instead.');
	if (accountByEmail(ctx, input.newEmail)) throw new Invalid('newEmail', 'There is an account with this address already.');
	commit(ctx, { name: 'ask to change e-mail address of someone', reason }, (tx) => {
		const { newEmail } = input;
		keep(tx, account, { newEmail, askedBy: 'staff', effectiveAt: null, requestedBy: personOf(ctx).personId, reason });
		record(tx, 'account.email_change_asked', { type: 'person', id: account.personId }, { by: 'staff' }, { newEmail });
	});
}

/** Who may change the address of someone else's account; nobody their own by this way. */
export function mayChangeEmailOf(ctx: Ctx, personId: string): boolean {
	return hasRole(ctx.actor, 'membership_officer', 'registrar', 'administrator') && ctx.actor.kind === 'person' && ctx.actor.personId !== personId;
}

/** The change that waits for a second person, a day or an answer, or null. `effectiveAt` is null until it was confirmed. */
export function openEmailChange(ctx: Ctx, accountId: string): Pick<EmailChange, 'newEmail' | 'askedBy' | 'effectiveAt'> | null {
	const text = `SELECT new_email AS newEmail, asked_by AS askedBy, effective_at AS effectiveAt FROM email_change
		WHERE account_id = ? AND done_at IS NULL AND cancelled_at IS NULL AND (asked_by = 'staff' OR asked_at > ?) ORDER BY asked_at DESC LIMIT 1`;
	return (prepared(ctx.db.sql, text).get(accountId, ctx.now - DAY_MS) as EmailChange | undefined) ?? null;
}

/** The owner, still signed in, takes an open change back. @throws SignInRequired, Conflict */
export function cancelEmailChange(ctx: Ctx, session: SessionAtHand): void {
	const own = asOwner(ctx, session);
	commit(own, { name: 'keep e-mail address' }, (tx) => {
		const text = 'UPDATE email_change SET cancelled_at = ? WHERE account_id = ? AND done_at IS NULL AND cancelled_at IS NULL';
		if (prepared(tx.db.sql, text).run(ctx.now, session.accountId).changes === 0) throw new Conflict('No change of your address is open any more.');
		withdrawLinks(tx, session.accountId, 'new_email', 'keep_email');
		record(tx, 'account.email_change_cancelled', { type: 'person', id: session.personId });
	});
}

/** One open change at a time: a new one takes the place of the one before. */
function keep(tx: Tx, account: AccountRow, change: Pick<EmailChange, 'newEmail' | 'askedBy' | 'effectiveAt' | 'requestedBy' | 'reason'>): string {
	const { now } = tx.ctx;
	prepared(tx.db.sql, 'UPDATE email_change SET cancelled_at = ? WHERE account_id = ? AND done_at IS NULL AND cancelled_at IS NULL').run(now, account.id);
	withdrawLinks(tx, account.id, 'new_email');
	const id = newId();
	const { newEmail, askedBy, effectiveAt, requestedBy, reason } = change;
	const text = `INSERT INTO email_change (id, account_id, old_email, new_email, asked_by, asked_at, effective_at, requested_by, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	prepared(tx.db.sql, text).run(id, account.id, account.email, newEmail.trim(), askedBy, now, effectiveAt, requestedBy, reason);
	return id;
}

/** The link that keeps, or puts back, the address a change began with. */
export function keepLink(tx: Tx, account: Pick<AccountRow, 'id' | 'personId' | 'email'>, changeId: string): string {
	return issueLink(tx, { purpose: 'keep_email', accountId: account.id, personId: account.personId, email: account.email, emailChangeId: changeId });
}
