import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { deliveredMails } from '#core/mail-files.ts';
import { readMail } from '#core/mail-reading.ts';
import { get, linksIn, postForm } from '#tests/helpers/html.ts';
import type { Site } from '#tests/helpers/site.ts';
import { entriesOf, oneOfEach } from './standings.ts';

/** A page to look at: an address, and what a visitor does there to come to a state that has no address. */
export type PageKind = { path: string; reach?: (page: Page) => Promise<void>; name?: string };

/** States of pages that nothing links to. */
const STATES = [
	'/find?place=RG12+8',
	'/find?place=London&focus=loss&who=young&language=lang:bsl',
	'/find?place=London&within=100&page=2',
	'/find?online=1',
	'/find?place=HS8&within=5&language=lang:bsl',
	'/find?place=Newport',
	'/find?place=Hebdon+Bridge',
	'/find?place=Xyzzyplugh',
	'/find?name=nobody+of+this+name',
	'/register?name=an',
	'/register?name=Kowalchik',
	'/register?name=zzzz',
	'/register?q=',
	'/register?q=IPT-000000',
	'/nothing-here',
	'/therapists/nobody',
	'/shortlist',
	'/demo/mail',
];

/** Every kind of page there is: what can be clicked to from the home page, one entry of each status, and every state. */
export async function pageKinds(site: Site): Promise<PageKind[]> {
	const [crawled, entries, listed] = await Promise.all([crawl(site.origin), entriesOf(site), listedOn(site.origin)]);
	const [first = '', second = '', third = ''] = listed;
	const taker = await firstWho(listed, async (slug) => (await get(`${site.origin}/therapists/${slug}`)).text.includes('/contact"'));
	const { mails, link } = await sendAMessage(site, taker);
	const gone = entries.find((e) => e.slug && e.code.endsWith('suspended'));
	const accredited = entries.find((e) => e.code === 'accredited')?.number;
	const paths = [
		...crawled,
		...STATES,
		...oneOfEach(entries).map((e) => `/register/${e.number}`),
		...[`/register/${accredited}?on=2024-03-03`, `/register/${accredited}?on=1999-01-01`, `/register/${accredited}?on=2024-02-30`],
		...[`/therapists/${first}`, `/therapists/${gone?.slug}`, `/therapists/${taker}`, ...mails, link],
		...[`/shortlist?t=${first}`, `/shortlist?t=${first}&t=${second}&t=${third}&t=nobody`],
	];
	const contact = `/therapists/${taker}/contact`;
	return [
		...[...new Set(paths)].map((path) => ({ path })),
		{ path: contact },
		{ name: 'contact with mistakes', path: contact, reach: sendEmpty },
		{ name: 'sent', path: `${contact}/sent?ref=ENQ-2345-ABCD&by=2026-11-27` },
		{ name: 'link answered', path: link, reach: answer },
		{ name: 'everything unfolded', path: '/find?place=Leeds', reach: unfold },
		{ name: 'entry unfolded', path: `/register/${entries.find((e) => e.code === 'conditions')?.number}`, reach: unfold },
	];
}

async function sendEmpty(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Send my message' }).click();
	await page.locator('[data-error-summary]').waitFor();
}

async function answer(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'I cannot help this time' }).click();
	await page.getByRole('status').filter({ hasText: 'Thank you' }).waitFor();
}

/** Writes to a therapist, so that there are messages to read and a link to answer by. */
async function sendAMessage(site: Site, slug: string): Promise<{ mails: string[]; link: string }> {
	const address = `${site.origin}/therapists/${slug}/contact`;
	const started = /name="started" value="([^"]+)"/.exec((await get(address)).text)?.[1] ?? '';
	// Whoever sends faster than this is taken for a program.
	await sleep(3100);
	const sent = await postForm(address, {
		name: 'Sam',
		replyBy: 'email',
		email: 'sam@sender.example',
		message: 'May I come to see you?',
		consent: 'yes',
		started,
	});
	expect(sent.status).toBe(303);
	// Other messages of the demonstration, such as reminders, go out too.
	const ofTheEnquiry = () =>
		deliveredMails(site.dataDir)
			.map((mail) => mail.name)
			.filter((name) => /ENQ-/.test(readMail(site.dataDir, name)?.subject ?? ''));
	await vi.waitUntil(() => ofTheEnquiry().length >= 2, { timeout: 20_000, interval: 200 });
	const names = ofTheEnquiry();
	const texts = names.map((name) => readMail(site.dataDir, name)?.text ?? '');
	return { mails: names.map((name) => `/demo/mail/${name}`), link: /\/link\/[\w-]+/.exec(texts.join('\n'))?.[0] ?? '/link/none' };
}

async function firstWho(slugs: readonly string[], is: (slug: string) => Promise<boolean>): Promise<string> {
	for (const slug of slugs) if (await is(slug)) return slug;
	throw new Error('Nobody of them.');
}

async function unfold(page: Page): Promise<void> {
	await page.evaluate(() => {
		for (const details of document.querySelectorAll('details')) details.open = true;
	});
}

async function listedOn(origin: string): Promise<string[]> {
	const page = await get(`${origin}/find?place=London`);
	return linksIn(page.text).flatMap((link) => /^\/therapists\/([^/]+)$/.exec(link)?.[1] ?? []);
}

/** All pages that can be clicked to, without the many that are alike: a search, a therapist, an entry. */
async function crawl(origin: string): Promise<string[]> {
	const found = new Set(['/']);
	for (const path of found) {
		const page = await get(origin + path);
		if (!page.headers.get('content-type')?.startsWith('text/html')) {
			found.delete(path);
			continue;
		}
		for (const link of linksIn(page.text))
			if (!/^\/(find\?|therapists\/|register\/|register\?|shortlist\?|api\/v1\/)/.test(link)) found.add(link.replace(/#.*$/, '') || '/');
	}
	return [...found];
}
