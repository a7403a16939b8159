import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '#tests/helpers/html.ts';
import { becomeA, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let registrar: Visitor;
let committee: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	[registrar, committee] = [await becomeA(site, 'registrar'), await becomeA(site, 'committee')];
});
afterAll(() => site?.stop());

const read = async (path: string, who = committee) => textOf(await (await who.get(path)).text());

/** All fields of the form over the figures as the page shows them. */
async function figures(path: string): Promise<Record<string, string>> {
	const html = await (await committee.get(path)).text();
	const form = (html.match(/<form\b[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes('name="rounding"')) ?? '';
	const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
	const sent = inputs.filter((tag) => !/type="(radio|checkbox)"/.test(tag) || /\schecked/.test(tag));
	const part = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
	return Object.fromEntries(sent.map((tag) => [part(tag, 'name'), part(tag, 'value')]));
}

describe('CPD rules in the office', () => {
	test('are drafted, compared, tried on real entries, published for a day to come, and then stand in the table', async () => {
		expect(await read('/office/settings/cpd-rules')).toMatch(/2026-1 1 January 2000 In force/);
		const begun = await committee.post('/office/settings/cpd-rules', { name: '2027-1' });
		const draft = begun.headers.get('location') ?? '';
		expect([begun.status, await read(draft)]).toEqual([303, expect.stringContaining('It says the same as 2026-1')]);

		const changed = { ...(await figures(draft)), 'practitioner-minutes': '20', 'practitioner-supervisionMinutes': '' };
		expect((await committee.post(draft, changed)).status).toBe(303);
		expect(await read(draft)).toContain('Accredited practitioner: CPD in all 30 hours 20 hours');
		expect((await committee.post(`${draft}/publish`, publishing())).status).toBe(422);

		expect((await committee.post(`${draft}/try`)).status).toBe(303);
		expect(await read(draft)).toMatch(/\d+ of 3\d\d would change/);
		expect(await read(draft)).not.toContain('would meet the rules now');
		expect(await read(draft, registrar)).toContain('would meet the rules now');

		expect(await read(`${draft}/publish`)).toContain('A year that is running keeps the rules it began under');
		const past = await committee.post(`${draft}/publish`, publishing('2026'));
		expect([past.status, textOf(await past.text())]).toEqual([422, expect.stringContaining('Choose a day to come')]);
		expect((await committee.post(`${draft}/publish`, publishing())).status).toBe(303);
		expect(await read('/office/settings/cpd-rules?done=published')).toMatch(/2027-1 1 April 2027 To come/);
		expect((await committee.get(draft)).status).toBe(404);
	});

	test('keep what was typed when two work on one draft, and when a figure cannot be read', async () => {
		const draft = (await registrar.post('/office/settings/cpd-rules', { name: '2028-1' })).headers.get('location') ?? '';
		const fields = await figures(draft);
		expect((await registrar.post(draft, { ...fields, 'trainer-minutes': '40' })).status).toBe(303);
		const clash = await committee.post(draft, { ...fields, 'trainer-minutes': '45' });
		const html = await clash.text();
		expect([clash.status, textOf(html)]).toEqual([409, expect.stringContaining('Somebody changed this draft meanwhile')]);
		expect(html).toMatch(/name="trainer-minutes"[^>]*value="45"/);
		const wrong = await committee.post(draft, { ...(await figures(draft)), 'trainer-minutes': '2,5' });
		expect([wrong.status, textOf(await wrong.text())]).toEqual([422, expect.stringContaining('Use a point, not a comma')]);
		expect((await registrar.post(`${draft}/discard`)).status).toBe(303);
		expect((await registrar.get(draft)).status).toBe(404);
	});
});

function publishing(year = '2027'): Record<string, string> {
	return { 'from-day': '1', 'from-month': '4', 'from-year': year, reason: 'Minute 7 of the November meeting', version: '2' };
}
