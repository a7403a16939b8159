import { expect, test } from 'vitest';
import { journeys, type Visitor } from '#tests/helpers/journey.ts';

const NEUTRAL = 'https://www.bbc.co.uk/weather';

journeys('leaving at once', ({ javaScript, enter }) => {
	test('one press leads to a neutral page, which is not told where they were', async () => {
		const visitor = await mayLeave(await enter('/find?place=London&focus=loss'));
		await visitor.page.getByRole('link', { name: 'Exit this page' }).click();
		await isGone(visitor);
	});

	test('the way out is in view wherever they have scrolled to, on a telephone too', async () => {
		for (const width of [320, 1280]) {
			const { page } = await enter('/find?place=London', { width });
			await page.locator('#result-15').scrollIntoViewIfNeeded();
			const box = await page.getByRole('link', { name: 'Exit this page' }).boundingBox();
			expect(box?.y).toBeGreaterThanOrEqual(0);
			expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThan(120);
			expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(44);
		}
	});

	if (javaScript)
		test('Shift three times leaves, wherever the cursor is, and says how many are left', async () => {
			const visitor = await mayLeave(await enter('/find?place=London'));
			const { page } = visitor;
			await page.getByLabel('Where are you looking?').focus();
			await page.keyboard.press('Shift');
			expect(await page.locator('[data-exit-status]').innerText()).toBe('Press Shift two more times to leave.');
			await page.keyboard.press('Shift');
			expect(await page.locator('[data-exit-status]').innerText()).toBe('Press Shift once more to leave.');
			await page.keyboard.press('Shift');
			await isGone(visitor);
		});

	test('capital letters are no wish to leave', async () => {
		const { page } = await enter('/find?place=London');
		await page.getByLabel('Where are you looking?').fill('');
		for (const letter of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`);
		expect(await page.getByLabel('Where are you looking?').inputValue()).toBe('ABCD');
		expect(page.url()).toContain('/find');
	});

	if (javaScript)
		test('after leaving, “Back” does not show the page that was left', async () => {
			const visitor = await mayLeave(await enter('/about'));
			const { page } = visitor;
			await page.goto('/find?place=London&focus=loss');
			await page.getByRole('link', { name: 'Exit this page' }).click();
			await isGone(visitor);
			await page.goBack();
			expect(new URL(page.url()).pathname).toBe('/about');
			expect(await page.locator('main').isVisible()).toBe(true);
		});

	if (javaScript)
		test('a journey that said something, broke something or asked another would be noticed', async () => {
			const { page, trouble } = await enter('/');
			await page.evaluate(() => {
				console.info('said');
				new Image().src = 'https://elsewhere.example/pixel.png';
				setTimeout(() => {
					throw new Error('broken');
				});
			});
			await expect.poll(() => trouble.length).toBeGreaterThanOrEqual(4);
			const noticed = trouble.splice(0).join('\n');
			for (const fault of ['console: said', 'policy: img-src', 'script: broken', 'elsewhere.example']) expect(noticed).toContain(fault);
		});
});

async function mayLeave(visitor: Visitor): Promise<Visitor> {
	visitor.mayGoTo.push(NEUTRAL);
	// Answered here: nothing leaves the machine.
	await visitor.page
		.context()
		.route(NEUTRAL, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Weather</title><p>Weather</p>' }));
	return visitor;
}

async function isGone(visitor: Visitor): Promise<void> {
	await visitor.page.waitForURL(NEUTRAL);
	const leaving = visitor.requests.filter((request) => request.url() === NEUTRAL);
	expect(leaving).toHaveLength(1);
	expect((await leaving[0]?.allHeaders())?.referer).toBeUndefined();
}
