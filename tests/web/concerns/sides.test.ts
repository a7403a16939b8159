import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { ownArea } from '#features/complaints/index.ts';
import { standingByReference } from '#features/complaints/step.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { act, inPreparation } from '#tests/helpers/concern-scene.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, as, colleague } from '#tests/helpers/upkeep.ts';
import { hiddenOf } from '../membership/acting.ts';

const COVERED = ['Ruthanna Bellweather', '4 Quernstone Lane'];
const WORDS = `I live at ${COVERED[1]}. My sister ${COVERED[0]} saw it. He came late.`;
let site: Site;
let ctx: Ctx;
const people: Record<'owner' | 'lay' | 'therapist' | 'stranger' | 'shut' | 'committee', Someone> = {} as never;

beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ctx = siteCtx(site);
	const staff = (name: string, role: 'complaints_officer' | 'lay_panel_member' | 'committee') => someone(colleague(ctx.db, name, role), [role]);
	const member = (name: string) => someone(accreditedMember(ctx.db, name, [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY), ['member']);
	Object.assign(people, { owner: staff('Orla', 'complaints_officer'), lay: staff('Lorne', 'lay_panel_member'), shut: staff('Shula', 'complaints_officer') });
	Object.assign(people, { committee: staff('Conrad', 'committee'), therapist: member('Tessaly'), stranger: member('Stran') });
});
afterAll(async () => {
	ctx.db.sql.close();
	await site.stop();
});

const someone = (id: string, roles: Parameters<typeof as>[2]): Someone => ({ id, ctx: as(ctx, id, roles, TODAY) });
const page = async (who: Visitor, path: string) => (await who.get(path)).text();
const send = async (who: Visitor, path: string, fields: [string, string][]): Promise<Response> => {
	const hidden = Object.entries(hiddenOf(await page(who, path))).filter(([name]) => !fields.some(([own]) => own === name));
	return who.post(path, [...hidden, ...fields]);
};
const valuesIn = (html: string, name: string) => [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value);

/** The person who raised it, with it open in a browser. */
function complainant(concernId: string): Visitor {
	const token = newToken();
	ctx.db.sql
		.prepare('INSERT INTO concern_visit (id_hash, concern_id, begun_at, seen_at) VALUES (?, ?, ?, ?)')
		.run(hashToken(token), concernId, ctx.now, ctx.now);
	const someone = visitor(site);
	for (const name of ['visit', '__Host-visit']) someone.cookies.set(name, token);
	return someone;
}

describe('a pack', () => {
	test('is made, covered, checked and given by forms alone; what is covered stands nowhere in what the sides read', { timeout: 120_000 }, async () => {
		const { owner, lay, therapist } = people;
		const { id, reference } = inPreparation(ctx, { owner, lay, about: therapist, words: WORDS });
		const [officer, second, own] = [await become(site, owner.id), await become(site, lay.id), await become(site, therapist.id)];
		const packs = `/office/concerns/${reference}/packs`;
		const menu = async () => (await page(own, '/my')).includes('href="/my/concerns"');
		expect([await menu(), (await own.get(`/my/concerns/${reference}`)).status]).toEqual([false, 404]);
		expect(textOf(await page(own, '/my/concerns'))).toContain('There is nothing for you here.');

		const offered = await page(officer, `${packs}/new`);
		const items = valuesIn(offered, 'items').filter((key) => key === 'statement' || key.startsWith('allegation'));
		const made = await send(officer, `${packs}/new`, [['side', 'respondent'], ...items.map((key): [string, string] => ['items', key])]);
		expect(made.headers.get('location')).toBe(`${packs}/1`);
		for (const words of COVERED) {
			const found = await send(officer, `${packs}/1/cover`, [
				['do', 'find'],
				['words', words.toUpperCase()],
				['because', 'third_party'],
			]);
			const html = await found.text();
			expect([found.status, textOf(html)]).toEqual([200, expect.stringContaining('They stand in 1 place.')]);
			const hits = valuesIn(html, 'hits').map((hit): [string, string] => ['hits', hit]);
			const version = hiddenOf(html).version ?? '';
			const fields: [string, string][] = [['do', 'cover'], ['words', words], ['because', 'third_party'], ['version', version], ...hits];
			expect((await officer.post(`${packs}/1/cover`, fields)).status).toBe(303);
		}
		expect(
			(
				await send(officer, `${packs}/1/lines/1`, [
					['lines', '2'],
					['because', 'health'],
				])
			).status,
		).toBe(303);
		expect((await send(officer, `${packs}/1/send`, [])).status).toBe(303);
		expect((await officer.get(`${packs}/1/check`)).status).toBe(404);
		expect((await officer.get(`/office/concerns/${reference}/disclose`)).status).toBe(200);
		expect(
			(
				await send(officer, `/office/concerns/${reference}/disclose`, [
					['toldRespondent', 'Please read this.'],
					['words', ''],
				])
			).status,
		).toBe(409);
		const check = await page(second, `${packs}/1/check`);
		expect(check).toContain(`<mark>${COVERED[0]}</mark>`);
		expect(
			(
				await send(second, `${packs}/1/check`, [
					['result', 'approved'],
					['words', ''],
				])
			).headers.get('location'),
		).toBe(`${packs}/1?done=checked`);
		expect(
			(
				await send(officer, `/office/concerns/${reference}/disclose`, [
					['toldRespondent', 'Please read this.'],
					['words', ''],
				])
			).status,
		).toBe(303);

		expect(await menu()).toBe(true);
		const case_ = await page(own, `/my/concerns/${reference}`);
		const pack = await page(own, `/my/concerns/${reference}/pack/1`);
		expect(textOf(pack)).toContain('I live at covered: somebody else');
		expect(textOf(pack)).toContain('covered: health');
		for (const html of [case_, pack, await page(own, `/my/concerns/${reference}/reply`)])
			for (const words of [...COVERED, 'Bellweather', 'Quernstone', 'came late']) expect(html).not.toContain(words);

		const [answer = ''] = /name="(answer-[^"]+)"/.exec(await page(own, `/my/concerns/${reference}/reply`))?.slice(1) ?? [];
		const reply: [string, string][] = [
			['words', 'I am sorry.'],
			[answer, 'admitted'],
		];
		expect((await send(own, `/my/concerns/${reference}/reply`, [...reply, ['do', 'save']])).headers.get('location')).toBe(
			`/my/concerns/${reference}?done=saved`,
		);
		expect(await page(officer, `/office/concerns/${reference}`)).not.toContain('I am sorry.');
		expect(textOf(await page(own, `/my/concerns/${reference}/reply`))).toContain('I am sorry.');
		expect((await send(own, `/my/concerns/${reference}/reply`, [...reply, ['do', 'send']])).headers.get('location')).toBe(
			`/my/concerns/${reference}?done=sent`,
		);
		expect(textOf(await page(officer, `/office/concerns/${reference}`))).toContain('I am sorry.');

		const raised = complainant(id);
		expect(textOf(await page(raised, '/concerns/mine/pack'))).toContain('Nothing yet.');
		const second2 = await send(officer, `${packs}/new`, [
			['side', 'complainant'],
			['like', '1'],
			...valuesIn(await page(officer, `${packs}/new`), 'items')
				.filter((key) => key.startsWith('reply'))
				.map((key): [string, string] => ['items', key]),
		]);
		expect(second2.headers.get('location')).toBe(`${packs}/2`);
		expect((await send(officer, `${packs}/2/send`, [])).status).toBe(303);
		expect(
			(
				await send(second, `${packs}/2/check`, [
					['result', 'approved'],
					['words', ''],
				])
			).status,
		).toBe(303);
		expect((await send(officer, `${packs}/2/give`, [])).status).toBe(303);
		const given = await page(raised, '/concerns/mine/pack');
		expect(textOf(given)).toContain('I am sorry.');
		for (const words of COVERED) expect(given).not.toContain(words);
		// Both are told the same number of days.
		for (const html of [given, pack])
			expect(textOf(html)).toContain('You have 28 days to say something on it, until 20 December 2026: as many as the other side has');
		expect(site.logs()).not.toMatch(/Bellweather|Quernstone/);
	});

	test('is as one that never was for whoever may not know of the case', { timeout: 60_000 }, async () => {
		const { owner, lay, therapist, stranger, shut, committee } = people;
		const { id, reference } = inPreparation(ctx, { owner, lay, about: committee });
		letIn(ctx, id, shut, 'caseworker', { isGateShut: true });
		const paths = (of: string) => [`/my/concerns/${of}`, `/my/concerns/${of}/pack/1`, `/my/concerns/${of}/reply`, `/my/concerns/${of}/settle`];
		const office = (of: string) => [`/office/concerns/${of}/packs`, `/office/concerns/${of}/packs/1`, `/office/concerns/${of}/packs/new`];
		for (const who of [stranger, therapist, shut, committee]) {
			const them = await become(site, who.id);
			for (const [n, path] of [...paths(reference), ...office(reference)].entries()) {
				const none = [...paths('CON-2020-9999'), ...office('CON-2020-9999')][n] ?? '';
				const [is, not] = [await them.get(path), await them.get(none)];
				expect([path, is.status]).toEqual([path, not.status]);
				expect([path, [403, 404].includes(is.status)]).toEqual([path, true]);
				expect(textOf(await is.text()).replaceAll(reference, '')).toBe(textOf(await not.text()).replaceAll('CON-2020-9999', ''));
			}
		}
	});
});

test('terms are agreed to by each side in its own area, and settle it when both have', { timeout: 60_000 }, async () => {
	const { owner, lay, therapist } = people;
	const { id, reference } = inPreparation(ctx, { owner, lay, about: therapist });
	act(owner, reference, 'settle', { told: 'We begin.', toldRespondent: 'We begin.', words: '' });
	const officer = await become(site, owner.id);
	expect(
		(
			await send(officer, `/office/concerns/${reference}/offer`, [
				['words', 'A letter within a month.'],
				['months', '3'],
			])
		).status,
	).toBe(303);
	const [raised, own] = [complainant(id), await become(site, therapist.id)];
	expect(textOf(await page(raised, '/concerns/mine'))).toContain('Read the terms to settle it, and answer');
	expect((await send(raised, '/concerns/mine/settle', [])).status).toBe(422);
	expect((await send(raised, '/concerns/mine/settle', [['answer', 'agreed']])).status).toBe(303);
	expect(textOf(await page(raised, '/concerns/mine/settle'))).toContain('Your answer: i agree');
	expect(textOf(await page(own, `/my/concerns/${reference}/settle`))).toContain('A letter within a month.');
	expect((await send(own, `/my/concerns/${reference}/settle`, [['answer', 'agreed']])).status).toBe(303);
	expect(standingByReference(ctx.db, reference).state).toMatchObject({ phase: 'outcome', outcome: 'resolved' });
	expect(textOf(await page(own, `/my/concerns/${reference}`))).toContain('It was settled with your agreement.');
	expect(ownArea.hasOwnCases(therapist.ctx)).toBe(true);
});
