import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, type Ctx, ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import { readSettings } from '#settings';

const keys = { audit: randomBytes(32), secret: randomBytes(32), vaultFolder: vaultFolder() };

/** Noon in London on a day, in milliseconds UTC. */
export function noonOn(day: string): number {
	return Date.parse(`${day}T12:00:00Z`);
}

/** A context on a test register at noon of `day`; the actor is the system unless given. */
export function testCtx(db: Db, day: string, actor: Actor = { kind: 'system', name: 'test' }): Ctx {
	return ctxFor({ db, keys, settings: readSettings({}) }, actor, noonOn(day), { id: newId(), clientKey: 'test-client' });
}

/** The files of the vaults' keys, for as long as the tests of this file run. */
function vaultFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ipt-vault-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
