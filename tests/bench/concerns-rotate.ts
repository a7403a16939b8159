import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { beginRotation, carryOnRotation, openRotation } from '#core/vault-rotate.ts';
import { openDatabase } from '#db/client.ts';
import { readSettings } from '#settings';
import { REGISTER_NOW } from './registers.ts';

/** `leave`: how many vaults still hold an old key when it kills itself, as a power cut would; null: it goes on to the end. */
export type RotateOrder = { dataDir: string; leave: number | null };
export type RotateResult = { seconds: number; left: number };

/** Begins a change of all keys, or carries one on, as the job does beside the site. */
const { dataDir, leave } = JSON.parse(await text(process.stdin)) as RotateOrder;
const settings = readSettings({ DATA_DIR: dataDir });
const db = openDatabase(join(dataDir, 'register.db'));
const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'bench' }, REGISTER_NOW);
const startedAt = performance.now();
if (openRotation(db) === null) beginRotation(ctx);
let left = Number.POSITIVE_INFINITY;
while (left > 0) {
	left = carryOnRotation(ctx, 1);
	if (leave !== null && left <= leave) process.kill(process.pid, 'SIGKILL');
	// Whoever waits to write comes in between, as the job lets them.
	await new Promise((wait) => setTimeout(wait, 20));
}
process.stdout.write(JSON.stringify({ seconds: (performance.now() - startedAt) / 1000, left } satisfies RotateResult));
