import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { journeys, type Visiting } from '#tests/helpers/journey.ts';
import { colleague } from '#tests/helpers/upkeep.ts';
import { type Clock, clockOf } from './by-clicking/clock.ts';
import { accept, act, aListedTherapist, choose, comeBack, layBefore, letSomebodyIn, raise, takeOn } from './by-clicking/concerns.ts';
import { at, inSite, rename } from './by-clicking/desk.ts';
import { type AtWork, compose, put, sittersOf, writeDown } from './by-clicking/panels.ts';

const SAID = 'They wrote to me at night for months, and asked me to meet them.';
const typed = (day: string) => day.split('-').reverse().join('/');

journeys('a panel', (visiting) => {
	test('that finds no case to answer ends it: both sides are told, and the register says nothing of it', { timeout: 150_000 }, async () => {
		const cast = inSite(visiting, (ctx) => castOf(ctx, visiting.javaScript ? 'Nocase' : 'Nothing'));
		const clock = await clockOf(visiting);
		const raised = await raise(visiting, { ...cast.therapist, happened: SAID });
		const { reference } = raised;
		const secretary = await toThePanel(visiting, cast, reference);
		const sitsOn = addDays(clock.day(), 7);
		const panel = await compose(visiting, secretary, { reference, kind: 'Screening panel', sitsOn: typed(sitsOn), members: cast.screening });
		await clock.walkTo(sitsOn);
		const sits = { ...panel, secretary: await at(visiting, cast.secretary.id, panel.room) };
		await put(visiting, sits, 'Put the question of a real prospect', 'There is none');
		await put(visiting, sits, 'Put the question which way it goes', 'There is no case to answer');
		await writeDown(sits, 'What is said cannot be found.');
		const tracker = await comeBack(visiting, raised);
		await tracker.getByText('A panel found that there is no case to answer.').waitFor();
		const own = await at(visiting, cast.therapist.id, `/my/concerns/${reference}`, 320);
		await own.getByText('no case to answer').first().waitFor();
		if (visiting.javaScript) expect(await faultsOn(own)).toEqual([]);
		await own.goto(`/my/concerns/${reference}/pack/1`);
		await own.getByText('That they wrote to a client at night.').first().waitFor();
		if (visiting.javaScript) expect(await faultsOn(own)).toEqual([]);
		expect(await seenBy(clock.page, cast.therapist)).toEqual({ page: 200, entry: 'Accredited', notices: false });
		// Whoever sat on it knows nothing of it any more.
		const member = await at(visiting, cast.screening[1]?.id ?? '', '/office/concerns?stage=closed');
		expect(await member.locator('main').innerText()).not.toContain(reference);
		expect((await member.goto(`/office/concerns/${reference}`))?.status()).toBe(404);
	});

	// One long story: once is enough, in the harder of the two ways.
	!visiting.javaScript &&
		test('from an unnamed telephone to a suspension that the finder honours, its appeal, review, end and disappearance', { timeout: 600_000 }, async () => {
			const cast = inSite(visiting, (ctx) => castOf(ctx, 'Sanction'));
			const clock = await clockOf(visiting);
			const { therapist } = cast;
			const began = clock.day();
			expect(await seenBy(clock.page, therapist)).toEqual({ page: 200, entry: 'Accredited', notices: false });

			const raised = await raise(visiting, { ...therapist, happened: SAID });
			const { reference } = raised;
			const secretary = await toThePanel(visiting, cast, reference);
			const screening = await compose(visiting, secretary, { reference, kind: 'Screening panel', sitsOn: typed(addDays(began, 7)), members: cast.screening });
			await clock.walkTo(addDays(began, 7));
			const desk = await at(visiting, cast.secretary.id, screening.room);
			const sits = { ...screening, secretary: desk };
			await put(visiting, sits, 'Put the question of a real prospect', 'There is a real prospect');
			await put(visiting, sits, 'Put the question which way it goes', 'It goes to a hearing');
			await writeDown(sits, 'The messages can be found at a hearing.');

			const hearing = await compose(visiting, desk, { reference, kind: 'Hearing panel', sitsOn: typed(addDays(began, 35)), members: cast.hearing });
			await desk.goto(hearing.room);
			await act(desk, 'List the hearing', { 'On which day?': typed(addDays(began, 35)) }, 'List it', () => fillEmpty(desk));
			await clock.walkTo(addDays(began, 35));
			await hear(visiting, { ...hearing, secretary: await at(visiting, cast.secretary.id, hearing.room) });

			// An appeal holds what is published.
			const appealing = await at(visiting, therapist.id, `/my/concerns/${reference}`, 320);
			await act(appealing, 'I think that the decision is wrong', { 'What was wrong with it, or what is new?': 'It is too much.' }, 'Send the appeal');
			expect(await seenBy(clock.page, therapist)).toMatchObject({ page: 200, entry: 'Accredited' });
			const again = await at(visiting, cast.secretary.id, `/office/concerns/${reference}`);
			const appeal = await compose(visiting, again, { reference, kind: 'Appeal panel', sitsOn: typed(addDays(began, 63)), members: cast.appeal });
			await clock.walkTo(addDays(began, 63));
			const hears = { ...appeal, secretary: await at(visiting, cast.secretary.id, appeal.room) };
			await put(visiting, hears, 'Put the question of a realistic prospect', 'Yes, it has');
			await put(visiting, hears, 'Put the decision on the appeal to the vote', 'Agree', () => choose(hears.secretary, 'Result', 'The decision stands'));
			await writeDown(hears, 'Nothing was overlooked.');

			await publishes(visiting, cast, reference);
			expect(await seenBy(clock.page, therapist)).toEqual({ page: 410, entry: 'Suspended', notices: true });
			const told = await (await fetch(`${visiting.site().origin}/api/v1/register/${therapist.number}`)).text();
			expect(told).toContain('suspended');
			const tracker = await comeBack(visiting, raised);
			await tracker.getByText('It was upheld.').waitFor();
			await review(visiting, cast, reference, clock);

			const order = orderOf(visiting, therapist.id);
			await clock.walkTo(order.toOn);
			expect(await seenBy(clock.page, therapist)).toMatchObject({ page: 410, entry: 'Suspended' });
			await clock.walkTo(addDays(order.toOn, 1));
			expect(await seenBy(clock.page, therapist)).toEqual({ page: 200, entry: 'Accredited', notices: true });
			const lastShown = inRegister(visiting.site(), (sql) => sql.prepare('SELECT display_until_on FROM register_order WHERE id = ?').pluck().get(order.id));
			const until = typeof lastShown === 'string' ? lastShown : shownUntil(await noticeOf(clock.page, therapist));
			await clock.walkTo(until);
			expect(await seenBy(clock.page, therapist)).toEqual({ page: 200, entry: 'Accredited', notices: true });
			await clock.walkTo(addDays(until, 1));
			expect(await seenBy(clock.page, therapist)).toEqual({ page: 200, entry: 'Accredited', notices: false });
		});
});

type Cast = ReturnType<typeof castOf>;

function castOf(ctx: Ctx, family: string) {
	const of = (given: string, role: Parameters<typeof colleague>[2]) => {
		const id = colleague(ctx.db, `${given}${family}`, role);
		return { id, name: rename(ctx, id, given, family) };
	};
	return {
		therapist: aListedTherapist(ctx),
		owner: of('Olive', 'complaints_officer'),
		secretary: of('Sidney', 'complaints_officer'),
		lay: of('Lou', 'lay_panel_member'),
		investigator: of('Ines', 'membership_officer'),
		screening: sittersOf(ctx, `Screening${family}`),
		hearing: sittersOf(ctx, `Hearing${family}`),
		appeal: sittersOf(ctx, `Appealing${family}`),
	};
}

/** From the list of the office to the report, with the therapist's reply. @returns the window of the panels' secretary */
async function toThePanel(visiting: Visiting, cast: Cast, reference: string): Promise<Page> {
	const owner = await takeOn(visiting, cast.owner.id, reference);
	await act(owner, 'Say that it arrived', { 'What the person who raised it reads': 'Thank you. I look after it.' }, 'Send it');
	const lay = await letSomebodyIn(visiting, owner, reference, { ...cast.lay, as: 'Lay screener' });
	await owner.goto(`/office/concerns/${reference}`);
	await accept(owner, lay, reference);
	await act(owner, 'Write down an allegation', { 'What is said to have happened?': 'That they wrote to a client at night.' }, 'Add it', () =>
		choose(owner, 'What is it about?', 'Boundaries, not sexual'),
	);
	await layBefore(owner, lay, reference);

	const own = await at(visiting, cast.therapist.id, '/my/concerns', 320);
	await own.getByRole('link', { name: reference }).click();
	await own.getByRole('link', { name: 'Write your reply' }).click();
	await own.getByText('That they wrote to a client at night.').first().waitFor();
	await own.locator('input[type="radio"][value="not_admitted"]').check();
	await own.getByLabel('Your reply to all of it').fill('It was about appointments.');
	await own.getByRole('button', { name: 'Send it', exact: true }).click();
	await own.waitForURL(/done=sent/);

	const secretary = await letSomebodyIn(visiting, owner, reference, { ...cast.secretary, as: 'Panel secretary' });
	const investigator = await letSomebodyIn(visiting, owner, reference, { ...cast.investigator, as: 'Investigator' });
	await act(investigator, 'Hand in the report', { 'Words for the file': 'Forty messages were read.' }, 'Hand it in');
	return secretary;
}

async function fillEmpty(page: Page): Promise<void> {
	for (const area of await page.locator('main form textarea').all()) if ((await area.inputValue()) === '') await area.fill('The hearing is by video.');
}

/** Facts, breach and sanction, each written down before the next. */
async function hear(visiting: Visiting, panel: AtWork): Promise<void> {
	await put(visiting, panel, 'Put the facts to the vote', 'Proved');
	await writeDown(panel, 'The messages were there to be read.');
	await put(visiting, panel, 'Put the question of a breach', 'It broke our rules');
	await writeDown(panel, 'A client was drawn into a friendship.');
	const { secretary } = panel;
	await put(visiting, panel, 'Put to the vote what follows', 'Agree', async () => {
		await choose(secretary, 'Outcome', 'Upheld');
		await secretary.getByLabel('Suspension', { exact: true }).check();
		await secretary.getByLabel('Suspension: for how many months?').fill('2');
	});
	await writeDown(panel, 'Two months, and supervision in them.');
}

/** Drafted by the secretary, checked and published by the owner. */
async function publishes(visiting: Visiting, { owner, secretary }: Cast, reference: string): Promise<void> {
	const writes = await at(visiting, secretary.id, `/office/concerns/${reference}/orders`);
	await writes.getByRole('link', { name: /^Draft the order/ }).click();
	await writes.getByLabel('Looked at again after how many months?').fill('1');
	await writes.getByLabel('What the public reads').fill('A client was written to outside the therapy. The registration is suspended for two months.');
	await writes.getByLabel('Why it is worded like this').fill('As the panel said it.');
	await writes.getByRole('button', { name: 'Save the draft' }).click();
	await writes.waitForURL(/\?done=draft/);
	await publishDraft(visiting, owner.id, writes.url());
}

async function publishDraft(visiting: Visiting, publisher: string, url: string): Promise<void> {
	const order = new URL(url).pathname;
	const page = await at(visiting, publisher, order);
	await act(page, 'Note the legal check', {}, 'Note it');
	await page.goto(order);
	await act(page, 'Publish it', {}, 'Publish it now');
}

/** The review comes due by itself; it goes on by a new version, which another publishes. */
async function review(visiting: Visiting, { owner, secretary }: Cast, reference: string, clock: Clock): Promise<void> {
	await clock.walkTo(addDays(clock.day(), 20));
	const due = await at(visiting, secretary.id, '/office/orders');
	expect(await due.locator('main').innerText()).toContain(`${reference}: `);
	await due
		.getByRole('link', { name: new RegExp(`^${reference}: `) })
		.first()
		.click();
	await act(due, 'Draft the next version', { 'For how many months?': '1', 'Why it is worded like this': 'Half of it is done.' }, 'Save the draft');
	await due.getByRole('link', { name: /version 2$/ }).click();
	await due.waitForURL(/orders\/[\w-]+$/);
	await publishDraft(visiting, owner.id, due.url());
}

/** The order that is in force of somebody. */
function orderOf(visiting: Visiting, personId: string): { id: string; toOn: string } {
	const text = 'SELECT id, to_on AS toOn FROM register_order WHERE person_id = ? AND outcome IS NULL ORDER BY from_on DESC LIMIT 1';
	return inRegister(visiting.site(), (sql) => sql.prepare(text).get(personId)) as { id: string; toOn: string };
}

/** What the public is told of somebody now: their page in the finder, their entry, and whether a notice stands there. */
async function seenBy(page: Page, { slug, number, name }: Cast['therapist']): Promise<{ page: number | undefined; entry: string; notices: boolean }> {
	const listed = await page.goto(`/therapists/${slug}`);
	await page.goto(`/register/${number}`);
	const entry = await page.locator('main').innerText();
	await page.goto('/register/notices');
	const notices = (await page.locator('main').innerText()).includes(name);
	return { page: listed?.status(), entry: /Suspended|Accredited/.exec(entry)?.[0] ?? entry, notices };
}

async function noticeOf(page: Page, { number }: Cast['therapist']): Promise<string> {
	await page.goto(`/register/${number}`);
	return page.locator('main').innerText();
}

function shownUntil(words: string): string {
	const said = /until (\d{1,2} \w+ \d{4})/.exec(words)?.[1] ?? '';
	const day = new Date(`${said} UTC`).toISOString().slice(0, 10);
	expect(sayDay(day)).toBe(said);
	return day;
}
