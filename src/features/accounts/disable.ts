import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, hasRole, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { mailWayIn } from './account-mails.ts';
import { type AccountRow, accountByPerson, endAllSessions } from './account-row.ts';
import { withdrawLinks } from './links.ts';

/** An administrator closes someone else's account: nobody gets in with it, and every session ends now. @throws Forbidden, SignInRequired, NotFound, Invalid, Conflict */
export function disableAccount(ctx: Ctx, personId: string, reason: string): void {
	const account = accountToJudge(ctx, personId, reason);
	commit(ctx, { name: 'disable account', reason }, (tx) => {
		const text = 'UPDATE account SET disabled_at = ?, disabled_reason = ?, version = version + 1 WHERE id = ? AND disabled_at IS NULL';
		if (prepared(tx.db.sql, text).run(ctx.now, reason.trim(), account.id).changes === 0) throw new Conflict('This account is disabled already.');
		endAllSessions(tx, account.id, { devices: true });
		withdrawLinks(tx, account.id, 'reset', 'new_email');
		record(tx, 'account.disabled', { type: 'person', id: personId });
		const told = 'Your account was disabled by the office, and you were signed out. Your record is not touched by this.';
		queueMail(tx, mailWayIn(ctx.settings, { to: account.email, now: ctx.now }, told));
	});
}

/** An administrator opens a disabled account again. @throws as `disableAccount` */
export function enableAccount(ctx: Ctx, personId: string, reason: string): void {
	const account = accountToJudge(ctx, personId, reason);
	commit(ctx, { name: 'enable account', reason }, (tx) => {
		const text = 'UPDATE account SET disabled_at = NULL, disabled_reason = NULL, version = version + 1 WHERE id = ? AND disabled_at IS NOT NULL';
		if (prepared(tx.db.sql, text).run(account.id).changes === 0) throw new Conflict('This account is not disabled.');
		record(tx, 'account.enabled', { type: 'person', id: personId });
		queueMail(tx, mailWayIn(ctx.settings, { to: account.email, now: ctx.now }, 'Your account was opened again by the office.'));
	});
}

function accountToJudge(ctx: Ctx, personId: string, reason: string): AccountRow {
	allow(hasRole(ctx.actor, 'administrator') && ctx.actor.kind === 'person' && ctx.actor.personId !== personId);
	requireProof(ctx, true);
	if (reason.trim() === '') throw new Invalid('reason', 'Say why.');
	const account = accountByPerson(ctx, personId);
	if (!account) throw new NotFound('They have no account.');
	return account;
}
