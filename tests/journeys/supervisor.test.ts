import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { inPanel, staff } from '#tests/helpers/committee.ts';
import { assessAll, awardNow } from '#tests/helpers/decided.ts';
import { journeys, overflow } from '#tests/helpers/journey.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';
import { answerQuestions, fillSections, noLook, payFee, reportByLink, send } from './by-clicking/applying.ts';
import { aTable, callMeeting, declareOn, openOn, openVoting, resolve, vote } from './by-clicking/committee.ts';
import { at, inSite, rename } from './by-clicking/desk.ts';

journeys('the supervisor’s award', (visiting) => {
	const family = visiting.javaScript ? 'Hollowell' : 'Larkfield';
	const slug = `nan-${family}`.toLowerCase();

	test('is applied for, given and told, and goes when the practitioner’s award goes', { timeout: 150_000 }, async () => {
		const cast = inSite(visiting, (ctx) => castOf(ctx, slug, family));
		expect(await level()).toContain('Accredited IPT practitioner');
		const own = await at(visiting, cast.id, '/my/accreditation', 320);
		const reference = await applied(own);
		inSite(visiting, (ctx) => assessAll(ctx, reference, cast.officer(ctx), cast.assessors(ctx)));
		await decided(cast, reference);

		await own.goto(`/my/accreditation/${reference}/letter`);
		await own.getByText('The committee has decided to give you what you applied for.').waitFor();
		const number = /IPT-\d+/.exec(await own.locator('main').innerText())?.[0] ?? '';
		expect(await level()).toContain('Accredited IPT supervisor');
		const entry = await told(`/register/${number}`);
		for (const said of ['is accredited', 'Accredited supervisor – adults', 'Accredited practitioner – adults']) expect(entry).toContain(said);

		// The award as practitioner turns out to have been given by mistake: the registrar asks, somebody of the committee agrees.
		await undone(cast.registrar, cast.table.ids.one, cast.first);
		const after = await told(`/register/${number}`);
		expect(after).toContain('Not on the register since 22 November 2026');
		expect(after).not.toContain('Accredited supervisor – adults');
		expect(await told(`/find?name=${family}`)).not.toContain(`Nan ${family}`);
		expect(await told(`/therapists/${slug}`)).toContain('This page is no longer shown');
		await own.goto('/my/certificates');
		await own.getByText('There is no certificate for you to print today.').waitFor();
	});

	/** What somebody reads who comes to a public page for the first time: a browser may keep one for a minute. */
	async function told(path: string): Promise<string> {
		const { page } = await visiting.enter(path);
		const words = await page.locator('main').innerText();
		await page.close();
		return words;
	}

	/** What the finder says they are. */
	async function level(): Promise<string> {
		const { page } = await visiting.enter(`/find?name=${family}`);
		return page.locator('.result', { hasText: family }).locator('.result__level').innerText();
	}

	/** On a telephone: questions, sections, the two who are asked, declaration, fee. @returns the reference */
	async function applied(own: Page): Promise<string> {
		await own.getByRole('link', { name: 'Look at it accredited supervisor', exact: true }).click();
		await answerQuestions(own);
		await own.getByRole('button', { name: 'Begin the application' }).click();
		await fillSections(own, noLook, 'first');
		await own.goto('/my/accreditation/supervisor/requests');
		for (const [place, name] of [
			['supervisor_report-1', 'Tilda Watcher'],
			['reference-1', 'Sid Learner'],
		] as const) {
			const part = own.locator(`section[aria-labelledby="${place}"]`);
			await part.locator('input[name="name"]').fill(name);
			await part.locator('input[name="email"]').fill(addressOf(name));
			await part.locator('input[name="about"]').fill('They saw me supervise.');
			await part.getByRole('button', { name: 'Keep and ask now' }).click();
			await own.getByText('The message to them is on its way.').waitFor();
			await part.getByText(name).first().waitFor();
		}
		expect(await overflow(own)).toBeLessThanOrEqual(0);
		expect(await reportByLink(visiting, addressOf('Tilda Watcher'), 'Tilda Watcher')).toBe('Write a supervisor’s report');
		await reportByLink(visiting, addressOf('Sid Learner'), 'Sid Learner');
		await own.goto('/my/accreditation/supervisor/check');
		const reference = await send(own);
		await payFee(own);
		return reference;
	}

	const addressOf = (name: string) => `${name.replace(' ', '.')}.${family}@outside.example`.toLowerCase();

	async function decided({ table }: ReturnType<typeof castOf>, reference: string): Promise<void> {
		const { ids } = table;
		const office = await at(visiting, ids.secretary, '/office/meetings');
		await callMeeting(office, table);
		const item = await openOn(office, reference);
		await declareOn(visiting, ids.secretary, item, 'I have no interest');
		const voters = [];
		for (const id of [ids.chair, ids.one, ids.two, ids.lay]) voters.push(await declareOn(visiting, id, item, 'I have no interest'));
		await openVoting(office, item);
		for (const page of voters) await vote(page, item, 'Award');
		await resolve(voters[0] as Page, item, 'Award 4', '');
	}

	async function undone(registrar: string, second: string, reference: string): Promise<void> {
		const asks = await at(visiting, registrar, `/office/meetings/decisions/${reference}`);
		await asks.getByRole('link', { name: 'Undo the decision in force, as a mistake' }).click();
		await asks.getByLabel('What was the mistake?').fill('The papers were those of somebody else.');
		await asks.getByRole('button', { name: 'Ask to undo it' }).click();
		const agrees = await at(visiting, second, `/office/meetings/decisions/${reference}`);
		await agrees.getByRole('link', { name: 'Somebody asks to undo the decision in force' }).click();
		await agrees.getByLabel('I agree: undo the decision').check();
		await agrees.getByRole('button', { name: 'Answer' }).click();
		await agrees.waitForURL(/done=undo/);
	}
});

/** A listed practitioner by decision of an earlier meeting, and everybody whom the application for the next award needs. */
function castOf(ctx: Ctx, slug: string, family: string) {
	const id = listTherapist(ctx.db, slug);
	rename(ctx, id, 'Nan', family);
	for (const text of [
		'award_term WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)',
		'award WHERE person_id = ?',
		'registration WHERE person_id = ?',
	])
		ctx.db.sql.prepare(`DELETE FROM ${text}`).run(id);
	const first = inPanel(ctx, { id, ctx });
	awardNow(ctx, first);
	const officer = staff(ctx, `Olga${family}`, 'membership_officer');
	const assessors = ['Ada', 'Abe'].map((given) => staff(ctx, `${given}${family}`, 'assessor'));
	const registrar = staff(ctx, `Hetty${family}`, 'registrar').id;
	// The connection they were made on is closed by the time they act.
	const on = (someone: typeof officer) => (later: Ctx) => ({ ...someone, ctx: { ...later, actor: someone.ctx.actor } });
	return {
		id,
		first,
		registrar,
		table: aTable(ctx, `${family}-Table`),
		officer: on(officer),
		assessors: (later: Ctx) => assessors.map((one) => on(one)(later)),
	};
}
