import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Forbidden, Invalid } from '#core/errors.ts';
import { accountById } from './account-row.ts';
import { attempt, forgive } from './attempts.ts';
import { type Browser, knownDevice } from './device.ts';
import { notePasskey, readUsedPasskey } from './passkeys.ts';
import { fitsPassword } from './passwords.ts';
import { useCode } from './second-step.ts';
import { personIn, renewSession, type SessionAtHand } from './session.ts';

const WRONG = 'That was not right. Check your password, and the code if you use one.';

/**
 * Proves again who is there: password, and a code where the account has a second step. The session goes on under a new id.
 * @throws Invalid for the field `password`, saying no more than that something was wrong; TooBusy
 */
export async function proveAgain(ctx: Ctx, browser: Browser, session: SessionAtHand, input: { password: string; code: string }): Promise<void> {
	const account = accountById(ctx, session.accountId);
	const tried = attempt(ctx, 'prove', session.accountId, knownDevice(ctx, browser.cookies, session.accountId));
	const isRight = await fitsPassword(ctx.keys, account.passwordHash, input.password).catch((error) => {
		forgive(ctx, tried);
		throw error;
	});
	if (!isRight) throw new Invalid('password', WRONG);
	const isDone = commit({ ...ctx, actor: personIn(session) }, { name: 'confirm identity' }, (tx) => {
		const method = session.hasSecondStep ? useCode(tx, session, input.code) : 'password';
		record(tx, method ? 'account.confirmed' : 'account.second_step_refused', { type: 'person', id: session.personId }, { method });
		if (method) forgive(ctx, tried);
		return method !== null;
	});
	if (!isDone) throw new Invalid('password', WRONG);
	await renewSession(ctx, browser.cookies, session, session.hasSecondStep ? { level: 2 } : {});
}

/** Proves again who is there with a passkey. @throws Invalid for the field `passkey` */
export async function proveWithPasskey(ctx: Ctx, browser: Browser, session: SessionAtHand, answer: string): Promise<void> {
	const used = await readUsedPasskey(ctx, 'confirm', session.accountId, answer);
	if (!used) throw new Invalid('passkey', 'This passkey could not be used. Try again, or take another way.');
	commit({ ...ctx, actor: personIn(session) }, { name: 'confirm identity' }, (tx) => {
		if (!notePasskey(tx, used)) throw new Invalid('passkey', 'This answer was used before. Try again.');
		record(tx, 'account.confirmed', { type: 'person', id: session.personId }, { method: 'passkey' });
	});
	await renewSession(ctx, browser.cookies, session, { level: 2 });
}

/** Someone who became a person in the demonstration has no password to prove it with. @throws Forbidden for every other session. */
export async function proveInDemonstration(ctx: Ctx, browser: Browser, session: SessionAtHand): Promise<void> {
	if (!ctx.settings.demo || session.method !== 'demonstration') throw new Forbidden('Prove it with your password or passkey.');
	commit({ ...ctx, actor: personIn(session) }, { name: 'confirm identity' }, (tx) => {
		record(tx, 'account.confirmed', { type: 'person', id: session.personId }, { method: 'demonstration' });
	});
	await renewSession(ctx, browser.cookies, session, {});
}
