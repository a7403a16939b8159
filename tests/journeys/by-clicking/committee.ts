import type { Page } from 'playwright-core';
import type { Ctx } from '#core/ctx.ts';
import { aCommittee } from '#tests/helpers/committee.ts';
import { heading, type Visiting } from '#tests/helpers/journey.ts';
import { at, rename } from './desk.ts';

type Seat = 'secretary' | 'chair' | 'one' | 'two' | 'lay';
/** Who can sit at a meeting, with the names by which they are chosen. */
export type Table = { ids: Record<Seat, string>; names: Record<Seat, string> };

/** Five people who hold the roles for a meeting, called by names of their own. */
export function aTable(ctx: Ctx, family: string): Table {
	const { secretary, chair, members, lay } = aCommittee(ctx);
	const ids = { secretary: secretary.id, chair: chair.id, one: members[0]?.id ?? '', two: members[1]?.id ?? '', lay: lay.id };
	const given = { secretary: 'Sella', chair: 'Cora', one: 'Mary', two: 'Max', lay: 'Lars' };
	const named = (Object.keys(ids) as Seat[]).map((seat) => [seat, rename(ctx, ids[seat], given[seat], family)]);
	return { ids, names: Object.fromEntries(named) as Table['names'] };
}

/** Fills in who sits where and calls a meeting for today; it is short notice, which wants a reason. @returns its reference */
export async function callMeeting(page: Page, { names }: Table, kind?: string): Promise<string> {
	await page.goto('/office/meetings');
	await page.getByRole('link', { name: 'Call a meeting' }).click();
	if (kind) await page.getByLabel(kind).check();
	await page.getByLabel('Day', { exact: true }).fill('22 November 2026');
	await page.getByLabel('Chair', { exact: true }).selectOption({ label: names.chair });
	for (const name of [names.one, names.two]) await page.getByRole('group', { name: 'Members', exact: true }).getByLabel(name).check();
	await page.getByRole('group', { name: 'Lay members' }).getByLabel(names.lay).check();
	await page.getByLabel('Secretary').selectOption({ label: names.secretary });
	await page.getByRole('button', { name: 'Call the meeting' }).click();
	await page.getByText('Say why this meeting comes sooner').first().waitFor();
	await page.getByLabel('Why so soon?').fill('Somebody moves abroad.');
	await page.getByRole('button', { name: 'Call the meeting' }).click();
	await page.getByRole('heading', { name: /^Meeting MTG-/ }).waitFor();
	return (await heading(page)).replace('Meeting ', '');
}

/** Puts an application on the agenda, sends the papers and opens the meeting with everyone. @returns the path of the item */
export async function openOn(page: Page, reference: string): Promise<string> {
	await page.getByRole('link', { name: 'Put something on the agenda' }).click();
	await page.getByLabel(new RegExp(reference)).check();
	const late = page.getByLabel('Why does it come late?');
	if ((await late.count()) > 0) await late.fill('The day is near.');
	await page.getByRole('button', { name: 'Put on the agenda' }).click();
	const item = (await page.getByRole('link', { name: new RegExp(reference) }).getAttribute('href')) ?? '';
	await page.getByRole('link', { name: 'Send the papers' }).click();
	await page.getByRole('button', { name: 'Send the papers' }).click();
	await page.getByRole('link', { name: 'Open the meeting' }).click();
	await page.getByRole('button', { name: 'Open the meeting' }).click();
	await page.getByText('Under way').first().waitFor();
	return item;
}

/** Somebody at the table says how they stand to an item, before which nothing of it is shown. */
export async function declareOn(visiting: Visiting, who: string, item: string, choice: 'I have no interest' | 'I step back', width = 1280): Promise<Page> {
	const page = await at(visiting, who, item, width);
	if ((await page.getByText('What was sent').count()) > 0) throw new Error('The papers were open before anything was declared.');
	await page.getByRole('link', { name: 'Say whether you have an interest' }).click();
	await page.getByLabel(choice).check();
	await page.getByRole('button', { name: 'Declare' }).click();
	await page.waitForURL(/done=declared/);
	return page;
}

export async function openVoting(page: Page, item: string): Promise<void> {
	await page.goto(item);
	await page.getByRole('link', { name: 'Open voting' }).click();
	await page.getByRole('button', { name: 'Open voting' }).click();
	await page.waitForURL(/done=/);
}

/** A sealed vote, by the words of the choice. */
export async function vote(page: Page, item: string, choice: string, reason?: string): Promise<void> {
	await page.goto(item);
	await page.getByRole('link', { name: 'Vote', exact: true }).click();
	await page.getByLabel(choice, { exact: true }).check();
	if (reason) await page.getByLabel(reason, { exact: true }).check();
	await page.getByRole('button', { name: 'Cast my vote' }).click();
	await page.getByText('Done.').waitFor();
}

/** The chair resolves an item as the votes came out, in the words of the letter. */
export async function resolve(page: Page, item: string, tally: string, words: string, reason?: string): Promise<void> {
	await page.goto(item);
	await page.getByText(`Votes: ${tally}.`).waitFor();
	await page.getByRole('link', { name: 'Resolve this item' }).click();
	if (reason) await page.getByLabel(reason, { exact: true }).check();
	if (words) await page.getByLabel('In the committee’s words').fill(words);
	await page.getByRole('button', { name: 'Resolve', exact: true }).click();
	await page.waitForURL(/done=resolved/);
}

export async function closeMeeting(page: Page, meeting: string): Promise<void> {
	await page.goto(`/office/meetings/${meeting}/close`);
	await page.getByRole('button', { name: 'Close the meeting' }).click();
	await page.getByRole('heading', { name: `Meeting ${meeting}` }).waitFor();
}
