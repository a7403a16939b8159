import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { destroyVault, dropText, makeVault, openText, openTexts, placesOf, sealText } from '#core/vault.ts';
import { testCtx } from '../../helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '../../helpers/db.ts';

let ctx: Ctx;
let file: string;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	file = `${folder.path}/register.db`;
	ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
	onTestFinished(() => void ctx.db.sql.close());
});

test('what is sealed is read again, word for word, and what is not there is null', () => {
	const id = vaultWith({ statement: 'He said “it’s ours”.\nΔ 🙂', 'message:1': '' });
	expect(openText(ctx, id, 'statement')).toBe('He said “it’s ours”.\nΔ 🙂');
	expect(openText(ctx, id, 'message:1')).toBe('');
	expect(openText(ctx, id, 'message:2')).toBeNull();
	expect(placesOf(ctx.db, id, 'message:')).toEqual(['message:1']);
});

test('words written again take the place of the old ones, and words taken out are gone', () => {
	const id = vaultWith({ draft: 'first' });
	writing((tx) => sealText(tx, id, 'draft', 'second'));
	expect(openText(ctx, id, 'draft')).toBe('second');
	writing((tx) => dropText(tx, id, 'draft'));
	expect(openText(ctx, id, 'draft')).toBeNull();
});

test('no word stands readable in the database or its log, not even after words were replaced and taken out', () => {
	const id = vaultWith({ a: 'canary-narrative-one', b: 'canary-narrative-two' });
	writing((tx) => sealText(tx, id, 'a', 'canary-narrative-three'));
	writing((tx) => dropText(tx, id, 'b'));
	for (const path of [file, `${file}-wal`]) expect(readFileSync(path).includes('canary-narrative')).toBe(false);
});

test('sealed words that were moved to another place, another vault or another version do not open: 1,000 swaps, 1,000 refusals', () => {
	const ids = Array.from({ length: 10 }, () => vaultWith(Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`message:${n}`, `words ${n}`]))));
	const put = ctx.db.sql.prepare('UPDATE vault_text SET sealed = ? WHERE vault_id = ? AND place = ?');
	const get = ctx.db.sql.prepare('SELECT sealed FROM vault_text WHERE vault_id = ? AND place = ?').pluck();
	let refused = 0;
	for (let n = 0; n < 1000; n++) {
		const [from, to] = twoOf(ids.flatMap((id) => Array.from({ length: 10 }, (_, m) => [id, `message:${m}`] as const)));
		const kept = get.get(...to);
		put.run(get.get(...from), ...to);
		expect(() => openText(ctx, ...to)).toThrow('changed or moved');
		refused += 1;
		put.run(kept, ...to);
	}
	expect(refused).toBe(1000);
	expect(openTexts(ctx, ids[0] as string, ['message:3']).get('message:3')).toBe('words 3');
});

test('a single altered bit is refused, and the refusal says nothing of the words', () => {
	const id = vaultWith({ statement: 'a secret' });
	const { sealed } = ctx.db.sql.prepare('SELECT sealed FROM vault_text').get() as { sealed: Buffer };
	for (let bit = 0; bit < sealed.length * 8; bit += 3) {
		const damaged = Buffer.from(sealed);
		damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
		ctx.db.sql.prepare('UPDATE vault_text SET sealed = ?').run(damaged);
		expect(() => openText(ctx, id, 'statement')).toThrow(/^Something sealed was changed or moved, and does not open\.$/);
	}
});

test('a key that is wrapped for one vault does not serve another', () => {
	const [a, b] = [vaultWith({ statement: 'of a' }), vaultWith({ statement: 'of b' })];
	const wrapped = ctx.db.sql.prepare('SELECT wrapped FROM vault_key WHERE vault_id = ?').pluck();
	ctx.db.sql.prepare('UPDATE vault_key SET wrapped = ? WHERE vault_id = ?').run(wrapped.get(a), b);
	expect(() => openText(ctx, b, 'statement')).toThrow('changed or moved');
});

test('with the files of the keys gone, a stolen database opens nothing', () => {
	const id = vaultWith({ statement: 'a secret' });
	const stolen = { ...ctx, keys: { ...ctx.keys, vaultFolder: temporaryFolder().path } };
	expect(() => openText(stolen, id, 'statement')).toThrow();
});

test('a destroyed vault says nothing, takes nothing, and does not come back', () => {
	const id = vaultWith({ statement: 'a secret' });
	writing((tx) => destroyVault(tx, id, 'retention'));
	expect(openText(ctx, id, 'statement')).toBeNull();
	expect(placesOf(ctx.db, id, '')).toEqual([]);
	expect(() => writing((tx) => sealText(tx, id, 'statement', 'again'))).toThrow('destroyed');
	expect(() => ctx.db.sql.prepare('UPDATE vault SET destroyed_at = NULL, destroyed_because = NULL').run()).toThrow('does not come back');
	expect(() => ctx.db.sql.prepare('INSERT INTO vault_key VALUES (?, 2, 1, zeroblob(60), 0)').run(id)).toThrow('does not come back');
});

function vaultWith(words: Record<string, string>): string {
	const id = newId();
	writing((tx) => {
		makeVault(tx, id);
		for (const [place, text] of Object.entries(words)) sealText(tx, id, place, text);
	});
	return id;
}

function writing(work: (tx: Tx) => void): void {
	commit(ctx, { name: 'test' }, (tx) => {
		record(tx, 'vault.rotated', { type: 'vault_rotation', id: 'test' });
		work(tx);
	});
}

function twoOf<T>(all: readonly T[]): [T, T] {
	const from = randomInt(all.length);
	const to = (from + 1 + randomInt(all.length - 1)) % all.length;
	return [all[from] as T, all[to] as T];
}
