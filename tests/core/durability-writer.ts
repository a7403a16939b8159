import { writeSync } from 'node:fs';
import { ctxFor } from '#core/ctx.ts';
import { openDatabase } from '#db/client.ts';
import { sendEnquiry } from '#features/directory/index.ts';
import { readSettings } from '#settings';
import { enquiryInput } from '#tests/helpers/enquiry.ts';

/**
 * A process that writes until it is killed: `durability-writer.ts FILE RUN MODE`. It prints one line per message that it
 * acknowledges. MODE `honest` prints after the command has returned; `early` prints before: the twin that must lose.
 */
const [file = '', run = '', mode = 'honest'] = process.argv.slice(2);
const db = openDatabase(file);
const key = Buffer.alloc(32, 7);
const ground = { db, keys: { audit: key, secret: key, vaultFolder: '' }, settings: readSettings({}) };
const HOUR = 3_600_000;

for (let n = 0; ; n += 1) {
	const name = `run ${run} message ${n}`;
	const ctx = ctxFor(ground, { kind: 'public' }, Date.parse('2026-11-20T12:00:00Z') + n * HOUR, { id: '', clientKey: null });
	const input = enquiryInput(ctx, { name, email: `r${run}n${n}@sender.example`, repeatKey: `run-${run}-message-${n}` });
	if (mode === 'early') writeSync(1, `${name}\n`);
	sendEnquiry(ctx, `t${run}`, input);
	if (mode === 'honest') writeSync(1, `${name}\n`);
}
