import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, journeys, overflow, traces } from '#tests/helpers/journey.ts';

const countIn = async (page: Page) => Number(/^\d+/.exec(await heading(page))?.[0]);

journeys('finding a therapist', ({ enter }) => {
	test('someone with low mood after a loss finds a therapist near their postcode, and the postcode stays with them', async () => {
		const visitor = await enter('/');
		const { page } = visitor;
		await lookFor(page, 'rg12 8xx');
		expect(page.url()).toMatch(/\/find\?place=RG12\+8$/);
		expect(await heading(page)).toMatch(/^\d+ therapists near RG12 8$/);
		const all = await countIn(page);

		const choice = page.getByRole('checkbox', { name: /^A loss/ });
		const promised = Number(/\((\d+)\)/.exec(await page.locator('label', { has: page.locator('small'), hasText: 'A loss' }).innerText())?.[1]);
		await choice.check();
		await page.getByRole('button', { name: 'Show these' }).click();
		await page.getByRole('link', { name: 'Remove: A loss' }).waitFor();
		expect(await countIn(page)).toBe(promised);
		expect(promised).toBeGreaterThan(0);
		expect(promised).toBeLessThan(all);
		for (const why of await page.locator('.result__why').allInnerTexts()) expect(why).toMatch(/miles? from RG12 8.*helps after a loss/);

		await page.getByRole('link', { name: 'Remove: A loss' }).click();
		await page.getByRole('link', { name: 'Remove: A loss' }).waitFor({ state: 'detached' });
		expect(await countIn(page)).toBe(all);

		const name = await page.locator('.result__name a').first().innerText();
		await page.locator('.result__name a').first().click();
		await page.getByRole('heading', { name: 'What the register says' }).waitFor();
		expect(await heading(page)).toBe(name);
		expect(await page.locator('main').innerText()).toMatch(/Accredited since\s+\d+ \w+ \d{4}/);

		const seen = await traces(visitor);
		expect(seen.length).toBeGreaterThan(5);
		expect(seen.filter(holdsPostcode)).toEqual([]);
		expect(await page.context().cookies()).toEqual([]);
	});

	test('a parent of a fifteen-year-old meets only therapists accredited for young people', async () => {
		const { page } = await enter('/');
		await lookFor(page, 'London');
		await page.getByRole('checkbox', { name: /^Young people/ }).check();
		await page.getByRole('button', { name: 'Show these' }).click();
		await page.getByText('Only therapists who are accredited for work with young people are shown.').waitFor();
		const found = await page.locator('.result').count();
		expect(found).toBeGreaterThan(1);
		expect(found).toBe(await countIn(page));
		for (const level of await page.locator('.result__level').allInnerTexts()) expect(level).toMatch(/For work with .*young people/);
		const hrefs = await page.locator('.result__name a').evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''));
		for (const href of hrefs.slice(0, 3)) {
			await page.goto(href);
			expect(await page.getByRole('complementary', { name: 'What the register says' }).innerText()).toMatch(/(Practitioner|Supervisor|Trainer): young people/i);
		}
	});

	test('someone who wants to meet online needs no place', async () => {
		const { page } = await enter('/');
		await page.getByLabel('I would like to meet online').check();
		await page.getByRole('button', { name: 'Find a therapist' }).click();
		expect(page.url()).toMatch(/\/find\?online=1$/);
		for (const facts of await page.locator('.result__facts').allInnerTexts()) expect(facts).toMatch(/online by video/i);
	});

	test('someone meets urgent help before any result', async () => {
		const { page } = await enter('/find?place=London');
		const help = page.getByRole('link', { name: 'Urgent help', exact: true });
		const isBefore = await help.evaluate((link) =>
			Boolean(link.compareDocumentPosition(document.querySelector('.result') as Node) & Node.DOCUMENT_POSITION_FOLLOWING),
		);
		expect(isBefore).toBe(true);
		await help.click();
		expect(page.url()).toMatch(/#help-now$/);
		const calls = await page.locator('#help-now a[href^="tel:"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
		expect(calls).toEqual(expect.arrayContaining(['tel:999', 'tel:111', 'tel:116123']));
	});

	test('someone who finds nobody is led on, and the way on holds what it promises', async () => {
		const { page } = await enter('/find?place=HS8&within=5&language=lang:bsl');
		expect(await heading(page)).toMatch(/^No therapists near HS8/);
		await page.getByRole('heading', { name: 'Free help in Scotland' }).waitFor();
		const way = page
			.getByRole('listitem')
			.filter({ hasText: /: \d+ therapists?\s*$/ })
			.first();
		const promised = Number(/: (\d+) therapist/.exec(await way.innerText())?.[1]);
		await way.getByRole('link').click();
		await page.locator('.result').first().waitFor();
		expect(await countIn(page)).toBe(promised);
	});

	test('someone near one of several Newports is asked which', async () => {
		const { page } = await enter('/');
		await lookFor(page, 'Newport');
		expect(await heading(page)).toBe('Which Newport do you mean?');
		await page.getByRole('link', { name: /^Newport, Wales/ }).click();
		await page.locator('.result').first().waitFor();
		expect(await heading(page)).toMatch(/^\d+ therapists? near Newport/);
	});

	test('someone who misspells a place is offered the right one, with what they typed still there', async () => {
		const { page } = await enter('/');
		await lookFor(page, 'Hebdon Bridge');
		expect(await page.getByLabel('Where are you looking?').inputValue()).toBe('Hebdon Bridge');
		await page.getByRole('link', { name: 'Hebden Bridge' }).click();
		await page.getByRole('heading', { level: 1, name: /near Hebden Bridge/ }).waitFor();
	});

	test('someone with a phone 320 pixels wide gets through menu, filters, map and pages without moving sideways', async () => {
		const { page } = await enter('/', { width: 320 });
		const isNarrow = async () => expect(await overflow(page), page.url()).toBeLessThanOrEqual(0);
		await isNarrow();
		await page.locator('summary', { hasText: 'Menu' }).click();
		await isNarrow();
		await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find a therapist' }).click();
		await lookFor(page, 'London');
		await isNarrow();
		await page.locator('.filters > summary').click();
		await page.getByRole('checkbox', { name: /^Feeling alone/ }).check();
		await isNarrow();
		await page.getByRole('button', { name: 'Show these' }).click();
		await page.getByRole('link', { name: 'Remove: Feeling alone' }).waitFor();
		await isNarrow();
		const exit = await page.locator('[data-exit]').boundingBox();
		expect((exit?.x ?? 999) + (exit?.width ?? 0)).toBeLessThanOrEqual(320);
		await page.locator('.map a').first().click();
		expect(page.url()).toMatch(/#result-\d+$/);
		await page.getByRole('link', { name: 'Next' }).click();
		await page.locator('#result-16').waitFor();
		await isNarrow();
		await page.locator('.result__name a').first().click();
		await page.getByRole('heading', { name: 'What the register says' }).waitFor();
		await isNarrow();
	});
});

async function lookFor(page: Page, place: string): Promise<void> {
	await page.getByLabel('Where are you looking?').fill(place);
	await page.getByRole('button', { name: 'Find a therapist' }).click();
	await page.waitForURL(/\/find\?/);
}

/** However it is written: `RG12 8XX`, `rg12+8xx`, `RG12%208XX`. */
function holdsPostcode(trace: string): boolean {
	return decodeURIComponent(trace)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '')
		.includes('rg128xx');
}
