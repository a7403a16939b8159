import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, linksIn, textOf } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
const pages = new Map<string, Awaited<ReturnType<typeof get>>>();
beforeAll(async () => {
	site = await startSite();
	await crawl();
});
afterAll(() => site.stop());

const START = [
	'/',
	'/find?place=London',
	'/find?online=1',
	'/register',
	'/register?name=an',
	'/about',
	'/policies',
	'/help',
	'/sitemap.xml',
	'/demo',
	'/demo/mail',
];
const LIMIT = 220;

describe('every page that a visitor can click to', () => {
	test('is there: no link leads nowhere', () => {
		const dead = [...pages].filter(([, page]) => page.status >= 400).map(([path, page]) => `${path} ${page.status}`);
		expect(pages.size).toBeGreaterThan(60);
		expect(dead).toEqual([]);
	});

	const html = () => [...pages].filter(([, page]) => page.status === 200 && page.headers.get('content-type')?.startsWith('text/html'));

	test('has exactly one h1 and one main, a language, a title and a description of its own', () => {
		const titles = new Map<string, string>();
		for (const [path, page] of html()) {
			expect(page.text.match(/<h1[\s>]/g) ?? [], path).toHaveLength(1);
			expect(page.text.match(/<main[\s>]/g) ?? [], path).toHaveLength(1);
			expect(page.text, path).toMatch(/<html lang="en(-GB)?"/);
			const title = /<title>([^<]+)<\/title>/.exec(page.text)?.[1] ?? '';
			expect(title.length, path).toBeGreaterThan(5);
			expect(page.text, path).toMatch(/<meta name="description" content="[^"]{20,}"/);
			if (/<meta name="robots" content="noindex/.test(page.text)) continue;
			const canonical = /<link rel="canonical" href="([^"]+)"/.exec(page.text)?.[1] ?? path;
			expect(titles.get(title) ?? canonical, `${title}: ${path}`).toBe(canonical);
			titles.set(title, canonical);
		}
	});

	test('offers urgent help and a way to leave quickly', () => {
		for (const [path, page] of html()) {
			for (const number of ['tel:999', 'tel:111', 'tel:116123']) expect(page.text, path).toContain(`href="${number}"`);
			expect(page.text, path).toMatch(/<a[^>]+data-exit[^>]*>|<a[^>]+rel="nofollow noreferrer"[^>]*data-exit/);
			expect(textOf(page.text), path).toContain('Exit this page');
		}
	});

	test('asks nobody else for anything: every file it needs is ours', () => {
		for (const [path, page] of html()) {
			const needed = [...page.text.matchAll(/<(?:script|img|link|iframe|source|video|audio|use)\b[^>]*\s(?:src|href)="([^"]+)"/g)].map((m) => m[1] ?? '');
			const foreign = needed.filter((url) => /^(https?:)?\/\//.test(url) && !url.startsWith(site.origin));
			expect(foreign, path).toEqual([]);
		}
	});

	test('labels every field, and keeps ids apart', () => {
		for (const [path, page] of html()) {
			const ids = [...page.text.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
			expect(
				ids.filter((id, i) => ids.indexOf(id) !== i),
				path,
			).toEqual([]);
			for (const { 0: input, index } of page.text.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
				if (/type="(hidden|submit)"/.test(input)) continue;
				const id = /\sid="([^"]+)"/.exec(input)?.[1];
				const before = page.text.slice(0, index);
				const isWrapped = before.lastIndexOf('<label') > before.lastIndexOf('</label>');
				expect(isWrapped || /aria-label(ledby)?=/.test(input) || page.text.includes(`for="${id}"`), `${path}: ${input}`).toBe(true);
			}
		}
	});

	test('carries the headers that every answer carries', () => {
		for (const [path, page] of pages) {
			expect(page.headers.get('x-content-type-options'), path).toBe('nosniff');
			expect(page.headers.get('content-security-policy'), path).toContain("default-src 'none'");
			expect(page.headers.get('set-cookie'), path).toBeNull();
		}
	});
});

async function crawl(): Promise<void> {
	const waiting = [...START];
	while (waiting.length > 0 && pages.size < LIMIT) {
		const path = waiting.shift() ?? '';
		if (pages.has(path)) continue;
		const page = await follow(path);
		pages.set(path, page);
		if (page.headers.get('content-type')?.startsWith('text/html'))
			waiting.push(
				...linksIn(page.text)
					.map((l) => l.replace(/#.*$/, ''))
					.filter((l) => l && !pages.has(l) && isWorthIt(l)),
			);
	}
}

async function follow(path: string): Promise<Awaited<ReturnType<typeof get>>> {
	const page = await get(site.origin + path);
	return page.location && page.status < 400 ? get(new URL(page.location, site.origin).href) : page;
}

/** Of pages that are alike (therapists, entries, searches) a sample is enough. */
const seen = new Map<string, number>();
function isWorthIt(path: string): boolean {
	const kind = path.replace(/^\/(therapists|register)\/[^/?]+/, '/$1/x').replace(/\?.*$/, '?');
	const count = (seen.get(kind) ?? 0) + 1;
	seen.set(kind, count);
	return count <= (/therapists|register|find|shortlist/.test(kind) ? 12 : 400);
}
