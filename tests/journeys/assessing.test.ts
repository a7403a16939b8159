import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { answerItem, sendAnswers } from '#features/accreditation/index.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { type Assessing, castOf, seen, sent, stateNow } from '#tests/helpers/assessing.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, overflow, type Visiting } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

const casts = new Map<string, Assessing>();

journeys('assessing', (visiting) => {
	test('an application is found complete, marked by two who do not see each other, asked about, and opens together', async () => {
		const { cast, reference } = begin(visiting);
		const at = (act = '') => `/office/applications/${reference}${act && `/${act}`}`;

		const officer = await as(visiting, cast.officer, '/office/applications?view=all');
		await officer.getByRole('link', { name: reference }).click();
		await faultless(visiting, officer);
		await officer.getByRole('link', { name: 'It is complete' }).click();
		await officer.getByRole('button', { name: 'It is complete' }).click();
		for (const name of ['Ada Example', 'Bea Example']) {
			await officer.getByRole('link', { name: 'Give it to an assessor' }).click();
			await officer.getByLabel(name).check();
			await officer.getByRole('button', { name: 'Give it to them' }).click();
			await officer.getByText('The assessor has been asked.').waitFor();
		}

		const [lead, second] = [await opened(visiting, cast.lead, reference), await opened(visiting, cast.second, reference)];
		await lead.getByRole('link', { name: 'Your course' }).click();
		await faultless(visiting, lead);
		await mark(lead, 'It is enough.', 'Not shown yet, can be mended');
		await lead.getByLabel('Why, if it is not met').selectOption({ label: 'Can be mended: Something that is needed was not there.' });
		await lead.getByLabel('In your own words').fill('The certificate is missing.');
		await lead.getByRole('button', { name: 'Save and go on' }).click();
		await lead.getByText('Saved. Here is the next part.').waitFor();
		await markCases(lead);
		await lead.goto(at());
		await lead.getByRole('link', { name: 'Ask the applicant for more' }).click();
		expect(await lead.getByLabel('What you ask, as the applicant reads it').first().inputValue()).toBe('The certificate is missing.');
		await faultless(visiting, lead);
		await lead.getByRole('button', { name: 'Ask for it' }).click();
		await lead.getByText('The clock stands still.').first().waitFor();
		expect(stateNow(cast.ctx, reference).phase).toBe('waiting_on_applicant');

		answerItem(cast.applicant.ctx, reference, 1, { answer: 'Here it is, with my apologies.', fileId: '', version: 1 });
		sendAnswers(cast.applicant.ctx, reference, seen(cast.ctx, reference));

		await lead.goto(at('sheet/course'));
		await lead.getByText('Here it is, with my apologies.').waitFor();
		expect(await lead.getByLabel('In your own words').inputValue()).toBe('The certificate is missing.');
		await mark(lead, 'It is enough.', 'Met');
		await lead.getByRole('button', { name: 'Save and go on' }).click();
		await lead.goto(at('seal'));
		await sealed(visiting, lead, 'Ada finds all of it there.');
		await second.goto(at('sheets'));
		await second.getByText('The sheets of others cannot be read before everyone has sealed theirs.').waitFor();
		await second.goto(at('sheet/course'));
		await mark(second, 'It is enough.', 'Met');
		await second.getByRole('button', { name: 'Save and go on' }).click();
		await markCases(second);
		await sealed(visiting, second, 'Bea finds it sound.');
		expect(stateNow(cast.ctx, reference).phase).toBe('panel');
		for (const page of [lead, second, officer]) {
			await page.goto(at('sheets'));
			for (const words of ['Ada finds all of it there.', 'Bea finds it sound.']) await page.getByText(words).first().waitFor();
			expect(await overflow(page)).toBeLessThanOrEqual(0);
		}
		await faultless(visiting, lead);
	}, 120_000);
});

/** A cast once a site, an application once a mode. */
function begin(visiting: Visiting): { cast: Assessing; reference: string } {
	const site = visiting.site();
	const cast = casts.get(site.dataDir) ?? castOf(siteCtx(site));
	casts.set(site.dataDir, cast);
	const applicant = aPerson(cast.ctx, visiting.javaScript ? 'Tess' : 'Tom');
	return { cast: { ...cast, applicant }, reference: sent({ ...cast, applicant }) };
}

async function as(visiting: Visiting, someone: Someone, path: string): Promise<Page> {
	const member = await become(visiting.site(), someone.id);
	const { page } = await visiting.enter('/', { width: 360 });
	await page.context().addCookies([...member.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await page.goto(path);
	return page;
}

/** An assessor who has said that nothing ties them to the applicant. */
async function opened(visiting: Visiting, someone: Someone, reference: string): Promise<Page> {
	const page = await as(visiting, someone, '/office/applications');
	await page.getByRole('link', { name: reference }).click();
	expect(await heading(page)).toBe(`Before you open ${reference}`);
	await page.getByLabel('Nothing ties me to this person').check();
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('heading', { name: 'Your sheet' }).waitFor();
	return page;
}

async function mark(page: Page, criterion: string, as: string): Promise<void> {
	await page.getByRole('group', { name: criterion }).getByLabel(as, { exact: true }).check();
}

async function markCases(page: Page): Promise<void> {
	await mark(page, 'Four cases.', 'Met');
	await mark(page, 'Competent IPT.', 'Met');
	await page.getByRole('button', { name: 'Save, then seal' }).click();
}

async function sealed(visiting: Visiting, page: Page, summary: string): Promise<void> {
	await page.getByLabel('Award', { exact: true }).check();
	await page.getByLabel('Why, in a few sentences').fill(summary);
	await faultless(visiting, page);
	await page.getByRole('button', { name: 'Seal it' }).click();
	await page.getByText('Your sheet is sealed.').waitFor();
}

/** Asks axe, which needs JavaScript. */
async function faultless(visiting: Visiting, page: Page): Promise<void> {
	if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
}
