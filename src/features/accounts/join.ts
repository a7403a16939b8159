import { createHmac } from 'node:crypto';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { queueMail } from '#core/outbox.ts';
import { type Limit, useOnce } from '#core/rate-limit.ts';
import { openAccount } from './account-commands.ts';
import { mailClaim, mailExists, mailJoin, mailNoAccount, mailReset } from './account-mails.ts';
import { accountByEmail, accountByPerson, personToClaim } from './account-row.ts';
import { type Browser, rememberDevice } from './device.ts';
import { issueLink, linkInHand, putLinkDown, useLink } from './links.ts';
import { refuseWeak } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { ownWords } from './queries.ts';
import { beginSession } from './session.ts';
import { TooBusy } from './too-busy.ts';

const HOUR_MS = 3_600_000;

/**
 * Someone typed an address to open an account. The answer is the same whatever is on file; what differs goes to the mailbox: a link to
 * go on, a link to take over the record that the office holds, or word that there is an account. @throws TooBusy
 */
export function askToJoin(ctx: Ctx, email: string): void {
	commit(ctx, { name: 'ask to join' }, (tx) => {
		limit(tx, email);
		const account = accountByEmail(ctx, email);
		const personId = account ? null : personToClaim(ctx, email);
		record(tx, 'account.link_asked', NOBODY, { for: 'join' });
		if (account) return queueMail(tx, mailExists(ctx.settings, { to: account.email, now: ctx.now }));
		if (personId) return sendClaim(tx, personId, email);
		const token = issueLink(tx, { purpose: 'join', accountId: null, personId: null, email: email.trim(), emailChangeId: null });
		queueMail(tx, mailJoin(ctx.settings, { to: email.trim(), now: ctx.now }, token));
	});
}

/** Someone has forgotten a password, or says so. The answer is the same whatever is on file. @throws TooBusy */
export function askForReset(ctx: Ctx, email: string): void {
	commit(ctx, { name: 'ask for a new password' }, (tx) => {
		limit(tx, email);
		const account = accountByEmail(ctx, email);
		const personId = account ? null : personToClaim(ctx, email);
		record(tx, 'account.link_asked', NOBODY, { for: 'reset' });
		if (personId) return sendClaim(tx, personId, email);
		// Whoever lost the account by a decision hears of it from the office, not from here.
		if (!account || account.disabledAt !== null) return queueMail(tx, mailNoAccount(ctx.settings, { to: account?.email ?? email.trim(), now: ctx.now }));
		const token = issueLink(tx, { purpose: 'reset', accountId: account.id, personId: account.personId, email: account.email, emailChangeId: null });
		queueMail(tx, mailReset(ctx.settings, { to: account.email, now: ctx.now }, token));
	});
}

/** Invites a person on file to take over their account; an earlier invitation ends. Joins a transaction and never authorises. @throws Conflict when they have one. */
export function inviteToClaim(tx: Tx, personId: string, email: string): void {
	if (accountByPerson(tx.ctx, personId)) throw new Conflict('They have an account already.');
	sendClaim(tx, personId, email);
	record(tx, 'account.invited', { type: 'person', id: personId });
}

function sendClaim(tx: Tx, personId: string, email: string): void {
	const token = issueLink(tx, { purpose: 'claim', accountId: null, personId, email: email.trim(), emailChangeId: null });
	queueMail(tx, mailClaim(tx.ctx.settings, { to: email.trim(), now: tx.ctx.now }, token));
}

export type NewName = { givenNames: string; familyName: string };

/**
 * Opens the account of someone who came by the link in their mail, and signs them in.
 * @param putOnFile makes the person; it stands in a later feature, so the page hands it in.
 * @throws NotFound without the link, Invalid for the password, Conflict when an account has come into being meanwhile, TooBusy
 */
export async function joinByLink(
	ctx: Ctx,
	browser: Browser,
	input: NewName & { password: string },
	putOnFile: (tx: Tx, name: NewName, email: string) => string,
): Promise<void> {
	const link = linkInHand(ctx, browser.cookies, 'join');
	const email = link.email ?? '';
	await refuseWeak(input.password, [email, input.givenNames, input.familyName]);
	const hash = await hashPassword(ctx.keys, input.password);
	await openAndSignIn(ctx, browser, (tx) => {
		useLink(tx, link);
		if (accountByEmail(ctx, email)) throw new Conflict('There is an account with this address already. Please sign in.');
		const personId = putOnFile(tx, { givenNames: input.givenNames, familyName: input.familyName }, email);
		return { personId, accountId: openAccount(tx, personId, email, hash) };
	});
}

/** The record that the link in hand leads to: shown only after the link was posted. @throws NotFound */
export function recordToClaim(ctx: Ctx, browser: Pick<Browser, 'cookies'>): { name: string; email: string } {
	const link = linkInHand(ctx, browser.cookies, 'claim');
	return { name: ownWords(ctx, link.personId ?? '').join(' '), email: link.email ?? '' };
}

/** Takes over the account of a record on file by the link in the invitation, and signs in. @throws as `joinByLink` */
export async function claimByLink(ctx: Ctx, browser: Browser, password: string): Promise<void> {
	const link = linkInHand(ctx, browser.cookies, 'claim');
	const personId = link.personId ?? '';
	const email = link.email ?? '';
	await refuseWeak(password, [email, ...ownWords(ctx, personId)]);
	const hash = await hashPassword(ctx.keys, password);
	await openAndSignIn(ctx, browser, (tx) => {
		useLink(tx, link);
		return { personId, accountId: openAccount(tx, personId, email, hash) };
	});
}

async function openAndSignIn(ctx: Ctx, browser: Browser, open: (tx: Tx) => { personId: string; accountId: string }): Promise<void> {
	const { accountId, deviceId } = commit(ctx, { name: 'open an account' }, (tx) => {
		const opened = open(tx);
		record(tx, 'account.signed_in', { type: 'person', id: opened.personId }, { method: 'password', by: 'link' });
		return { ...opened, deviceId: rememberDevice(tx, browser, opened.accountId) };
	});
	putLinkDown(ctx, browser.cookies);
	await beginSession(ctx, browser.cookies, { accountId, level: 1, method: 'password', deviceId, deviceLabel: browser.label });
}

const NOBODY = { type: 'account', id: 'asked by address' };

/** Our messages must not be a way to fill a stranger's letter box, nor a way to try many addresses. */
function limit(tx: Tx, email: string): void {
	const { ctx } = tx;
	const address = createHmac('sha256', ctx.keys.secret)
		.update(`link to ${mailboxKey(email)}`)
		.digest('hex')
		.slice(0, 32);
	const limits: Limit[] = [{ key: `link-to:${address}`, most: 5, windowMs: 24 * HOUR_MS }];
	if (ctx.clientKey !== null) limits.push({ key: `link-from:${ctx.clientKey}`, most: 20, windowMs: HOUR_MS });
	const exhausted = useOnce(tx.db, ctx.now, limits);
	if (exhausted) throw new TooBusy('Several messages were asked for already. Look into your mail, also where unwanted mail goes, or try again later.', 3600);
}
