import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { overflow } from '#tests/helpers/journey.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { type PageKind, pageKinds } from './page-kinds.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const EVERYTHING: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };
/** The rules whose answer depends on colours. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] };
const WIDE = { width: 1280, height: 900 };
/** A telephone, and also a window of 1,280 pixels at 400 %. */
const NARROW = { width: 320, height: 640 };
const AT_ONCE = 2;
/** A minute or so, unless the machine is busy with much else. */
const WALK_MS = 600_000;

/** What was found wrong, by question. Filled in one walk over all pages, asked by the tests. */
const found = {
	axe: [] as string[],
	sideways: [] as string[],
	clipped: [] as string[],
	moving: [] as string[],
	furniture: [] as string[],
	forced: [] as string[],
};
let site: Site;
let browser: Browser;
let kinds: PageKind[];

beforeAll(async () => {
	[site, browser] = await Promise.all([startSite(), launchBrowser()]);
	kinds = await pageKinds(site);
	const context = await browser.newContext({ bypassCSP: true, baseURL: site.origin, viewport: WIDE });
	context.setDefaultTimeout(15_000);
	await context.addInitScript({ path: AXE });
	const waiting = [...kinds];
	await Promise.all(Array.from({ length: AT_ONCE }, () => inspectAll(context, waiting)));
}, WALK_MS);
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

describe('every kind of page, light and dark, wide and narrow', () => {
	test('has been met: texts, searches, therapists, entries, mistakes', () => {
		const paths = kinds.map((kind) => kind.path);
		expect(paths).toEqual(
			expect.arrayContaining(['/', '/find', '/register', '/about', '/policies/complaints', '/help/urgent', '/privacy', '/shortlist', '/demo', '/nothing-here']),
		);
		expect(paths.length).toBeGreaterThan(80);
	});

	test('has nothing that axe objects to', () => expect(found.axe).toEqual([]));
	test('never needs scrolling sideways: at 320 pixels, which is 1,280 at 400 %', () => expect(found.sideways).toEqual([]));
	test('loses no text when people widen the spacing (WCAG 1.4.12)', () => expect(found.clipped).toEqual([]));
	test('keeps still for people who ask for less motion', () => expect(found.moving).toEqual([]));
	test('stays whole in colours of the system', () => expect(found.forced).toEqual([]));
	test('prints the matter without menus, bars and boxes to type in', () => expect(found.furniture).toEqual([]));
});

async function inspectAll(context: BrowserContext, waiting: PageKind[]): Promise<void> {
	const page = await context.newPage();
	for (let kind = waiting.shift(); kind; kind = waiting.shift()) {
		await page.setViewportSize(WIDE);
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference', media: 'screen', forcedColors: 'none' });
		await page.goto(kind.path);
		await kind.reach?.(page);
		await inspect(page, kind.name ?? kind.path);
	}
	await page.close();
}

async function inspect(page: Page, name: string): Promise<void> {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	found.moving.push(...named(name, await page.evaluate(moving)));
	found.axe.push(...named(`${name}, light`, await violations(page, EVERYTHING)));
	await page.emulateMedia({ colorScheme: 'dark' });
	found.axe.push(...named(`${name}, dark`, await violations(page, COLOURS)));
	await page.setViewportSize(NARROW);
	found.axe.push(...named(`${name}, narrow and dark`, await violations(page, EVERYTHING)));
	await page.emulateMedia({ colorScheme: 'light' });
	found.axe.push(...named(`${name}, narrow and light`, await violations(page, COLOURS)));
	found.sideways.push(...named(`${name}, narrow`, await sideways(page)));
	await page.emulateMedia({ forcedColors: 'active' });
	found.forced.push(...named(name, await sideways(page)));
	await page.emulateMedia({ forcedColors: 'none' });
	await page.emulateMedia({ media: 'print' });
	found.furniture.push(...named(name, await page.evaluate(furniture)));
	await page.emulateMedia({ media: 'screen' });
	await page.addStyleTag({ content: SPACED });
	found.clipped.push(...named(`${name}, narrow`, [...(await page.evaluate(clipped)), ...(await sideways(page))]));
	await page.setViewportSize(WIDE);
	found.clipped.push(...named(`${name}, wide`, [...(await page.evaluate(clipped)), ...(await sideways(page))]));
}

/** The spacing that WCAG 1.4.12 asks pages to bear. Drawings go: one that its box cuts off is no text lost. */
const SPACED = `svg[aria-hidden] { display: none !important; } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
	p { margin-bottom: 2em !important; }`;

function named(name: string, faults: string[]): string[] {
	return faults.map((fault) => `${name}: ${fault}`);
}

async function violations(page: Page, options: RunOptions): Promise<string[]> {
	const results = await page.evaluate((asked) => (window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(asked), options);
	return results.violations.map(
		(v) =>
			`${v.id} at ${v.nodes
				.slice(0, 3)
				.map((n) => n.target.join(' '))
				.join(' | ')}`,
	);
}

async function sideways(page: Page): Promise<string[]> {
	const over = await overflow(page);
	return over > 0 ? [`${over} pixels too wide`] : [];
}

/** Texts that a box cuts off. */
function clipped(): string[] {
	const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
		const { overflowX, overflowY, clipPath } = getComputedStyle(element);
		if (element.closest('.govuk-visually-hidden, svg, input, select, textarea, .trap') || clipPath !== 'none' || element.textContent?.trim() === '')
			return false;
		const isCutAcross = ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
		const isCutDown = ['hidden', 'clip'].includes(overflowY) && element.scrollHeight > element.clientHeight + 1;
		return element.checkVisibility() && element.clientWidth > 1 && (isCutAcross || isCutDown);
	});
	return cut.map((element) => `${element.tagName}.${element.className}`);
}

/** What still moves. */
function moving(): string[] {
	const styles = [...document.querySelectorAll('*')].map((element) => ({ element, style: getComputedStyle(element) }));
	const lasts = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0.01);
	const moved = styles.filter(
		({ style }) => lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration)) || style.scrollBehavior === 'smooth',
	);
	return moved.map(({ element }) => `${element.tagName}.${element.className}`);
}

/** What has no use on paper. */
function furniture(): string[] {
	const useless = document.querySelectorAll<HTMLElement>('nav, .safety, .skip, .search-box, .demo-banner, .button, button, .footer__columns');
	return [...useless]
		.filter((element) => element.checkVisibility())
		.map((element) => `${element.tagName}.${element.className} ${element.textContent?.trim().slice(0, 30)}`);
}
