import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Site, startSite } from './site.ts';

/** A person at a browser of their own, and what others could have seen of them. */
export type Visitor = {
	page: Page;
	/** Every request of theirs, in order. */
	requests: Request[];
	/** What must not happen: console messages, script errors, breaches of the content security policy, requests to others. */
	trouble: string[];
	/** Addresses of others that they may go to, because the journey is about leaving. */
	mayGoTo: string[];
};

export type Visiting = {
	site(): Site;
	javaScript: boolean;
	/** Comes to a path of the site. `width` in CSS pixels. */
	enter(path: string, options?: { width?: number }): Promise<Visitor>;
};

/** Long enough for a busy machine; a step that takes longer will not come to pass. */
const ACTION_MS = 20_000;

const MODES = [
	{ mode: 'with JavaScript', javaScript: true },
	{ mode: 'without JavaScript', javaScript: false },
];

/**
 * Journeys told twice, with JavaScript and without, over one site and one browser. Each ends with a look at its trouble: any fails it.
 * @param env settings of the site, such as `LOG_FILE`
 */
export function journeys(subject: string, tell: (visiting: Visiting) => void, env: Record<string, string> = {}): void {
	describe(subject, () => {
		let site: Site;
		let browser: Browser;
		beforeAll(async () => {
			[site, browser] = await Promise.all([startSite(env), launchBrowser()]);
		});
		afterAll(() => Promise.all([browser?.close(), site?.stop()]));

		describe.each(MODES)('$mode', ({ javaScript }) => {
			const here: { visitor: Visitor; context: BrowserContext }[] = [];
			afterEach(async () => {
				const trouble = here.flatMap(({ visitor }) => visitor.trouble);
				await Promise.all(here.splice(0).map(({ context }) => context.close()));
				expect(trouble, 'nothing on the console, nothing broken, nobody else asked').toEqual([]);
			});
			tell({
				site: () => site,
				javaScript,
				async enter(path, { width = 1280 } = {}) {
					const context = await browser.newContext({ javaScriptEnabled: javaScript, viewport: { width, height: 800 }, baseURL: site.origin });
					const visitor = await watched(context, site.origin);
					here.push({ visitor, context });
					await visitor.page.goto(path);
					return visitor;
				},
			});
		});
	});
}

async function watched(context: BrowserContext, origin: string): Promise<Visitor> {
	context.setDefaultTimeout(ACTION_MS);
	const page = await context.newPage();
	const visitor: Visitor = { page, requests: [], trouble: [], mayGoTo: [] };
	page.on('console', (message) => isOwnNotice(message.text()) || visitor.trouble.push(`console: ${message.text()}`));
	page.on('pageerror', (error) => visitor.trouble.push(`script: ${error.message}`));
	page.on('request', (request) => note(visitor, request, origin));
	await context.exposeBinding('breached', (_, directive: string) => visitor.trouble.push(`policy: ${directive}`));
	await context.addInitScript(() => {
		const told = (globalThis as unknown as { breached(directive: string): void }).breached;
		document.addEventListener('securitypolicyviolation', (event) => told(event.violatedDirective));
	});
	return visitor;
}

function note(visitor: Visitor, request: Request, origin: string): void {
	const url = request.url();
	visitor.requests.push(request);
	if (new URL(url).origin !== origin && !visitor.mayGoTo.includes(url)) visitor.trouble.push(`another origin: ${url}`);
}

/** What a log on the way could keep of someone's visit: every address with the referrer that went along. */
export async function traces(visitor: Visitor): Promise<string[]> {
	const told = await Promise.all(visitor.requests.map(async (request) => [request.url(), (await request.allHeaders()).referer ?? '']));
	return told.flat().filter(Boolean);
}

/** What the browser itself says of an answer that is meant to be 4xx (a form with mistakes, a number that leads nowhere), and of what it was asked to forget. */
function isOwnNotice(text: string): boolean {
	return /^Failed to load resource: the server responded with a status of 4\d\d|^Clear-Site-Data header on .*: Cleared data types: "cache"/.test(text);
}

/** By how many pixels a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
	return page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
}

/** The text of the one h1. */
export async function heading(page: Page): Promise<string> {
	return (await page.locator('h1').innerText()).replace(/\s+/g, ' ').trim();
}

/** From a list of results to the contact form of the first therapist there who takes messages. */
export async function writeToFirst(page: Page): Promise<void> {
	const links = await page.locator('.result__name a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
	const contact = page.getByRole('link', { name: /^Write to / });
	for (const link of links) {
		await page.locator(`.result__name a[href="${link}"]`).click();
		await page.getByRole('heading', { name: 'Get in touch' }).waitFor();
		if ((await contact.count()) > 0) return contact.click();
		await page.goBack();
	}
	throw new Error('Nobody on this page takes messages.');
}
