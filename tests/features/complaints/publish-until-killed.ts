import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Actor, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { publishOrder } from '#features/complaints/order-publish.ts';
import { orderKey } from '#features/complaints/order-store.ts';
import { readSettings } from '#settings';

// A process beside the test's, which publishes one order after another until it is killed: `publish-until-killed.ts DATA_DIR PUBLISHER INSTANT`.
const [, , dataDir = '', personId = '', instant = ''] = process.argv;
const settings = readSettings({ DATA_DIR: dataDir });
const db = openDatabase(join(dataDir, 'register.db'));
const now = Date.parse(instant);
const actor: Actor = { kind: 'person', personId, roles: ['registrar'], level: 2, provedAt: now } as unknown as Actor;
const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, actor, now);
type Row = { reference: string; steps: number; stepNo: number; item: number; version: number };
const text = `SELECT c.reference, c.steps, o.step_no AS stepNo, o.item, o.version FROM concern_order o JOIN concern c ON c.id = o.concern_id
	WHERE o.published_by IS NULL ORDER BY c.reference`;
// It is there before it is needed, and begins when it is told to.
process.stdout.write('ready');
await once(process.stdin, 'data');
const waiting = db.sql.prepare(text).all() as Row[];
for (const { reference, steps, ...order } of waiting) {
	publishOrder(ctx, reference, orderKey(order), { seen: steps });
	process.stdout.write('.');
	await wait(2);
}
