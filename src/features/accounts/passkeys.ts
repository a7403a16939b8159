import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { passkey } from '#db/schema/index.ts';
import { accountById } from './account-row.ts';
import { type Ceremony, isOwnChallenge, newChallenge, useChallenge } from './passkey-challenge.ts';

type Row = typeof passkey.$inferSelect;
type Transports = NonNullable<RegistrationResponseJSON['response']['transports']>;
/** Always with fingerprint, face or PIN: a passkey alone is two steps in one. */
const VERIFIED = 'required';
/** Ed25519, P-256 and RSA: what devices make. Named, since the library else asks Node for one that is experimental there. */
const KINDS = [-8, -7, -257];
/** Only those who use a passkey load what reads them. */
const library = () => import('@simplewebauthn/server');

/** What the browser needs to make a passkey for an account, as JSON. It stores nothing here. */
export async function optionsToRegister(ctx: Ctx, accountId: string): Promise<string> {
	const { email, passkeyHandle } = accountById(ctx, accountId);
	const { generateRegistrationOptions } = await library();
	const options = await generateRegistrationOptions({
		rpName: ctx.settings.organisation.name,
		rpID: siteOf(ctx),
		userName: email,
		userID: new Uint8Array(Buffer.from(passkeyHandle, 'base64url')),
		challenge: newChallenge(ctx, 'register', accountId),
		attestationType: 'none',
		supportedAlgorithmIDs: KINDS,
		excludeCredentials: keysOf(ctx, accountId).map(described),
		authenticatorSelection: { residentKey: 'required', userVerification: VERIFIED },
	});
	return JSON.stringify(options);
}

/** What the browser needs to use a passkey. @param accountId null at sign-in, where the passkey itself says whose it is. */
export async function optionsToUse(ctx: Ctx, ceremony: 'sign_in' | 'confirm', accountId: string | null): Promise<string> {
	const allowed = accountId === null ? {} : { allowCredentials: keysOf(ctx, accountId).map(described) };
	const challenge = newChallenge(ctx, ceremony, accountId);
	const { generateAuthenticationOptions } = await library();
	return JSON.stringify(await generateAuthenticationOptions({ rpID: siteOf(ctx), userVerification: VERIFIED, challenge, ...allowed }));
}

/** A passkey that was proved to be good, to be stored; `challenge` is used up in the same transaction. */
export type NewPasskey = Pick<Row, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isBackedUp'> & { challenge: string };

/** Reads a browser's answer to `optionsToRegister`. @returns null for whatever does not hold. */
export async function readNewPasskey(ctx: Ctx, accountId: string, answer: string): Promise<NewPasskey | null> {
	const seen = expectation(ctx, 'register', accountId);
	try {
		const { verifyRegistrationResponse } = await library();
		const { registrationInfo } = await verifyRegistrationResponse({
			response: JSON.parse(answer) as RegistrationResponseJSON,
			supportedAlgorithmIDs: KINDS,
			...seen.expected,
		});
		if (!registrationInfo) return null;
		const { credential, credentialBackedUp } = registrationInfo;
		const { id: credentialId, publicKey, counter, transports = [] } = credential;
		return {
			credentialId,
			publicKey: Buffer.from(publicKey),
			counter,
			transports: JSON.stringify(transports),
			isBackedUp: credentialBackedUp ? 1 : 0,
			challenge: seen.challenge(),
		};
	} catch {
		return null;
	}
}

export type UsedPasskey = { id: string; accountId: string; counter: number; challenge: string };

/** Reads a browser's answer to `optionsToUse`. @returns null for whatever does not hold. */
export async function readUsedPasskey(ctx: Ctx, ceremony: 'sign_in' | 'confirm', accountId: string | null, answer: string): Promise<UsedPasskey | null> {
	const seen = expectation(ctx, ceremony, accountId);
	try {
		const response = JSON.parse(answer) as AuthenticationResponseJSON;
		const row = prepared(ctx.db.sql, `${READ} WHERE credential_id = ?`).get(response.id) as Row | undefined;
		if (!row || (accountId !== null && row.accountId !== accountId)) return null;
		const credential = {
			id: row.credentialId,
			publicKey: new Uint8Array(row.publicKey),
			counter: row.counter,
			transports: JSON.parse(row.transports) as Transports,
		};
		const { verifyAuthenticationResponse } = await library();
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({ response, credential, ...seen.expected });
		return verified ? { id: row.id, accountId: row.accountId, counter: authenticationInfo.newCounter, challenge: seen.challenge() } : null;
	} catch {
		return null;
	}
}

/** Stores a new passkey. Joins a transaction. @returns false when its challenge was used or the passkey is known. */
export function storePasskey(tx: Tx, accountId: string, fresh: NewPasskey, label: string): boolean {
	if (!useChallenge(tx, fresh.challenge)) return false;
	const text = `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, is_backed_up, label, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (credential_id) DO NOTHING`;
	const { credentialId, publicKey, counter, transports, isBackedUp } = fresh;
	return prepared(tx.db.sql, text).run(newId(), accountId, credentialId, publicKey, counter, transports, isBackedUp, label, tx.ctx.now).changes === 1;
}

/** Notes the use of a passkey. Joins a transaction. @returns false when the answer was used before, or the counter shows a copy. */
export function notePasskey(tx: Tx, used: UsedPasskey): boolean {
	if (!useChallenge(tx, used.challenge)) return false;
	const text = 'UPDATE passkey SET counter = ?, last_used_at = ? WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))';
	return prepared(tx.db.sql, text).run(used.counter, tx.ctx.now, used.id, used.counter, used.counter).changes === 1;
}

const READ = `SELECT id, account_id AS accountId, credential_id AS credentialId, public_key AS publicKey, counter, transports,
	is_backed_up AS isBackedUp, label, created_at AS createdAt, last_used_at AS lastUsedAt FROM passkey`;

export function keysOf(ctx: Ctx, accountId: string): Row[] {
	return prepared(ctx.db.sql, `${READ} WHERE account_id = ? ORDER BY created_at`).all(accountId) as Row[];
}

function described({ credentialId, transports }: Row): { id: string; transports: Transports } {
	return { id: credentialId, transports: JSON.parse(transports) as Transports };
}

/** What an answer must fit, and the challenge that it answered. */
function expectation(ctx: Ctx, ceremony: Ceremony, accountId: string | null) {
	let answered = '';
	const expectedChallenge = (challenge: string) => {
		answered = challenge;
		return isOwnChallenge(ctx, challenge, ceremony, accountId);
	};
	const expected = { expectedChallenge, expectedOrigin: ctx.settings.publicOrigin, expectedRPID: siteOf(ctx), requireUserVerification: true };
	return { expected, challenge: () => answered };
}

/** Passkeys belong to the name of the site. */
function siteOf(ctx: Ctx): string {
	return new URL(ctx.settings.publicOrigin).hostname;
}
