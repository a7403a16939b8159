import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { overflow } from './journey.ts';
import type { Visitor } from './person.ts';
import type { Site } from './site.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Opens pages as someone who is signed in and asks axe of each: light and wide, then dark on a telephone of 320 pixels, where nothing may
 * need scrolling sideways. @param reach does something on the page first, such as sending its form empty @returns what is wrong, one line each
 */
export async function faultsOf(
	browser: Browser,
	site: Site,
	who: Visitor,
	pages: readonly { path: string; reach?(page: Page): Promise<unknown> }[],
): Promise<string[]> {
	const page = await windowOf(browser, site, who);
	const faults: string[] = [];
	for (const { path, reach } of pages) {
		await page.goto(path);
		await reach?.(page);
		for (const [width, colorScheme] of [
			[1280, 'light'],
			[320, 'dark'],
		] as const) {
			await page.setViewportSize({ width, height: 800 });
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			faults.push(...(await violations(page)).map((fault) => `${path} at ${width}: ${fault}`));
			if ((await overflow(page)) > 0) faults.push(`${path} at ${width}: needs scrolling sideways`);
		}
	}
	return faults;
}

const windows = new WeakMap<Visitor, Page>();

/** One for each person, so that style sheets are fetched and axe is read once and not for every page. It closes with the browser. */
async function windowOf(browser: Browser, site: Site, who: Visitor): Promise<Page> {
	const opened = windows.get(who);
	const known = opened?.context().browser() === browser ? opened : undefined;
	const context = known?.context() ?? (await browser.newContext({ bypassCSP: true, baseURL: site.origin }));
	await context.addCookies([...who.cookies].map(([name, value]) => ({ name, value, url: site.origin })));
	if (known) return known;
	await context.addInitScript({ path: AXE });
	const page = await context.newPage();
	windows.set(who, page);
	return page;
}

async function violations(page: Page): Promise<string[]> {
	const options = { runOnly: RULES, resultTypes: ['violations' as const] };
	const results = await page.evaluate((asked) => (window as unknown as { axe: { run(o: typeof asked): Promise<AxeResults> } }).axe.run(asked), options);
	return results.violations.map(
		(v) =>
			`${v.id} at ${v.nodes
				.slice(0, 3)
				.map((n) => n.target.join(' '))
				.join(' | ')}`,
	);
}

const SOURCE = readFileSync(AXE, 'utf8');

/** The same for the page as it is now, in the middle of a journey. The window is 1,280 pixels wide and light afterwards. */
export async function faultsOn(page: Page): Promise<string[]> {
	const faults: string[] = [];
	await page.evaluate(SOURCE);
	for (const [width, colorScheme] of [
		[320, 'dark'],
		[1280, 'light'],
	] as const) {
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const at = `${new URL(page.url()).pathname} at ${width}`;
		faults.push(...(await violations(page)).map((fault) => `${at}: ${fault}`));
		if ((await overflow(page)) > 0) faults.push(`${at}: needs scrolling sideways`);
	}
	return faults;
}
