import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Ctx } from './ctx.ts';
import { last } from './fields.ts';
import { allow, hasRole, isStaff } from './policy.ts';
import { keyNumbers } from './vault-keys.ts';
import { beginRotation, carryOnRotation, forgetVaultKey, openRotation } from './vault-rotate.ts';

/** Rounds of one run: at a site of our size all of them are done in one; a longer change is carried on by the next. */
const ROUNDS = 2000;

/** A key's file. `vaults`: how many it wraps; one that is not the newest and wraps none can be destroyed. */
export type KeyFile = { number: number; vaults: number; isNewest: boolean };
export type KeyChange = { number: number; begunAt: number; doneAt: number | null; done: number; all: number };

/** The files of keys that are there, and the changes of all keys, the newest first: numbers and moments. @throws Forbidden */
export function keyChanges(ctx: Ctx): { files: KeyFile[]; changes: KeyChange[]; isOpen: boolean } {
	allow(isStaff(ctx.actor) && hasRole(ctx.actor, 'administrator'));
	const numbers = keyNumbers(ctx.keys.vaultFolder);
	const wraps = new Map((prepared(ctx.db.sql, WRAPS).all() as { number: number; vaults: number }[]).map(({ number, vaults }) => [number, vaults]));
	const files = numbers.map((number) => ({ number, vaults: wraps.get(number) ?? 0, isNewest: number === numbers.at(-1) }));
	return { files, changes: changesOf(ctx.db), isOpen: openRotation(ctx.db) !== null };
}

/** What is sent from that page: the beginning of a change, or the number of a file to be destroyed. */
export const keyForm = z.object({
	act: z.preprocess(last, z.enum(['begin', 'destroy'], 'Choose what to do.')),
	number: z.preprocess(last, z.coerce.number().int().min(0).catch(0)),
});

/** Does it. @throws Forbidden, SignInRequired (recent proof), Conflict, Invalid */
export function changeKeys(ctx: Ctx, { act, number }: z.output<typeof keyForm>): 'begin' | 'destroy' {
	if (act === 'begin') beginRotation(ctx);
	else forgetVaultKey(ctx, number);
	return act;
}

/** Carries a change of keys on, if one is under way, in rounds between which everybody else is served. For the job. @returns a note on it */
export async function carryOnKeyChange(ctx: Ctx): Promise<string> {
	if (openRotation(ctx.db) === null) return 'none under way';
	for (let round = 0; round < ROUNDS; round++) {
		carryOnRotation(ctx, 1);
		if (openRotation(ctx.db) === null) return 'done';
		await setImmediate();
	}
	return 'to be carried on';
}

function changesOf(db: Db): KeyChange[] {
	return prepared(db.sql, CHANGES).all() as KeyChange[];
}

const WRAPS = 'SELECT wrapped_by AS number, count(*) AS vaults FROM vault_key GROUP BY wrapped_by';
const CHANGES = `SELECT r.wrapped_by AS number, r.begun_at AS begunAt, r.done_at AS doneAt,
	(SELECT count(*) FROM vault_key k WHERE k.wrapped_by >= r.wrapped_by) AS done, (SELECT count(*) FROM vault_key) AS "all"
	FROM vault_rotation r ORDER BY r.wrapped_by DESC LIMIT 20`;
