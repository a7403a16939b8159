import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { seal, unseal } from '#core/seal.ts';
import { accountById } from './account-row.ts';

const STEP_MS = 30_000;
/** How long the page that shows a new secret stays good. */
const SETUP_MS = 30 * 60_000;

/** A new secret for an authenticator app: `sealed` travels in the form and comes back with a first code, so that nothing is stored before. */
export type TotpSetup = { sealed: string; secret: string; uri: string; qr: string };

/** Draws a secret of 160 bits for an account. */
function newTotp(ctx: Ctx, account: { id: string; email: string }): TotpSetup {
	const secret = new Secret({ size: 20 }).base32;
	return setupOf(ctx, account, secret, seal(ctx.keys, setupPlace(account.id), JSON.stringify({ secret, at: ctx.now })));
}

/** The setup that a form came back with, for a page that is shown once more; a new one when there is none, or it is too old. */
export function totpToSetUp(ctx: Ctx, accountId: string, sealed: string): TotpSetup {
	const account = accountById(ctx, accountId);
	if (sealed === '') return newTotp(ctx, account);
	try {
		return setupOf(ctx, account, secretIn(ctx, accountId, sealed), sealed);
	} catch {
		return newTotp(ctx, account);
	}
}

function setupOf(ctx: Ctx, account: { email: string }, secret: string, sealed: string): TotpSetup {
	const totp = appOf(secret);
	totp.issuer = ctx.settings.organisation.name;
	totp.label = account.email;
	const uri = totp.toString();
	return {
		sealed,
		secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
		uri,
		qr: `data:image/svg+xml;base64,${Buffer.from(renderSVG(uri, { border: 2 })).toString('base64')}`,
	};
}

/** The secret that a setup page showed. @throws Invalid */
export function secretIn(ctx: Ctx, accountId: string, sealed: string): string {
	try {
		const { secret, at } = JSON.parse(unseal(ctx.keys, setupPlace(accountId), sealed)) as { secret: string; at: number };
		if (ctx.now - at < SETUP_MS) return secret;
	} catch {
		// Changed on the way, or made for someone else: as good as too old.
	}
	throw new Invalid('code', 'This page was open for too long. Scan the new picture, then type the code that the app shows.');
}

/** The time step that a code of six digits is for, within one step of now, or null. @param secret base32 */
export function stepOf(secret: string, code: string, now: number): number | null {
	const delta = appOf(secret).validate({ token: code, timestamp: now, window: 1 });
	return delta === null ? null : Math.floor(now / STEP_MS) + delta;
}

export function sealTotp(ctx: Ctx, accountId: string, secret: string): string {
	return seal(ctx.keys, `account.totp_sealed:${accountId}`, secret);
}

export function unsealTotp(ctx: Ctx, accountId: string, sealed: string): string {
	return unseal(ctx.keys, `account.totp_sealed:${accountId}`, sealed);
}

function setupPlace(accountId: string): string {
	return `totp-setup:${accountId}`;
}

/** SHA-1, six digits, 30 seconds: what every authenticator app can do. */
function appOf(secret: string): TOTP {
	return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000 });
}
