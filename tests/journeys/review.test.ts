import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { inPanel, staff } from '#tests/helpers/committee.ts';
import { journeys, overflow } from '#tests/helpers/journey.ts';
import { aTrainee } from '#tests/helpers/trained.ts';
import { aTable, callMeeting, closeMeeting, declareOn, openOn, openVoting, resolve, type Table, vote } from './by-clicking/committee.ts';
import { at, inSite } from './by-clicking/desk.ts';

const REVIEW = 'A review: for those who had no part in the first decision';
const REFUSAL = 'The standard is not met, and this application cannot mend it.';

journeys('a review', (visiting) => {
	const family = visiting.javaScript ? 'Ashdown' : 'Birchfield';

	test('a refusal is read, a review asked for, earlier deciders are kept out, and a panel of others changes the decision', { timeout: 150_000 }, async () => {
		const { trainee, reference, first, second } = inSite(visiting, (ctx) => castOf(ctx, family));
		const refused = await decide(first, reference, { choice: 'Decline', reason: REFUSAL, words: 'Two cases are missing.' });

		const own = await at(visiting, trainee, `/my/accreditation/${reference}`, 320);
		await own.getByRole('link', { name: 'Read the decision' }).click();
		await own.getByText('The committee has decided not to give you what you applied for.').waitFor();
		const letter = await own.locator('main').innerText();
		for (const said of [REFUSAL, 'Two cases are missing.', 'You may apply again from 22 May 2027', 'until 20 December 2026, 28 days'])
			expect(letter).toContain(said);
		expect(await overflow(own)).toBeLessThanOrEqual(0);
		await askForReview(own, reference);

		// The same people are seated again by somebody who did not look: none of them can have a part in it.
		const office = await at(visiting, second.ids.secretary, '/office/meetings');
		const mixed = { ids: { ...second.ids, one: first.ids.one }, names: { ...second.names, one: first.names.one } };
		const meeting = await callMeeting(office, mixed, REVIEW);
		const item = await openOn(office, reference);
		const kept = await at(visiting, first.ids.one, item);
		await kept.getByText('You take no part in this item, and nothing of it is shown to you.').waitFor();
		expect(await kept.locator('main').innerText()).not.toContain(reference);
		for (const act of ['interest', 'vote']) expect((await kept.goto(`${item}/${act}`))?.status()).toBe(404);
		const chair = await panelVotes(office, item, [second.ids.chair, second.ids.two, second.ids.lay], second.ids.secretary, 'Change the decision');
		await chair.goto(item);
		await chair.getByRole('link', { name: 'Resolve this item' }).click();
		await chair.getByLabel('In the committee’s words').fill('The two cases were there.');
		await chair.getByRole('button', { name: 'Resolve', exact: true }).click();
		await chair.getByText('Choose what the decision becomes.').first().waitFor();
		await chair.getByRole('radio', { name: 'Award', exact: true }).check();
		await chair.getByLabel('The decision rests on an error of fact').check();
		expect(await chair.getByLabel('In the committee’s words').inputValue()).toBe('The two cases were there.');
		await chair.getByRole('button', { name: 'Resolve', exact: true }).click();
		await chair.getByText('The decision was changed.').waitFor();
		await closeMeeting(office, meeting);
		// Whoever decided goes on reading what they decided, now that they could not decide again.
		await chair.goto(`/office/meetings/${meeting}/minutes`);
		await chair.getByText('The decision was changed.').waitFor();
		const before = await at(visiting, first.ids.chair, `/office/meetings/${refused}/minutes`);
		await before.getByText('Two cases are missing.').waitFor();

		await own.goto(`/my/accreditation/${reference}/letter`);
		const changed = await own.locator('main').innerText();
		expect(changed).toContain('The two cases were there.');
		expect(changed).toContain('Earlier letters');
		expect(await own.getByRole('link', { name: 'Ask for a review' }).count()).toBe(0);
		const number = /IPT-\d+/.exec(changed)?.[0] ?? '';
		const { page } = await visiting.enter(`/register/${number}`);
		await page.getByText('Accredited', { exact: true }).first().waitFor();
		expect(await page.locator('main').innerText()).toContain(`Tess ${family}`);
	});

	/** A meeting of a table that decides one application, from the call to its close. @returns its reference */
	async function decide(table: Table, reference: string, said: { choice: string; reason: string; words: string }): Promise<string> {
		const office = await at(visiting, table.ids.secretary, '/office/meetings');
		const meeting = await callMeeting(office, table);
		const item = await openOn(office, reference);
		const { chair: first, one, two, lay, secretary } = table.ids;
		const chair = await panelVotes(office, item, [first, one, two, lay], secretary, said.choice, said.reason);
		await resolve(chair, item, `${said.choice} 4`, said.words);
		await closeMeeting(office, meeting);
		return meeting;
	}

	/** All of them declare that they have no interest, and vote the same. @returns the chair's window, the first of them */
	async function panelVotes(office: Page, item: string, ids: string[], secretary: string, choice: string, reason?: string): Promise<Page> {
		await declareOn(visiting, secretary, item, 'I have no interest');
		const pages = await Promise.all(ids.map((id) => declareOn(visiting, id, item, 'I have no interest')));
		await openVoting(office, item);
		for (const page of pages) await vote(page, item, choice, reason);
		return pages[0] as Page;
	}

	/** Asks without a ground first: what was written stays. */
	async function askForReview(own: Page, reference: string): Promise<void> {
		await own.getByRole('link', { name: 'Ask for a review' }).click();
		const words = own.getByLabel('What went wrong, or what is new?');
		await words.fill('My third and fourth case were overlooked.');
		await own.getByRole('button', { name: 'Ask for a review' }).click();
		await own.getByText('Choose at least one ground').first().waitFor();
		expect(await words.inputValue()).toBe('My third and fourth case were overlooked.');
		await own.getByLabel('The decision rests on an error of fact').check();
		await own.getByRole('button', { name: 'Ask for a review' }).click();
		await own.waitForURL(new RegExp(`/my/accreditation/${reference}\\?done=review`));
		await own.getByText('You have asked for a review.').waitFor();
	}
});

/** Somebody whose application waits for the committee, and two tables of people. */
function castOf(ctx: Ctx, family: string) {
	const trainee = aTrainee(ctx, { given: 'Tess', family });
	const assessors = ['Ada', 'Abe'].map((given) => staff(ctx, `${given}${family}`, 'assessor'));
	const reference = inPanel(ctx, trainee, { assessors });
	return { trainee: trainee.id, reference, first: aTable(ctx, `${family}-First`), second: aTable(ctx, `${family}-Second`) };
}
