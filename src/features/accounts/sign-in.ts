import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { mailNewBrowser } from './account-mails.ts';
import { type AccountRow, accountByEmail } from './account-row.ts';
import { type Attempt, attempt, forgive } from './attempts.ts';
import { type Browser, hasDevices, knownDevice, rememberDevice } from './device.ts';
import { fitsPassword, hashPassword, isOutdated } from './passwords.ts';
import { beginSession, owesSecondStep } from './session.ts';
import { hasSecondStep } from './session-store.ts';

/** `owes_step`: signed in so far that the second step comes next. `refused`: whatever was wrong. `isAlarm`: worth a line in the log. */
export type SigningIn = { outcome: 'in' | 'owes_step' | 'refused'; isAlarm: boolean };

/**
 * Signs in with address and password. An address that is unknown, a wrong password and a disabled account give the same answer after
 * the same time. @throws TooBusy after too many attempts, or when too many people sign in at once.
 */
export async function signIn(ctx: Ctx, browser: Browser, input: { email: string; password: string }): Promise<SigningIn> {
	const account = accountByEmail(ctx, input.email);
	const deviceId = knownDevice(ctx, browser.cookies, account?.id ?? null);
	const tried = attempt(ctx, 'sign-in', mailboxKey(input.email), deviceId);
	const usable = account?.disabledAt === null ? account.passwordHash : null;
	const isRight = await looked(ctx, tried, () => fitsPassword(ctx.keys, usable, input.password));
	if (!account || !isRight) return { outcome: 'refused', isAlarm: tried.isAlarm };
	const newHash = await newHashFor(ctx, account, input.password);
	const device = welcome(ctx, browser, account, { tried, newHash });
	const session = await beginSession(ctx, browser.cookies, {
		accountId: account.id,
		level: 1,
		method: 'password',
		deviceId: device,
		deviceLabel: browser.label,
	});
	return { outcome: owesSecondStep(session) ? 'owes_step' : 'in', isAlarm: false };
}

/** An attempt that was never looked at does not count. */
async function looked<T>(ctx: Ctx, tried: Attempt, look: () => Promise<T>): Promise<T> {
	try {
		return await look();
	} catch (error) {
		forgive(ctx, tried);
		throw error;
	}
}

/** The hash anew, where it was made at yesterday's cost. A machine that is busy does it another time. */
async function newHashFor(ctx: Ctx, account: AccountRow, password: string): Promise<string | null> {
	if (account.passwordHash === null || !isOutdated(account.passwordHash)) return null;
	return hashPassword(ctx.keys, password).catch(() => null);
}

/** Notes the sign-in. A browser counts as known only when nothing is owed any more. @returns its key. */
function welcome(ctx: Ctx, browser: Browser, account: AccountRow, { tried, newHash }: { tried: Attempt; newHash: string | null }): string | null {
	return commit(ctx, { name: 'sign in' }, (tx) => {
		forgive(ctx, tried);
		if (newHash) prepared(tx.db.sql, 'UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?').run(newHash, account.id, account.passwordHash);
		record(tx, 'account.signed_in', { type: 'person', id: account.personId }, { method: 'password' });
		if (hasSecondStep(ctx.db, account.id)) return knownDevice(ctx, browser.cookies, account.id);
		const isNew = knownDevice(ctx, browser.cookies, account.id) === null && hasDevices(ctx, account.id);
		if (isNew) queueMail(tx, mailNewBrowser(ctx.settings, { to: account.email, now: ctx.now }, browser.label));
		return rememberDevice(tx, browser, account.id);
	});
}
