import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { becomeA } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import * as after from '../records/concern-after.ts';
import * as sides from '../records/concern-sides.ts';
import { type Scene, sceneOn, type Who } from '../records/scene.ts';
import { begin, deviceOn } from './device.ts';

let site: Site;
let scene: Scene;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	scene = sceneOn(site);
});
afterAll(() => site.stop());

const read = async (who: Who, path: string) => {
	const answer = await (await scene.be(who)).get(path);
	return { status: answer.status, text: textOf(await answer.text()), headers: answer.headers };
};

test('the data lead keeps one case longer and destroys another with a second person, and reads no word of either', async () => {
	const [due, proposed, own] = [await scene.made(after.due), await scene.made(after.proposed), await scene.made(after.own)];
	const list = await read(after.lead, '/office/concerns/retention');
	expect(list.text).toContain(due);
	expect(list.text).toContain('within 13 months');
	expect(list.text).not.toContain(after.CANARY);
	expect((await read(after.lead, '/office')).text).toContain('Closed cases whose time has come');
	const keep = await (await scene.be(after.lead)).post(`/office/concerns/retention/${due}/keep`, { seen: '5', because: 'another_case', untilOn: 'soon' });
	expect([keep.status, (await keep.text()).includes('value="soon"')]).toEqual([422, true]);
	expect(await scene.send(after.lead, `/office/concerns/retention/${due}/keep`, { because: 'another_case', untilOn: '22/11/2027' })).toContain('done=keep');
	expect(await read(after.lead, `/office/concerns/retention/${own}/answer`)).toMatchObject({ status: 404 });
	const answer = `/office/concerns/retention/${proposed}/answer`;
	expect((await read(after.lead, answer)).text).toContain('Proposed by Afton Colleague');
	expect(await scene.send(after.lead, answer, { result: 'agreed' })).toBe('/office/concerns/retention?done=answer');
	expect((await read(after.lead, '/office/concerns/retention')).text).toMatch(new RegExp(`Destroyed.*${proposed} 22 November 2026`));
	const left = inRegister(site, (sql) =>
		sql.prepare('SELECT count(*) FROM vault_text t JOIN concern c ON c.id = t.vault_id WHERE c.reference = ?').pluck().get(proposed),
	);
	expect(left).toBe(0);
});

test('figures are read by those who may, as a table and as a file, and by everybody for years that are over', async () => {
	const days = '?from=1+January+2021&to=31+December+2021';
	expect((await read(after.officer, `/office/concerns/report${days}`)).text).toMatch(/Withdrawn 3\b/);
	const bad = await read(after.officer, '/office/concerns/report?from=never');
	expect([bad.status, bad.text.includes('never')]).toEqual([422, true]);
	const seen = await read(after.lead, `/office/concerns/report${days}`);
	expect(seen.text).toContain('You read one year at a time');
	expect(seen.text).not.toMatch(/Withdrawn 3\b/);
	const file = await (await scene.be(after.lead)).get(`/office/concerns/report.csv${days}`);
	expect([file.status, file.headers.get('content-type'), file.headers.get('cache-control')]).toEqual([200, 'text/csv; charset=utf-8', 'no-store']);
	expect(await file.text()).toContain('not shown');
	const all = await fetch(`${site.origin}/concerns/figures`);
	const words = textOf(await all.text());
	expect(all.headers.get('x-robots-tag')).toBeNull();
	expect(words).toContain('under 5');
	expect(words).not.toMatch(/CON-\d|Afton/);
});

test('a reviewer from outside reads a room and its cases, and no page of the office that leads to them', async () => {
	const room = `/office/concerns/room/${await scene.made(after.room)}`;
	expect((await read(after.reviewer, '/office/concerns/rooms')).text).toContain('22 November 2026');
	const list = await read(after.reviewer, room);
	expect(list.text).toContain('Case 1');
	expect(list.text).not.toMatch(/CON-\d/);
	const one = await read(after.reviewer, `${room}/1`);
	expect(one.text).toContain('Its summary is not ready yet.');
	expect(one.text).not.toMatch(new RegExp(`CON-\\d|Afton|${after.CANARY}`));
	for (const path of [`${room}/3`, `${room}/1/enter`, `${room}/end`, '/office/concerns/room/none'])
		expect((await read(after.reviewer, path)).status, path).toBe(404);
	expect((await read(after.officer, `${room}/1`)).status).toBe(404);
	expect((await read(after.officer, room)).text).toMatch(/Case 1: CON-/);
	const open = /href="([^"]+\/enter)"/.exec(await (await (await scene.be(after.officer)).get(room)).text())?.[1] ?? '';
	expect(await scene.send(after.officer, open, {})).toMatch(/^\/office\/concerns\/CON-/);
	expect(await scene.send(after.officer, `${room}/end`, {})).toBe('/office/concerns/rooms?done=ended');
	for (const path of [room, `${room}/1`]) expect((await read(after.reviewer, path)).status, path).toBe(404);
});

test('each side opens the page that says who opened what is theirs', async () => {
	const told = await scene.made(sides.told);
	const theirs = await read(sides.therapist, `/my/concerns/${told}/reads`);
	expect([theirs.status, theirs.headers.get('cache-control')]).toEqual([200, 'no-store']);
	expect(theirs.text).toContain('You');
	expect((await read(after.lead, `/my/concerns/${told}/reads`)).status).toBe(404);
	const device = deviceOn(site);
	expect((await device.get('/concerns/mine/reads')).location).toBe('/concerns/open');
	await begin(device, 'therapist');
	expect(textOf((await device.get('/concerns/mine/reads')).text)).toContain('Who opened what you wrote');
});

test('an administrator changes all keys, and nobody else finds the page', async () => {
	const admin = await becomeA(site, 'administrator');
	const page = textOf(await (await admin.get('/office/keys')).text());
	expect(page).toMatch(/vault-1\.key \d+ In use/);
	expect((await admin.post('/office/keys', { act: 'nothing' })).status).toBe(422);
	expect((await admin.post('/office/keys', { act: 'destroy', number: '1' })).status).toBe(422);
	const begun = await admin.post('/office/keys', { act: 'begin' });
	expect([begun.status, begun.headers.get('location')]).toEqual([303, '/office/keys?done=begin']);
	expect(textOf(await (await admin.get('/office/keys')).text())).toMatch(/0 of \d+ Under way/);
	expect((await admin.post('/office/keys', { act: 'begin' })).status).toBe(409);
	for (const who of [after.officer, after.lead, after.reviewer]) expect((await read(who, '/office/keys')).status).toBe(403);
});
