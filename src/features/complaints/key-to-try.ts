import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { CONCERNS_TO_TRY, PASSPHRASE_TO_TRY } from '#db/seed/concerns.ts';
import { hashOfKey } from './key-make.ts';

/** Concerns of the demonstration that are there, for its first page; elsewhere there are none. */
export function concernsToTry(ctx: Pick<Ctx, 'db' | 'keys'>): { passphrase: string; cases: { caseKey: string; shows: string }[] } {
	const find = prepared(ctx.db.sql, 'SELECT 1 FROM concern WHERE case_key_hash = ?');
	return { passphrase: PASSPHRASE_TO_TRY, cases: CONCERNS_TO_TRY.filter(({ caseKey }) => find.get(hashOfKey(ctx, caseKey)) !== undefined) };
}

/** Demonstration only: a therapist with conditions that a hearing made, with the word of their name to find them by; null when there is none. */
export function conditionsToTry(ctx: Pick<Ctx, 'db' | 'today'>): { name: string; word: string } | null {
	const text = `SELECT n.given_names || ' ' || n.family_name AS name, n.family_name AS word FROM concern_order o
		JOIN concern c ON c.id = o.concern_id JOIN person_name n ON n.person_id = c.respondent_id AND n.to_on IS NULL
		WHERE o.kind = 'conditions' AND o.published_by IS NOT NULL AND o.set_aside_on IS NULL AND o.closed_how IS NULL AND (o.to_on IS NULL OR o.to_on >= ?)
		ORDER BY o.published_at, o.id LIMIT 1`;
	return (prepared(ctx.db.sql, text).get(ctx.today) as { name: string; word: string } | undefined) ?? null;
}
