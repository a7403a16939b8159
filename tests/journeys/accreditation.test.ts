import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { staff } from '#tests/helpers/committee.ts';
import { heading, journeys, overflow, type Visiting } from '#tests/helpers/journey.ts';
import { aSupervisor, aTrainee, train } from '#tests/helpers/trained.ts';
import { answerQuestions, fillSections, noLook, payFee, reportByLink, send } from './by-clicking/applying.ts';
import { askForMore, declareFree, findComplete, giveTo, markAllMet, markFixable, seal } from './by-clicking/assessing.ts';
import { aTable, callMeeting, closeMeeting, declareOn, openOn, openVoting, resolve, vote } from './by-clicking/committee.ts';
import { at, inSite, rename } from './by-clicking/desk.ts';

const QUESTION = 'Please send the page that names your registration.';

journeys('becoming accredited', (visiting) => {
	const family = visiting.javaScript ? 'Winterbourne' : 'Summerfield';

	test('a trainee applies, is assessed, asked and decided on, and stands in the register and the finder', { timeout: 150_000 }, async () => {
		const cast = inSite(visiting, (ctx) => castOf(ctx, family));
		const own = await at(visiting, cast.trainee, '/my/accreditation', 360);
		const reference = await applied(visiting, own, cast);
		await assessed(visiting, own, cast, reference);
		await decided(visiting, cast, reference);
		const number = await toldOf(own, reference);
		await listed(own);
		await found(visiting, number);
	});

	type Cast = ReturnType<typeof castOf>;

	/** From the list of routes to the fee that is paid, and the supervisor's report by the link in the message. */
	async function applied({ site }: Visiting, own: Page, { supervisor }: Cast): Promise<string> {
		await own.getByRole('link', { name: 'Look at it accredited practitioner', exact: true }).click();
		await answerQuestions(own);
		await own.getByRole('button', { name: 'Begin the application' }).click();
		await fillSections(own, noLook, 'all');
		await own.getByRole('link', { name: 'Supervisor’s report' }).click();
		await own.getByLabel(supervisor.name).check();
		await own.getByRole('button', { name: 'Keep and ask now' }).click();
		await own.getByText('The message to them is on its way.').waitFor();
		expect(await reportByLink(visiting, supervisor.email, supervisor.name)).toBe('Write a supervisor’s report');
		await own.goto('/my/accreditation/practitioner/check');
		// Nothing on the record falls short of the standards.
		expect(await own.getByText('You may send it all the same').count()).toBe(0);
		const reference = await send(own);
		await payFee(own);
		expect(own.url()).toContain(site().origin);
		return reference;
	}

	/** Found complete, marked on two sealed sheets, with one question to the applicant in between. */
	async function assessed(_: Visiting, own: Page, cast: Cast, reference: string): Promise<void> {
		const officer = await at(visiting, cast.officer, '/office');
		await findComplete(officer, reference);
		await officer.getByRole('link', { name: 'Give it to an assessor' }).click();
		await officer.getByText(`${cast.supervisor.name}: they were asked for a reference or report; they supervised the applicant`).waitFor();
		expect(await officer.getByLabel(cast.supervisor.name).count()).toBe(0);
		await officer.goBack();
		for (const { name } of [cast.lead, cast.second]) await giveTo(officer, name);
		const lead = await declareFree(visiting, cast.lead.id, reference);
		const second = await declareFree(visiting, cast.second.id, reference);
		await markAllMet(second, reference);
		await markFixable(lead, reference, 'profession', QUESTION);
		await askForMore(lead, reference, QUESTION);
		await answer(own, reference);
		await markAllMet(lead, reference);
		await seal(lead, 'All of it is there.');
		await lead.goto(`/office/applications/${reference}/sheets`);
		await lead.getByText('The sheets of others cannot be read before everyone has sealed theirs.').waitFor();
		await markAllMet(second, reference);
		await seal(second, 'It is sound.');
		await own.goto(`/my/accreditation/${reference}`);
		expect(await own.locator('main').innerText()).not.toContain('It is sound.');
		await own.getByText('Whose turn it is: The committee’s').waitFor();
	}

	async function answer(own: Page, reference: string): Promise<void> {
		await own.goto(`/my/accreditation/${reference}`);
		await own.getByRole('link', { name: 'Answer what we asked' }).first().click();
		await own.getByText(QUESTION).waitFor();
		await own.getByLabel('Your answer').fill('It is HCPC, and my entry says it.');
		await own.getByRole('button', { name: 'Keep this answer' }).click();
		await own.getByText('Your answer is kept.').waitFor();
		expect(await overflow(own)).toBeLessThanOrEqual(0);
		await own.getByRole('button', { name: 'Send all answers' }).click();
		await own.getByText('Your answers have been sent.').waitFor();
	}

	/** A meeting from which one member steps back; three vote, the chair resolves, the minutes say so. */
	async function decided(_: Visiting, { table }: Cast, reference: string): Promise<void> {
		const { ids } = table;
		const office = await at(visiting, ids.secretary, '/office/meetings');
		const meeting = await callMeeting(office, table);
		const item = await openOn(office, reference);
		const away = await declareOn(visiting, ids.two, item, 'I step back');
		await away.getByText('nothing of it is shown to you').waitFor();
		await declareOn(visiting, ids.secretary, item, 'I have no interest');
		const chair = await declareOn(visiting, ids.chair, item, 'I have no interest');
		const one = await declareOn(visiting, ids.one, item, 'I have no interest');
		const phone = await declareOn(visiting, ids.lay, item, 'I have no interest', 320);
		await phone.getByRole('heading', { name: 'What was sent' }).waitFor();
		expect(await overflow(phone)).toBeLessThanOrEqual(0);
		await openVoting(office, item);
		for (const page of [chair, one, phone]) await vote(page, item, 'Award');
		await resolve(chair, item, 'Award 3', '');
		await chair.getByText('Awarded.').waitFor();
		await closeMeeting(office, meeting);
		for (const [page, words] of [
			[chair, 'Awarded.'],
			[away, 'You take no part in this item.'],
		] as const) {
			await page.goto(`/office/meetings/${meeting}/minutes`);
			await page.getByText(words).first().waitFor();
		}
		expect(await away.locator('main').innerText()).not.toContain(reference);
	}

	/** What the applicant reads, and the certificate that leads to the live entry. @returns their number in the register */
	async function toldOf(own: Page, reference: string): Promise<string> {
		await own.goto(`/my/accreditation/${reference}`);
		await own.getByRole('link', { name: 'Read the decision' }).click();
		await own.getByText('The committee has decided to give you what you applied for.').waitFor();
		expect(await overflow(own)).toBeLessThanOrEqual(0);
		const number = /IPT-\d+/.exec(await own.locator('main').innerText())?.[0] ?? '';
		await own.goto('/my/certificates');
		const href = await own.getByRole('link', { name: 'Download the certificate (PDF)' }).getAttribute('href');
		const pdf = await own.request.get(href ?? '');
		const text = await textIn(await pdf.body());
		for (const said of [`Thea${family}`, 'Accreditedpractitioner', `/register/${number}`]) expect(text).toContain(said);
		return number;
	}

	/** Says how and where they work, agrees to be shown, and publishes. */
	async function listed(own: Page): Promise<void> {
		await own.goto('/my/listing/publish');
		await own.getByText('Nothing is written yet.').waitFor();
		await own.goto('/my/listing/work');
		await own.getByLabel('In person').check();
		await own.getByRole('button', { name: 'Save' }).click();
		await own.getByText('Saved.').waitFor();
		await own.goto('/my/listing/places');
		await own.getByLabel('Postcode, the first part of one, or town').first().fill('ZE1');
		await own.getByLabel('Show towns and districts on my page').check();
		await own.getByRole('button', { name: 'Save' }).click();
		await own.getByText('Saved.').waitFor();
		await own.goto('/my/listing/publish');
		await own.getByRole('button', { name: 'I agree: publish my listing' }).click();
		await own.getByText('Published. People can find you').waitFor();
	}

	/** What anybody sees: the search near the place, the profile, the entry to which the certificate leads. */
	async function found({ enter }: Visiting, number: string): Promise<void> {
		const { page } = await enter('/find', { width: 360 });
		await page.getByLabel('Where are you looking?').fill('ZE1');
		await page.getByRole('button', { name: 'Find a therapist' }).click();
		await page.locator('.result__name a', { hasText: `Thea ${family}` }).click();
		expect(await heading(page)).toBe(`Thea ${family}`);
		await page.goto(`/register/${number}`);
		await page.getByText('Accredited', { exact: true }).first().waitFor();
		expect(await page.locator('main').innerText()).toContain('Accredited practitioner');
	}
});

/** A trainee with all that is asked for on record, whose supervisor also assesses; an officer, two assessors, a committee. */
function castOf(ctx: Ctx, family: string) {
	const supervisor = aSupervisor(ctx, `Sue${family}`);
	const email = ctx.db.sql.prepare('SELECT email FROM person WHERE id = ?').pluck().get(supervisor.id) as string;
	const grant = "INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES (?, ?, 'assessor', '2020-01-01', 'test', 'test')";
	ctx.db.sql.prepare(grant).run(newId(), supervisor.id);
	const trainee = aTrainee(ctx, { given: 'Thea', family });
	train(ctx, trainee, supervisor);
	const [lead, second] = ['Ada', 'Bea'].map((given) => {
		const { id } = staff(ctx, `${given}${family}`, 'assessor');
		return { id, name: rename(ctx, id, given, `${family}-Marks`) };
	}) as [{ id: string; name: string }, { id: string; name: string }];
	const officer = staff(ctx, `Olga${family}`, 'membership_officer').id;
	const named = { name: rename(ctx, supervisor.id, 'Sue', `${family}-Senior`), email };
	return { trainee: trainee.id, supervisor: named, lead, second, officer, table: aTable(ctx, `${family}-Table`) };
}

/** The words of a certificate without spaces: lines break where they may. */
async function textIn(body: Buffer): Promise<string> {
	const pdf = await getDocument({ data: new Uint8Array(body), verbosity: VerbosityLevel.ERRORS }).promise;
	const { items } = await (await pdf.getPage(1)).getTextContent();
	return items.map((item) => ('str' in item ? item.str.replace(/\s/g, '') : '')).join('');
}
