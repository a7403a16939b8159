import { once } from 'node:events';
import { join } from 'node:path';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { beginRotation, carryOnRotation, openRotation } from '#core/vault-rotate.ts';
import { openDatabase } from '#db/client.ts';
import { readSettings } from '#settings';

// A process beside the test's, which changes keys without an end until it is killed.
const settings = readSettings({ DATA_DIR: String(process.argv[2]) });
const db = openDatabase(join(settings.dataDir, 'register.db'));
const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'test' }, Date.parse('2026-11-22T12:00:00Z'));
// It is there before it is needed, and begins when it is told to.
await once(process.stdin, 'data');
for (;;) {
	if (openRotation(db) === null) beginRotation(ctx);
	carryOnRotation(ctx, 1);
	process.stdout.write('.');
	carryOnRotation(ctx, 3);
}
