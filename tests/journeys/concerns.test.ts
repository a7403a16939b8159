import { expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { journeys, overflow, traces } from '#tests/helpers/journey.ts';
import { colleague } from '#tests/helpers/upkeep.ts';
import { accept, act, aListedTherapist, choose, comeBack, letSomebodyIn, raise, takeOn } from './by-clicking/concerns.ts';
import { at, inSite } from './by-clicking/desk.ts';

const CANARY = 'quorbanezyx';

journeys('a concern', (visiting) => {
	const mode = visiting.javaScript ? 'Scripted' : 'Plain';
	let count = 0;

	/** A listed therapist of the demonstration, an officer for concerns, and another. */
	const castOf = (ctx: Ctx) => {
		count += 1;
		const family = `${mode}${'abcdefgh'[count]}`;
		const therapist = aListedTherapist(ctx);
		const [officer, other] = ['Olive', 'Otto'].map((given) => colleague(ctx.db, `${given}${family}`, 'complaints_officer')) as [string, string];
		const lay = colleague(ctx.db, `Lou${family}`, 'lay_panel_member');
		return { therapist, officer, other, lay: { id: lay, name: `Lou${family}` } };
	};

	test('is raised on a telephone without a name, withdrawn on another device, and closed; nothing of it is left on the way', { timeout: 90_000 }, async () => {
		const { therapist, officer, other } = inSite(visiting, castOf);
		const raised = await raise(visiting, { ...therapist, happened: `It was ${CANARY}.` });
		expect(await overflow(raised.page)).toBeLessThanOrEqual(0);
		if (visiting.javaScript) expect(await faultsOn(raised.page)).toEqual([]);
		const owner = await takeOn(visiting, officer, raised.reference);
		await act(owner, 'Say that it arrived', { 'What the person who raised it reads': 'Thank you. I am Olive.' }, 'Send it');

		const library = await comeBack(visiting, raised);
		await library.getByText('Thank you. I am Olive.').waitFor();
		await library.getByRole('link', { name: 'I do not want to go on with it' }).click();
		await library.locator('textarea').fill('I have changed my mind.');
		await library.getByRole('button', { name: 'Withdraw it' }).click();
		await library.getByText('We have noted that you do not want to go on.').waitFor();
		if (visiting.javaScript) expect(await faultsOn(library)).toEqual([]);

		await owner.goto(`/office/concerns/${raised.reference}`);
		await owner.getByText('Yes, by who raised it').waitFor();
		await act(
			owner,
			'Close the case',
			{ 'What the person who raised it reads': 'It is closed.', 'What do we learn from it?': 'Answer sooner.' },
			'Close it',
			async () => {
				await owner.locator('input[name="root"]').first().check();
			},
		);
		await library.goto('/concerns/mine');
		await library.getByText('You withdrew it, and it was closed.').waitFor();
		// Nobody else in the office knows that there was a case.
		const stranger = await at(visiting, other, '/office/concerns?stage=closed');
		expect(await stranger.locator('main').innerText()).not.toContain(raised.reference);
		expect((await stranger.goto(`/office/concerns/${raised.reference}`))?.status()).toBe(404);
		const seen = (await traces(raised.visitor)).join('\n');
		for (const word of [CANARY, raised.reference, therapist.name]) expect(seen).not.toContain(word);
	});

	test('is settled: terms are laid before both sides, each answers for itself, and what they agreed is the outcome', { timeout: 120_000 }, async () => {
		const { therapist, officer, lay } = inSite(visiting, castOf);
		const raised = await raise(visiting, { ...therapist, happened: 'They ended it without a word. An apology would do.' });
		const { reference } = raised;
		const owner = await takeOn(visiting, officer, reference);
		const screener = await letSomebodyIn(visiting, owner, reference, { ...lay, as: 'Lay screener' });
		await owner.goto(`/office/concerns/${reference}`);
		await accept(owner, screener, reference);
		await act(owner, 'Write down an allegation', { 'What is said to have happened?': 'That they ended the therapy without a word.' }, 'Add it', () =>
			choose(owner, 'What is it about?', 'Ending of therapy'),
		);
		await owner.goto(`/office/concerns/${reference}`);
		await act(owner, 'Begin to settle it', {}, 'Begin', async () => {
			for (const words of await owner.locator('main form textarea').all())
				if ((await words.inputValue()) === '') await words.fill('Both of you would like to try.');
		});
		await owner.goto(`/office/concerns/${reference}`);
		await act(owner, 'Lay terms before both sides', { 'The terms': 'An apology in writing, within two weeks.' }, 'Lay them before both');

		const own = await at(visiting, therapist.id, `/my/concerns/${reference}/settle`, 320);
		await own.getByText('An apology in writing, within two weeks.').waitFor();
		await own.getByLabel('I agree to these terms').check();
		await own.getByRole('button', { name: 'Send my answer' }).click();
		await own.waitForURL(/\?done=settle/);

		const page = await comeBack(visiting, raised);
		await page.goto('/concerns/mine/settle');
		// What the other side said does not stand there before one has answered oneself.
		expect(await page.locator('main').innerText()).not.toContain('agreed');
		expect(await overflow(page)).toBeLessThanOrEqual(0);
		if (visiting.javaScript) for (const one of [page, own]) expect(await faultsOn(one)).toEqual([]);
		await page.getByLabel('I agree to these terms').check();
		await page.getByRole('button', { name: 'Send my answer' }).click();
		await page.waitForURL(/\?done=answered/);
		await page.goto('/concerns/mine');
		await page.getByText('It was settled with your agreement.').waitFor();
		await page.goto('/concerns/mine/pack');
		if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
		await own.goto(`/my/concerns/${reference}`);
		await own
			.getByText(/settled/)
			.first()
			.waitFor();
		await owner.goto(`/office/concerns/${reference}`);
		expect(await owner.locator('main').innerText()).toMatch(/Outcome\s+Settled between both sides/i);
	});

	test('about a member of the committee who works on concerns too is not there for them, not by a number that is missing', { timeout: 90_000 }, async () => {
		const { therapist, officer, other } = inSite(visiting, (ctx) => {
			const cast = castOf(ctx);
			const grant = ctx.db.sql.prepare(
				"INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES (?, ?, ?, '2000-01-01', 'test', 'test')",
			);
			for (const role of ['committee', 'complaints_officer']) grant.run(`${role}-${cast.therapist.id}`, cast.therapist.id, role);
			return cast;
		});
		const own = await at(visiting, therapist.id, '/office/concerns');
		const before = await own.locator('main').innerText();
		const first = await raise(visiting, { ...therapist, happened: 'They know everybody there.' });
		expect((await own.goto(`/office/concerns/${first.reference}`))?.status()).toBe(404);
		await own.goto('/office/concerns');
		expect(await own.locator('main').innerText()).toBe(before);
		await own.goto('/office');
		const count = await own.locator('main').innerText();
		const owner = await takeOn(visiting, officer, first.reference);
		await owner.goto(`/office/concerns/${first.reference}/let-in`);
		expect(await owner.getByLabel('Whom?').innerText()).not.toContain(therapist.name);
		expect(await owner.getByLabel('Whom?').innerText()).toContain(inSite(visiting, (ctx) => nameIn(ctx, other)));
		await own.goto('/office');
		expect(await own.locator('main').innerText()).toBe(count);
	});
});

function nameIn(ctx: Ctx, personId: string): string {
	return ctx.db.sql.prepare('SELECT given_names FROM person_name WHERE person_id = ?').pluck().get(personId) as string;
}
