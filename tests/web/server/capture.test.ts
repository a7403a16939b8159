import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { capture, type Outcome } from '#server/capture.ts';
import { ask, echo, HOST, openSite } from './site.ts';

/** A bare server that captures what `handler` writes within 50 ms. */
async function captured(handler: (res: http.ServerResponse) => unknown): Promise<{ outcome: Outcome; reply: string }> {
	const outcome = Promise.withResolvers<Outcome>();
	const server = http
		.createServer(async (_req, res) => {
			const { ended } = capture(res, 50, () => undefined);
			handler(res);
			outcome.resolve(await ended);
			http.ServerResponse.prototype.writeHead.call(res, 200);
			http.ServerResponse.prototype.end.call(res, 'sent by us', undefined as never);
		})
		.listen(0);
	onTestFinished(() => void server.close());
	await new Promise((ready) => server.once('listening', ready));
	const reply = await (await fetch(`http://localhost:${(server.address() as AddressInfo).port}/`)).text();
	return { outcome: await outcome.promise, reply };
}

test('it gathers set headers, written headers and all pieces of the body', async () => {
	const { outcome, reply } = await captured((res) => {
		res.setHeader('X-One', '1');
		res.writeHead(201, 'Made', { 'X-Two': ['2', '3'] });
		res.write('a');
		res.write(new Uint8Array([98]));
		res.end('Yw==', 'base64');
	});
	expect(outcome).toMatchObject({
		kind: 'whole',
		status: 201,
		headers: new Map<string, unknown>([
			['x-one', '1'],
			['x-two', ['2', '3']],
		]),
		wroteHead: true,
	});
	expect((outcome as { body: Buffer }).body.toString()).toBe('abc');
	expect(reply).toBe('sent by us');
});

test('whatever a handler does after its time is up goes nowhere', async () => {
	const late = Promise.withResolvers<void>();
	const { outcome, reply } = await captured(async (res) => {
		await wait(90);
		res.writeHead(200, { 'x-late': '1' });
		res.write('too late');
		res.end();
		res.destroy();
		late.resolve();
	});
	await late.promise;
	expect(outcome.kind).toBe('late');
	expect(reply).toBe('sent by us');
});

test('people who leave during a page or a download do no harm', async () => {
	const site = await openSite(async (req, res, next, locals) => {
		if (req.url === '/alive') return echo(req, res, next, locals);
		res.writeHead(200, { 'content-type': req.url === '/page' ? 'text/html' : 'application/zip' });
		for (let i = 0; i < 20; i++) {
			res.write('x'.repeat(1000));
			await wait(5);
		}
		res.end();
	});
	for (const path of ['/page', '/download']) {
		const socket = connect(site.port, '127.0.0.1');
		socket.write(`GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
		await wait(30);
		socket.destroy();
	}
	await wait(150);
	expect((await ask(site, 'GET /alive')).status).toBe(200);
	expect(site.log().match(/"status":499/g)).toHaveLength(2);
});

test('a connection that has had a thousand answers is closed in good order', async () => {
	const site = await openSite(echo);
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	onTestFinished(() => agent.destroy());
	const statuses = new Set<number | undefined>();
	for (let i = 0; i < 1010; i++) {
		await new Promise<void>((done, failed) => {
			http
				.get({ port: site.port, host: '127.0.0.1', path: '/', headers: { host: HOST }, agent }, (res) => {
					statuses.add(res.statusCode);
					res.resume().on('end', done);
				})
				.on('error', failed);
		});
	}
	expect([...statuses]).toEqual([200]);
});
