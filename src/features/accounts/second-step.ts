import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { countOf } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { mailWayIn } from './account-mails.ts';
import { accountById } from './account-row.ts';
import { attempt, forgive } from './attempts.ts';
import { type Browser, knownDevice, rememberDevice } from './device.ts';
import { notePasskey, readUsedPasskey } from './passkeys.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { beginSession, personIn, renewSession, type SessionAtHand } from './session.ts';
import type { SessionMethod } from './session-store.ts';
import { stepOf, unsealTotp } from './totp.ts';

const WRONG = 'This code is not right, or was used before. Codes of the app change every half minute; a recovery code works once.';
const NO_PASSKEY = 'This passkey could not be used. Try again, or take another way.';

/**
 * The second step after a password: a code of the authenticator app, or a recovery code. The session goes on under a new id.
 * @throws Invalid for the field `code`; TooBusy after too many.
 */
export async function giveCode(ctx: Ctx, browser: Browser, session: SessionAtHand, code: string): Promise<void> {
	const deviceId = knownDevice(ctx, browser.cookies, session.accountId);
	const tried = attempt(ctx, 'second-step', session.accountId, deviceId);
	const own = { ...ctx, actor: personIn(session) };
	const done = commit(own, { name: 'second step' }, (tx) => {
		const method = useCode(tx, session, code);
		if (method === null) {
			record(tx, 'account.second_step_refused', { type: 'person', id: session.personId });
			return null;
		}
		forgive(ctx, tried);
		record(tx, 'account.second_step_given', { type: 'person', id: session.personId }, { method });
		return { method, deviceId: rememberDevice(tx, browser, session.accountId) };
	});
	if (!done) throw new Invalid('code', WRONG);
	await renewSession(ctx, browser.cookies, session, { level: 2, ...done });
}

/** Signs in with a passkey alone, or gives it as the second step of `session`. @throws Invalid for the field `passkey` */
export async function signInWithPasskey(ctx: Ctx, browser: Browser, session: SessionAtHand | null, answer: string): Promise<void> {
	const used = await readUsedPasskey(ctx, session ? 'confirm' : 'sign_in', session?.accountId ?? null, answer);
	const account = used && accountById(ctx, used.accountId);
	if (!used || !account || account.disabledAt !== null) throw new Invalid('passkey', NO_PASSKEY);
	const deviceId = commit(ctx, { name: 'sign in with a passkey' }, (tx) => {
		if (!notePasskey(tx, used)) throw new Invalid('passkey', NO_PASSKEY);
		record(tx, 'account.signed_in', { type: 'person', id: account.personId }, { method: 'passkey' });
		return rememberDevice(tx, browser, account.id);
	});
	await beginSession(ctx, browser.cookies, { accountId: account.id, level: 2, method: 'passkey', deviceId, deviceLabel: browser.label });
}

/** Uses a code up, if it is one. Joins a transaction. */
export function useCode(tx: Tx, { accountId, personId }: { accountId: string; personId: string }, typed: string): SessionMethod | null {
	const plain = typed.replace(/\s/g, '');
	if (/^\d{6}$/.test(plain)) return useTotp(tx, accountId, plain) ? 'totp' : null;
	const left = useRecoveryCode(tx, accountId, plain);
	if (left === null) return null;
	record(tx, 'account.recovery_code_used', { type: 'person', id: personId }, { left });
	const what = `A recovery code was used to sign in. ${countOf(left, 'code is', 'codes are')} left. When few are left, make new ones.`;
	queueMail(tx, mailWayIn(tx.ctx.settings, { to: accountById(tx.ctx, accountId).email, now: tx.ctx.now }, what));
	return 'recovery_code';
}

/** Each step of time once: the row itself decides between two who send the same code. */
function useTotp(tx: Tx, accountId: string, code: string): boolean {
	const { totpSealed } = accountById(tx.ctx, accountId);
	if (totpSealed === null) return false;
	const step = stepOf(unsealTotp(tx.ctx, accountId, totpSealed), code, tx.ctx.now);
	if (step === null) return false;
	const text = 'UPDATE account SET totp_last_step = ? WHERE id = ? AND totp_last_step < ?';
	return prepared(tx.db.sql, text).run(step, accountId, step).changes === 1;
}
