import { createHmac, randomBytes } from 'node:crypto';
import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';

const CODES = 10;
/** No 0, O, 1, I, L; 32 letters and digits would be five bits each, these 16 of 31 are 79. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 16;

/** Ten new codes; the earlier ones end. Shown once, to be written down; only keyed hashes are stored. Joins a transaction. */
export function makeRecoveryCodes(tx: Tx, accountId: string, personId: string): string[] {
	const codes = Array.from({ length: CODES }, newCode);
	prepared(tx.db.sql, 'DELETE FROM recovery_code WHERE account_id = ?').run(accountId);
	const insert = prepared(tx.db.sql, 'INSERT INTO recovery_code (id, account_id, code_hash) VALUES (?, ?, ?)');
	for (const code of codes) insert.run(newId(), accountId, hashOf(tx.ctx, accountId, code));
	record(tx, 'account.recovery_codes_made', { type: 'person', id: personId });
	return codes;
}

/** Uses a code up. Joins a transaction. @returns how many are left, or null when it is none of theirs, or was used. */
export function useRecoveryCode(tx: Tx, accountId: string, typed: string): number | null {
	const text = 'UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND code_hash = ? AND used_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, accountId, hashOf(tx.ctx, accountId, typed)).changes === 0) return null;
	return codesLeft(tx.ctx, accountId);
}

/** How many codes of an account are still good. */
export function codesLeft(ctx: Ctx, accountId: string): number {
	return prepared(ctx.db.sql, 'SELECT count(*) FROM recovery_code WHERE account_id = ? AND used_at IS NULL').pluck().get(accountId) as number;
}

function newCode(): string {
	let code = '';
	// Bytes past the last whole round of 31 would make the first letters likelier.
	for (const byte of randomBytes(4 * LENGTH)) if (byte < 248 && code.length < LENGTH) code += LETTERS[byte % LETTERS.length];
	return code.length === LENGTH ? code.replace(/(.{4})(?=.)/g, '$1-') : newCode();
}

/** With 79 random bits nothing is to be guessed, so a keyed hash does; case, spaces and hyphens do not matter. */
function hashOf(ctx: Ctx, accountId: string, typed: string): string {
	const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
	return createHmac('sha256', ctx.keys.secret).update(`recovery code ${accountId} ${plain}`).digest('hex');
}
