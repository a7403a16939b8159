import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, overflow, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';
import { answerQuestions, fillSections, linkTo, openRequest, payFee, send, signReport } from './by-clicking/applying.ts';

const PHONE = { width: 320 };

journeys('a trainee', (visiting) => {
	test('applies for a first accreditation, the supervisor reports by the link, the fee is paid, and the way is seen', { timeout: 120_000 }, async () => {
		const { page } = await asTrainee(visiting);
		await page.getByRole('link', { name: 'Accreditation', exact: true }).first().click();
		expect(await heading(page)).toBe('Accreditation');
		await sound(visiting, page);
		await page.goto('/my/accreditation/begin/practitioner');
		await answerQuestions(page);
		await sound(visiting, page);
		await page.getByRole('button', { name: 'Begin the application' }).click();
		await page.getByText('Your application has begun.').waitFor();
		await fillSections(page, (at) => sound(visiting, at), 'first');
		await nameSupervisor(visiting, page);
		await page.getByRole('link', { name: 'Check and send' }).click();
		await sound(visiting, page);
		expect(await send(page)).toMatch(/ACC-2026-\d{4}/);
		await sound(visiting, page);
		await payFee(page);
		await report(visiting);
		await page.goto('/my/accreditation');
		await page.getByRole('link', { name: /^Open/ }).click();
		const words = await page.locator('main').innerText();
		for (const told of ['paid (INV-2026-', 'We are looking whether it is complete', 'Whose turn it is: The office’s']) expect(words).toContain(told);
		await page.getByText('Everything that happened').click();
		await page.getByText('The supervisor you named has answered.').waitFor();
		expect(await page.locator('main').innerText()).not.toContain('Warm and exact');
		await sound(visiting, page);
	});
});

/** Nothing axe objects to at 320 and 1,280 pixels; the window is a telephone again afterwards. */
async function sound({ javaScript }: Visiting, page: Page): Promise<void> {
	if (javaScript) expect(await faultsOn(page)).toEqual([]);
	await page.setViewportSize({ width: PHONE.width, height: 800 });
	expect(await overflow(page)).toBeLessThanOrEqual(0);
}

/** Somebody with training records who has not applied yet: another one with JavaScript than without. */
async function asTrainee(visiting: Visiting): Promise<Visitor> {
	const { sql } = openDatabase(join(visiting.site().dataDir, 'register.db'), { readonly: true });
	const text = `SELECT p.id FROM person p JOIN membership_period m ON m.person_id = p.id AND m.ended_on IS NULL AND m.paid_to_on > '2026-12-01'
		WHERE m.category IN ('trainee', 'basic') AND p.died_on IS NULL AND NOT EXISTS (SELECT 1 FROM award a WHERE a.person_id = p.id)
			AND NOT EXISTS (SELECT 1 FROM accreditation_application a WHERE a.person_id = p.id)
		ORDER BY NOT EXISTS (SELECT 1 FROM training_case c WHERE c.person_id = p.id), p.id LIMIT 1`;
	const id = sql.prepare(text).pluck().get() as string;
	sql.close();
	const trainee = await become(visiting.site(), id);
	const visitor = await visiting.enter('/', PHONE);
	await visitor.page.context().addCookies([...trainee.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await visitor.page.goto('/my');
	const menu = visitor.page.locator('.workplace__menu summary');
	if (await menu.isVisible()) await menu.click();
	return visitor;
}

async function nameSupervisor(visiting: Visiting, page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Supervisor’s report' }).click();
	const other = page.getByLabel('Somebody else, named below');
	if ((await other.count()) > 0) await other.check();
	await page.locator('input[name="name"]').fill('Rob Visor');
	await page.locator('input[name="email"]').fill('not an address');
	await page.getByRole('button', { name: 'Keep and ask now' }).click();
	await page.getByText('Enter an address in the right form').first().waitFor();
	await page.locator('input[name="email"]').fill(`rob.${visiting.javaScript}@outside.example`);
	await page.getByRole('button', { name: 'Keep and ask now' }).click();
	await page.getByText('The message to them is on its way.').waitFor();
	await sound(visiting, page);
	await page.getByRole('link', { name: 'Your application' }).click();
}

/** The supervisor opens the link of the message, says yes, keeps what they wrote, comes back and sends it. */
async function report(visiting: Visiting): Promise<void> {
	const link = await linkTo(visiting, `rob.${visiting.javaScript}@outside.example`);
	const { page } = await visiting.enter(link, PHONE);
	await sound(visiting, page);
	await page.getByRole('button', { name: 'Go on' }).click();
	expect(await heading(page)).toBe('Write a supervisor’s report');
	await sound(visiting, page);
	await page.getByLabel('Yes', { exact: true }).check();
	await page.getByRole('button', { name: 'Go on' }).click();
	for (const name of ['supervised', 'competence', 'strengths']) await page.locator(`textarea[name="${name}"]`).fill('Warm and exact.');
	await page.getByRole('button', { name: 'Keep, and finish later' }).click();
	await page.getByText('What you wrote is kept.').waitFor();
	await page.goto(link);
	await openRequest(page);
	await page.getByRole('button', { name: 'Send', exact: true }).click();
	await page.getByText('Enter your full name').first().waitFor();
	await sound(visiting, page);
	await signReport(page, 'Rob Visor');
	await page.goto(link);
	await page.getByText('This was answered already.').waitFor();
}
