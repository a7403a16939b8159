import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { openDatabase } from '#db/client.ts';
import { hugePng, jpeg, jpegFromTelephone, pdf, png } from '#tests/core/files/corpus.ts';
import { REFUSED_OTHERS, REFUSED_PDFS } from '#tests/core/files/refused.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { hiddenOf, inRegister } from '../membership/acting.ts';
import * as concerns from '../records/concerns.ts';
import { type Scene, sceneOn } from '../records/scene.ts';

const PLACE = '/concerns/mine/documents';
const PASSPHRASE = 'marble otter kettle sunrise';
let site: Site;
let scene: Scene;
let writer: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	scene = sceneOn(site);
	writer = await begin();
});
afterAll(() => site?.stop());

/** Somebody without an account who has just begun to write. */
async function begin(): Promise<Visitor> {
	const somebody = visitor(site);
	const offered = hiddenOf(await (await somebody.get('/concerns/begin')).text());
	const answer = await somebody.post('/concerns/begin', { ...offered, about: 'therapist', passphrase: PASSPHRASE, kept: 'yes' });
	expect(answer.status).toBe(303);
	return somebody;
}

type Chosen = [bytes: Buffer | string, name: string];
function form(chosen: Chosen[], more: Record<string, string> = {}): FormData {
	const filled = new FormData();
	for (const [name, value] of Object.entries(more)) filled.append(name, value);
	for (const [bytes, name] of chosen) filled.append('documents', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name));
	return filled;
}
const send = (...chosen: Chosen[]) => writer.post(PLACE, form(chosen));
const count = () => inRegister(site, 'SELECT count(*) FROM concern_file WHERE removed_at IS NULL') as number;
const linksOn = (page: string, place = PLACE) =>
	[...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? '').filter((href) => href.startsWith(`${place}/`));

describe('a document that is not taken', () => {
	test.each([...REFUSED_PDFS, ...REFUSED_OTHERS])('%s', async (_, bytes, said) => {
		const before = count();
		const answer = await send([bytes, 'holiday.pdf']);
		expect(answer.status).toBe(422);
		const page = textOf(await answer.text());
		expect(page).toMatch(said);
		expect(page).toContain('Documents and photos');
		expect(count()).toBe(before);
	});

	test('is told in words: nothing chosen, empty, too large, too many pixels, cut off, and which of several it was', async () => {
		const cut = await jpeg(800, 600);
		for (const [chosen, said] of [
			[[], 'Choose a document or a photo first.'],
			[[['', 'a.pdf']], 'That file is empty.'],
			[[[Buffer.concat([pdf(), Buffer.alloc(10.5 * 1024 * 1024)]), 'a.pdf']], 'larger than 10 MB'],
			[[[hugePng(30_000, 30_000), 'a.png']], 'too many pixels'],
			[[[cut.subarray(0, cut.length / 2), 'a.jpg']], 'could not read'],
		] as [Chosen[], string][]) {
			const answer = await send(...chosen);
			expect([answer.status, textOf(await answer.text())]).toEqual([422, expect.stringContaining(said)]);
		}
		expect((await send([Buffer.alloc(13 * 1024 * 1024), 'a.pdf'])).status).toBe(413);
		const before = count();
		const answer = await send([pdf({ text: 'kept although' }), 'good.pdf'], ['<html>', 'bad.pdf']);
		const page = textOf(await answer.text());
		expect([answer.status, count()]).toEqual([422, before + 1]);
		expect(page).toContain('bad.pdf: ');
		expect(page).toContain('good.pdf');
	});
});

test('before it is sent documents are added, opened and taken away; after it they are added and stay; nobody else finds them', async () => {
	const before = count();
	const letter = pdf({ text: 'zyxquorbane wrote this' });
	expect(
		(await send([letter, 'canaryletter ‮.pdf'], [await png(), '../../etc/passwd'], [await jpegFromTelephone(), 'IMG\0 1.jpg'])).headers.get('location'),
	).toBe(`${PLACE}?done=added`);
	expect((await send([letter, 'again.pdf'])).status).toBe(303);
	expect(count()).toBe(before + 3);
	const page = await (await writer.get(PLACE)).text();
	for (const name of ['canaryletter .pdf', 'passwd.png', 'IMG 1.jpg']) expect(textOf(page)).toContain(name);
	expect(/<title>([^<]*)/.exec(page)?.[1]).not.toMatch(/concern|complain/i);
	const href =
		linksOn(page)
			.filter((one) => !one.endsWith('/remove'))
			.at(-3) ?? '';
	const opened = await writer.get(href);
	expect(Object.fromEntries(opened.headers)).toMatchObject({
		'content-type': 'application/pdf',
		'content-disposition': expect.stringMatching(/^attachment; filename="[\w. -]+"; filename\*=UTF-8''/),
		'x-content-type-options': 'nosniff',
		'content-security-policy': expect.stringContaining('sandbox'),
		'cache-control': 'no-store',
	});
	expect(Buffer.from(await opened.arrayBuffer()).equals(letter)).toBe(true);
	expect(textOf(await (await writer.get('/concerns/mine/check')).text())).toContain('canaryletter .pdf');
	expect(textOf(await (await writer.get('/concerns/mine')).text())).toMatch(/Documents and photos \d added/);

	const other = await begin();
	for (const path of [href, `${href}/remove`]) {
		expect((await visitor(site).get(path)).headers.get('location')).toBe('/concerns/open');
		expect((await other.get(path)).status).toBe(404);
	}
	expect((await other.post(`${href}/remove`, { sure: 'yes' })).status).toBe(404);
	const shut = await visitor(site).post(PLACE, form([[letter, 'a.pdf']]));
	expect([shut.status, shut.headers.get('location')]).toEqual([303, '/concerns/open?done=shut']);

	const extra =
		linksOn(page)
			.filter((one) => one.endsWith('/remove'))
			.at(-1) ?? '';
	expect((await writer.post(extra, { sure: 'yes' })).headers.get('location')).toBe(`${PLACE}?done=removed`);
	expect((await writer.get(extra)).status).toBe(404);
	for (const [part, answers] of [
		['about', { do: 'keep', described: 'A therapist' }],
		['part/you', { source: 'client' }],
		['part/what', { happened: 'zyxquorbane' }],
	] as const)
		expect((await writer.post(`/concerns/mine/${part}`, answers)).status).toBe(303);
	const check = hiddenOf(await (await writer.get('/concerns/mine/check')).text());
	expect((await writer.post('/concerns/mine/check', check)).headers.get('location')).toBe('/concerns/mine?done=sent');

	expect((await writer.get(`${href}/remove`)).headers.get('location')).toBe(PLACE);
	expect((await writer.post(`${href}/remove`, { sure: 'yes' })).status).toBe(409);
	expect((await send([pdf({ text: 'later' }), 'later.pdf'])).status).toBe(303);
	const tracker = textOf(await (await writer.get('/concerns/mine')).text());
	for (const name of ['canaryletter .pdf', 'later.pdf']) expect(tracker).toContain(name);
	expect(linksOn(await (await writer.get(PLACE)).text()).some((one) => one.endsWith('/remove'))).toBe(false);

	for (const entry of readdirSync(site.dataDir, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const bytes = readFileSync(join(entry.parentPath, entry.name));
		for (const canary of ['zyxquorbane', 'canaryletter']) expect([entry.name, bytes.includes(canary)]).toEqual([entry.name, false]);
	}
	for (const canary of ['zyxquorbane', 'canaryletter']) expect(site.logs()).not.toContain(canary);
});

test('two hundred are kept; the page then says so and takes no more', async () => {
	const full = await begin();
	expect((await full.post(PLACE, form([[pdf({ text: 'first' }), 'first.pdf']]))).status).toBe(303);
	const { sql } = openDatabase(join(site.dataDir, 'register.db'));
	const text = `INSERT INTO concern_file (id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, added_at, scanned_at, scanned_by)
		SELECT :id, concern_id, lane, kind, type, bytes, :sum, :sum, added_at, scanned_at, scanned_by FROM concern_file ORDER BY rowid DESC LIMIT 1`;
	for (let i = 0; i < 199; i += 1) sql.prepare(text).run({ id: newId(), sum: newId().replaceAll('-', '').padEnd(64, '0') });
	sql.close();
	const page = await (await full.get(PLACE)).text();
	expect(textOf(page)).toContain('There are as many as can be kept.');
	expect(page).not.toContain('type="file"');
	const answer = await full.post(PLACE, form([[pdf({ text: 'more' }), 'more.pdf']]));
	expect([answer.status, textOf(await answer.text())]).toEqual([422, expect.stringContaining('There are 200 documents here already')]);
});

describe('the office', () => {
	test('sees documents side by side, adds one, opens one, and nobody else of the office finds the page', async () => {
		const at = `/office/concerns/${await scene.made(concerns.taken)}/documents`;
		const officer = await scene.be(concerns.officer);
		expect(textOf(await (await officer.get(at)).text())).toMatch(
			/The person who raised it Nothing yet\. The therapist Nothing yet\. Only for the people of the case Nothing yet\./,
		);
		const empty = await officer.post(at, form([]));
		expect(textOf(await empty.text())).toContain('Choose whose document it is.');
		const added = await officer.post(at, form([[pdf({ text: 'a note' }), 'note.pdf']], { lane: 'office', kind: 'evidence' }));
		expect(added.headers.get('location')).toBe(`${at}?done=added`);
		const [href = ''] = linksOn(await (await officer.get(at)).text(), at);
		const opened = await officer.get(href);
		expect([opened.status, opened.headers.get('content-disposition'), opened.headers.get('cache-control')]).toEqual([
			200,
			expect.stringContaining('attachment'),
			'no-store',
		]);
		expect(textOf(await (await officer.get(at.replace('documents', 'access'))).text())).toContain('note.pdf');

		const stranger = inRegister(
			site,
			"SELECT g.person_id FROM role_grant g JOIN account a ON a.person_id = g.person_id WHERE g.role = 'complaints_officer' AND g.person_id NOT IN (SELECT person_id FROM concern_access) LIMIT 1",
		) as string;
		const other = await become(site, stranger);
		const never = at.replace(/CON-[\d-]+/, 'CON-2020-9999');
		for (const path of [at, href, never]) expect([path, (await other.get(path)).status]).toEqual([path, 404]);
		expect((await other.post(at, form([[pdf(), 'x.pdf']], { lane: 'office', kind: 'evidence' }))).status).toBe(404);
		expect((await visitor(site).get(href)).status).toBe(303);
	});
});
