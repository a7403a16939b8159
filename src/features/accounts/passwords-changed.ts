import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { mailWayIn } from './account-mails.ts';
import { accountById, endAllSessions } from './account-row.ts';
import { type Browser, rememberDevice } from './device.ts';
import { linkInHand, putLinkDown, useLink, withdrawLinks } from './links.ts';
import { refuseWeak } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { ownWords } from './queries.ts';
import { asOwner, beginSession, renewSession, type SessionAtHand } from './session.ts';

/** The owner chooses a new password, with a recent proof. Everyone else is signed out. @throws SignInRequired, Invalid, TooBusy */
export async function changePassword(ctx: Ctx, browser: Browser, session: SessionAtHand, password: string): Promise<void> {
	const own = asOwner(ctx, session);
	const account = accountById(ctx, session.accountId);
	await refuseWeak(password, [account.email, ...ownWords(ctx, session.personId)]);
	const hash = await hashPassword(ctx.keys, password);
	commit(own, { name: 'change password' }, (tx) => {
		setPassword(tx, session.accountId, hash, 'Your password was changed. Everyone was signed out but the browser it was changed in.');
		record(tx, 'account.password_changed', { type: 'person', id: session.personId });
	});
	await renewSession(ctx, browser.cookies, session, {});
}

/**
 * Sets a new password by the link in a mail, ends all sessions and begins one that still owes the second step.
 * The mailbox was proved, so the browser is known from now on: guesses of others do not keep its owner out.
 * @throws NotFound without the link, Invalid, Conflict, TooBusy
 */
export async function resetPassword(ctx: Ctx, browser: Browser, password: string): Promise<void> {
	const link = linkInHand(ctx, browser.cookies, 'reset');
	const account = accountById(ctx, link.accountId ?? '');
	await refuseWeak(password, [account.email, ...ownWords(ctx, account.personId)]);
	const hash = await hashPassword(ctx.keys, password);
	const deviceId = commit(ctx, { name: 'reset password' }, (tx) => {
		useLink(tx, link);
		setPassword(tx, account.id, hash, 'Your password was changed by a link that we sent to you. Everyone was signed out.');
		record(tx, 'account.password_reset', { type: 'person', id: account.personId });
		return account.disabledAt === null ? rememberDevice(tx, browser, account.id) : null;
	});
	putLinkDown(ctx, browser.cookies);
	if (account.disabledAt === null)
		await beginSession(ctx, browser.cookies, { accountId: account.id, level: 1, method: 'password', deviceId, deviceLabel: browser.label });
}

function setPassword(tx: Tx, accountId: string, hash: string, what: string): void {
	const { ctx } = tx;
	prepared(tx.db.sql, 'UPDATE account SET password_hash = ?, password_set_at = ?, version = version + 1 WHERE id = ?').run(hash, ctx.now, accountId);
	endAllSessions(tx, accountId, { devices: false });
	withdrawLinks(tx, accountId, 'reset');
	queueMail(tx, mailWayIn(ctx.settings, { to: accountById(ctx, accountId).email, now: ctx.now }, what));
}
