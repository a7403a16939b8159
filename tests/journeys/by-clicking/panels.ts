import type { Page } from 'playwright-core';
import type { Ctx } from '#core/ctx.ts';
import type { Visiting } from '#tests/helpers/journey.ts';
import { colleague } from '#tests/helpers/upkeep.ts';
import { act, choose, declareFree, pick } from './concerns.ts';
import { at, rename } from './desk.ts';

/** Somebody who can sit on a panel. */
export type Sitter = { id: string; name: string };
/** A panel at work: where its room is, its secretary's window, and its members in the order of their seats: the first is its chair. */
export type AtWork = { room: string; secretary: Page; members: Sitter[] };

/** Three people who can sit on a panel: a lay chair, another lay member, and a member of the committee. */
export function sittersOf(ctx: Ctx, family: string): Sitter[] {
	return (['lay_panel_member', 'lay_panel_member', 'committee'] as const).map((role, n) => {
		const given = ['Lena', 'Lars', 'Mary'][n] as string;
		const id = colleague(ctx.db, `${given}${family}`, role);
		return { id, name: rename(ctx, id, given, family) };
	});
}

/** The secretary composes a panel and asks three people to sit, each of whom says that nothing ties them to anybody in it. */
export async function compose(
	visiting: Visiting,
	secretary: Page,
	{ reference, kind, sitsOn, members }: { reference: string; kind: string; sitsOn: string; members: Sitter[] },
): Promise<AtWork> {
	await secretary.goto(`/office/concerns/${reference}/panels/new`);
	await choose(secretary, 'Which panel?', kind);
	await secretary.getByLabel('On which day does it sit?').fill(sitsOn);
	await secretary.getByRole('button', { name: 'Compose it' }).click();
	await secretary.waitForURL(/\?done=new/);
	const room = new URL(secretary.url()).pathname;
	for (const [n, { id, name }] of members.entries()) {
		await act(secretary, 'Ask somebody to sit', {}, 'Ask them', async () => {
			await pick(secretary, 'Whom?', name);
			await choose(secretary, 'As what?', n === 0 ? 'Chair' : 'Member');
		});
		await declareFree(await at(visiting, id, `/office/concerns/${reference}/declare`));
	}
	return { room, secretary, members };
}

/**
 * Puts a question, everybody present, and each of them votes for the same, sealed; before the last vote nobody sees another's.
 * @param choice what each votes, for every allegation. @param more what the question itself needs
 */
export async function put(visiting: Visiting, { room, secretary, members }: AtWork, title: string, choice: string, more?: () => Promise<void>): Promise<void> {
	await secretary.goto(room);
	await act(secretary, title, {}, 'Put it to the vote', async () => {
		for (const box of await secretary.locator('input[name="present"]').all()) await box.check();
		await more?.();
	});
	for (const { id } of members) {
		const page = await at(visiting, id, `${room}/vote`);
		for (const one of await page.getByLabel(choice, { exact: true }).all()) await one.check();
		await page.getByRole('button', { name: 'Cast your vote' }).click();
		await page.waitForURL(/\?done=/);
		await page.close();
	}
}

/** Writes down what was decided with its reasons; whoever is to know is told. */
export async function writeDown({ room, secretary }: AtWork, reasons: string): Promise<void> {
	await secretary.goto(room);
	await act(secretary, 'Write down what was decided', {}, 'Write it down', async () => {
		for (const area of await secretary.locator('main form textarea').all()) if ((await area.inputValue()) === '') await area.fill(reasons);
	});
}
