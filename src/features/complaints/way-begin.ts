import type { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, hashPassword, refuseWeak } from '#features/accounts/index.ts';
import { putConcern } from './begin.ts';
import { countBeginning } from './key-attempts.ts';
import type { beginForm } from './key-forms.ts';
import { hashOfKey, isOurKey } from './key-make.ts';
import { openByKey } from './key-open.ts';
import { beginVisit } from './key-visit.ts';

/**
 * Begins a concern that nobody but its writer can open, and opens it in this browser. Sent twice, it begins once.
 * Authorises: anyone. @throws Invalid for a weak passphrase; TooBusy
 */
export async function beginConcern(ctx: Ctx, cookies: Cookies, input: z.output<typeof beginForm>): Promise<void> {
	const { about, passphrase, caseKey, seal } = input;
	if (!isOurKey(ctx, caseKey, seal)) throw new Invalid('', 'The key on this page was not ours. Open the page again and take the new one.');
	const caseKeyHash = hashOfKey(ctx, caseKey);
	const isBegun = prepared(ctx.db.sql, BY_KEY).get(caseKeyHash) !== undefined;
	if (isBegun) return void (await openByKey(ctx, cookies, { caseKey, passphrase }));
	await refuseWeakPhrase(passphrase, [caseKey]);
	countBeginning(ctx);
	const passphraseHash = await hashPassword(ctx.keys, passphrase);
	const id = commit(ctx, { name: 'begin a concern' }, (tx) => {
		if (prepared(tx.db.sql, BY_KEY).get(caseKeyHash) !== undefined)
			throw new Conflict('This was begun a moment ago. Open it with the key and your passphrase.');
		const begun = { about, way: 'online', source: null, caseKeyHash, passphraseHash, typedBy: null, complainantId: null } as const;
		return putConcern(tx, begun).concern.id;
	});
	beginVisit(ctx, cookies, id);
}

/** Refuses a passphrase that others would guess. @throws Invalid in words */
export async function refuseWeakPhrase(passphrase: string, known: readonly string[]): Promise<void> {
	await refuseWeak(passphrase, [...known]).catch((error: unknown) => {
		throw error instanceof Invalid ? new Invalid('passphrase', error.message.replaceAll('password', 'passphrase')) : error;
	});
}

const BY_KEY = 'SELECT 1 FROM concern WHERE case_key_hash = ?';
