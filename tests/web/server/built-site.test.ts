import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#tests/helpers/db.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';

const folder = temporaryFolder();
let site: RunningServer;

beforeAll(async () => {
	site = await startServer({ dataDir: folder.path });
});

afterAll(async () => {
	await site.stop();
	folder.remove();
});

test('an address without a page gets the site’s own page, with policy, baseline and a way on', async () => {
	const reply = await fetch(`${site.origin}/no/such/page`);
	expect(reply.status).toBe(404);
	expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
	expect(reply.headers.get('content-security-policy')).toContain("script-src 'self'");
	expect(reply.headers.get('x-frame-options')).toBe('DENY');
	expect(await reply.text()).toContain('href="/find"');
});

test('style sheets of a page are there, compressed and immutable', async () => {
	const html = await (await fetch(`${site.origin}/no/such/page`)).text();
	const sheet = /href="(\/_astro\/[^"]+\.css)"/.exec(html)?.[1];
	const reply = await fetch(`${site.origin}${sheet}`, { headers: { 'accept-encoding': 'br' } });
	expect([reply.status, reply.headers.get('content-encoding')]).toEqual([200, 'br']);
	expect(reply.headers.get('cache-control')).toContain('immutable');
});

test.each(['TRACE', 'OPTIONS', 'PUT'])('%s never reaches a page', async (method) => {
	const { request } = await import('node:http');
	const status = await new Promise((resolve) => request(`${site.origin}/`, { method }, (res) => resolve(res.resume().statusCode)).end());
	expect(status).toBe(405);
});

test('a foreign form never reaches a page', async () => {
	const reply = await fetch(`${site.origin}/find`, { method: 'POST', headers: { origin: 'http://evil.test' }, body: new URLSearchParams({ place: 'Leeds' }) });
	expect(reply.status).toBe(403);
});

test('a full postcode in an address or in a posted form is in no line that the program writes', async () => {
	for (const address of ['/find?place=RG12+8XX', '/RG128XX', '/find?q=rg12%208xx']) await fetch(`${site.origin}${address}`);
	const posted = await fetch(`${site.origin}/find`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: site.origin },
		body: new URLSearchParams({ place: 'RG12 8XX' }),
	});
	expect(posted.headers.get('location') ?? '').not.toMatch(/8\W*xx/i);
	await expect.poll(() => site.logs(), { timeout: 3000 }).toContain('"path":"/find"');
	expect(site.logs()).not.toMatch(/8\W*xx/i);
});
