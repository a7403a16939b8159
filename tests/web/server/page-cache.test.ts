import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ask, HOST, openSite, raw } from './site.ts';

/** A shared page that says which address it is for and how many pages were made before it. */
function counter(extra: Record<string, string | string[]> = {}) {
	const made: string[] = [];
	const handler = (req: IncomingMessage, res: ServerResponse) => {
		made.push(req.url ?? '');
		const headers = { 'content-type': 'text/html', 'cache-control': 'public, max-age=60', 'x-page-cache': 'shared place page', ...extra };
		res.writeHead(200, headers).end(`<p>${req.method} ${req.url} cookie=${req.headers.cookie ?? 'none'} number ${made.length}</p>${'<hr>'.repeat(300)}`);
	};
	return { made, handler };
}

test('the second visitor gets the first one’s page, and its age', async () => {
	const { made, handler } = counter();
	const site = await openSite(handler);
	const first = await ask(site, 'GET /find?place=Leeds');
	site.clock.time += 30_000;
	const second = await ask(site, 'GET /find?place=Leeds');
	expect(second.body).toBe(first.body);
	expect(second.headers).toMatchObject({ age: '30', 'x-frame-options': 'DENY', 'cache-control': 'public, max-age=60' });
	expect(second.headers.vary).toMatch(/Cookie/);
	expect(first.headers).not.toHaveProperty('x-page-cache');
	expect(made).toHaveLength(1);
	expect(site.log().match(/"path":"\/find","status":200/g)).toHaveLength(2);
});

test('the order of parameters does not matter, an unknown one is not kept', async () => {
	const { made, handler } = counter();
	const site = await openSite(handler);
	await ask(site, 'GET /find?place=Leeds&page=2');
	await ask(site, 'GET /find?page=2&place=Leeds');
	expect(made).toHaveLength(1);
	await ask(site, 'GET /find?place=Leeds&page=2&x=1');
	await ask(site, 'GET /find?place=Leeds&page=2&x=1');
	expect(made).toHaveLength(3);
});

test('addresses, cookies, methods and hosts never mix', async () => {
	const { handler } = counter();
	const site = await openSite(handler);
	const addresses = [
		'/find',
		'/find?place=Leeds',
		'/find?place=leeds',
		'/find?place=Leeds&page=2',
		'/find?place=Leeds&place=York',
		'/find?place=York&place=Leeds',
		'/Find',
		'/find?page=',
		'/find?place=a%26page=2',
	];
	for (const round of [1, 2]) {
		for (const [i, address] of addresses.entries())
			expect((await ask(site, `GET ${address}`)).body, `${round} ${address}`).toContain(`GET ${address} cookie=none number ${i + 1}<`);
	}
	expect((await ask(site, 'GET /find', ['Cookie: s=1'])).body).toContain('cookie=s=1');
	expect((await ask(site, 'GET /find', ['Authorization: Basic x'])).headers['cache-control']).toBe('no-store');
	expect((await ask(site, 'GET /find', ['Host: evil.test'])).status).toBe(421);
	expect((await ask(site, 'GET /find', ['Host: evil.test', `Host: ${HOST}`])).status).toBe(400);
	expect((await ask(site, 'GET /find', ['Content-Length: 1'], 'x')).status).toBe(400);
	expect((await ask(site, 'HEAD /find')).body).toBe('');
	expect((await ask(site, 'GET /find')).body).toContain('number 1<');
});

test('a page made for someone with a cookie is never kept', async () => {
	const { handler } = counter();
	const site = await openSite(handler);
	await ask(site, 'GET /find', ['Cookie: s=1']);
	expect((await ask(site, 'GET /find')).body).toContain('cookie=none number 2');
});

test.each<[string, Record<string, string | string[]>]>([
	['sets a cookie', { 'set-cookie': 'a=1' }],
	['is private', { 'cache-control': 'private' }],
	['has not agreed', { 'x-page-cache': 'no' }],
])('a page that %s is not kept', async (_, extra) => {
	const { made, handler } = counter(extra);
	const site = await openSite(handler);
	await ask(site, 'GET /find');
	await ask(site, 'GET /find');
	expect(made).toHaveLength(2);
});

test('it is forgotten after a minute, when the register changes, and at midnight in London', async () => {
	const { made, handler } = counter();
	const site = await openSite(handler);
	const visit = () => ask(site, 'GET /find');
	await visit();
	site.clock.time += 60_000;
	await visit();
	expect(made).toHaveLength(2);
	site.register.version = '2';
	await visit();
	expect(made).toHaveLength(3);
	site.clock.time = Date.parse('2026-06-02T22:59:59Z');
	await visit();
	site.clock.time += 2000;
	await visit();
	expect(made).toHaveLength(5);
	site.clock.time -= 10_000;
	await visit();
	expect(made).toHaveLength(6);
});

test('a page whose making began before the register changed is not kept', async () => {
	const { made, handler } = counter();
	const site = await openSite((req, res) => {
		if (made.length === 0) site.register.version = '2';
		handler(req, res);
	});
	await ask(site, 'GET /find');
	await ask(site, 'GET /find');
	expect(made).toHaveLength(2);
});

test('twenty who ask for the same page at once wait for one; if it may not be shared each gets their own', async () => {
	const { made, handler } = counter();
	const site = await openSite((req, res) => void setTimeout(() => handler(req, res), 30));
	const replies = await Promise.all(Array.from({ length: 20 }, () => ask(site, 'GET /find')));
	expect(made).toHaveLength(1);
	expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
	const own = await Promise.all(Array.from({ length: 20 }, () => ask(site, 'GET /find?unknown=1')));
	expect(new Set(own.map((reply) => reply.body)).size).toBe(20);
});

test('when the first one leaves, the others still get a whole page', async () => {
	const { handler } = counter();
	const site = await openSite((req, res) => void setTimeout(() => handler(req, res), 80));
	const leaver = raw(site.port, `GET /find HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n`, 1);
	const replies = await Promise.all([leaver, ...Array.from({ length: 5 }, () => ask(site, 'GET /find'))]);
	for (const reply of replies.slice(1)) expect((reply as { body: string }).body).toMatch(/number \d<\/p>(<hr>){300}$/);
});

test('kept pages are compressed once and answered 304 when unchanged', async () => {
	const site = await openSite(counter().handler);
	const first = await ask(site, 'GET /find', ['Accept-Encoding: br']);
	const second = await ask(site, 'GET /find', ['Accept-Encoding: br']);
	expect(brotliDecompressSync(Buffer.from(second.body, 'latin1')).toString()).toContain('number 1<');
	expect(first.headers.etag).toBe(second.headers.etag);
	const third = await ask(site, 'GET /find', [`If-None-Match: "x", ${first.headers.etag}`]);
	expect([third.status, third.body]).toEqual([304, '']);
	expect(third.headers['x-frame-options']).toBe('DENY');
});

test('it stays below its limit, and a crowd of addresses does not push memory up', async () => {
	const big = '<p>x</p>'.repeat(500_000);
	const made: string[] = [];
	const site = await openSite(
		(req, res) => (
			made.push(req.url ?? ''), void res.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'public', 'x-page-cache': 'shared page' }).end(big)
		),
	);
	for (let i = 0; i < 15; i++) await ask(site, `GET /find?page=${i}`);
	await ask(site, 'GET /find?page=14');
	expect(made).toHaveLength(15);
	await ask(site, 'GET /find?page=0');
	expect(made).toHaveLength(16);
});
