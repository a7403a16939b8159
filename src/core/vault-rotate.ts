import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { record } from './audit.ts';
import { commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { Conflict, Invalid } from './errors.ts';
import { allow, hasRole, isStaff, requireProof } from './policy.ts';
import { rekeyVault } from './vault.ts';
import { addVaultKey, destroyVaultKey, keyNumbers, newestVaultKey } from './vault-keys.ts';

/** Vaults that get their new key in one transaction: others write between two of them. */
const AT_ONCE = 5;

/**
 * Begins a change of all keys: a new file, and from now on every vault is sealed anew, by `carryOnRotation`, while the site runs.
 * Authorises: an administrator, with a fresh proof. @throws Conflict while another is under way
 */
export function beginRotation(ctx: Ctx): number {
	allow(ctx.actor.kind === 'system' || (isStaff(ctx.actor) && hasRole(ctx.actor, 'administrator')));
	if (ctx.actor.kind === 'person') requireProof(ctx, true);
	if (openRotation(ctx.db) !== null) throw new Conflict('A change of keys is under way. Wait until it is done.');
	// What was sealed before is wrapped by key 1, also where nothing was sealed yet.
	newestVaultKey(ctx.keys.vaultFolder);
	const number = addVaultKey(ctx.keys.vaultFolder);
	commit(ctx, { name: 'beginRotation' }, (tx) => {
		if (openRotation(tx.db) !== null) throw new Conflict('A change of keys is under way. Wait until it is done.');
		prepared(tx.db.sql, 'INSERT INTO vault_rotation (wrapped_by, begun_at) VALUES (?, ?)').run(number, ctx.now);
		record(tx, 'vault.rotation_begun', { type: 'vault_rotation', id: String(number) }, { wrappedBy: number });
	});
	return number;
}

/**
 * Carries a change of keys on, some vaults at a time: each has its old key and words or its new ones, whenever it is interrupted.
 * @param most how many rounds at most; a killed run is carried on by the next. @returns how many vaults still hold an old key
 */
export function carryOnRotation(ctx: Ctx, most: number): number {
	for (let round = 0; round < most; round++) {
		const wrappedBy = openRotation(ctx.db);
		if (wrappedBy === null) return 0;
		commit(ctx, { name: 'carryOnRotation' }, (tx) => {
			const ids = waiting(tx.db, wrappedBy, AT_ONCE);
			const texts = ids.reduce((sum, id) => sum + rekeyVault(tx, id), 0);
			const text = 'UPDATE vault_rotation SET vaults = vaults + ?, texts = texts + ?, done_at = ? WHERE wrapped_by = ?';
			prepared(tx.db.sql, text).run(ids.length, texts, ids.length < AT_ONCE ? ctx.now : null, wrappedBy);
			const subject = { type: 'vault_rotation', id: String(wrappedBy) };
			record(tx, 'vault.rotated', subject, { vaults: ids.length, texts });
			if (ids.length < AT_ONCE) record(tx, 'vault.rotation_done', subject);
		});
	}
	const wrappedBy = openRotation(ctx.db);
	return wrappedBy === null ? 0 : waiting(ctx.db, wrappedBy, -1).length;
}

/**
 * Destroys a key's file that wraps nothing any more: what older backups hold of any vault becomes unreadable with it.
 * Authorises: an administrator, with a fresh proof. @throws Invalid when something is still wrapped by it
 */
export function forgetVaultKey(ctx: Ctx, number: number): void {
	allow(ctx.actor.kind === 'system' || (isStaff(ctx.actor) && hasRole(ctx.actor, 'administrator')));
	if (ctx.actor.kind === 'person') requireProof(ctx, true);
	commit(ctx, { name: 'forgetVaultKey' }, (tx) => {
		const isUsed = prepared(tx.db.sql, 'SELECT 1 FROM vault_key WHERE wrapped_by = ? LIMIT 1').get(number) !== undefined;
		if (isUsed || keyNumbers(ctx.keys.vaultFolder).at(-1) === number) throw new Invalid('number', 'That key is in use. Change all keys first.');
		record(tx, 'vault.key_destroyed', { type: 'vault_rotation', id: String(number) });
	});
	destroyVaultKey(ctx.keys.vaultFolder, number);
}

/** The number of the key that everything is being wrapped by, or null when no change is under way. */
export function openRotation(db: Db): number | null {
	const found = prepared(db.sql, 'SELECT wrapped_by FROM vault_rotation WHERE done_at IS NULL').pluck().get() as number | undefined;
	return found ?? null;
}

function waiting(db: Db, wrappedBy: number, most: number): string[] {
	return prepared(db.sql, 'SELECT vault_id FROM vault_key WHERE wrapped_by < ? ORDER BY wrapped_by, vault_id LIMIT ?').pluck().all(wrappedBy, most) as string[];
}
