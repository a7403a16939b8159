import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { CONCERNS_TO_TRY, PASSPHRASE_TO_TRY } from '#db/seed/concerns.ts';
import { hashOfKey } from './key-make.ts';

/** Concerns of the demonstration that are there, for its first page; elsewhere there are none. */
export function concernsToTry(ctx: Pick<Ctx, 'db' | 'keys'>): { passphrase: string; cases: { caseKey: string; shows: string }[] } {
	const find = prepared(ctx.db.sql, 'SELECT 1 FROM concern WHERE case_key_hash = ?');
	return { passphrase: PASSPHRASE_TO_TRY, cases: CONCERNS_TO_TRY.filter(({ caseKey }) => find.get(hashOfKey(ctx, caseKey)) !== undefined) };
}
