import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { isStaffRole } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { mailWayIn } from './account-mails.ts';
import { accountById, endAllSessions } from './account-row.ts';
import { type Browser, rememberDevice } from './device.ts';
import { keysOf, readNewPasskey, storePasskey } from './passkeys.ts';
import { codesLeft, makeRecoveryCodes } from './recovery-codes.ts';
import { asOwner, renewSession, type SessionAtHand } from './session.ts';
import { hasSecondStep } from './session-store.ts';
import { sealTotp, secretIn, stepOf } from './totp.ts';

/** Recovery codes to show once; empty when the earlier ones stay good. */
export type SetUp = { recoveryCodes: string[] };

/**
 * Sets up an authenticator app, in place of an earlier one, when its first code is right. @param input `sealed`: from `newTotp`.
 * @throws SignInRequired, Invalid for the field `code`
 */
export async function setUpTotp(ctx: Ctx, browser: Browser, session: SessionAtHand, input: { sealed: string; code: string }): Promise<SetUp> {
	const own = asOwner(ctx, session);
	const secret = secretIn(ctx, session.accountId, input.sealed);
	const step = stepOf(secret, input.code.replace(/\s/g, ''), ctx.now);
	if (step === null) throw new Invalid('code', 'This code does not fit. Type the six digits that the app shows now.');
	return change(own, browser, session, { name: 'set up an authenticator app', told: 'An authenticator app was set up as a second step.' }, (tx) => {
		// The same page sent twice: the app is set up, and its code is used.
		const text = 'UPDATE account SET totp_sealed = ?, totp_last_step = ?, version = version + 1 WHERE id = ? AND coalesce(totp_last_step, 0) < ?';
		const isNew = prepared(tx.db.sql, text).run(sealTotp(ctx, session.accountId, secret), step, session.accountId, step).changes === 1;
		if (!isNew) throw new Conflict('This code was used already. Wait for the next one, then send again.');
		record(tx, 'account.totp_set', { type: 'person', id: session.personId });
	});
}

/** Takes the authenticator app away. @throws SignInRequired, Conflict when it is the last second step of someone with a staff role */
export async function removeTotp(ctx: Ctx, browser: Browser, session: SessionAtHand): Promise<void> {
	const own = asOwner(ctx, session);
	if (keysOf(ctx, session.accountId).length === 0) refuseLast(session);
	await change(own, browser, session, { name: 'remove the authenticator app', told: 'The authenticator app was removed as a second step.' }, (tx) => {
		// Its last used code goes with it: the next app has codes of its own, good in the same half minute.
		const text = 'UPDATE account SET totp_sealed = NULL, totp_last_step = NULL, version = version + 1 WHERE id = ? AND totp_sealed IS NOT NULL';
		if (prepared(tx.db.sql, text).run(session.accountId).changes === 0) throw new NotFound('No authenticator app is set up.');
		record(tx, 'account.totp_removed', { type: 'person', id: session.personId });
	});
}

/** Keeps a passkey that the browser has made. @param answer the browser's JSON. @throws SignInRequired, Invalid for the field `passkey` */
export async function addPasskey(ctx: Ctx, browser: Browser, session: SessionAtHand, input: { answer: string; label: string }): Promise<SetUp> {
	const own = asOwner(ctx, session);
	const fresh = await readNewPasskey(ctx, session.accountId, input.answer);
	if (!fresh) throw new Invalid('passkey', 'The passkey could not be kept. Try again; it needs a fingerprint, face or PIN.');
	return change(own, browser, session, { name: 'add a passkey', told: 'A passkey was added as a way to sign in.' }, (tx) => {
		if (!storePasskey(tx, session.accountId, fresh, input.label || browser.label)) throw new Conflict('This passkey is kept already.');
		record(tx, 'account.passkey_added', { type: 'person', id: session.personId });
	});
}

/** Takes a passkey of one's own away. @throws SignInRequired, NotFound, Conflict */
export async function removePasskey(ctx: Ctx, browser: Browser, session: SessionAtHand, id: string): Promise<void> {
	const own = asOwner(ctx, session);
	const keys = keysOf(ctx, session.accountId);
	if (!keys.some((key) => key.id === id)) throw new NotFound('There is no such passkey.');
	if (keys.length === 1 && accountById(ctx, session.accountId).totpSealed === null) refuseLast(session);
	await change(own, browser, session, { name: 'remove a passkey', told: 'A passkey was removed from the ways to sign in.' }, (tx) => {
		prepared(tx.db.sql, 'DELETE FROM passkey WHERE id = ? AND account_id = ?').run(id, session.accountId);
		record(tx, 'account.passkey_removed', { type: 'person', id: session.personId });
	});
}

/** New recovery codes in place of the earlier ones. @throws SignInRequired, Conflict without a second step */
export async function renewRecoveryCodes(ctx: Ctx, browser: Browser, session: SessionAtHand): Promise<SetUp> {
	const own = asOwner(ctx, session);
	if (!session.hasSecondStep) throw new Conflict('Set up a second step first: recovery codes stand in for it.');
	let recoveryCodes: string[] = [];
	await change(own, browser, session, { name: 'make recovery codes', told: 'New recovery codes were made. The earlier ones no longer work.' }, (tx) => {
		recoveryCodes = makeRecoveryCodes(tx, session.accountId, session.personId);
	});
	return { recoveryCodes };
}

/** A change of a way in: everyone is signed out, the owner told, and this browser goes on with the second step given. */
async function change(own: Ctx, browser: Browser, session: SessionAtHand, process: { name: string; told: string }, write: (tx: Tx) => void): Promise<SetUp> {
	const { accountId, personId } = session;
	const done = commit(own, { name: process.name }, (tx) => {
		write(tx);
		const recoveryCodes = codesAfter(tx, accountId, personId);
		endAllSessions(tx, accountId, { devices: false });
		const told = `${process.told} Everyone was signed out but the browser it was done in.`;
		queueMail(tx, mailWayIn(own.settings, { to: accountById(own, accountId).email, now: own.now }, told));
		return { recoveryCodes, deviceId: rememberDevice(tx, browser, accountId) };
	});
	const method = session.method === 'password' ? 'totp' : session.method;
	await renewSession(own, browser.cookies, session, { level: 2, method, deviceId: done.deviceId });
	return { recoveryCodes: done.recoveryCodes };
}

/** The first second step brings recovery codes along; with the last one they go. */
function codesAfter(tx: Tx, accountId: string, personId: string): string[] {
	if (!hasSecondStep(tx.db, accountId)) {
		prepared(tx.db.sql, 'DELETE FROM recovery_code WHERE account_id = ?').run(accountId);
		return [];
	}
	return codesLeft(tx.ctx, accountId) === 0 ? makeRecoveryCodes(tx, accountId, personId) : [];
}

function refuseLast(session: SessionAtHand): void {
	if (session.roles.some(isStaffRole)) throw new Conflict('Your role needs a second step. Set up another one first, then remove this.');
}
