import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { ask, echo, HOST, ORIGIN, openSite, parse, post, type Site } from './site.ts';

/** The real limits, in small. */
const QUICK = { headersMs: 300, requestMs: 600, checkMs: 50 };
const HEAD = `GET /slow HTTP/1.1\r\nHost: ${HOST}\r\nX-Filling: ${'x'.repeat(500)}\r\n\r\n`;
const FORM = `POST /contact HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${ORIGIN}\r\nContent-Length: 5000\r\n\r\n`;

type Slow = { socket: Socket; received(): string; ended: Promise<number> };

/** Opens a connection that is not read unless `reads`. `ended` resolves to the milliseconds after which the server closed it. */
async function open({ port }: Pick<Site, 'port'>, reads = true): Promise<Slow> {
	const chunks: Buffer[] = [];
	const begun = performance.now();
	const socket = connect(port, '127.0.0.1').on('error', () => undefined);
	onTestFinished(() => void socket.destroy());
	if (reads) socket.on('data', (chunk: Buffer) => chunks.push(chunk));
	// Not `once`, which fails on an error: a byte on its way when the server cuts off is answered by a reset.
	const ended = new Promise<number>((resolve) => socket.on('close', () => resolve(performance.now() - begun)));
	await once(socket, 'connect');
	return { socket, ended, received: () => Buffer.concat(chunks).toString('latin1') };
}

/** Sends one byte at a time until it is sent or the connection is closed. */
async function dribble({ socket }: Slow, bytes: string): Promise<void> {
	for (const byte of bytes) {
		if (socket.destroyed || !socket.writable) return;
		socket.write(byte);
		await wait(10);
	}
}

test('headers that come one byte at a time are cut off with a 408 of ours', async () => {
	const site = await openSite(echo, {}, QUICK);
	const slow = await open(site);
	void dribble(slow, HEAD);
	expect(await slow.ended).toBeLessThan(2000);
	const reply = parse(slow.received());
	expect(reply.status).toBe(408);
	expect(reply.headers).toMatchObject({ connection: 'close', 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
	expect(reply.body).toContain('too slow');
});

test('a connection on which nothing is said is closed as well', async () => {
	const site = await openSite(echo, {}, QUICK);
	expect(await (await open(site)).ended).toBeLessThan(2000);
});

test('a body that dribbles is cut off: the page never gets it, and the place is free again', async () => {
	let whole = 0;
	const site = await openSite(
		async (req, res) => {
			for await (const _ of req);
			whole += 1;
			res.end('taken');
		},
		{},
		{ ...QUICK, receiving: 1 },
	);
	const slow = await open(site);
	slow.socket.write(FORM);
	void dribble(slow, 'a'.repeat(5000));
	await wait(100);
	expect((await post(site, '/contact', 'a=1')).status).toBe(503);
	const ended = await slow.ended;
	expect(ended).toBeGreaterThan(QUICK.requestMs - 100);
	expect(ended).toBeLessThan(2500);
	expect([slow.received(), whole]).toEqual(['', 0]);
	expect((await post(site, '/contact', 'a=1')).status).toBe(200);
});

test('someone who never reads the answer holds nobody up, and is cut off in the end', async () => {
	const big = 'x'.repeat(8_000_000);
	const site = await openSite((req, res) => void res.end(req.url === '/big' ? big : 'quick'), {}, { inFlight: 4, idleMs: 1000 });
	const deaf = await Promise.all(Array.from({ length: 10 }, () => open(site, false)));
	for (const { socket } of deaf) socket.pause().write(`GET /big HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
	await wait(200);
	for (let i = 0; i < 5; i += 1) expect(await timed(() => ask(site, 'GET /quick'))).toMatchObject({ status: 200, isQuick: true });
	// The client cannot tell, as it does not read: the server's own count does.
	await expect.poll(() => promisify(site.server.getConnections.bind(site.server))(), { timeout: 5000 }).toBe(0);
});

test('above the limit the answer is 503 with Retry-After, and afterwards the server answers again', async () => {
	const waiting: (() => void)[] = [];
	const site = await openSite((_req, res) => void waiting.push(() => res.end('page')), {}, { inFlight: 3 });
	const held = Array.from({ length: 3 }, (_, i) => ask(site, `GET /slow?x=${i}`));
	await expect.poll(() => waiting.length).toBe(3);
	for (const request of ['GET /find', 'HEAD /find']) {
		const turned = await ask(site, request);
		expect([turned.status, turned.headers['retry-after'], turned.headers['cache-control']]).toEqual([503, '30', 'no-store']);
	}
	expect((await post(site, '/contact', 'a=1')).status).toBe(503);
	expect((await ask(site, 'GET /robots.txt')).status).toBe(200);
	for (const answer of waiting) answer();
	expect((await Promise.all(held)).map((reply) => reply.status)).toEqual([200, 200, 200]);
	const again = ask(site, 'GET /find');
	await expect.poll(() => waiting.length).toBe(4);
	waiting[3]?.();
	expect((await again).status).toBe(200);
});

test('those who left while they waited take no place', async () => {
	const site = await openSite((req, res) => void (req.url === '/quick' && res.end('page')), {}, { inFlight: 3 });
	for (const { socket } of await Promise.all(Array.from({ length: 3 }, () => open(site))))
		socket.end(HEAD.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')).destroySoon();
	await expect.poll(async () => (await ask(site, 'GET /quick')).status).toBe(200);
});

test('a hundred slow connections stop no reader, whatever they are slow with', async () => {
	const site = await openSite(echo, {}, { inFlight: 20, receiving: 30 });
	const slow = await Promise.all(Array.from({ length: 100 }, () => open(site)));
	for (const [i, { socket }] of slow.entries()) socket.write(i % 2 === 0 ? HEAD.slice(0, 100) : `${FORM}half a`);
	await wait(100);
	for (let i = 0; i < 5; i += 1) expect(await timed(() => ask(site, 'GET /find'))).toMatchObject({ status: 200, isQuick: true });
	expect((await post(site, '/contact', 'a=1')).status).toBe(503);
});

/** Asking waits for the connection to close, which is part of what is meant by being answered. */
async function timed(work: () => Promise<{ status: number }>): Promise<{ status: number; isQuick: boolean }> {
	const begun = performance.now();
	const { status } = await work();
	return { status, isQuick: performance.now() - begun < 1000 };
}
