import { expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { closeMeeting } from '#features/accreditation/index.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, inPanel, roomOn } from '#tests/helpers/committee.ts';
import { heading, journeys, overflow, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

/** A browser in which somebody is signed in, on a page. */
async function at(visiting: Visiting, personId: string, path: string, width = 1280): Promise<Visitor['page']> {
	const known = await become(visiting.site(), personId);
	const { page } = await visiting.enter('/', { width });
	await page.context().addCookies([...known.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await page.goto(path);
	return page;
}

/** Runs some work on the register of the site, as a job beside the server has it. */
function inSite<T>(visiting: Visiting, work: (ctx: Ctx) => T): T {
	const ctx = siteCtx(visiting.site());
	try {
		return work(ctx);
	} finally {
		ctx.db.sql.close();
	}
}

/** A listed member without any award, and their application, which waits for the committee. */
function waiting(ctx: Ctx, slug: string): { id: string; reference: string } {
	const id = listTherapist(ctx.db, slug);
	for (const table of ['award_term WHERE award_id IN (SELECT id FROM award', 'award', 'registration'])
		ctx.db.sql.prepare(`DELETE FROM ${table} WHERE person_id = ?${table.includes('(') ? ')' : ''}`).run(id);
	const applicant: Someone = { id, ctx };
	return { id, reference: inPanel(ctx, applicant) };
}

const nameOf = (ctx: Ctx, id: string) =>
	ctx.db.sql.prepare("SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL").pluck().get(id) as string;

/** Decides by commands what a journey only passes through. */
function decide(ctx: Ctx, reference: string, choice: 'decline' | 'quash' | 'award', kind: 'ordinary' | 'review', more = {}): void {
	const seats = aCommittee(onDay(ctx, TODAY));
	const meeting = aMeeting(seats, [reference], kind, TODAY);
	const room = roomOn(seats, meeting, TODAY);
	room.open();
	const no = ctx.db.sql
		.prepare('SELECT i.position FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.application_id IS NOT NULL')
		.pluck()
		.get(meeting) as number;
	room.allVote(no, choice);
	room.resolve(no, reference, more, seats.chair);
	for (const { position } of ctx.db.sql
		.prepare("SELECT i.position FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.kind = 'minutes'")
		.all(meeting) as { position: number }[])
		room.resolve(position, '', {}, seats.secretary);
	closeMeeting(room.on(seats.secretary), meeting, { version: room.version() });
}

journeys('the committee', (visiting) => {
	test('decides in a meeting from which one member steps back: on the register, in the finder, with letter and certificate', async () => {
		const slug = visiting.javaScript ? 'ann-scripted' : 'ann-plain';
		const { id, reference, people, names } = inSite(visiting, (ctx) => {
			const { officer: _, secretary, chair, members, lay } = aCommittee(ctx);
			const ids = { secretary: secretary.id, chair: chair.id, one: members[0]?.id ?? '', two: members[1]?.id ?? '', lay: lay.id };
			const seated = Object.entries(ids).map(([seat, who], i) => {
				// Names of their own, so that each can be chosen in a list.
				ctx.db.sql.prepare('UPDATE person_name SET given_names = ? WHERE person_id = ?').run(`${slug}${i}`, who);
				return [seat, nameOf(ctx, who)];
			});
			return { ...waiting(ctx, slug), people: ids, names: Object.fromEntries(seated) as Record<keyof typeof ids, string> };
		});
		expect((await fetch(`${visiting.site().origin}/therapists/${slug}`)).status).not.toBe(200);

		const office = await at(visiting, people.secretary, '/office/meetings');
		await office.getByRole('link', { name: 'Call a meeting' }).click();
		await office.getByLabel('Day', { exact: true }).fill('22 November 2026');
		await office.getByLabel('Chair', { exact: true }).selectOption({ label: names.chair });
		for (const name of [names.one, names.two]) await office.getByRole('group', { name: 'Members', exact: true }).getByLabel(name).check();
		await office.getByRole('group', { name: 'Lay members' }).getByLabel(names.lay).check();
		await office.getByLabel('Secretary').selectOption({ label: names.secretary });
		await office.getByRole('button', { name: 'Call the meeting' }).click();
		await office.getByText('Say why this meeting comes sooner').first().waitFor();
		await office.getByLabel('Why so soon?').fill('Somebody moves abroad.');
		await office.getByRole('button', { name: 'Call the meeting' }).click();
		await office.getByRole('heading', { name: /^Meeting MTG-/ }).waitFor();
		const meeting = (await heading(office)).replace('Meeting ', '');
		const item = `/office/meetings/${meeting}/items/`;

		await office.getByRole('link', { name: 'Put something on the agenda' }).click();
		await office.getByLabel(new RegExp(reference)).check();
		await office.getByLabel('Other business').fill('The next day');
		const late = office.getByLabel('Why does it come late?');
		if (await late.count()) await late.fill('The day is near.');
		await office.getByRole('button', { name: 'Put on the agenda' }).click();
		const no = (await office.getByRole('link', { name: new RegExp(reference) }).getAttribute('href'))?.split('/').at(-1) ?? '';
		await office.getByRole('link', { name: 'Send the papers' }).click();
		await office.getByRole('button', { name: 'Send the papers' }).click();
		await office.getByRole('link', { name: 'Open the meeting' }).click();
		await office.getByRole('button', { name: 'Open the meeting' }).click();

		const declare = async (who: string, choice: RegExp, width = 1280) => {
			const page = await at(visiting, who, `/office/meetings/${meeting}`, width);
			await page.getByRole('link', { name: new RegExp(reference) }).click();
			expect(await page.getByText('What was sent').count()).toBe(0);
			await page.getByRole('link', { name: 'Say whether you have an interest' }).click();
			await page.getByLabel(choice).check();
			await page.getByRole('button', { name: 'Declare' }).click();
			return page;
		};
		const away = await declare(people.two, /I step back/);
		await away.getByText('nothing of it is shown to you').waitFor();
		await away.goto(`/office/meetings/${meeting}`);
		expect(await away.getByText(`Item ${no}: You take no part`).count()).toBe(1);
		expect(await away.getByText(reference).count()).toBe(0);

		await declare(people.secretary, /I have no interest/);
		const voters = [];
		for (const [index, who] of [people.chair, people.one, people.lay].entries())
			voters.push(await declare(who, /I have no interest/, index === 2 ? 320 : 1280));
		const phone = voters[2] as Visitor['page'];
		await phone.getByRole('heading', { name: 'What was sent' }).waitFor();
		expect(await overflow(phone)).toBeLessThanOrEqual(0);

		await office.goto(item + no);
		await office.getByRole('link', { name: 'Open voting' }).click();
		await office.getByRole('button', { name: 'Open voting' }).click();
		for (const page of voters) {
			await page.goto(item + no);
			await page.getByRole('link', { name: 'Vote', exact: true }).click();
			await page.getByLabel('Award', { exact: true }).check();
			await page.getByRole('button', { name: 'Cast my vote' }).click();
			await page.getByText('Done.').waitFor();
		}
		const chair = voters[0] as Visitor['page'];
		await chair.goto(item + no);
		await chair.getByText('Votes: Award 3.').waitFor();
		await chair.getByRole('link', { name: 'Resolve this item' }).click();
		await chair.getByRole('button', { name: 'Resolve' }).click();
		await chair.getByText('Awarded.').waitFor();

		const own = await at(visiting, id, `/my/accreditation/${reference}/letter`, 320);
		await own.getByText('The committee has decided to give you what you applied for.').waitFor();
		expect(await overflow(own)).toBeLessThanOrEqual(0);
		const number = /IPT-\d+/.exec(await own.locator('main').innerText())?.[0] ?? '';
		await own.goto('/my/certificates');
		await own.getByRole('link', { name: 'Download the certificate (PDF)' }).waitFor();
		await own.goto(`/register/${number}`);
		await own.getByText('Accredited', { exact: true }).first().waitFor();
		await own.goto(`/therapists/${slug}`);
		expect(await heading(own)).toContain('Ann Example');
	});

	test('refuses; the applicant reads why and asks for a review; it is set aside, and a panel of others decides', async () => {
		const { id, reference } = inSite(visiting, (ctx) => {
			const one = waiting(ctx, visiting.javaScript ? 'ben-scripted' : 'ben-plain');
			decide(ctx, one.reference, 'decline', 'ordinary', { reasons: ['standard_not_met'], words: 'Two cases are missing.' });
			return one;
		});
		const page = await at(visiting, id, `/my/accreditation/${reference}/letter`);
		await page.getByText('The committee has decided not to give you what you applied for.').waitFor();
		await page.getByText('You may apply again from 22 May 2027').waitFor();
		await page.getByRole('link', { name: 'Ask for a review' }).click();
		await page.getByLabel('What went wrong, or what is new?').fill('My fourth case was overlooked.');
		await page.getByRole('button', { name: 'Ask for a review' }).click();
		await page.getByText('Choose at least one ground').first().waitFor();
		expect(await page.getByLabel('What went wrong, or what is new?').inputValue()).toBe('My fourth case was overlooked.');
		await page.getByLabel('The procedure was not followed').check();
		await page.getByRole('button', { name: 'Ask for a review' }).click();
		await page.waitForURL(new RegExp(`/my/accreditation/${reference}\\?done=review`));

		inSite(visiting, (ctx) => decide(ctx, reference, 'quash', 'review', { reasons: ['procedure'], words: 'It was overlooked.' }));
		await page.goto(`/my/accreditation/${reference}/letter`);
		await page.getByText('A new panel of people who had no part in it decides your application.').waitFor();
		inSite(visiting, (ctx) => decide(ctx, reference, 'award', 'ordinary'));
		await page.goto(`/my/accreditation/${reference}/letter`);
		await page.getByText('The committee has decided to give you what you applied for.').first().waitFor();
		await page.getByText('Earlier letters').waitFor();
	});
});
