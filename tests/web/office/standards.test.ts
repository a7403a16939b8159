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

const HOME = '/office/settings/standards';
const read = async (path: string, who = committee) => textOf(await (await who.get(path)).text());
const begin = async (who: Visitor, name: string) => (await who.post(HOME, { name })).headers.get('location') ?? '';
const ENTITIES: Record<string, string> = { amp: '&', quot: '"', '#39': "'", '#34': '"', lt: '<', gt: '>' };
const plain = (text: string) => text.replace(/&(#?\w+);/g, (_, name) => ENTITIES[name] ?? '');

/** Every field of the form over a part, as a browser would send it. */
async function fields(path: string, changes: Record<string, string> = {}): Promise<[string, string][]> {
	const html = await (await committee.get(path)).text();
	const form = (html.match(/<form\b[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes('name="version"')) ?? '';
	const sent: [string, string][] = [];
	const add = (name: string, value: string) => {
		if (name !== '' && changes[name] === undefined) sent.push([name, plain(value)]);
	};
	const part = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
	for (const [tag] of form.matchAll(/<input\b[^>]*>/g))
		if (!/type="(radio|checkbox)"/.test(tag) || /\schecked/.test(tag)) add(part(tag, 'name'), part(tag, 'value'));
	for (const [, tag = '', text = ''] of form.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/g)) add(part(tag, 'name'), text);
	for (const [, tag = '', options = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g))
		add(part(tag, 'name'), part(/<option\b[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? '', 'value'));
	return [...sent, ...Object.entries(changes)];
}

describe('standards in the office', () => {
	test('are drafted, changed section by section, compared in words, published for a day to come, and read by everyone', async () => {
		expect(await read(HOME)).toMatch(/2026-1 1 January 2000 In force/);
		const draft = await begin(committee, '2027-1');
		expect(await read(draft)).toContain('It says the same as 2026-1');

		const cases = `${draft}/routes/practitioner/sections/cases`;
		const same = await committee.post(cases, await fields(cases));
		expect([same.status, await read(draft)]).toEqual([303, expect.stringContaining('It says the same as 2026-1')]);
		expect((await committee.post(cases, await fields(cases, { 'rules-0-atLeast': '5' }))).status).toBe(303);
		expect(await read(draft)).toContain('Accredited practitioner: Your supervised cases: Supervised cases passed 4 cases 5 cases');

		for (const part of ['general', 'reasons', 'routes/trainer', 'routes/trainer/questions']) {
			const path = `${draft}/${part}`;
			expect((await committee.post(path, await fields(path))).status, part).toBe(303);
		}
		expect(await read(draft)).toContain('Supervised cases passed 4 cases 5 cases Change it');

		const moved = await committee.post(cases, await fields(cases, { act: 'criteria.1.up' }));
		expect(moved.status).toBe(303);
		expect(await read(`${draft}/publish`)).toContain('keeps the set it began under');
		expect((await committee.post(`${draft}/publish`, publishing('2026'))).status).toBe(422);
		expect((await committee.post(`${draft}/publish`, publishing('2027', '2'))).status).toBe(409);
		expect((await committee.post(`${draft}/publish`, publishing('2027', '8'))).status).toBe(303);
		expect(await read(`${HOME}?done=published`)).toMatch(/2027-1 1 April 2027 To come/);
		expect((await committee.get(draft)).status).toBe(404);

		const open = await fetch(`${site.origin}/accreditation/standards/2027-1/practitioner`);
		expect([open.headers.get('cache-control'), textOf(await open.text())]).toEqual(['public, max-age=60', expect.stringContaining('5 cases')]);
		expect(textOf(await (await fetch(`${site.origin}/accreditation/standards/2026-1/practitioner`)).text())).toContain('4 cases');
	});

	test('keep what was typed when two work on one draft, and when something cannot be taken', async () => {
		const draft = await begin(registrar, '2028-1');
		const general = `${draft}/general`;
		const typed = (draftMonths: string) => fields(general, { draftMonths });
		const theirs = await typed('8');
		expect((await registrar.post(general, await typed('7'))).status).toBe(303);
		const clash = await committee.post(general, theirs);
		const html = await clash.text();
		expect([clash.status, textOf(html)]).toEqual([409, expect.stringContaining('Somebody changed this draft meanwhile')]);
		expect(html).toMatch(/name="draftMonths"[^>]*value="8"/);
		const wrong = await committee.post(general, await fields(general, { roundDays: '42, 21' }));
		expect([wrong.status, textOf(await wrong.text())]).toEqual([422, expect.stringContaining('Enter 3 numbers of days')]);
		expect((await registrar.post(`${draft}/discard`)).status).toBe(303);
	});

	test('take a new route, a new section, and give both up again', async () => {
		const draft = await begin(committee, '2029-1');
		const added = await committee.post(`${draft}/routes`, await fields(`${draft}/routes`, { title: 'Older people', copyOf: 'group' }));
		const route = added.headers.get('location')?.split('?')[0] ?? '';
		expect(route).toBe(`${draft}/routes/older_people`);
		const section = await fields(`${route}/sections`, { title: 'Ageing', criterion: 'They know the body in age.' });
		const made = await committee.post(`${route}/sections`, section);
		expect([made.status, await read(made.headers.get('location') ?? '')]).toEqual([303, expect.stringContaining('Ageing')]);
		expect((await committee.post(`${route}/sections`, await fields(`${route}/sections`, { act: 'ageing.up' }))).status).toBe(303);
		expect(await read(`${route}/remove?section=ageing`)).toContain('1 criterion goes with it');
		expect((await committee.post(`${route}/remove?section=ageing`, await fields(`${route}/remove?section=ageing`))).status).toBe(303);
		expect((await committee.post(`${route}/remove`, await fields(`${route}/remove`))).status).toBe(303);
		expect(await read(draft)).toContain('It says the same as 2026-1');
	});
});

function publishing(year: string, version = '7'): Record<string, string> {
	return { 'from-day': '1', 'from-month': '4', 'from-year': year, reason: 'Minute 7 of the November meeting', version };
}
