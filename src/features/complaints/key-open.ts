import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, fitsPassword } from '#features/accounts/index.ts';
import { countTry, forgiveTry } from './key-attempts.ts';
import { hashOfKey, readCaseKey } from './key-make.ts';
import { beginVisit } from './key-visit.ts';

type Found = { id: string; passphraseHash: string | null };
const NOT_RIGHT =
	'The key and the passphrase do not fit together. Look at both again: the key has twelve letters and numbers, the passphrase is the one you chose. What was never sent is removed after a time.';

/**
 * Opens a concern with its case key and passphrase in this browser. A key that nobody has and a wrong passphrase give the same words after the
 * same time. Authorises: whoever knows both. @throws Invalid, TooBusy
 */
export async function openByKey(ctx: Ctx, cookies: Cookies, input: { caseKey: string; passphrase: string }): Promise<string> {
	const keyHash = hashOfKey(ctx, readCaseKey(input.caseKey));
	const limits = countTry(ctx, keyHash);
	const found = prepared(ctx.db.sql, BY_KEY).get(keyHash) as Found | undefined;
	const isRight = await fitsPassword(ctx.keys, found?.passphraseHash ?? null, input.passphrase).catch((error: unknown) => {
		// Never looked at, so it does not count.
		forgiveTry(ctx, limits);
		throw error;
	});
	if (!found || !isRight) throw new Invalid('caseKey', NOT_RIGHT);
	forgiveTry(ctx, limits);
	commit(ctx, { name: 'open a concern' }, (tx) => record(tx, 'concern.opened', { type: 'concern', id: found.id }));
	beginVisit(ctx, cookies, found.id);
	return found.id;
}

const BY_KEY = "SELECT id, passphrase_hash AS passphraseHash FROM concern WHERE case_key_hash = ? AND phase <> 'dropped'";
