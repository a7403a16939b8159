import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nations } from '#content/nations.ts';
import { loadPages } from '#tests/content/load-pages.ts';
import { temporaryFolder } from '#tests/helpers/db.ts';
import { get, linksIn, textOf } from '#tests/helpers/html.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';

const ORGANISATION = { ORG_NAME: 'Body <b>& "Co"', ORG_ADDRESS: '1 High Street', ORG_EMAIL: 'hello@body.example' };
let server: RunningServer;
const folder = temporaryFolder();
const page = (path: string) => get(server.origin + path);
beforeAll(async () => {
	server = await startServer({ dataDir: folder.path, env: ORGANISATION });
});
afterAll(async () => {
	await server.stop();
	folder.remove();
});

describe.each(loadPages())('$path', ({ path, head }) => {
	test('is there, with its title, who checked it and when; kept for everyone', async () => {
		const { status, text, headers } = await page(path);
		expect(status).toBe(200);
		expect(textOf(text)).toContain(head.title);
		expect(textOf(text)).toContain(`Responsible: ${head.owner}`);
		expect(text).not.toContain('{{');
		expect(headers.get('cache-control')).toBe('public, max-age=60');
		expect(text).not.toContain('content="noindex"');
	});
});

test('whose site it is comes from the settings, escaped', async () => {
	const { text } = await page('/contact');
	expect(text).toContain('Body &lt;b&gt;&amp; &quot;Co&quot;, 1 High Street');
	expect(text).toContain('<a href="mailto:hello@body.example">hello@body.example</a>');
	expect(text).not.toContain('<b>&');
});

test('a section can be read from its first page to its last', async () => {
	let path = '/about';
	const seen: string[] = [];
	while (path && seen.length < 40) {
		seen.push(path);
		path = /rel="next" href="([^"]+)"/.exec((await page(path)).text)?.[1] ?? '';
	}
	expect(seen).toEqual(
		loadPages()
			.filter((p) => p.head.section === 'about')
			.sort((a, b) => Number(a.head.order) - Number(b.head.order))
			.map((p) => p.path),
	);
});

test('a table can be scrolled by keyboard and is named', async () => {
	const { text } = await page('/policies/publication-of-outcomes');
	expect(text).toMatch(/<div class="table-box" role="region" aria-label="Table: What was decided, What is shown, [^"]+" tabindex="0"><table>/);
	expect(text).toContain('<th scope="col">');
});

test('urgent help has a card for each nation, and one tap calls', async () => {
	const { text } = await page('/help/urgent');
	for (const { nation, name } of nations.list) expect(text).toMatch(new RegExp(`id="${nation}"[\\s\\S]{0,200}${name}`));
	for (const href of ['tel:999', 'tel:111', 'tel:116123', 'tel:08088088000', 'sms:85258']) expect(text).toContain(`href="${href}"`);
});

test.each(['/about/nothing', '/about/index', '/site/privacy', '/help/%F0%9F%98%80', '/about/constructor'])('%s is not there', async (path) => {
	expect((await page(path)).status).toBeGreaterThanOrEqual(400);
});

test('an address for concerns says how one is raised, and how it is decided', async () => {
	const { status, text } = await page('/concerns');
	expect(status).toBe(200);
	for (const path of ['/concerns/begin', '/concerns/open', '/policies/complaints']) expect(text).toContain(`href="${path}"`);
});

test('no link in any text leads nowhere', async () => {
	const links = new Set((await Promise.all(loadPages().map(async ({ path }) => linksIn((await page(path)).text)))).flat());
	const dead = await Promise.all([...links].map(async (link) => ((await page(link)).status >= 400 ? link : '')));
	expect(dead.filter(Boolean)).toEqual([]);
});

describe('for machines', () => {
	test('the sitemap holds every text with the day it was checked', async () => {
		const { text, headers } = await page('/sitemap.xml');
		expect(headers.get('content-type')).toBe('application/xml; charset=utf-8');
		for (const { path, head } of loadPages()) expect(text).toContain(`<loc>${server.origin}${path}</loc><lastmod>${head.reviewedOn}</lastmod>`);
		for (const part of ['1', '-1', 'x', '1e3', '']) expect((await page(`/sitemap.xml?part=${part}`)).status, part).toBe(404);
	});

	test('robots are kept from searches and from answers for programs', async () => {
		const { text } = await page('/robots.txt');
		for (const line of ['User-agent: *', 'Disallow: /find?', 'Disallow: /api/', 'Disallow: /link/', 'Disallow: /demo', `Sitemap: ${server.origin}/sitemap.xml`])
			expect(text.split('\n')).toContain(line);
	});

	test('security.txt is in force for months, and for less than a year', async () => {
		const { text } = await page('/.well-known/security.txt');
		const days = (Date.parse(/Expires: (.+)/.exec(text)?.[1] ?? '') - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(90);
		expect(days).toBeLessThan(365);
		expect(text).toContain('Contact: mailto:hello@body.example');
	});
});
