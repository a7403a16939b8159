import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { lay, type PanelCase, pro, reportedCase, stateNow } from '#tests/helpers/concern-panels.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { hiddenOf } from '../membership/acting.ts';

let site: Site;
let ctx: Ctx;
let made: PanelCase;
let day = TODAY;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ctx = siteCtx(site);
	made = reportedCase(ctx, { allegations: 1 });
});
afterAll(async () => {
	ctx?.db.sql.close();
	await site?.stop();
});

const be = async ({ id }: Someone): Promise<Visitor> => {
	if (!visitors.has(id)) visitors.set(id, await become(site, id));
	return visitors.get(id) as Visitor;
};
const at = (path: string) => `/office/concerns/${made.reference}${path}`;
const see = async (who: Someone, path: string) => textOf(await (await (await be(who)).get(at(path))).text());

/** Sends the form of a page with what it holds already. */
async function send(who: Someone, path: string, fields: [string, string][]): Promise<string> {
	const visitor = await be(who);
	const page = await (await visitor.get(at(path))).text();
	const hidden = Object.entries(hiddenOf(page)).filter(([name]) => !fields.some(([own]) => own === name));
	const answer = await visitor.post(at(path), [...hidden, ...fields]);
	expect([path, answer.status, answer.status === 303 ? '' : textOf(await answer.text()).slice(0, 900)]).toEqual([path, 303, '']);
	return answer.headers.get('location') ?? '';
}

/** What a form offers under a name. */
async function offered(who: Someone, path: string, name: string): Promise<string[]> {
	const page = await (await (await be(who)).get(at(path))).text();
	return [...page.matchAll(/<input[^>]*>/g)].filter(([tag]) => tag.includes(`name="${name}"`)).map(([tag]) => /value="([^"]*)"/.exec(tag)?.[1] ?? '');
}

async function later(days: readonly number[]): Promise<void> {
	const visitor = await be(made.owner);
	for (const one of days) {
		expect((await visitor.post('/demo/clock', { days: String(one) })).status).toBe(303);
		day = addDays(day, one);
		while (/still to go/.test(await (await visitor.get('/demo')).text())) await new Promise((wait) => setTimeout(wait, 50));
	}
}

const typed = (on: string) => on.split('-').reverse().join('/');

/** Composes a panel by its forms, and has everybody answer what ties them to the case. */
async function composed(no: number, kind: string, notice: number, people: readonly Someone[]): Promise<void> {
	expect(
		await send(made.owner, '/panels/new', [
			['kind', kind],
			['sitsOn', typed(addDays(day, notice))],
		]),
	).toContain(`/panels/${no}`);
	for (const [n, { id }] of people.entries())
		await send(made.owner, `/panels/${no}/seat`, [
			['person', id],
			['role', n === 0 ? 'chair' : 'member'],
		]);
	for (const who of people) {
		expect((await (await be(who)).get(at(`/panels/${no}`))).headers.get('location')).toBe(at('/declare'));
		await send(who, '/declare', [
			['declared', 'none'],
			['words', ''],
		]);
	}
}

/** A question that the secretary puts, and everybody answers alike. */
async function voted(no: number, ask: string, people: readonly Someone[], choice: string, more: [string, string][] = []): Promise<void> {
	const present = await offered(made.secretary, `/panels/${no}/${ask}`, 'present');
	await send(made.secretary, `/panels/${no}/${ask}`, [...present.map((seat): [string, string] => ['present', seat]), ...more]);
	const subject = ask === 'ask-facts' || ask === 'ask-prospect' ? made.allegations[0] : 'all';
	for (const who of people)
		await send(who, `/panels/${no}/vote`, [
			[`choice:${subject}`, choice],
			['words', ''],
		]);
}

const record = (no: number, isEach = false) =>
	send(made.secretary, `/panels/${no}/record`, [
		...(isEach ? [[`reason:${made.allegations[0]}`, 'On the notes.'] as [string, string]] : []),
		['words', 'The reasons of the panel.'],
		['told', 'It was decided.'],
		['toldRespondent', 'It was decided.'],
	]);

test('from the screening over the hearing and what follows to the appeal, by forms alone; who may not know finds nothing', { timeout: 240_000 }, async () => {
	const screening = [pro(ctx, 'Sara'), pro(ctx, 'Sven'), lay(ctx, 'Selma')];
	await composed(1, 'screening', 7, screening);
	expect(await see(made.owner, '/panels/1')).toContain('It sits on 29 November 2026.');
	await later([7]);
	const [first, second, third] = screening as [Someone, Someone, Someone];
	await voted(1, 'ask-prospect', [second], 'real_prospect');
	const sealed = await see(first, '/panels/1');
	expect(sealed).toContain('Has not voted yet');
	expect(sealed).not.toContain('There is a real prospect');
	for (const who of [first, third])
		await send(who, '/panels/1/vote', [
			[`choice:${made.allegations[0]}`, 'real_prospect'],
			['words', ''],
		]);
	expect(await see(first, '/panels/1')).toContain('There is a real prospect: 3');
	await voted(1, 'ask-way', screening, 'referred');
	await record(1, true);
	expect(stateNow(made).phase).toBe('hearing');
	expect((await (await be(first)).get(at('/panels/1'))).status).toBe(404);
	expect(await see(made.owner, '/panels/1')).toContain('The reasons of the panel.');

	const hearing = [lay(ctx, 'Hedda'), pro(ctx, 'Hugo'), pro(ctx, 'Hans')];
	await composed(2, 'hearing', 30, hearing);
	await send(made.secretary, '/panels/2/list', [
		['on', typed(addDays(day, 30))],
		['told', 'On that day.'],
		['toldRespondent', 'On that day.'],
		['words', ''],
	]);
	for (const path of ['/panels', '/panels/1', '/panels/2', '/panels/2/vote'])
		expect([path, (await (await be(lay(ctx, 'Nobody'))).get(at(path))).status]).toEqual([path, 404]);
	await later([30]);
	await voted(2, 'ask-facts', hearing, 'proved');
	await record(2, true);
	await voted(2, 'ask-breach', hearing, 'breach');
	await record(2);
	await voted(2, 'ask-sanction', hearing, 'agree', [
		['outcome', 'upheld'],
		['orders', 'suspension'],
		['months:suspension', '6'],
	]);
	await record(2);
	expect(stateNow(made)).toMatchObject({ phase: 'outcome', outcome: 'upheld' });
	expect(await see(made.secretary, '/panels/2')).toContain('Suspension, 6 months');

	await send(made.owner, '/appeal', [
		['side', 'respondent'],
		['words', 'Too long.'],
	]);
	const appeal = [lay(ctx, 'Anna'), lay(ctx, 'Alma'), pro(ctx, 'Arno')];
	await composed(3, 'appeal', 30, appeal);
	await later([30]);
	expect(await see(appeal[0] as Someone, '/panels/3')).toContain('Too long.');
	await voted(3, 'ask-filter', appeal, 'realistic');
	await voted(3, 'ask-appeal', appeal, 'agree', [
		['result', 'varied'],
		['outcome', 'upheld'],
		['orders', 'suspension'],
		['months:suspension', '3'],
	]);
	await record(3);
	expect(stateNow(made)).toMatchObject({ phase: 'outcome', outcome: 'upheld', appeals: 1, overturned: ['upheld'] });
	expect(await see(made.owner, '/panels')).toContain('Appeal panel');
});
