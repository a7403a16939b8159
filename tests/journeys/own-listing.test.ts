import { expect, test } from 'vitest';
import { heading, journeys, overflow } from '#tests/helpers/journey.ts';
import { becomeA, personWith } from '#tests/helpers/person.ts';

journeys('looking after one’s own listing', ({ enter, site, javaScript }) => {
	test('a member on a phone changes what they say, sees it as others will, takes it down and publishes it again', async () => {
		const { page } = await enter('/demo', { width: 360 });
		const member = personWith(site(), 'member');
		await page.context().addCookies([...(await becomeA(site(), 'member')).cookies].map(([name, value]) => ({ name, value, url: site().origin })));
		expect(member).toMatch(/^[0-9a-f-]{36}$/);
		await page.goto('/my/listing');
		await page.getByRole('link', { name: /^Change.*About me/ }).click();
		const words = `I listen, and we look at what happened (${javaScript ? 'one' : 'two'}).`;
		await page.getByLabel('About me').fill(words);
		await page.getByRole('checkbox', { name: 'Show this text on my page' }).check();
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Saved.').waitFor();

		await page.getByRole('link', { name: 'See it as the public would' }).click();
		await page.getByText('this is how your page looks').waitFor();
		const preview = await page.locator('main').innerText();
		expect(preview).toContain(words);
		const name = await heading(page);

		await page.goto('/my/listing/take-down');
		await page.getByRole('button', { name: 'Take it down' }).click();
		await page.getByText('Your listing is not shown to anyone.').waitFor();
		await page.goto(`/find?name=${encodeURIComponent(name)}`);
		expect(await page.locator('.result__name', { hasText: name }).count()).toBe(0);

		await page.goto('/my/listing/publish');
		await page.getByRole('button', { name: 'I agree: publish my listing' }).click();
		await page.getByText('Published. People can find you').waitFor();
		await page.goto(`/find?name=${encodeURIComponent(name)}`);
		await page.locator('.result__name a', { hasText: name }).first().click();
		await page.getByRole('heading', { name: 'What the register says' }).waitFor();
		expect(await page.locator('main').innerText()).toBe(preview);
		expect(await overflow(page)).toBe(0);
	});

	test('what was typed survives a mistake, and a second window is told of', async () => {
		const member = await becomeA(site(), 'member');
		const bad = await member.post('/my/listing/fees', { version: '1', feeFrom: 'sixty', feeTo: '80', sessionMinutes: '50' });
		const text = await bad.text();
		expect([bad.status, text.includes('value="sixty"'), text.includes('Enter an amount in pounds')]).toEqual([422, true, true]);
		const stale = await member.post('/my/listing/about', { version: '0', about: 'typed in the other window' });
		const told = await stale.text();
		expect([stale.status, told.includes('typed in the other window'), told.includes('This is what is stored now')]).toEqual([409, true, true]);
	});
});
