import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { mailReset } from './account-mails.ts';
import { accountByEmail, accountById, endAllSessions } from './account-row.ts';
import { type EmailChange, keepLink } from './email-change.ts';
import { mailChangedNew, mailChangedOld } from './email-mails.ts';
import { issueLink, liveLink, useLink, withdrawLinks } from './links.ts';

/** Brings the address that the office writes to in line with the account's. It stands in a later feature, so the caller hands it in. */
export type OnEmailChanged = (tx: Tx, personId: string, email: string) => void;

/** The new address answers: from now on it is the one to sign in with. @throws NotFound, Conflict */
export function confirmNewEmail(ctx: Ctx, token: string, onChanged: OnEmailChanged): void {
	const link = liveLink(ctx, token, 'new_email');
	commit(ctx, { name: 'confirm new e-mail address' }, (tx) => {
		useLink(tx, link);
		const change = changeOf(ctx, link.emailChangeId ?? '');
		if (!change || change.doneAt !== null || change.cancelledAt !== null) throw new Conflict('This change was taken back, or another one took its place.');
		prepared(tx.db.sql, 'UPDATE email_change SET confirmed_at = ? WHERE id = ?').run(ctx.now, change.id);
		carryOut(tx, change, onChanged);
	});
}

/**
 * The old address says no. A change that waits is dropped; one that was done is undone. Asked for by "the owner", it means that someone
 * else was signed in: everyone is signed out, the password ends, and a link for a new one goes to the old address. @throws NotFound, Conflict
 */
export function keepEmail(ctx: Ctx, token: string, onChanged: OnEmailChanged): void {
	const link = liveLink(ctx, token, 'keep_email');
	commit(ctx, { name: 'keep e-mail address' }, (tx) => {
		useLink(tx, link);
		const change = changeOf(ctx, link.emailChangeId ?? '');
		const account = accountById(ctx, link.accountId ?? '');
		if (!change) throw new Conflict('There is nothing left to keep.');
		prepared(tx.db.sql, 'UPDATE email_change SET cancelled_at = ? WHERE id = ?').run(ctx.now, change.id);
		withdrawLinks(tx, account.id, 'new_email', 'reset');
		if (mailboxKey(account.email) !== mailboxKey(change.oldEmail)) setEmail(tx, account, change.oldEmail, onChanged);
		record(tx, 'account.email_change_cancelled', { type: 'person', id: account.personId }, { wasDone: change.doneAt !== null });
		if (change.askedBy === 'owner' || change.doneAt !== null) lockOut(tx, account.id, change.oldEmail);
	});
}

/** Carries out the changes by staff that a second person confirmed and whose day has passed without a no. For the job. @returns how many. */
export function changeDueEmails(ctx: Ctx, onChanged: OnEmailChanged): number {
	const text = `SELECT id FROM email_change WHERE asked_by = 'staff' AND seconded_by IS NOT NULL AND effective_at <= ? AND done_at IS NULL AND cancelled_at IS NULL`;
	const due = prepared(ctx.db.sql, text).pluck().all(ctx.now) as string[];
	for (const id of due) {
		commit(ctx, { name: 'carry out a change of e-mail address' }, (tx) => {
			const change = changeOf(ctx, id);
			if (change && change.doneAt === null && change.cancelledAt === null && !dropTaken(tx, change)) carryOut(tx, change, onChanged);
			else record(tx, 'account.email_change_cancelled', { type: 'account', id: change?.accountId ?? id }, { wasDone: false });
		});
	}
	return due.length;
}

function carryOut(tx: Tx, change: EmailChange, onChanged: OnEmailChanged): void {
	const { ctx } = tx;
	const account = accountById(ctx, change.accountId);
	if (accountByEmail(ctx, change.newEmail)) throw new Conflict('There is an account with this address by now. Please write to the office.');
	prepared(tx.db.sql, 'UPDATE email_change SET done_at = ? WHERE id = ?').run(ctx.now, change.id);
	setEmail(tx, account, change.newEmail, onChanged);
	endAllSessions(tx, account.id, { devices: false });
	withdrawLinks(tx, account.id, 'reset');
	const by = { by: change.askedBy, askedById: change.requestedBy, confirmedById: change.secondedBy };
	record(tx, 'account.email_changed', { type: 'person', id: account.personId }, by, { from: change.oldEmail, to: change.newEmail });
	queueMail(tx, mailChangedNew(ctx.settings, { to: change.newEmail, now: ctx.now }));
	queueMail(tx, mailChangedOld(ctx.settings, { to: change.oldEmail, now: ctx.now }, keepLink(tx, { ...account, email: change.oldEmail }, change.id)));
}

/** Someone else took the address while the day passed: the change falls away. */
function dropTaken(tx: Tx, change: EmailChange): boolean {
	if (!accountByEmail(tx.ctx, change.newEmail)) return false;
	return prepared(tx.db.sql, 'UPDATE email_change SET cancelled_at = ? WHERE id = ?').run(tx.ctx.now, change.id).changes === 1;
}

function setEmail(tx: Tx, account: { id: string; personId: string }, email: string, onChanged: OnEmailChanged): void {
	const text = 'UPDATE account SET email = ?, email_key = ?, version = version + 1 WHERE id = ?';
	prepared(tx.db.sql, text).run(email, mailboxKey(email), account.id);
	onChanged(tx, account.personId, email);
}

/** Whoever was in is out, with every browser; the way back in goes to the address that was kept, and asks for the second step as always. */
function lockOut(tx: Tx, accountId: string, email: string): void {
	const { ctx } = tx;
	endAllSessions(tx, accountId, { devices: true });
	prepared(tx.db.sql, 'UPDATE account SET password_hash = NULL, password_set_at = NULL, version = version + 1 WHERE id = ?').run(accountId);
	const token = issueLink(tx, { purpose: 'reset', accountId, personId: null, email, emailChangeId: null });
	queueMail(tx, mailReset(ctx.settings, { to: email, now: ctx.now }, token));
}

function changeOf(ctx: Ctx, id: string): EmailChange | undefined {
	const text = `SELECT id, account_id AS accountId, old_email AS oldEmail, new_email AS newEmail, asked_by AS askedBy, asked_at AS askedAt,
		requested_by AS requestedBy, reason, seconded_by AS secondedBy, seconded_at AS secondedAt, effective_at AS effectiveAt, confirmed_at AS confirmedAt, done_at AS doneAt, cancelled_at AS cancelledAt FROM email_change WHERE id = ?`;
	return prepared(ctx.db.sql, text).get(id) as EmailChange | undefined;
}
