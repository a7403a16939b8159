import { randomBytes } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Tx } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { Conflict } from './errors.ts';
import { newestVaultKey, vaultKey } from './vault-keys.ts';
import { openBytes, sealBytes } from './vault-seal.ts';

/** Where vaults are read: a request's context has it. */
export type VaultGround = Pick<Ctx, 'db' | 'keys'>;
type Key = { version: number; key: Buffer };

/** Makes the vault of something with a key of its own (security.md §5.3). Joins a transaction. */
export function makeVault(tx: Tx, id: string): void {
	const { db, ctx } = tx;
	prepared(db.sql, 'INSERT INTO vault (id, made_at) VALUES (?, ?)').run(id, ctx.now);
	addKey(tx, id, 1);
}

/** Writes words into a vault, in place of what stood at that place. Joins a transaction. @throws Conflict when the vault was destroyed */
export function sealText(tx: Tx, vaultId: string, place: string, words: string): void {
	putText(tx, vaultId, keyOf(tx.ctx, vaultId), place, words);
}

/** Takes words out of a vault. Joins a transaction. */
export function dropText(tx: Tx, vaultId: string, place: string): void {
	prepared(tx.db.sql, 'DELETE FROM vault_text WHERE vault_id = ? AND place = ?').run(vaultId, place);
}

/**
 * The words at a place, or null when nothing stands there, or when the vault was destroyed. Never authorises, and notes no read: whoever asks
 * has done both. @throws Error when they were changed or moved, or when the key's file is missing
 */
export function openText(ground: VaultGround, vaultId: string, place: string): string | null {
	return openTexts(ground, vaultId, [place]).get(place) ?? null;
}

/** The same for several places at once: the key is unwrapped once. Places where nothing stands are left out. */
export function openTexts(ground: VaultGround, vaultId: string, places: readonly string[]): Map<string, string> {
	const { sql } = ground.db;
	// Key and words of one moment: a change of keys in another process may come between two statements.
	return sql.inTransaction ? readTexts(ground, vaultId, places) : sql.transaction(() => readTexts(ground, vaultId, places))();
}

function readTexts(ground: VaultGround, vaultId: string, places: readonly string[]): Map<string, string> {
	const found = new Map<string, string>();
	const key = places.length === 0 ? null : keyOrNull(ground, vaultId);
	if (key === null) return found;
	const read = prepared(ground.db.sql, 'SELECT version, sealed FROM vault_text WHERE vault_id = ? AND place = ?');
	for (const place of places) {
		const row = read.get(vaultId, place) as { version: number; sealed: Buffer } | undefined;
		if (row) found.set(place, openBytes(key.key, textAbout(vaultId, place, row.version), row.sealed).toString('utf8'));
	}
	return found;
}

/** The places of a vault that begin with `prefix`, in order: places hold no words. */
export function placesOf(db: Db, vaultId: string, prefix: string): string[] {
	const text = 'SELECT place FROM vault_text WHERE vault_id = ? AND substr(place, 1, length(?)) = ? ORDER BY place';
	return prepared(db.sql, text).pluck().all(vaultId, prefix, prefix) as string[];
}

/** Destroys a vault: its words and its key go, and with the key what older backups hold of it once they age. Joins a transaction. */
export function destroyVault(tx: Tx, vaultId: string, because: 'retention' | 'erasure' | 'never_sent'): void {
	const { db, ctx } = tx;
	prepared(db.sql, 'DELETE FROM vault_text WHERE vault_id = ?').run(vaultId);
	prepared(db.sql, 'DELETE FROM vault_key WHERE vault_id = ?').run(vaultId);
	prepared(db.sql, 'UPDATE vault SET destroyed_at = ?, destroyed_because = ? WHERE id = ? AND destroyed_at IS NULL').run(ctx.now, because, vaultId);
}

/** Gives a vault a new key, wrapped by the newest file, and seals all its words anew. Joins a transaction. @returns how many texts */
export function rekeyVault(tx: Tx, vaultId: string): number {
	const { sql } = tx.db;
	const before = keyOf(tx.ctx, vaultId);
	const rows = prepared(sql, 'SELECT place, sealed FROM vault_text WHERE vault_id = ? AND version = ?');
	const after = addKey(tx, vaultId, before.version + 1);
	const put = prepared(sql, 'UPDATE vault_text SET version = ?, sealed = ? WHERE vault_id = ? AND place = ?');
	const texts = rows.all(vaultId, before.version) as { place: string; sealed: Buffer }[];
	for (const { place, sealed } of texts) {
		const words = openBytes(before.key, textAbout(vaultId, place, before.version), sealed);
		put.run(after.version, sealBytes(after.key, textAbout(vaultId, place, after.version), words), vaultId, place);
	}
	prepared(sql, 'DELETE FROM vault_key WHERE vault_id = ? AND version = ?').run(vaultId, before.version);
	return texts.length;
}

function putText({ db, ctx }: Tx, vaultId: string, { version, key }: Key, place: string, words: string): void {
	const text = `INSERT INTO vault_text (vault_id, place, version, sealed, written_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (vault_id, place) DO UPDATE SET version = excluded.version, sealed = excluded.sealed, written_at = excluded.written_at`;
	const sealed = sealBytes(key, textAbout(vaultId, place, version), Buffer.from(words, 'utf8'));
	prepared(db.sql, text).run(vaultId, place, version, sealed, ctx.now);
}

function addKey({ db, ctx }: Tx, vaultId: string, version: number): Key {
	const key = randomBytes(32);
	const number = newestVaultKey(ctx.keys.vaultFolder);
	const wrapped = sealBytes(vaultKey(ctx.keys.vaultFolder, number), keyAbout(vaultId, version), key);
	const text = 'INSERT INTO vault_key (vault_id, version, wrapped_by, wrapped, made_at) VALUES (?, ?, ?, ?, ?)';
	prepared(db.sql, text).run(vaultId, version, number, wrapped, ctx.now);
	return { version, key };
}

function keyOf(ground: VaultGround, vaultId: string): Key {
	const key = keyOrNull(ground, vaultId);
	if (key === null) throw new Conflict('What was kept here has been destroyed. Nothing can be added to it.');
	return key;
}

function keyOrNull({ db, keys }: VaultGround, vaultId: string): Key | null {
	const text = 'SELECT version, wrapped_by AS wrappedBy, wrapped FROM vault_key WHERE vault_id = ? ORDER BY version DESC LIMIT 1';
	const row = prepared(db.sql, text).get(vaultId) as { version: number; wrappedBy: number; wrapped: Buffer } | undefined;
	if (!row) return null;
	const { version, wrappedBy, wrapped } = row;
	return { version, key: openBytes(vaultKey(keys.vaultFolder, wrappedBy), keyAbout(vaultId, version), wrapped) };
}

const textAbout = (vaultId: string, place: string, version: number) => `vault_text|sealed|${vaultId}|${place}|${version}`;
const keyAbout = (vaultId: string, version: number) => `vault_key|wrapped|${vaultId}|${version}`;
