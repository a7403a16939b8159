import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addDays, daysBetween, sayDay } from '#core/dates.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, type Visiting } from '#tests/helpers/journey.ts';
import type { Site } from '#tests/helpers/site.ts';
import { clockOf, SEASON_MS, today } from './by-clicking/clock.ts';

type Member = { id: string; family: string; email: string; slug: string; number: string; paidToOn: string };
journeys('a year in the demonstration', (visiting) => {
	visiting.javaScript && test('one renews twice and has no gap; another does not, lapses, and comes back', { timeout: 300_000 }, () => twoYears(visiting));

	const withoutScripts = (name: string, act: () => Promise<void>) => !visiting.javaScript && test(name, act);
	withoutScripts('the clock is moved by hand, and the page says when it has arrived', async () => {
		const { page } = await visiting.enter('/demo');
		const before = await today(page);
		await page.getByRole('button', { name: 'a week', exact: true }).click();
		await page.getByRole('button', { name: 'a day', exact: true }).waitFor({ timeout: SEASON_MS });
		await page.getByRole('button', { name: 'a day', exact: true }).click();
		await page.getByRole('button', { name: 'a day', exact: true }).waitFor({ timeout: SEASON_MS });
		const days = (Date.parse(`${await today(page)} UTC`) - Date.parse(`${before} UTC`)) / 86_400_000;
		expect(days).toBe(8);
	});
});

async function twoYears(visiting: Visiting): Promise<void> {
	const faults: string[] = [];
	const [ann, ben] = soonDue(visiting.site());
	const clock = await clockOf(visiting);
	const own = { ann: await asMember(visiting, ann), ben: await asMember(visiting, ben) };
	for (const one of [ann, ben]) expect(await seenBy(clock.page, one)).toEqual(LISTED);

	await clock.walkTo(addDays(ann.paidToOn, -13));
	await openMail(own.ann, ann, `Your membership: please renew by ${sayDay(ann.paidToOn)}`);
	await own.ann.locator('.letter a[href$="/my/membership/renew"]').click();
	await renew(own.ann);
	await openMail(own.ann, ann, 'Your membership has been renewed');
	expect(await periods(own.ann)).toEqual([expect.stringContaining(sayDay(addDays(ann.paidToOn, 1))), expect.stringContaining(sayDay(ann.paidToOn))]);

	await clock.walkTo(addDays(ben.paidToOn, 1));
	await openMail(own.ben, ben, 'Your membership fee is due now');
	const graceToOn = addDays(ben.paidToOn, 30);
	expect(await standing(own.ben)).toContain(`You are still a member (${await grade(own.ben)}) until ${sayDay(graceToOn)}`);
	faults.push(...(await faultsOn(own.ben)));
	await clock.walkTo(graceToOn);
	expect(await seenBy(clock.page, ben)).toEqual(LISTED);

	await clock.walkTo(addDays(graceToOn, 1));
	expect(await seenBy(clock.page, ben)).toEqual({ page: 'This page is no longer shown', isFound: false, entry: 'No longer on the register' });
	faults.push(...(await faultsOn(clock.page)));
	expect(await seenBy(clock.page, ann)).toEqual(LISTED);
	await openMail(own.ben, ben, 'Your membership has lapsed');
	expect(await standing(own.ben)).toContain(`Your membership lapsed on ${sayDay(addDays(graceToOn, 1))}`);
	faults.push(...(await faultsOn(own.ben)));

	await clock.walkTo(addDays(graceToOn, 31));
	await own.ben.goto('/my/membership');
	await own.ben.getByRole('link', { name: 'Renew', exact: true }).click();
	await renew(own.ben);
	expect(await standing(own.ben)).toContain(`paid until ${sayDay(addDays(clock.day(), 364))}`);
	expect(await seenBy(clock.page, ben)).toEqual(LISTED);

	const secondEnd = sameDayNextYear(ann.paidToOn);
	await clock.walkTo(addDays(secondEnd, -2));
	expect(await seenBy(clock.page, ann)).toEqual(LISTED);
	await openMail(own.ann, ann, `Your membership: please renew by ${sayDay(secondEnd)}`);
	await own.ann.locator('.letter a[href$="/my/membership/renew"]').click();
	await renew(own.ann);
	await clock.walkTo(addDays(secondEnd, 1));
	expect(await seenBy(clock.page, ann)).toEqual(LISTED);
	expect(await standing(own.ann)).toContain(`paid until ${sayDay(sameDayNextYear(secondEnd))}`);
	expect(await periods(own.ann)).toHaveLength(3);
	expect(gaps(visiting.site(), ann)).toEqual([0, 0]);
	expect(gaps(visiting.site(), ben)).toEqual([60]);
	expect(faults).toEqual([]);
}

const LISTED = { page: 'shown', isFound: true, entry: 'on the register and is accredited' };

/** Two listed members whose fee is due next, the first of them first, with awards that last longer than this story. */
function soonDue(site: Site): [Member, Member] {
	const text = `SELECT p.id, n.family_name AS family, p.email, f.slug, r.number, max(m.paid_to_on) AS paidToOn
		FROM finder f JOIN person p ON p.id = f.person_id JOIN registration r ON r.person_id = p.id
		JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL JOIN membership_period m ON m.person_id = p.id AND m.ended_on IS NULL
		WHERE p.email IS NOT NULL AND p.id NOT IN (SELECT person_id FROM register_order) AND p.id NOT IN (SELECT person_id FROM role_grant)
		AND NOT EXISTS (SELECT 1 FROM award a WHERE a.person_id = p.id AND (SELECT max(t.to_on) FROM award_term t WHERE t.award_id = a.id) < '2028-06-01')
		GROUP BY p.id HAVING paidToOn BETWEEN '2026-12-10' AND '2026-12-31' ORDER BY paidToOn, p.id LIMIT 2`;
	const [first, second] = inRegister(site, (sql) => sql.prepare(text).all()) as [Member, Member];
	return [first, second];
}

/** Becomes a member with one click in a browser of their own. */
async function asMember(visiting: Visiting, member: Member): Promise<Page> {
	const { page } = await visiting.enter('/demo');
	await page.getByLabel('Find a member by name').fill(member.family);
	await page.getByRole('button', { name: 'Find', exact: true }).click();
	await page.locator(`button[value="${member.id}"]`).click();
	await page.waitForURL('**/my');
	return page;
}

/** Looks through the messages of the demonstration for the newest one to somebody with a subject, and opens it. */
async function openMail(page: Page, to: Member, subject: string): Promise<void> {
	const row = page.getByRole('row').filter({ hasText: to.email }).filter({ hasText: subject });
	// What was written just now is delivered within a second or two.
	for (let look = 0; look < 10; look += 1) {
		await page.goto('/demo/mail');
		while ((await row.count()) === 0 && (await page.getByRole('link', { name: /^Next/ }).count()) > 0) await page.getByRole('link', { name: /^Next/ }).click();
		if ((await row.count()) === 0) continue;
		await row.first().getByRole('link').click();
		return expect(await heading(page)).toBe(subject);
	}
	throw new Error(`No message “${subject}” to that member.`);
}

/** From the page to renew on, through the payment page of the demonstration. */
async function renew(page: Page): Promise<void> {
	await page.getByLabel('I can still say all of this').check();
	await page.getByRole('button', { name: 'Go on to the payment' }).click();
	await page.getByRole('link', { name: /^Pay £/ }).click();
	await page
		.getByRole('button', { name: 'Pay by card' })
		.or(page.getByRole('link', { name: 'Go to the payment page' }))
		.click();
	await page.getByRole('button', { name: 'Pay', exact: true }).click();
	await page.getByRole('status').filter({ hasText: 'Your payment has arrived' }).waitFor();
}

async function standing(page: Page): Promise<string> {
	await page.goto('/my/membership');
	return page.locator('main').innerText();
}

async function grade(page: Page): Promise<string> {
	return /member \(([^)]+)\)/.exec(await page.locator('main').innerText())?.[1] ?? '';
}

/** The rows of one's own history, newest first. */
async function periods(page: Page): Promise<string[]> {
	await page.goto('/my/membership');
	return page.getByRole('table').locator('tbody tr').allInnerTexts();
}

/** What the public is told of somebody now: on their page, in the search by name, in the register (where the window stays). */
async function seenBy(page: Page, { slug, family, number }: Member): Promise<{ page: string; isFound: boolean; entry: string }> {
	const answer = await page.goto(`/therapists/${slug}`);
	const own = answer?.status() === 200 ? 'shown' : await heading(page);
	await page.goto(`/find?name=${encodeURIComponent(family)}`);
	const isFound = (await page.locator(`a[href^="/therapists/${slug}"]`).count()) > 0;
	await page.goto(`/register/${number}`);
	const text = await page.locator('main').innerText();
	return { page: own, isFound, entry: /No longer on the register|on the register and is accredited/.exec(text)?.[0] ?? text };
}

/** Days without membership between one period and the next. */
function gaps(site: Site, { id }: Member): number[] {
	const text = 'SELECT from_on AS fromOn, paid_to_on AS paidToOn FROM membership_period WHERE person_id = ? ORDER BY from_on';
	const rows = inRegister(site, (sql) => sql.prepare(text).all(id)) as { fromOn: string; paidToOn: string }[];
	return rows.slice(1).map((row, i) => daysBetween(rows[i]?.paidToOn ?? '', row.fromOn) - 1);
}

function sameDayNextYear(day: string): string {
	return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
}
