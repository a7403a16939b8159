import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { heading, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { at } from './desk.ts';

const PASSPHRASE = 'marble otter kettle sunrise';
/** Somebody who raised a concern: the window they wrote it in, and what opens it again. */
export type Raised = { page: Page; visitor: Visitor; caseKey: string; reference: string };
type Said = { name: string; number: string; happened: string; source?: string; email?: string };

/** Raises a concern on a telephone without an account, from the help that comes first to the page on which it is followed. */
export async function raise(visiting: Visiting, { name, number, happened, source = 'I would rather not say who I am', email }: Said): Promise<Raised> {
	const visitor = await visiting.enter('/concerns', { width: 320 });
	const { page } = visitor;
	await page.getByRole('link', { name: 'Begin', exact: true }).click();
	const caseKey = await page.locator('.case-key').innerText();
	await page.getByLabel('A therapist', { exact: true }).check();
	await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
	await page.getByLabel('I have written the key down').check();
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('link', { name: 'Who it is about' }).click();
	await page.getByLabel('Find them on the register').fill(name);
	await page.getByRole('button', { name: 'Look for them' }).click();
	await page.locator(`input[name="number"][value="${number}"]`).check();
	await save(page);
	await page.getByRole('link', { name: 'Who you are' }).click();
	await page.getByLabel(source).check();
	await save(page);
	await page.getByRole('link', { name: 'What happened' }).click();
	await page.getByLabel('What happened?').fill(happened);
	await save(page);
	if (email) {
		await page.getByRole('link', { name: 'Safe ways to reach you' }).click();
		await page.getByLabel('An e-mail address that only you read').fill(email);
		await save(page);
	}
	await page.getByRole('link', { name: 'Check and send' }).click();
	await page.getByText(happened).waitFor();
	await page.getByRole('button', { name: 'Send it now' }).click();
	await page.getByText('Thank you. It has been sent.').waitFor();
	return { page, visitor, caseKey, reference: /CON-\d{4}-\d{4}/.exec(await page.locator('main').innerText())?.[0] ?? '' };
}

async function save(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByText('Saved. You can go on now').waitFor();
}

/** Comes back to it with key and passphrase on another device. */
export async function comeBack(visiting: Visiting, { caseKey }: Pick<Raised, 'caseKey'>): Promise<Page> {
	const { page } = await visiting.enter('/concerns/open', { width: 320 });
	await page.getByLabel('Your key').fill(caseKey);
	await page.getByLabel('Your passphrase').fill(PASSPHRASE);
	await page.getByRole('button', { name: 'Open', exact: true }).click();
	await page.waitForURL('**/concerns/mine');
	return page;
}

/** An officer finds a case in the list, says that nothing ties them to anybody in it, and becomes its owner. */
export async function takeOn(visiting: Visiting, officer: string, reference: string): Promise<Page> {
	const page = await at(visiting, officer, '/office/concerns');
	await page.getByRole('link', { name: reference }).click();
	await declareFree(page);
	await page.goto(`/office/concerns/${reference}`);
	await act(page, 'Take it on', {}, 'Take it on');
	return page;
}

/** From the gate of a case. */
export async function declareFree(page: Page): Promise<void> {
	expect(await heading(page)).toBe('Does anything tie you to anybody in it?');
	await page.getByLabel('Nothing ties me to anybody in it').check();
	await page.getByRole('button', { name: 'Declare' }).click();
	await page.waitForURL(/\?done=declare/);
}

/** The owner lets somebody in as something, who then says that nothing ties them to it. */
export async function letSomebodyIn(visiting: Visiting, owner: Page, reference: string, who: { id: string; name: string; as: string }): Promise<Page> {
	await act(owner, 'Let somebody in, or give it to another officer', { 'Until which day?': '22/05/2027' }, 'Let them in', async () => {
		await pick(owner, 'Whom?', who.name);
		await choose(owner, 'As what?', who.as);
	});
	const page = await at(visiting, who.id, `/office/concerns/${reference}`);
	await declareFree(page);
	await page.goto(`/office/concerns/${reference}`);
	return page;
}

/** Takes an act from the page of a case: its link, its fields, its button. What the page said goes with a failure. */
export async function act(
	page: Page,
	title: string,
	fields: Record<string, string>,
	button: string,
	more: () => Promise<void> = async () => undefined,
): Promise<void> {
	try {
		await page.getByRole('link', { name: title, exact: true }).click();
		for (const [label, words] of Object.entries(fields)) await page.getByLabel(label).fill(words);
		await more();
		await page.getByRole('button', { name: button, exact: true }).click();
		await page.waitForURL(/\?done=/);
	} catch (error) {
		throw new Error(`“${title}” on ${page.url()}: ${(await page.locator('main').innerText()).slice(0, 1500)}`, { cause: error });
	}
}

/** From a list whose lines begin with names. */
export async function pick(page: Page, label: string, name: string): Promise<void> {
	const listed = await page.getByLabel(label).locator('option').allTextContents();
	await page.getByLabel(label).selectOption({ label: listed.map((one) => one.trim()).find((one) => one.startsWith(name)) ?? name });
}

/** One of a group of choices, whether it is drawn as radios or as a list. */
export async function choose(page: Page, label: string, choice: string): Promise<void> {
	const list = page.getByLabel(label, { exact: true });
	if ((await list.count()) > 0 && (await list.evaluate((element) => element.tagName)) === 'SELECT') await list.selectOption({ label: choice });
	else await page.getByLabel(choice, { exact: true }).check();
}

/** Accepts a concern by two: the owner proposes, the lay screener agrees. */
export async function accept(owner: Page, lay: Page, reference: string): Promise<void> {
	await act(
		owner,
		'Propose to accept it',
		{ 'What the person who raised it reads': 'We look into it.', 'Words for the file': 'It is about practice.' },
		'Propose it',
	);
	await lay.goto(`/office/concerns/${reference}`);
	await act(lay, 'Agree, or not, to what was proposed', {}, 'Say so', async () => {
		await lay.locator('input[name="proposal"]').first().check();
		await lay.getByLabel('I agree', { exact: true }).check();
	});
	await owner.goto(`/office/concerns/${reference}`);
}

export type Listed = { id: string; name: string; number: string; slug: string };

/** The next therapist whom the finder shows and whom no test has had yet, with a membership and awards that outlast every journey. */
export function aListedTherapist({ db }: Ctx): Listed {
	const text = `SELECT p.id, n.given_names || ' ' || n.family_name AS name, r.number, f.slug
		FROM finder f JOIN person p ON p.id = f.person_id JOIN registration r ON r.person_id = p.id JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL
		WHERE p.id NOT IN (SELECT person_id FROM register_order) AND p.id NOT IN (SELECT person_id FROM role_grant)
		AND p.id NOT IN (SELECT respondent_id FROM concern WHERE respondent_id IS NOT NULL) AND p.id NOT IN (SELECT person_id FROM membership_leave)
		AND (SELECT count(*) FROM finder WHERE person_id = p.id) = 1 ORDER BY r.sequence LIMIT 1`;
	const found = db.sql.prepare(text).get() as Listed;
	db.sql.prepare("UPDATE membership_period SET paid_to_on = '2039-12-31' WHERE person_id = ? AND ended_on IS NULL").run(found.id);
	db.sql.prepare("UPDATE award_term SET to_on = '2039-12-31' WHERE award_id IN (SELECT id FROM award WHERE person_id = ? AND ended_on IS NULL)").run(found.id);
	return found;
}

/** The owner puts together what the therapist reads, the lay screener checks it, and the case is laid before the therapist. */
export async function layBefore(owner: Page, lay: Page, reference: string): Promise<void> {
	await owner.goto(`/office/concerns/${reference}/packs/new`);
	await owner.locator('input[name="side"][value="respondent"]').check();
	await owner.getByRole('button', { name: 'Begin it' }).click();
	await owner.getByRole('link', { name: 'Send it to a second person' }).click();
	const pack = new URL(owner.url()).pathname.replace(/\/send$/, '');
	await owner.locator('main form button').last().click();
	await owner.waitForURL(/\?done=/);
	await lay.goto(`${pack}/check`);
	await lay.getByLabel('Approve it').check();
	await lay.getByRole('button', { name: 'Say so' }).click();
	await lay.waitForURL(/\?done=/);
	await owner.goto(`/office/concerns/${reference}`);
	await act(owner, 'Lay it before the therapist', {}, 'Tell the therapist', async () => {
		const words = owner.getByLabel('What the therapist reads');
		await words.fill('A concern was raised about your work. You have 28 days to reply.');
	});
}
