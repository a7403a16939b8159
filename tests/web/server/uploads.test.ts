import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { AstroHandler } from '#server/deps.ts';
import { LIMITS } from '#server/limits.ts';
import { HOST, ORIGIN, openSite, parse, type Site } from './site.ts';

const QUICK = { headersMs: 400, requestMs: 500, uploadMs: 1500, checkMs: 50 };
/** Reads the body and says how long it was. */
const measure: AstroHandler = async (req, res) => {
	let bytes = 0;
	for await (const chunk of req) bytes += (chunk as Buffer).length;
	res.writeHead(200, { 'content-type': 'text/html' });
	res.end(`${bytes} bytes`);
};

const head = (path: string, length: number, more = 'Cookie: a=b\r\nContent-Type: multipart/form-data; boundary=x\r\n') =>
	`POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${ORIGIN}\r\nConnection: close\r\n${more}Content-Length: ${length}\r\n\r\n`;

async function open(site: Site): Promise<{ socket: Socket; received(): string; ended: Promise<number> }> {
	const begun = performance.now();
	const chunks: Buffer[] = [];
	const socket = connect(site.port, '127.0.0.1').on('error', () => undefined);
	onTestFinished(() => void socket.destroy());
	socket.on('data', (chunk: Buffer) => chunks.push(chunk));
	const ended = once(socket, 'close').then(() => performance.now() - begun);
	await once(socket, 'connect');
	return { socket, ended, received: () => Buffer.concat(chunks).toString('latin1') };
}

async function post(site: Site, request: string, body: string): Promise<number> {
	const one = await open(site);
	one.socket.write(request + body);
	// A refusal comes before the rest of the body, for which the server waits a while.
	await Promise.race([one.ended, once(one.socket, 'data').then(() => wait(60))]);
	one.socket.destroy();
	return parse(one.received()).status;
}

test('a form with files may be of 12 MB, any other of 256 KB; without a cookie none is one with files', async () => {
	const site = await openSite(measure);
	const body = 'x'.repeat(LIMITS.uploadBytes);
	expect(await post(site, head('/my/cpd/1/evidence', body.length), body)).toBe(200);
	expect(await post(site, head('/my/cpd/1/evidence', body.length + 1), '')).toBe(413);
	expect(await post(site, head('/contact', LIMITS.bodyBytes + 1), '')).toBe(413);
	expect(await post(site, head('/my/cpd', LIMITS.bodyBytes + 1, 'Cookie: a=b\r\nContent-Type: application/x-www-form-urlencoded\r\n'), '')).toBe(413);
	expect(await post(site, head('/my/cpd', LIMITS.bodyBytes + 1, 'Content-Type: multipart/form-data; boundary=x\r\n'), '')).toBe(413);
	expect(await post(site, head('/my/cpdx', LIMITS.bodyBytes + 1), '')).toBe(413);
});

test('a form with files may come slowly, but not for ever; any other is cut off as before', async () => {
	const site = await openSite(measure, {}, QUICK);
	const slow = await open(site);
	slow.socket.write(head('/my/cpd', 20));
	for (let i = 0; i < 20; i += 1) {
		slow.socket.write('a');
		await wait(45);
	}
	await slow.ended;
	expect(parse(slow.received())).toMatchObject({ status: 200, body: '20 bytes' });
	const endless = await open(site);
	endless.socket.write(head('/my/cpd', 5000));
	const dribble = setInterval(() => endless.socket.writable && endless.socket.write('a'), 30);
	expect(await endless.ended).toBeGreaterThan(QUICK.uploadMs - 200);
	clearInterval(dribble);
	expect(await endless.ended).toBeLessThan(5000);
	const other = await open(site);
	other.socket.write(head('/contact', 5000));
	expect(await other.ended).toBeLessThan(1400);
});

test('one address has three of the places for files, all together six; readers notice nothing', async () => {
	const site = await openSite(measure);
	const held = await Promise.all([1, 2, 3].map(() => open(site)));
	for (const { socket } of held) socket.write(`${head('/my/cpd', 50)}half`);
	await wait(100);
	expect(await post(site, head('/my/cpd', 4), 'abcd')).toBe(503);
	expect(await post(site, head('/contact', 4), 'abcd')).toBe(200);
	held[0]?.socket.destroy();
	await expect.poll(() => post(site, head('/my/cpd', 4), 'abcd')).toBe(200);
});

test('what is too big is read to its end and forgotten, so that the answer arrives', async () => {
	const site = await openSite(measure);
	const size = 60 * 1024 * 1024;
	const one = await open(site);
	one.socket.write(head('/my/cpd', size));
	const piece = Buffer.alloc(1024 * 1024, 'x');
	for (let sent = 0; sent < size; sent += piece.length) if (!one.socket.write(piece)) await once(one.socket, 'drain');
	await one.ended;
	expect(parse(one.received())).toMatchObject({ status: 413, body: expect.stringContaining('That file is too big') });
});
