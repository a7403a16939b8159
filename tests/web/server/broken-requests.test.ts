import { expect, test } from 'vitest';
import { echo, HOST, ORIGIN, openSite, parse, raw } from './site.ts';

const BROKEN: [string, string, number][] = [
	['two lengths that differ', `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc`, 400],
	[
		'a length and chunks',
		`POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /office HTTP/1.1\r\n\r\n`,
		400,
	],
	['an unknown transfer encoding', `POST / HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${ORIGIN}\r\nTransfer-Encoding: xchunked\r\n\r\n`, 411],
	['a folded header', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-A: b\r\n c\r\n\r\n`, 400],
	['bare line feeds', `GET / HTTP/1.1\nHost: ${HOST}\n\n`, 400],
	['a space before the colon', `GET / HTTP/1.1\r\nHost : ${HOST}\r\n\r\n`, 400],
	['a NUL in a header', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-A: a\0b\r\n\r\n`, 400],
	['HTTP/0.9', 'GET /\r\n\r\n', 400],
	['a header of 20 kB', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
	['a length below zero', `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: -1\r\n\r\n`, 400],
	['a length that is no number', `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 0x10\r\n\r\n`, 400],
	['binary rubbish', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
	['an expectation we do not know', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nExpect: magic\r\nConnection: close\r\n\r\n`, 417],
];

test.each(BROKEN)('%s gets one answer with our headers, and no page', async (_, bytes, status) => {
	let reached = 0;
	const site = await openSite((req, res, next, locals) => (reached++, echo(req, res, next, locals)));
	const text = await raw(site.port, bytes);
	const reply = parse(text);
	expect(reply.status).toBe(status);
	expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
	expect(reply.headers).toMatchObject({
		'x-frame-options': 'DENY',
		'x-content-type-options': 'nosniff',
		connection: 'close',
		'content-type': 'text/html; charset=utf-8',
	});
	expect(reply.body).toContain('<h1>');
	expect(reached).toBe(0);
});

test('HTTP/1.0 without a host is refused, with one it is answered', async () => {
	const { port } = await openSite(echo);
	expect(await raw(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
	expect(await raw(port, `GET / HTTP/1.0\r\nHost: ${HOST}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
});

test('rubbish after a good request is not answered into that answer', async () => {
	const site = await openSite((_req, res) => void setTimeout(() => res.end('slow page'), 50));
	const text = await raw(site.port, `GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\nRUBBISH\r\n\r\n`);
	expect(text).not.toContain('400');
});

test('two requests sent at once get their two answers, in order', async () => {
	const { port } = await openSite(echo);
	const one = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
	const text = await raw(port, one('/first') + one('/second'));
	expect(text.match(/"url":"(\/\w+)"/g)).toEqual(['"url":"/first"', '"url":"/second"']);
});

test('the server bounds time, headers and connections', async () => {
	const { server } = await openSite(echo);
	expect(server).toMatchObject({
		timeout: 60_000,
		headersTimeout: 10_000,
		// That of a form with files; every other request is ended after 30 s (slow-clients.test.ts).
		requestTimeout: 120_000,
		keepAliveTimeout: 5000,
		maxConnections: 2000,
		maxRequestsPerSocket: 1000,
	});
});
