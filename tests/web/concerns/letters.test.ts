import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import * as letters from '../records/concern-letters.ts';
import * as sides from '../records/concern-sides.ts';
import { type Scene, sceneOn, type Who } from '../records/scene.ts';

let site: Site;
let scene: Scene;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	scene = sceneOn(site);
});
afterAll(() => site?.stop());

const get = async (who: Who, path: string) => (await scene.be(who)).get(path);
const see = async (who: Who, path: string) => textOf(await (await get(who, path)).text());
async function pdfAt(who: Who, path: string): Promise<{ text: string; pages: number; cache: string | null }> {
	const answer = await get(who, path);
	expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'application/pdf']);
	const pdf = await getDocument({ data: new Uint8Array(await answer.arrayBuffer()), verbosity: VerbosityLevel.ERRORS }).promise;
	const texts: string[] = [];
	for (let n = 1; n <= pdf.numPages; n += 1) {
		const { items } = await (await pdf.getPage(n)).getTextContent();
		texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
	}
	return { text: texts.join(' ').replace(/\s+/g, ' '), pages: pdf.numPages, cache: answer.headers.get('cache-control') };
}

test('a letter is begun with words that fit, seen as a PDF, changed, and sent once', async () => {
	const reference = await scene.made(sides.settling);
	const all = `/office/concerns/${reference}/letters`;
	expect(await see(sides.owner, `/office/concerns/${reference}`)).toContain('Letters');
	expect(await see(sides.owner, all)).toMatch(/Acknowledged, \d+ \w+ \d{4}: to the person who raised it/);
	const [, id] = await scene.made(letters.acknowledgement);
	const one = `${all}/${id}`;
	expect(await see(sides.owner, one)).toContain('Thank you for telling us.');
	const paper = await pdfAt(sides.owner, `${one}?as=pdf`);
	expect(paper.text).toContain('Draft. It has not been sent.');
	expect(paper.cache).toBe('no-store');
	const visitor = await scene.be(sides.owner);
	const empty = await visitor.post(`${one}/change`, { version: '1', title: 'Kept', body: '' });
	expect([empty.status, (await empty.text()).includes('value="Kept"')]).toEqual([422, true]);
	await scene.send(sides.owner, `${one}/change`, { title: 'We have it', body: 'Hello,\n\nHere it is.' });
	const stale = await visitor.post(`${one}/send`, { version: '1', way: 'message' });
	expect([stale.status, textOf(await stale.text()).includes('Somebody has just changed this letter')]).toEqual([409, true]);
	expect(await scene.send(sides.owner, `${one}/send`, { way: 'message' })).toBe(`${one}?done=send`);
	expect((await get(sides.owner, `${one}/send`)).status).toBe(404);
	expect((await pdfAt(sides.owner, `${one}?as=pdf`)).text).toContain('We have it Hello, Here it is.');
	expect(await see(sides.owner, one)).toMatch(/Sent \d+ \w+ \d{4} ?, to the person who raised it/);
});

test('what the therapist reads of a case goes only when a second person has read it', async () => {
	const [reference, id] = await scene.made(letters.disclosure);
	const one = `/office/concerns/${reference}/letters/${id}`;
	expect(await see(sides.owner, one)).toContain('A second person has to read this letter before it goes.');
	for (const act of ['approve', 'send']) expect((await get(sides.owner, `${one}/${act}`)).status).toBe(404);
	expect(await see(sides.second, `${one}/approve`)).toContain('Did not answer for months.');
	await scene.send(sides.second, `${one}/approve`, {});
	await scene.send(sides.owner, `${one}/send`, { way: 'message' });
	expect((await get(sides.therapist, one)).status).toBe(403);
	expect((await get('registrar', one)).status).toBe(404);
	expect((await get('registrar', `${one}?as=pdf`)).status).toBe(404);
});

test('an act of a case begins with the letter that fits it, and asks for what is left open', async () => {
	const reference = await scene.made(sides.settling);
	const path = `/office/concerns/${reference}/not-settled`;
	expect(await see(sides.owner, path)).toContain('It could not be settled. This is nobody’s fault.');
	const update = await (await scene.be(sides.owner)).post(`/office/concerns/${reference}/update`, {
		told: 'Hello,\n\n[Write here: what has happened, and what comes next]',
	});
	expect([update.status, textOf(await update.text()).includes('Write what is left open between square brackets.')]).toEqual([422, true]);
});

test('a bundle is asked for, made meanwhile, and opened without what is covered; nobody else finds it', async () => {
	const reference = await scene.made(sides.told);
	const path = `/office/concerns/${reference}/bundle`;
	expect(await scene.send(sides.owner, path, { purpose: 'hearing' })).toBe(`${path}?done=asked`);
	const made = () => inRegister(site, (sql) => sql.prepare('SELECT id FROM concern_bundle WHERE made_at IS NOT NULL').pluck().get()) as string | undefined;
	await expect.poll(made, { timeout: 20_000 }).toBeTruthy();
	expect(await see(sides.owner, path)).toMatch(/Hearing panel, version 1 \(PDF\) \d+ pages/);
	const { text, pages, cache } = await pdfAt(sides.owner, `${path}/${made()}`);
	expect(cache).toBe('no-store');
	expect(text).toContain('I live at [covered: address].');
	expect(text).not.toContain('Mill Lane');
	expect(text).toContain(`Bundle page ${pages} of ${pages}`);
	for (const who of ['registrar', 'administrator'] as const) {
		for (const one of [path, `${path}/${made()}`, `${path}/${made()}/1`]) expect([one, (await get(who, one)).status]).toEqual([one, 404]);
	}
	expect((await get(sides.owner, `${path}/${made()}/1`)).status).toBe(404);
	const looked = inRegister(site, (sql) => sql.prepare("SELECT count(*) FROM concern_read WHERE what LIKE 'bundle:%'").pluck().get());
	expect(looked).toBe(1);
});
