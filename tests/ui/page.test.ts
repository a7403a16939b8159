import { beforeAll, describe, expect, test } from 'vitest';
import Page from '#ui/layouts/Page.astro';
import { render, tagsIn } from './render.ts';

const site = {
	organisation: {
		name: 'Test Body',
		companyNumber: '01234567',
		address: '1 Any Street',
		email: 'office@example.org',
		phone: '020 7946 0000',
		openingHours: 'Mornings',
	},
	demo: false,
	psaMark: false,
	origin: 'https://register.example',
};
const props = { title: 'Find a therapist', description: 'Where to look.', path: '/find' };
const page = (more: Record<string, unknown> = {}, locals: Record<string, unknown> = { site }, slots: Record<string, string> = { default: '<h1>Hello</h1>' }) =>
	render(Page, { ...props, ...more }, { slots, locals: locals as unknown as App.Locals, partial: false });
const hrefs = (html: string) => tagsIn(html, 'a').map((a) => a.attributes.href ?? '');

describe('every public page', () => {
	let html = '';
	beforeAll(async () => {
		html = await page();
	});

	test('has one main, and a skip link that comes first and leads to it', () => {
		expect(tagsIn(html, 'main').map((main) => main.attributes.id)).toEqual(['main']);
		expect(hrefs(html)[0]).toBe('#main');
	});

	test('names emergency services, NHS 111 and Samaritans as numbers that can be called', () => {
		expect(hrefs(html)).toEqual(expect.arrayContaining(['tel:999', 'tel:111', 'tel:116123', '/help/urgent', '#help-now']));
		expect(tagsIn(html).filter((tag) => tag.attributes.id === 'help-now')).toHaveLength(1);
	});

	test('can be left by a plain link that tells the next site nothing', () => {
		const exit = tagsIn(html, 'a').filter((a) => 'data-exit' in a.attributes);
		expect(exit.map((a) => a.attributes)).toEqual([expect.objectContaining({ href: 'https://www.bbc.co.uk/weather', rel: 'nofollow noreferrer' })]);
		expect(hrefs(html)).toContain('/help/hide-your-visit');
	});

	test('says whose it is and what it is not, and how to complain', () => {
		expect(html).toContain('Test Body is a professional body. It is not part of the NHS or government.');
		expect(html).toContain('number 01234567');
		expect(hrefs(html)).toEqual(
			expect.arrayContaining(['/contact', 'mailto:office@example.org', 'tel:02079460000', '/concerns', '/privacy', '/cookies', '/accessibility', '/terms']),
		);
	});

	test('is in English, has a title, a description, an icon and a canonical address', () => {
		expect(tagsIn(html, 'html')[0]?.attributes.lang).toBe('en-GB');
		expect(html).toContain('<title>Find a therapist – Test Body</title>');
		expect(html).toContain('<link rel="canonical" href="https://register.example/find">');
		expect(html).toContain('content="Where to look."');
	});

	test('marks where one is', () => {
		const current = tagsIn(html, 'a').filter((a) => a.attributes['aria-current'] === 'page');
		expect(new Set(current.map((a) => a.attributes.href))).toEqual(new Set(['/find']));
	});

	test('has no style in attributes and no script that a strict policy would stop', () => {
		expect(tagsIn(html).filter((tag) => 'style' in tag.attributes || Object.keys(tag.attributes).some((name) => name.startsWith('on')))).toEqual([]);
		expect(tagsIn(html, 'style')).toEqual([]);
	});
});

test('a page with mistakes says so first, in its title', async () => {
	expect(await page({ error: true })).toContain('<title>Error: Find a therapist – Test Body</title>');
});

test('a page kept from search engines has no canonical address', async () => {
	const html = await page({ noindex: true });
	expect(html).toContain('<meta name="robots" content="noindex">');
	expect(html).not.toContain('rel="canonical"');
});

test('full urgent help names what differs in each nation', async () => {
	const html = await page({ urgent: 'full' });
	for (const nation of ['England', 'Wales', 'Scotland']) expect(html).toContain(`<strong>${nation}.</strong>`);
	expect(hrefs(html)).toEqual(expect.arrayContaining(['tel:08088088000', 'sms:85258']));
});

test('a page for the office can do without help and exit', async () => {
	expect(hrefs(await page({ urgent: false, exit: false })).filter((href) => /^tel:(999|111)|bbc/.test(href))).toEqual([]);
});

test('a demonstration says that everyone is made up; the real thing does not', async () => {
	expect(await page({}, { site: { ...site, demo: true } })).toContain('everyone here is made up');
	expect(await page()).not.toContain('made up');
});

test('a page without a site around it still has a name', async () => {
	expect(await page({}, {})).toContain('<title>Find a therapist – IPT UK</title>');
});

test('what stands before main and across its top goes where it belongs', async () => {
	const html = await page({}, { site }, { before: '<b>way back</b>', hero: '<h1>band</h1>', default: '<p>text</p>' });
	const order = ['way back', '<main', 'band', '<p>text</p>', '</main>'].map((part) => html.indexOf(part));
	expect(order).toEqual([...order].sort((a, b) => a - b));
	expect(Math.min(...order)).toBeGreaterThan(0);
});
