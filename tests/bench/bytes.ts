import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeptPages } from './kept-pages.ts';

/** Reference server: finished pages from memory and nothing else. `node bytes.ts FILE`, the file holding `KeptPages` as JSON. */
const { encoding, pages } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as KeptPages;
const bodies = new Map(Object.entries(pages).map(([address, body]) => [address, Buffer.from(body, 'base64')]));
const nothing = Buffer.alloc(0);

const server = createServer((req, res) => {
	const body = bodies.get(req.url ?? '') ?? nothing;
	const headers = ['content-type', 'text/html; charset=utf-8', 'content-length', String(body.length)];
	if (encoding !== 'identity') headers.push('content-encoding', encoding);
	res.writeHead(body === nothing ? 404 : 200, headers);
	res.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
