import { parentPort, workerData } from 'node:worker_threads';
import { ctxFor } from '#core/ctx.ts';
import { openDatabase } from '#db/client.ts';
import { takeMessage } from '#features/payments/index.ts';

// A process beside the test's: its own connection, the same messages.
const { file, keys, settings, now, bodies } = workerData;
const db = openDatabase(file);
const whole = { audit: Buffer.from(keys.audit), secret: Buffer.from(keys.secret), vaultFolder: keys.vaultFolder };
const ctx = ctxFor({ db, keys: whole, settings }, { kind: 'public' }, now);
const taken = (bodies as { body: string; headers: [string, string][] }[]).map(({ body, headers }) =>
	takeMessage(ctx, 'stripe', { body, headers: new Headers(headers) }, {}),
);
parentPort?.postMessage({ taken });
db.sql.close();
