import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, hashPassword } from '#features/accounts/index.ts';
import { countTry, forgiveTry } from './key-attempts.ts';
import { hashOfKey, readCaseKey } from './key-make.ts';
import { beginVisit } from './key-visit.ts';
import { refuseWeakPhrase } from './way-begin.ts';

const NOT_RIGHT =
	'This key does not fit, or a passphrase was chosen for it already. Look at the key again: it has twelve letters and numbers. If you have a passphrase, open it with both.';

/**
 * Opens for the first time what the office typed for somebody, with the key that they were given and a passphrase that they choose now. From here
 * on it is theirs: the officer who typed it reads it no more. A key that nobody has and one that was used give the same words after the same time.
 * Authorises: whoever knows the key. @throws Invalid, TooBusy
 */
export async function openFirst(ctx: Ctx, cookies: Cookies, input: { caseKey: string; passphrase: string }): Promise<void> {
	const keyHash = hashOfKey(ctx, readCaseKey(input.caseKey));
	await refuseWeakPhrase(input.passphrase, [readCaseKey(input.caseKey)]);
	const limits = countTry(ctx, keyHash);
	const passphraseHash = await hashPassword(ctx.keys, input.passphrase);
	const id = commit(ctx, { name: 'open a concern' }, (tx) => {
		const found = prepared(tx.db.sql, BY_KEY).pluck().get(keyHash) as string | undefined;
		if (found === undefined) throw new Invalid('caseKey', NOT_RIGHT);
		prepared(tx.db.sql, 'UPDATE concern SET passphrase_hash = ? WHERE id = ?').run(passphraseHash, found);
		// What was recorded of it as confirmed is not sent any more: they confirm it themselves.
		prepared(tx.db.sql, OPENED).run(ctx.now, found);
		record(tx, 'concern.opened', { type: 'concern', id: found });
		return found;
	});
	forgiveTry(ctx, limits);
	beginVisit(ctx, cookies, id);
}

const BY_KEY = "SELECT id FROM concern WHERE case_key_hash = ? AND passphrase_hash IS NULL AND phase <> 'dropped'";
const OPENED = `UPDATE concern_typed SET opened_at = ?,
	confirmed_how = CASE WHEN checked_by IS NULL THEN NULL ELSE confirmed_how END, confirmed_on = CASE WHEN checked_by IS NULL THEN NULL ELSE confirmed_on END,
	recorded_by = CASE WHEN checked_by IS NULL THEN NULL ELSE recorded_by END, recorded_at = CASE WHEN checked_by IS NULL THEN NULL ELSE recorded_at END
	WHERE concern_id = ?`;
