import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { clockFrom } from '#core/clock.ts';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { openGazetteer } from '#db/gazetteer/index.ts';
import { findPage } from '#features/directory/index.ts';
import { readSettings } from '#settings';
import { handPage, shellOf } from './hand-page.ts';

/**
 * Reference server: bare node:http, the same queries as our page on the same register, and the page joined from strings by hand.
 * No gates, no headers but two, no log, no cache. `node hand.ts DATA_DIR NOW PAGE`, PAGE being one of our finished pages.
 */
const [dataDir = '', now = '', page = ''] = process.argv.slice(2);
const settings = readSettings({ DATA_DIR: dataDir });
const ground = { db: openDatabase(join(dataDir, 'register.db')), keys: loadKeys(settings), settings };
const gazetteer = openGazetteer(join(dataDir, 'gazetteer.db'));
const clock = clockFrom(Number(now));
const shell = shellOf(readFileSync(page, 'utf8'));

const server = createServer((req, res) => {
	const ctx = ctxFor(ground, { kind: 'public' }, clock.now());
	const view = findPage(ctx, gazetteer, new URL(req.url ?? '/', 'http://localhost').searchParams);
	if (view.kind !== 'list') {
		res.writeHead(404, { 'content-length': 0 }).end();
		return;
	}
	const body = Buffer.from(handPage(shell, view));
	res.writeHead(200, ['content-type', 'text/html; charset=utf-8', 'content-length', String(body.length)]);
	res.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
