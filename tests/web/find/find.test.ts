import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, linksIn, postForm, textOf } from '#tests/helpers/html.ts';
import { startSite } from '#tests/helpers/site.ts';

let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site.stop());

const page = (path: string) => get(`${site.origin}${path}`);
const titleOf = (html: string) => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
const headingsOf = (html: string) => [...html.matchAll(/<h1[^>]*>([\s\S]*?)<\/h1>/g)].map((m) => textOf(m[1] ?? ''));
const canonicalOf = (html: string) => /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');

describe('the home page', () => {
	test('offers one box, four everyday ways in, the register and urgent help', async () => {
		const { text, status } = await page('/');
		expect(status).toBe(200);
		expect(linksIn(text)).toEqual(
			expect.arrayContaining(['/find?focus=loss', '/find?focus=conflict', '/find?focus=change', '/find?focus=alone', '/register', '/about/what-is-ipt']),
		);
		for (const words of ['116 123', '999', '111']) expect(text).toContain(words);
	});

	test('takes a full postcode and leads to its sector', async () => {
		const answer = await postForm(`${site.origin}/`, { place: 'rg12 8xx' }, 'action="/find"');
		expect([answer.status, answer.location]).toEqual([303, '/find?place=RG12+8']);
	});

	test('takes the wish to meet online', async () => {
		expect((await postForm(`${site.origin}/`, { online: '1' }, 'action="/find"')).location).toBe('/find?online=1');
	});
});

describe('a list of results', () => {
	test('says how many in heading and title', async () => {
		const { text } = await page('/find?place=London');
		const [heading] = headingsOf(text);
		expect(heading).toMatch(/^\d+ therapists near London/);
		expect(titleOf(text)).toContain(heading);
	});

	test('has fifteen a page, numbered on, with a way on and back', async () => {
		const first = await page('/find?place=London&within=100');
		expect(first.text.match(/<article class="result"/g)).toHaveLength(15);
		expect(first.text).toMatch(
			/rel="next" href="\/find\?place=London&#38;within=100&#38;page=2"|rel="next" href="\/find\?place=London&amp;within=100&amp;page=2"/,
		);
		const second = await page('/find?place=London&within=100&page=2');
		expect(second.text).toContain('id="result-16"');
		expect(second.text).toContain('rel="prev"');
		expect(titleOf(second.text)).toMatch(/\(page 2 of \d+\)/);
	});

	test('is nearest first, by whole miles', async () => {
		const { text } = await page('/find?place=London');
		const miles = [...text.matchAll(/· (less than a mile|about (\d+) miles?)/g)].map((m) => Number(m[2] ?? 0));
		expect(miles.length).toBeGreaterThan(5);
		expect(miles).toEqual(miles.toSorted((a, b) => a - b));
	});

	test('says why each one matches and how the order was made', async () => {
		const { text } = await page('/find?place=London&focus=loss&within=50');
		const results = text.match(/<article class="result"[\s\S]*?<\/article>/g) ?? [];
		expect(results.length).toBeGreaterThan(0);
		for (const result of results) expect(textOf(result)).toMatch(/Why this one: .*from London.*helps after a loss/);
		expect(textOf(text)).toContain('Nobody can pay to be higher.');
	});

	test('shows a town and a district, never more of a postcode', async () => {
		const { text } = await page('/find?place=London&within=100');
		// The office's own address stands in the footer.
		expect(textOf(/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '')).not.toMatch(/\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/);
	});

	test('shows young people only those with the adolescent award, and says so', async () => {
		const { text } = await page('/find?who=young');
		expect(textOf(text)).toContain('Only therapists who are accredited for work with young people are shown.');
		for (const result of text.match(/<article class="result"[\s\S]*?<\/article>/g) ?? []) expect(textOf(result)).toMatch(/For work with [^.]*young people/);
	});

	test('has removable filters, each a link without it', async () => {
		const { text } = await page('/find?place=London&who=adults&focus=loss');
		expect(linksIn(text)).toEqual(expect.arrayContaining(['/find?place=London&focus=loss', '/find?place=London&who=adults', '/find?place=London']));
	});

	test('has a count beside each filter that is true', async () => {
		const { text } = await page('/find?place=London&within=50');
		const [, count] = /value="conflict"[\s\S]*?<small>\((\d+)\)/.exec(text) ?? [];
		expect(headingsOf((await page('/find?place=London&within=50&focus=conflict')).text)[0]).toMatch(new RegExp(`^${count} therapist`));
	});

	test('has a map whose pins lead to results of the list', async () => {
		const { text } = await page('/find?place=London');
		const pins = [...text.matchAll(/<a href="#(result-\d+)"/g)].map((m) => m[1]);
		expect(pins.length).toBeGreaterThan(0);
		for (const id of pins) expect(text).toContain(`id="${id}"`);
	});

	test('names those whose data it shows', async () => {
		const { text } = await page('/find?place=London');
		expect(text).toContain('GeoNames');
		expect(text).toContain('Natural Earth');
	});

	test('is light: under 45 kilobytes, 10 compressed, and needs no script', async () => {
		const { text } = await page('/find?place=London');
		expect(text.length).toBeLessThan(45_000);
		expect(gzipSync(text).length).toBeLessThan(10_000);
	});

	test('may be kept by anyone for a minute at most', async () => {
		expect((await page('/find?place=London')).headers.get('cache-control')).toMatch(/public, max-age=(60|[1-5]?\d)\b/);
	});
});

describe('addresses that nobody meant', () => {
	test('are answered, with the one canonical address', async () => {
		const { text, status } = await page('/find?utm_source=x&page=-4&place=London&place=Leeds&who=nobody');
		expect(status).toBe(200);
		expect(canonicalOf(text)).toMatch(/\/find\?place=London$/);
	});

	test('filtered lists are not for search engines', async () => {
		expect((await page('/find?place=London&focus=loss')).text).toContain('<meta name="robots" content="noindex">');
	});

	test('a page beyond the end leads to the last one', async () => {
		const { status, location } = await page('/find?place=London&page=40');
		expect([status, location?.startsWith('/find?place=London')]).toEqual([303, true]);
		expect((await page(location ?? '')).status).toBe(200);
	});

	test.each([
		'/find?page=%00',
		'/find?place=%3Cscript%3Ealert(1)%3C/script%3E',
		"/find?place='%3B--",
		'/find?within=1e9&fee=-1',
		`/find?place=${'x'.repeat(300)}`,
		'/find?place=%E2%80%AE%F0%9F%98%80',
	])('%s harms nothing', async (path) => {
		const { status, text } = await page(path);
		expect(status).toBeLessThan(500);
		expect(text.replace(/="[^"]*"/g, '')).not.toContain('<script>alert');
	});
});

describe('places', () => {
	test('a name that several places have asks which', async () => {
		const { text } = await page('/find?place=Newport');
		expect(headingsOf(text)).toEqual(['Which Newport do you mean?']);
		expect(textOf(text)).toMatch(/Newport, Wales.*Newport, Isle of Wight/);
	});

	test('a misspelling gets a suggestion, and what was typed stays in the box', async () => {
		const { text } = await page('/find?place=Hebdon+Bridge');
		expect(linksIn(text)).toContain('/find?place=Hebden+Bridge');
		expect(text).toContain('value="Hebdon Bridge"');
	});

	test('an unknown place gets something to try', async () => {
		const { text, status } = await page('/find?place=Xyzzyplugh');
		expect(status).toBe(200);
		expect(textOf(text)).toContain('the first half of a postcode');
	});

	test('a therapist’s name typed as a place leads to the therapist', async () => {
		const { text } = await page('/find?place=London');
		const name = textOf(/<h2 class="result__name">[\s\S]*?<a [^>]*>([\s\S]*?)<\/a>/.exec(text)?.[1] ?? '');
		const { location } = await page(`/find?place=${encodeURIComponent(name.replace(/^(Dr|Prof|Mr|Mrs|Ms|Miss|Mx) /, ''))}`);
		expect(location).toMatch(/^\/find\?name=/);
		expect(textOf((await page(location ?? '')).text)).toContain(name);
	});
});

describe('an empty result', () => {
	test('helps: every way out that it names finds as many as it says', async () => {
		const { text } = await page('/find?place=HS8&within=5&language=lang:bsl');
		expect(headingsOf(text)[0]).toMatch(/^No therapists near/);
		expect(textOf(text)).toContain('Free help in Scotland');
		const ways = [...text.matchAll(/<a href="(\/find[^"]*)">[^<]*<\/a>\s*: (\d+) therapist/g)];
		expect(ways.length).toBeGreaterThan(0);
		for (const [, href = '', count] of ways)
			expect(headingsOf((await page(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'))).text)[0]).toMatch(new RegExp(`^${count} therapist`));
	});
});
