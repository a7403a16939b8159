import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import * as concerns from '../records/concerns.ts';
import { type Scene, sceneOn } from '../records/scene.ts';

let site: Site;
let scene: Scene;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	scene = sceneOn(site);
});
afterAll(() => site.stop());

test('its owner reads it, writes to who raised it, and sees on the next page who read what', async () => {
	const reference = await scene.made(concerns.taken);
	const at = `/office/concerns/${reference}`;
	const read = async (path: string) => textOf(await (await (await scene.be(concerns.officer)).get(path)).text());
	expect(await read('/office/concerns')).toContain(reference);
	expect(await read(at)).toContain('What happened to me.');
	expect(await scene.send(concerns.officer, `${at}/acknowledge`, { told: 'Thank you, it arrived.' })).toContain('done=acknowledge');
	const page = await read(at);
	for (const words of ['Thank you, it arrived.', 'Say that it arrived', 'Kept']) expect(page).toContain(words);
	expect(await read(`${at}/access`)).toContain('The whole case');
	const empty = await (await scene.be(concerns.officer)).post(`${at}/ask`, { seen: '4', told: '' });
	expect(empty.status).toBe(422);
});

test('a gate stands before a case that waits: names and no words', async () => {
	const at = `/office/concerns/${await scene.made(concerns.waiting)}`;
	const officer = await scene.be(concerns.officer);
	expect((await officer.get(at)).headers.get('location')).toBe(`${at}/declare`);
	const gate = textOf(await (await officer.get(`${at}/declare`)).text());
	expect(gate).toContain('Does anything tie you');
	expect(gate).not.toContain('what happened');
});
