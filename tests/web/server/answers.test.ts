import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ask, CSS, echo, ORIGIN, openSite, post, raw } from './site.ts';

const BASELINE = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': expect.stringContaining('geolocation=()'),
	'content-security-policy': expect.stringContaining("default-src 'none'"),
};

const long = `<!doctype html><p>${'A page that is worth compressing. '.repeat(200)}</p>`;

describe('headers', () => {
	const everyKind: [string, string, string[]][] = [
		['a page', 'GET /', []],
		['a file', 'GET /robots.txt', []],
		['a missing file', 'GET /_astro/x.css', []],
		['a redirect', 'GET /find/', []],
		['a postcode redirect', 'GET /find?place=RG12+8XX', []],
		['a wrong method', 'PUT /', []],
		['a wrong host', 'GET /', ['Host: evil.test']],
		['a wrong address', 'GET /%zz', []],
		['a foreign form', 'POST /', ['Content-Length: 0', 'Origin: http://evil.test']],
		['a missing page', 'GET /missing', []],
		['a page that fails', 'GET /fails', []],
		['health', 'GET /health', []],
	];

	test.each(everyKind)('%s has all of the baseline', async (_, start, lines) => {
		const site = await openSite((req, res, next, locals) => {
			if (req.url === '/missing') return next();
			if (req.url === '/fails') throw new Error('a fault');
			return echo(req, res, next, locals);
		});
		expect((await ask(site, start, lines)).headers).toMatchObject(BASELINE);
	});

	test('a page keeps its own policy and gets a character set', async () => {
		const site = await openSite(
			(_req, res) => void res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'", 'x-powered-by': 'x' }).end('ok'),
		);
		const { headers } = await ask(site, 'GET /');
		expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'self'" });
		expect(headers).not.toHaveProperty('x-powered-by');
	});

	test('strict transport security only where the site is served over https', async () => {
		expect((await ask(await openSite(echo), 'GET /')).headers).not.toHaveProperty('strict-transport-security');
		const site = await openSite(echo, { PUBLIC_ORIGIN: 'https://register.example' });
		expect((await ask(site, 'GET /', ['Host: register.example'])).headers['strict-transport-security']).toMatch(/^max-age=63072000/);
		expect((await ask(site, 'GET /', ['Host: register.example'])).headers).toMatchObject(BASELINE);
	});

	test('nothing made for one person may be kept, whatever the page says', async () => {
		const site = await openSite(
			(req, res) =>
				void res
					.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'public, max-age=60', ...(req.url === '/cookie' ? { 'set-cookie': 'a=1' } : {}) })
					.end('ok'),
		);
		expect((await ask(site, 'GET /', ['Cookie: s=1'])).headers['cache-control']).toBe('no-store');
		expect((await ask(site, 'GET /cookie')).headers['cache-control']).toBe('no-store');
		expect((await ask(site, 'GET /')).headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'Cookie' });
	});
});

describe('compression', () => {
	const page = () => openSite((_req, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end(long));
	const bodyOf = (reply: { body: string }) => Buffer.from(reply.body, 'latin1');

	test('brotli first, then gzip, else plain', async () => {
		const site = await page();
		const br = await ask(site, 'GET /', ['Accept-Encoding: gzip, deflate, br, zstd']);
		expect(brotliDecompressSync(bodyOf(br)).toString()).toBe(long);
		const gz = await ask(site, 'GET /', ['Accept-Encoding: gzip, br;q=0']);
		expect(gunzipSync(bodyOf(gz)).toString()).toBe(long);
		const plain = await ask(site, 'GET /', ['Accept-Encoding: deflate']);
		expect(plain.body).toBe(long);
		for (const reply of [br, gz, plain]) expect(reply.headers.vary).toContain('Accept-Encoding');
	});

	test('never for a request with a cookie: the length would give secrets away', async () => {
		const reply = await ask(await page(), 'GET /', ['Accept-Encoding: br', 'Cookie: s=1']);
		expect(reply.headers).not.toHaveProperty('content-encoding');
	});
});

describe('files', () => {
	test('hashed files are immutable, compressed and answered 304', async () => {
		const site = await openSite(echo);
		const reply = await ask(site, 'GET /_astro/page.B1a2CDef.css', ['Accept-Encoding: br']);
		expect(reply.headers).toMatchObject({
			'cache-control': 'public, max-age=31536000, immutable',
			'content-encoding': 'br',
			'content-type': 'text/css; charset=utf-8',
		});
		expect(brotliDecompressSync(Buffer.from(reply.body, 'latin1')).toString()).toBe(CSS);
		const again = await ask(site, 'GET /_astro/page.B1a2CDef.css', [`If-None-Match: ${reply.headers.etag}`]);
		expect([again.status, again.body]).toEqual([304, '']);
	});

	test('a wild Range is ignored, hidden files and folders do not exist', async () => {
		const site = await openSite(echo);
		expect((await ask(site, 'GET /robots.txt', ['Range: bytes=9-2'])).body).toBe('User-agent: *\n');
		expect((await ask(site, 'HEAD /robots.txt')).body).toBe('');
		for (const path of ['/.secret', '/_astro', '/_astro/..', '/robots.txt.gz'])
			expect((await ask(site, `GET ${path}`)).body, path).not.toMatch(/hidden|a form made/);
	});
});

describe('when a page cannot be made', () => {
	test('a fault is an error page with a reference, and the log has it once', async () => {
		const site = await openSite(() => Promise.reject(new Error('a fault near RG12 8XX')));
		const reply = await ask(site, 'GET /');
		expect(reply.status).toBe(500);
		expect(reply.body).toContain(`Reference: ${reply.headers['x-request-id']}`);
		expect(reply.body).not.toContain('a fault');
		expect(site.log()).toContain('a fault near [postcode]');
		expect(site.log()).toContain(`"request":"${reply.headers['x-request-id']}"`);
	});

	test('a page that breaks off half-way is an error page, not half a page', async () => {
		const site = await openSite((_req, res) => {
			res.writeHead(200, { 'content-type': 'text/html' });
			res.write('<h1>half');
			res.write('Internal server error', () => res.destroy(new Error('broken')));
		});
		const reply = await ask(site, 'GET /');
		expect(reply.status).toBe(500);
		expect(reply.body).not.toContain('half');
	});

	test('an address that no page has is a page that says so', async () => {
		const reply = await ask(await openSite((_req, _res, next) => next()), 'GET /nothing');
		expect([reply.status, reply.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
		expect(reply.body).toContain('Page not found');
	});

	test('a download goes through in pieces, with the baseline', async () => {
		const site = await openSite(async (_req, res) => {
			res.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment' });
			for (let i = 0; i < 3; i++) await new Promise<void>((next) => res.write(`line ${i}\n`, () => next()));
			res.end();
		});
		const reply = await ask(site, 'GET /export');
		expect(reply.headers).toMatchObject({ ...BASELINE, 'transfer-encoding': 'chunked' });
		expect(reply.body).toContain('line 2');
	});

	test('cookies of a page all arrive', async () => {
		const site = await openSite((_req, res) => void res.writeHead(303, { location: '/done', 'set-cookie': ['a=1; HttpOnly', 'b=2'] }).end());
		const reply = await post(site, '/form', 'x=1');
		expect([reply.status, reply.headers.location]).toEqual([303, '/done']);
		expect(reply.head.match(/set-cookie: /gi)).toHaveLength(2);
	});
});

test('too many pages at once: the rest are asked to come back, and health still answers', async () => {
	const waiting: (() => void)[] = [];
	const site = await openSite((_req, res) => void waiting.push(() => res.end('ok')));
	const held = Array.from({ length: 256 }, (_, i) => ask(site, `GET /slow?x=${i}`));
	await expect.poll(() => waiting.length).toBe(256);
	const turned = await ask(site, 'GET /slow');
	expect([turned.status, turned.headers['retry-after']]).toEqual([503, '30']);
	expect((await ask(site, 'GET /health')).status).toBe(200);
	for (const answer of waiting) answer();
	await Promise.all(held);
	expect((await ask(site, 'GET /robots.txt')).status).toBe(200);
});

test('health says what works, in JSON that is not kept', async () => {
	const reply = await ask(await openSite(echo), 'GET /health');
	expect(JSON.parse(reply.body)).toMatchObject({ ok: true, database: true, gazetteer: true, version: expect.stringMatching(/^\d/) });
	expect(reply.headers['cache-control']).toBe('no-store');
});

test('the log has one line for each request, without query, address of the client or cookie', async () => {
	const site = await openSite(echo);
	await ask(site, 'GET /find?place=Leeds', ['Cookie: secret=1', 'User-Agent: canary', 'Referer: http://canary/']);
	await post(site, '/contact', 'message=canary', [`Origin: ${ORIGIN}`]);
	const lines = site
		.log()
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(lines).toMatchObject([
		{ method: 'GET', path: '/find', status: 200, request: expect.any(String), ms: expect.any(Number), bytes: expect.any(Number) },
		{ method: 'POST', path: '/contact', status: 200 },
	]);
	expect(site.log()).not.toMatch(/Leeds|canary|secret|127\.0\.0\.1/);
});

test('someone who leaves before the answer is a line with 499', async () => {
	const site = await openSite(() => undefined);
	await raw(site.port, 'GET / HTTP/1.1\r\nHost: localhost:4321\r\n\r\n', 10);
	await expect.poll(() => site.log()).toContain('"status":499');
});
