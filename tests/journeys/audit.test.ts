import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pdf } from '#tests/core/files/corpus.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { journeys, overflow, type Visiting } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { colleague } from '#tests/helpers/upkeep.ts';

const DUE = '22/01/2027';

journeys('an audit of CPD', (visiting) => {
	test('is drawn, answered with a file, found short by one of two, mended by tasks, and satisfied', async () => {
		const { officer, ada, bob } = office(visiting);
		const desk = await as(visiting, officer, '/office/cpd-audits/draw', 1280);
		await draw(visiting, desk);
		const { reference, personId } = drawn(visiting);
		const mine = `/my/audit/${reference}`;
		const theirs = `/office/cpd-audits/${reference}`;

		const member = await as(visiting, personId, '/my/audit', 360);
		await member.getByRole('link', { name: reference }).click();
		await member.getByText('You were drawn by lot').waitFor();
		await member.getByRole('heading', { name: 'What is still missing' }).waitFor();
		await faultless(visiting, member);
		await member.getByRole('link', { name: 'Answer the audit' }).click();
		await member.getByLabel('Anything you want to add').fill('The course of May is');
		await choose(member, 'What shows it, if it is not in your log', 'course');
		await member.getByRole('button', { name: 'Save and come back later' }).click();
		await member.getByText('Only you can see it until you send it.').first().waitFor();
		await member.goto(mine);
		await member.getByText('You have begun your answer.').waitFor();
		await member.getByRole('link', { name: 'Go on with your answer' }).click();
		expect(await member.getByLabel('Anything you want to add').inputValue()).toBe('The course of May is');
		expect(await member.getByLabel('Keep course.pdf').isChecked()).toBe(true);
		await faultless(visiting, member);
		await member.getByLabel('Anything you want to add').fill('The course of May is missing in my log.');
		await member.getByRole('button', { name: 'Send my log for the audit' }).click();
		await member.getByText('We have your answer.').waitFor();

		await give(desk, theirs, 'Ada Colleague');
		const first = await opened(visiting, ada, reference);
		await first.getByText('The course of May is missing in my log.').waitFor();
		await first.getByRole('link', { name: 'course.pdf' }).waitFor();
		await faultless(visiting, first);
		await first.getByRole('link', { name: 'Not satisfied' }).click();
		await first.getByLabel('Why?').fill('There are no reflections at all.');
		await first.getByRole('button', { name: 'I find it short' }).click();
		await member.goto(mine);
		expect(await member.getByText('There are no reflections at all.').count()).toBe(0);

		await give(desk, theirs, 'Bob Colleague');
		const second = await opened(visiting, bob, reference);
		await second.getByRole('link', { name: 'Do you agree?' }).click();
		await second.getByLabel('I do not agree').check();
		await second.getByLabel('Why?').fill('It can be mended: ask for two reflections.');
		await faultless(visiting, second);
		await second.getByRole('button', { name: 'Say so' }).click();

		await first.goto(theirs);
		await first.getByRole('link', { name: 'Give something to do' }).click();
		await first.getByLabel('What is to be done?').fill('Write two reflections.');
		await first.getByLabel('By when?').fill(DUE);
		await first.getByRole('button', { name: 'Give it to them' }).click();

		await member.goto(mine);
		await member.getByText('There is something for you to do.').waitFor();
		await member.getByText('Write two reflections. (by 22 January 2027)').waitFor();
		await member.getByRole('link', { name: 'Answer the auditor' }).click();
		await faultless(visiting, member);
		await member.getByRole('button', { name: 'Send' }).click();
		await member.getByText('Write to at least one task how it was done.').first().waitFor();
		await member.getByLabel('Write two reflections.').fill('Both are written.');
		await choose(member, 'What shows it, if anything does', 'reflections');
		await member.getByRole('button', { name: 'Send' }).click();
		await member.getByText('We have your answer.').waitFor();

		await first.goto(theirs);
		await first.getByRole('link', { name: 'reflections.pdf' }).waitFor();
		await first.getByRole('link', { name: 'Was a task done?' }).click();
		await first.getByLabel('Write two reflections.').check();
		await first.getByLabel('It was done', { exact: true }).check();
		await first.getByRole('button', { name: 'Record' }).click();
		await member.goto(mine);
		await member.getByText('Your audit is done. Everything is in order.').waitFor();
		await faultless(visiting, member);
	}, 120_000);
});

type Office = { officer: string; ada: string; bob: string };
const offices = new Map<string, Office>();

/** An officer and two auditors, once a site. */
function office(visiting: Visiting): Office {
	const site = visiting.site();
	const known = offices.get(site.dataDir);
	if (known) return known;
	const { db } = siteCtx(site);
	const made = { officer: colleague(db, 'Olive', 'membership_officer'), ada: colleague(db, 'Ada', 'auditor'), bob: colleague(db, 'Bob', 'auditor') };
	db.sql.close();
	offices.set(site.dataDir, made);
	return made;
}

/** Draws the audits of the year and tells those who were drawn; the second time the page says that it was done. */
async function draw(visiting: Visiting, desk: Page): Promise<void> {
	await desk.getByLabel('How many of every hundred?').fill('10');
	await faultless(visiting, desk);
	await desk.getByRole('button', { name: 'Draw' }).click();
	if (drawnCount(visiting, 'selected') === 0) {
		await desk.getByText('This year’s audits were drawn already').first().waitFor();
		return;
	}
	await desk.goto('/office/cpd-audits/notify');
	await desk.getByRole('button', { name: 'Tell them' }).click();
	await desk.getByText('Done.').waitFor();
}

function drawnCount(visiting: Visiting, phase: string): number {
	const { db } = siteCtx(visiting.site());
	const count = db.sql.prepare('SELECT count(*) FROM cpd_audit WHERE draw_id IS NOT NULL AND phase = ?').pluck().get(phase) as number;
	db.sql.close();
	return count;
}

/** One of those who were drawn and have not answered. */
function drawn(visiting: Visiting): { reference: string; personId: string } {
	const { db } = siteCtx(visiting.site());
	const text = "SELECT reference, person_id AS personId FROM cpd_audit WHERE draw_id IS NOT NULL AND phase = 'notified' ORDER BY reference LIMIT 1";
	const found = db.sql.prepare(text).get() as { reference: string; personId: string };
	db.sql.close();
	return found;
}

async function as(visiting: Visiting, personId: string, path: string, width: number): Promise<Page> {
	const someone = await become(visiting.site(), personId);
	const { page } = await visiting.enter('/', { width });
	await page.context().addCookies([...someone.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await page.goto(path);
	return page;
}

async function give(desk: Page, theirs: string, name: string): Promise<void> {
	await desk.goto(theirs);
	await desk.getByRole('link', { name: 'Give it to somebody' }).click();
	const option = await desk.getByLabel('To whom?').locator('option', { hasText: name }).first().getAttribute('value');
	await desk.getByLabel('To whom?').selectOption(option);
	await desk.getByRole('button', { name: 'Give it to them' }).click();
	await desk.getByText('Done.').waitFor();
}

/** An auditor who has said that nothing ties them to the member. */
async function opened(visiting: Visiting, auditor: string, reference: string): Promise<Page> {
	const page = await as(visiting, auditor, '/office/cpd-audits', 1280);
	await page.getByRole('link', { name: reference }).click();
	await page.getByRole('link', { name: 'Does anything tie you to this member?' }).click();
	await page.getByLabel('Nothing ties me to this person').check();
	await page.getByRole('button', { name: 'Declare' }).click();
	await page.getByText('Done.').waitFor();
	await page.goto(`/office/cpd-audits/${reference}`);
	return page;
}

async function choose(page: Page, label: string, name: string): Promise<void> {
	await page.getByLabel(label).setInputFiles({ name: `${name}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(pdf({ text: name })) });
}

/** Nothing wider than the window, and nothing that axe finds, which needs JavaScript. */
async function faultless(visiting: Visiting, page: Page): Promise<void> {
	expect(await overflow(page)).toBeLessThanOrEqual(0);
	if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
}
