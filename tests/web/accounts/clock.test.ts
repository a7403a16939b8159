import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from '#tests/helpers/html.ts';
import { become, personWith, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.stop());

const move = (days: string) => visitor(site).post('/demo/clock', { days });

async function dayShown(): Promise<string> {
	for (;;) {
		const { text } = await get(`${site.origin}/demo`);
		if (!/still to go/.test(text)) return /It is ([^.]+)\. Put/.exec(text)?.[1] ?? '';
		await new Promise((wait) => setTimeout(wait, 50));
	}
}

describe('the clock of the demonstration', () => {
	test('is put forward by days, and every day’s jobs run on it', async () => {
		expect(await dayShown()).toBe('22 November 2026');
		expect((await move('7')).status).toBe(303);
		expect(await dayShown()).toBe('29 November 2026');
	});

	test('keeps whoever is signed in signed in', async () => {
		const member = await become(site, personWith(site, 'member'));
		await move('30');
		await dayShown();
		expect((await member.get('/my')).status).toBe(200);
	});

	test('takes only the steps it offers, and never goes back', async () => {
		const before = await dayShown();
		for (const days of ['-1', '0', '5000', 'x', '1e3']) await move(days);
		expect(await dayShown()).toBe(before);
	});

	test('shows nobody in the finder whose membership has run out meanwhile', async () => {
		await move('365');
		await move('90');
		await dayShown();
		expect((await get(`${site.origin}/find?place=London`)).text).not.toMatch(/class="result"/);
	});
});
