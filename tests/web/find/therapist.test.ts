import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, get, linksIn, textOf } from '#tests/helpers/html.ts';
import { startSite } from '#tests/helpers/site.ts';

let site: Awaited<ReturnType<typeof startSite>>;
let slugs: string[];
const page = (path: string): Promise<Answer> => get(`${site.origin}${path}`);

beforeAll(async () => {
	site = await startSite();
	const list = await page('/find?place=London&within=100');
	slugs = [...new Set([...list.text.matchAll(/href="\/therapists\/([a-z0-9-]+)"/g)].map((m) => m[1] ?? ''))];
});
afterAll(() => site.stop());

describe('a therapist’s page', () => {
	test('leads to the contact form, the register entry, the card and the shortlist', async () => {
		const { text, status } = await page(`/therapists/${slugs[0]}`);
		expect(status).toBe(200);
		const links = linksIn(text);
		expect(links.some((l) => /^\/register\/IPT-\d+$/.test(l))).toBe(true);
		expect(links).toEqual(expect.arrayContaining([`/therapists/${slugs[0]}.vcf`, `/shortlist?t=${slugs[0]}`]));
		expect(textOf(text)).toMatch(/Accredited since \d+ \w+ \d{4}/);
		expect(textOf(text)).toContain('There are no reviews here.');
	});

	test('never shows a mail address or more than a district', async () => {
		for (const slug of slugs.slice(0, 8)) {
			const { text } = await page(`/therapists/${slug}`);
			const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '';
			expect(main).not.toMatch(/mailto:|[\w.]+@[\w.]+/);
			expect(textOf(main)).not.toMatch(/\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/);
		}
	});

	test('has structured data that search engines can read', async () => {
		const { text } = await page(`/therapists/${slugs[0]}`);
		const json = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
		expect(JSON.parse(json)).toMatchObject({
			'@context': 'https://schema.org',
			'@type': 'Person',
			hasCredential: expect.arrayContaining([expect.objectContaining({ '@type': 'EducationalOccupationalCredential' })]),
		});
	});

	test('has a contact card for every address book', async () => {
		const { text, headers, status } = await page(`/therapists/${slugs[0]}.vcf`);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toBe('text/vcard; charset=utf-8');
		expect(headers.get('content-disposition')).toBe(`attachment; filename="${slugs[0]}.vcf"`);
		expect(text).toMatch(/^BEGIN:VCARD\r\nVERSION:4\.0\r\n[\s\S]*END:VCARD\r\n$/);
	});

	test('that is nobody’s is not found, in plain words', async () => {
		for (const path of ['/therapists/nobody-at-all', '/therapists/nobody-at-all.vcf', '/therapists/nobody-at-all/photo', '/therapists/%3Cscript%3E']) {
			const { status, text } = await page(path);
			expect(status, path).toBe(404);
			expect(text).toContain('We could not find that page');
		}
	});
});

describe('a shortlist', () => {
	test('compares those who were ticked, side by side', async () => {
		const { text } = await page(`/shortlist?t=${slugs[0]}&t=${slugs[1]}&from=place%3DLondon`);
		expect(textOf(text)).toContain('Your shortlist: 2 therapists');
		expect(text).toContain('<table class="compare">');
		expect(linksIn(text)).toEqual(expect.arrayContaining([`/find?place=London&t=${slugs[0]}&t=${slugs[1]}`, `/shortlist?t=${slugs[1]}&from=place%3DLondon`]));
	});

	test('travels along to the search and comes back with one more', async () => {
		const { text } = await page(`/find?place=London&within=100&t=${slugs[3]}`);
		expect(text).toMatch(new RegExp(`name="t" value="${slugs[3]}" checked`));
		const other = await page(`/find?place=Aberdeen&t=${slugs[3]}`);
		expect(other.text).toContain(`type="hidden" name="t" value="${slugs[3]}"`);
	});

	test('says "no longer listed" of someone unknown, and no more', async () => {
		const { text, status } = await page('/shortlist?t=nobody-at-all');
		expect(status).toBe(200);
		expect(textOf(text)).toContain('No longer listed');
	});

	test('is in no cache and no search engine', async () => {
		const { text, headers } = await page(`/shortlist?t=${slugs[0]}`);
		expect(headers.get('cache-control')).toBe('no-store');
		expect(text).toContain('noindex');
	});
});
