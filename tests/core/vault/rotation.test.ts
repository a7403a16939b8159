import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor, type Person } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import type { Role } from '#core/roles.ts';
import { makeVault, openText, sealText } from '#core/vault.ts';
import { carryOnKeyChange, changeKeys, keyChanges } from '#core/vault-change.ts';
import { keyNumbers } from '#core/vault-keys.ts';
import { beginRotation, carryOnRotation, forgetVaultKey, openRotation } from '#core/vault-rotate.ts';
import { readSettings } from '#settings';
import { emptyRegister, temporaryFolder } from '../../helpers/db.ts';

const VAULTS = 120;
const TEXTS = 10;

test('a change of keys seals everything anew, and the old key can be destroyed afterwards, never before', () => {
	const { ctx } = register();
	fill(ctx);
	expect(beginRotation(ctx)).toBe(2);
	expect(() => beginRotation(ctx)).toThrow('under way');
	carryOnRotation(ctx, 1);
	expect(() => forgetVaultKey(ctx, 1)).toThrow('in use');
	expectAllReadable(ctx);
	expect(carryOnRotation(ctx, 1000)).toBe(0);
	expect(openRotation(ctx.db)).toBeNull();
	const used = ctx.db.sql.prepare('SELECT DISTINCT wrapped_by FROM vault_key').pluck().all();
	expect(used).toEqual([2]);
	expect(() => forgetVaultKey(ctx, 2)).toThrow('in use');
	forgetVaultKey(ctx, 1);
	expect(keyNumbers(ctx.keys.vaultFolder)).toEqual([2]);
	expectAllReadable(ctx, 1);
});

test('words written while keys change are sealed with the new one, and read at every moment', () => {
	const { ctx } = register();
	fill(ctx);
	beginRotation(ctx);
	for (let left = VAULTS, n = 0; left > 0; n++) {
		left = carryOnRotation(ctx, 1);
		commit(ctx, { name: 'test' }, (tx) => {
			sealText(tx, `v${n % VAULTS}`, 'later', `later ${n}`);
			record(tx, 'vault.rotated', { type: 'vault_rotation', id: 'test' });
		});
		expect(openText(ctx, `v${n % VAULTS}`, 'later')).toBe(`later ${n}`);
		expectAllReadable(ctx);
	}
});

test('an administrator begins a change, sees how far it is, and destroys the old key once the job is through', async () => {
	const { ctx } = register();
	fill(ctx);
	const admin = { ...ctx, actor: person(ctx, 'administrator', 2) };
	expect(await carryOnKeyChange(ctx)).toBe('none under way');
	expect(changeKeys(admin, { act: 'begin', number: 0 })).toBe('begin');
	const left = carryOnRotation(ctx, 2);
	expect(keyChanges(admin)).toMatchObject({ isOpen: true, changes: [{ number: 2, begunAt: ctx.now, doneAt: null, done: VAULTS - left, all: VAULTS }] });
	expect(() => changeKeys(admin, { act: 'destroy', number: 1 })).toThrow('in use');
	expect(await carryOnKeyChange(ctx)).toBe('done');
	expect(keyChanges(admin).files).toEqual([
		{ number: 1, vaults: 0, isNewest: false },
		{ number: 2, vaults: VAULTS, isNewest: true },
	]);
	expect(changeKeys(admin, { act: 'destroy', number: 1 })).toBe('destroy');
	expect(keyChanges(admin)).toMatchObject({ isOpen: false, files: [{ number: 2 }] });
	expect(() => keyChanges({ ...ctx, actor: person(ctx, 'registrar', 2) })).toThrow('does not allow');
	expectAllReadable(ctx);
});

test('only an administrator with a second step changes keys', () => {
	const { ctx } = register();
	for (const role of ['registrar', 'complaints_officer', 'member'] as const)
		expect(() => beginRotation({ ...ctx, actor: person(ctx, role, 2) })).toThrow('does not allow');
	expect(() => beginRotation({ ...ctx, actor: person(ctx, 'administrator', 1) })).toThrow('does not allow');
	expect(keyNumbers(ctx.keys.vaultFolder)).toEqual([]);
	expect(() => beginRotation({ ...ctx, actor: { ...person(ctx, 'administrator', 2), provedAt: 0 } })).toThrow('Confirm that it is you');
});

test('killed fifty times, at fifty moments, and carried on each time, a change of keys leaves no text unreadable', async () => {
	const { ctx, folder } = register();
	fill(ctx);
	const start = () => spawn(process.execPath, [join(import.meta.dirname, 'rotate-until-killed.ts'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
	let child = start();
	for (let kill = 0; kill < 50; kill++) {
		const next = start();
		child.stdin.write('go');
		await once(child.stdout, 'data');
		await setTimeout(kill % 13);
		child.kill('SIGKILL');
		await once(child, 'exit');
		expectAllReadable(ctx);
		child = next;
	}
	child.kill('SIGKILL');
	await once(child, 'exit');
	carryOnRotation(ctx, 10_000);
	expectAllReadable(ctx, 1);
	expect(ctx.db.sql.prepare('SELECT count(*) FROM vault_key').pluck().get()).toBe(VAULTS);
	expect(ctx.db.sql.prepare('SELECT max(wrapped_by) FROM vault_key').pluck().get()).toBeGreaterThan(1);
}, 180_000);

function register(): { ctx: Ctx; folder: string } {
	const folder = temporaryFolder();
	const settings = readSettings({ DATA_DIR: folder.path });
	const db = emptyRegister(folder.path);
	onTestFinished(() => {
		db.sql.close();
		folder.remove();
	});
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'test' }, Date.parse('2026-11-22T12:00:00Z'));
	return { ctx, folder: folder.path };
}

function person(ctx: Ctx, role: Role, level: 1 | 2): Person {
	return { kind: 'person', personId: 'p1', accountId: 'a1', roles: [role], level, provedAt: ctx.now };
}

function fill(ctx: Ctx): void {
	commit(ctx, { name: 'test' }, (tx) => {
		for (let v = 0; v < VAULTS; v++) {
			makeVault(tx, `v${v}`);
			for (let t = 0; t < TEXTS; t++) sealText(tx, `v${v}`, `text:${t}`, `words ${v}/${t}`);
		}
		record(tx, 'vault.rotated', { type: 'vault_rotation', id: 'test' });
	});
	expect(existsSync(join(ctx.keys.vaultFolder, 'vault-1.key'))).toBe(true);
}

function expectAllReadable(ctx: Ctx, every = 7): void {
	for (let v = 0; v < VAULTS; v += every)
		for (let t = 0; t < TEXTS; t++)
			if (openText(ctx, `v${v}`, `text:${t}`) !== `words ${v}/${t}`) throw new Error(`Text ${t} of vault ${v} is not what was written.`);
}
