import { describe, expect, test } from 'vitest';
import { ask, echo, HOST, ORIGIN, openSite, post, raw } from './site.ts';

const seen = (body: string) => JSON.parse(body) as { url: string; headers: Record<string, string>; clientIp: string; body: string };

describe('methods', () => {
	test.each(['TRACE', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('%s is refused with what is allowed', async (method) => {
		const reply = await ask(await openSite(echo), `${method} /find`);
		expect(reply.status).toBe(405);
		expect(reply.headers.allow).toBe('GET, HEAD, POST');
	});

	test('CONNECT opens no tunnel', async () => {
		const { port } = await openSite(echo);
		expect(await raw(port, `CONNECT example.org:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 405 /);
	});

	test('HEAD has the headers of GET and no body', async () => {
		const reply = await ask(await openSite(echo), 'HEAD /find');
		expect(reply.status).toBe(200);
		expect(Number(reply.headers['content-length'])).toBeGreaterThan(0);
		expect(reply.body).toBe('');
	});
});

describe('host', () => {
	test.each(['evil.test', 'localhost', 'localhost:4321.evil.test', 'evil.test:4321', 'localhost:4321@evil.test'])(
		'%s is not ours: 421 and what to set',
		async (host) => {
			const reply = await ask(await openSite(echo), 'GET /', [`Host: ${host}`]);
			expect(reply.status).toBe(421);
			expect(reply.body).toContain('PUBLIC_ORIGIN');
			expect(reply.body).not.toContain('evil');
		},
	);

	test.each([
		['twice', ['Host: localhost:4321', 'Host: evil.test']],
		['twice the same', ['Host: localhost:4321', 'Host: localhost:4321']],
		['empty', ['Host: ']],
	])('a Host header that comes %s is refused', async (_, lines) => {
		expect((await ask(await openSite(echo), 'GET /', lines)).status).toBeGreaterThanOrEqual(400);
	});

	test('without a Host header there is a 400 with our headers', async () => {
		const { port } = await openSite(echo);
		const reply = await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
		expect(reply).toMatch(/^HTTP\/1\.1 400 /);
		expect(reply).toContain('x-frame-options: DENY');
	});

	test('an absolute address passes only when it names the same host', async () => {
		const site = await openSite(echo);
		expect(seen((await ask(site, `GET http://${HOST}/find?a=1`)).body).url).toBe('/find?a=1');
		expect((await ask(site, 'GET http://evil.test/find')).status).toBe(400);
		expect((await ask(site, `GET http://${HOST}@evil.test/find`)).status).toBe(400);
		expect((await ask(site, 'GET find')).status).toBe(400);
	});

	test('the page sees the public host, whichever allowed name was used', async () => {
		const site = await openSite(echo);
		expect(seen((await ask(site, 'GET /', ['Host: 127.0.0.1:4321'])).body).headers.host).toBe(HOST);
	});
});

describe('forwarded headers', () => {
	const forged = [
		'X-Forwarded-For: 203.0.113.9',
		'X-Forwarded-Host: evil.test',
		'X-Forwarded-Proto: https',
		'Forwarded: for=1.1.1.1',
		'X-Real-IP: 1.1.1.1',
		'X-Original-URL: /office',
	];

	test('a stranger cannot speak for a proxy', async () => {
		const request = seen((await ask(await openSite(echo), 'GET /', forged)).body);
		expect(request.clientIp).toBe('127.0.0.1');
		expect(JSON.stringify(request.headers)).not.toMatch(/forwarded|evil|1\.1\.1\.1|office/);
	});

	test('a listed proxy is believed for the address that it wrote itself', async () => {
		const site = await openSite(echo, { TRUSTED_PROXIES: '127.0.0.0/8' });
		const client = async (value: string) => seen((await ask(site, 'GET /', [`X-Forwarded-For: ${value}`])).body).clientIp;
		expect(await client('6.6.6.6, 203.0.113.9')).toBe('203.0.113.9');
		expect(await client('::ffff:203.0.113.9')).toBe('203.0.113.9');
		expect(await client('2001:db8::1')).toBe('2001:db8::1');
		expect(await client('<script>')).toBe('127.0.0.1');
		expect(await client('203.0.113.9, ')).toBe('127.0.0.1');
	});

	test('behind two of our proxies the second entry from the right counts', async () => {
		const site = await openSite(echo, { TRUSTED_PROXIES: '127.0.0.1', TRUSTED_PROXY_HOPS: '2' });
		const reply = await ask(site, 'GET /', ['X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.1']);
		expect(seen(reply.body).clientIp).toBe('203.0.113.9');
		expect(seen((await ask(site, 'GET /', ['X-Forwarded-For: 10.0.0.1'])).body).clientIp).toBe('127.0.0.1');
	});
});

describe('origin of a POST', () => {
	const types = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'application/json', 'application/octet-stream', ''];
	const origins = [null, 'null', 'http://evil.test', 'https://localhost:4321', 'http://sub.localhost:4321', 'http://localhost:4322', 'http://127.0.0.1:4321'];
	const sites = [null, 'cross-site', 'same-site', 'none'];

	test('every foreign combination of origin, content type and fetch site is refused', async () => {
		const site = await openSite(echo);
		for (const type of types) {
			for (const origin of origins) {
				for (const fetchSite of sites) {
					const lines = [
						`Content-Type: ${type}`,
						...(origin === null ? [] : [`Origin: ${origin}`]),
						...(fetchSite === null ? [] : [`Sec-Fetch-Site: ${fetchSite}`]),
					];
					expect((await post(site, '/contact', 'a=1', lines)).status, lines.join()).toBe(403);
				}
			}
			expect((await post(site, '/contact', 'a=1', [`Content-Type: ${type}`, `Origin: ${ORIGIN}`, 'Sec-Fetch-Site: cross-site'])).status).toBe(403);
		}
	}, 60_000);

	test('our own page gets through, with what it sent', async () => {
		const site = await openSite(echo);
		const reply = await post(site, '/contact', 'a=1');
		expect(reply.status).toBe(200);
		expect(seen(reply.body).body).toBe('a=1');
		expect((await post(site, '/contact', 'a=1', [`Origin: ${ORIGIN}`, 'Sec-Fetch-Site: same-origin'])).status).toBe(200);
	});

	test('a browser that withholds the origin, but says same-origin, gets through', async () => {
		const site = await openSite(echo);
		expect((await post(site, '/contact', 'a=1', ['Sec-Fetch-Site: same-origin'])).status).toBe(200);
		const reply = await post(site, '/contact', 'a=1', ['Origin: null', 'Sec-Fetch-Site: same-origin']);
		expect(seen(reply.body).headers.origin).toBe(ORIGIN);
	});

	test('another name of this machine is its own origin, when the request was sent to it', async () => {
		const site = await openSite(echo);
		const reply = await post(site, '/contact', 'a=1', ['Host: 127.0.0.1:4321', 'Origin: http://127.0.0.1:4321']);
		expect(reply.status).toBe(200);
		expect(seen(reply.body).headers.origin).toBe(ORIGIN);
	});

	test('a public site knows one origin only', async () => {
		const site = await openSite(echo, { PUBLIC_ORIGIN: 'https://register.example', ALLOWED_HOSTS: 'register.example, www.register.example' });
		const sent = (origin: string) => post(site, '/contact', 'a=1', ['Host: www.register.example', `Origin: ${origin}`]);
		expect((await sent('https://register.example')).status).toBe(200);
		expect((await sent('http://register.example')).status).toBe(403);
		expect((await sent('https://www.register.example')).status).toBe(403);
	});
});

describe('bodies', () => {
	test('more than 256 KB is refused before it is read, with a page that arrives', async () => {
		const site = await openSite(echo);
		const reply = await post(site, '/contact', 'a'.repeat(3_000_000));
		expect(reply.status).toBe(413);
		expect(reply.body).toContain('too big');
		expect((await post(site, '/contact', `a=${'b'.repeat(256 * 1024 - 2)}`)).status).toBe(200);
	});

	test('a body without a length is refused', async () => {
		const site = await openSite(echo);
		const reply = await ask(site, 'POST /contact', [`Origin: ${ORIGIN}`, 'Transfer-Encoding: chunked'], '1\r\na\r\n0\r\n\r\n');
		expect(reply.status).toBe(411);
	});

	test('a GET with a body is refused', async () => {
		expect((await ask(await openSite(echo), 'GET /', ['Content-Length: 3'], 'abc')).status).toBe(400);
	});

	test('a truncated body is no request: the handler fails, nobody is answered, the server lives', async () => {
		const site = await openSite(echo);
		const head = `POST /contact HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${ORIGIN}\r\nContent-Length: 100\r\n\r\nhalf`;
		expect(await raw(site.port, head)).toBe('');
		expect((await ask(site, 'GET /')).status).toBe(200);
	});
});
