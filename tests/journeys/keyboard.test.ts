import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, journeys, writeToFirst } from '#tests/helpers/journey.ts';

/** What has the focus, and whether a person who looks at the page can tell. */
type Focus = { what: string; isVisible: boolean; isCovered: boolean; isMarked: boolean; isInOrder: boolean };

journeys('with the keyboard alone', ({ javaScript, enter }) => {
	test('the first key press offers a way past the head of the page', async () => {
		const { page } = await enter('/find?place=London');
		await page.keyboard.press('Tab');
		const skip = page.getByRole('link', { name: 'Skip to main content' });
		expect(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0)).toBe(true);
		await page.keyboard.press('Enter');
		expect(page.url()).toMatch(/#main$/);
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true);
	});

	test.each(['/find?place=London&focus=loss', '/register', '/about/what-is-ipt'])(
		'on %s every stop is in view, marked and in the order of reading',
		async (path) => {
			const { page } = await enter(path);
			const stops = await walk(page, 'Tab');
			expect(stops.length).toBeGreaterThan(15);
			expect(stops.filter((stop) => !stop.isVisible || stop.isCovered || !stop.isMarked || !stop.isInOrder)).toEqual([]);
		},
	);

	test('going back up, no stop hides behind the bar at the top', async () => {
		const { page } = await enter('/find?place=London', { width: 640 });
		await page.getByRole('link', { name: 'Terms' }).focus();
		const stops = await walk(page, 'Shift+Tab');
		expect(stops.length).toBeGreaterThan(50);
		expect(stops.filter((stop) => !stop.isVisible || stop.isCovered)).toEqual([]);
	});

	test('someone finds a therapist and opens their page without a mouse', async () => {
		const { page } = await enter('/');
		await tabTo(page, 'place');
		await page.keyboard.type('Leeds');
		await page.keyboard.press('Enter');
		await page.waitForURL(/place=Leeds/);
		await tabTo(page, 'f-loss');
		await page.keyboard.press('Space');
		await page.keyboard.press('Enter');
		await page.waitForURL(/focus=loss/);
		const first = await page.locator('.result__name a').first().innerText();
		await page.locator('.result__name a').first().focus();
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'What the register says' }).waitFor();
		expect(await heading(page)).toBe(first);
	});

	test('after mistakes, the summary comes first and each of its links lands on its field', async () => {
		const { page } = await enter('/find?online=1');
		await writeToFirst(page);
		await page.getByRole('button', { name: 'Send my message' }).focus();
		await page.keyboard.press('Enter');
		const summary = page.locator('[data-error-summary]');
		await summary.waitFor();
		if (javaScript) expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true);
		const links = summary.getByRole('link');
		expect(await links.count()).toBeGreaterThan(2);
		for (const link of await links.all()) {
			const message = await link.innerText();
			await link.focus();
			await page.keyboard.press('Enter');
			const field = await page.evaluate(describedFocus);
			expect(field.tag, message).toMatch(/^(INPUT|TEXTAREA|SELECT)$/);
			expect(field.description).toContain(message);
			expect(field.isInView, message).toBe(true);
		}
	});
});

/** The field that has the focus, and everything that a screen reader says about it. */
function describedFocus() {
	const field = document.activeElement as HTMLElement;
	const ids = [field, field.closest('fieldset')].flatMap((e) => (e?.getAttribute('aria-describedby') ?? '').split(' ')).filter(Boolean);
	const { top, bottom } = field.getBoundingClientRect();
	return {
		tag: field.tagName,
		description: ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
		isInView: top >= 0 && bottom <= window.innerHeight,
	};
}

async function tabTo(page: Page, id: string): Promise<void> {
	for (let i = 0; i < 60; i++) {
		await page.keyboard.press('Tab');
		if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
	}
	throw new Error(`No way to #${id} by the keyboard.`);
}

/** Goes through the whole page, from where the focus is to the end or the beginning. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<Focus[]> {
	const stops: Focus[] = [];
	for (let i = 0; i < 250; i++) {
		await page.keyboard.press(key);
		const stop = await page.evaluate(look);
		if (!stop) break;
		stops.push(stop);
	}
	return stops;
}

function look(): Focus | null {
	const now = document.activeElement as HTMLElement | null;
	const marks = window as unknown as { previousStop?: Element };
	if (!now || now === document.body || now.hasAttribute('data-visited')) return null;
	now.setAttribute('data-visited', '');
	const before = marks.previousStop;
	marks.previousStop = now;
	const { left, top, width, height } = now.getBoundingClientRect();
	// A tick box shows its focus on the box drawn in front of its label.
	const drawn = [
		getComputedStyle(now),
		getComputedStyle(now, '::before'),
		...(now.nextElementSibling ? [getComputedStyle(now.nextElementSibling, '::before')] : []),
	];
	const over = document.elementFromPoint(left + width / 2, top + height / 2);
	return {
		what: `${now.tagName} ${now.id || now.textContent?.trim().slice(0, 40)}`,
		isVisible: width > 0 && height > 0 && top + height > 0 && top < window.innerHeight,
		isCovered: !now.closest('.safety') && Boolean(over?.closest('.safety')),
		isMarked: drawn.some((s) => (s.outlineStyle !== 'none' && Number.parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'),
		isInOrder: !before || Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING),
	};
}
