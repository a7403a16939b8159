import { describe, expect, test } from 'vitest';
import { currentOf } from '#ui/layouts/navigation.ts';
import AppliedFilters from '#ui/show/AppliedFilters.astro';
import { initials } from '#ui/show/initials.ts';
import Pagination from '#ui/show/Pagination.astro';
import { pageNumbers } from '#ui/show/page-numbers.ts';
import StatusBanner from '#ui/show/StatusBanner.astro';
import Table from '#ui/show/Table.astro';
import { render, tagsIn } from './render.ts';

describe('the pages of a list', () => {
	const gap = null;
	test.each([
		[1, 1, [1]],
		[1, 3, [1, 2, 3]],
		[1, 9, [1, 2, gap, 9]],
		[4, 9, [1, 2, 3, 4, 5, gap, 9]],
		[5, 9, [1, gap, 4, 5, 6, gap, 9]],
		[9, 9, [1, gap, 8, 9]],
		[99, 3, [1, gap, 3]],
	])('page %i of %i offers %j', (page, pages, expected) => {
		if (page <= pages) expect(pageNumbers(page, pages)).toEqual(expected);
		else expect(pageNumbers(page, pages).every((n) => n === null || n <= pages)).toBe(true);
	});

	test('are links, with this one marked, and are not drawn for one page', async () => {
		const html = await render(Pagination, { page: 2, pages: 3, href: (n: number) => `/find?page=${n}` });
		expect(tagsIn(html, 'a').map((a) => a.attributes.href)).toEqual(['/find?page=1', '/find?page=1', '/find?page=2', '/find?page=3', '/find?page=3']);
		expect(
			tagsIn(html, 'a')
				.filter((a) => a.attributes['aria-current'])
				.map((a) => a.attributes['aria-label']),
		).toEqual(['Page 2']);
		expect((await render(Pagination, { page: 1, pages: 1, href: () => '/' })).trim()).toBe('');
	});
});

test.each([
	['Dr Ffion Prydderch', 'FP'],
	['Prof. Anna Maria de la Cruz', 'AC'],
	['Zoë', 'Z'],
	['ŵyn  owen ', 'ŴO'],
	['', ''],
	['Dr', ''],
])('the initials of “%s” are “%s”', (name, expected) => {
	expect(initials(name)).toBe(expected);
});

test.each([
	['/find', '/find', 'page'],
	['/find', '/therapists/a-b', 'true'],
	['/about', '/about/stages', 'true'],
	['/register', '/registers', undefined],
	['/find', '/', undefined],
] as const)('the entry %s on the page %s is %s', (href, path, expected) => {
	expect(currentOf(href, path)).toBe(expected);
});

test('a removable filter says what pressing it does', async () => {
	const html = await render(AppliedFilters, { filters: [{ label: 'A loss', href: '/find' }], clearHref: '/find' });
	expect(html.replace(/\s+/g, ' ')).toContain('Remove: </span> A loss');
	expect(html).not.toContain('Clear all');
});

test('a status says with words and icon what its colour says', async () => {
	const html = await render(StatusBanner, { tone: 'stop', title: 'Suspended' }, { slots: { default: '<p>What it means</p>' } });
	expect(html).toContain('>Suspended</h2>');
	expect(tagsIn(html, 'svg').map((svg) => svg.attributes['aria-hidden'])).toEqual(['true']);
});

test('a table has a caption, heads for columns and rows, and can be reached by keyboard when it scrolls', async () => {
	const html = await render(Table, {
		caption: 'Fees',
		columns: [{ label: 'Name' }, { label: 'Fee', isNumber: true }],
		rows: [[{ text: 'Ann', href: '/a' }, '£60']],
	});
	expect(tagsIn(html, 'th').map((th) => th.attributes.scope)).toEqual(['col', 'col', 'row']);
	expect(tagsIn(html, 'div')[0]?.attributes).toMatchObject({ role: 'region', tabindex: '0', 'aria-label': 'Fees' });
});
