import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let member: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	member = await becomeA(site, 'member');
});
afterAll(() => site?.stop());

const REQUEST = { kind: 'correction', said: 'canary: my name is spelled wrongly', repeatKey: 'q'.repeat(43) };

function other(): string {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	try {
		const text = "SELECT person_id FROM membership_period WHERE ended_on IS NULL AND category = 'plus' AND person_id <> ? LIMIT 1";
		return sql.prepare(text).pluck().get(personWith(site, 'member')) as string;
	} finally {
		sql.close();
	}
}

describe('my data', () => {
	test('comes as JSON and as a page in one click, to be kept by nobody', async () => {
		for (const [as, type] of [
			['json', 'application/json'],
			['html', 'text/html; charset=utf-8'],
		] as const) {
			const answer = await member.post('/my/data', { as });
			expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, type, 'no-store']);
			expect(answer.headers.get('content-disposition')).toContain(`attachment; filename="my-data-2026-11-22.${as}"`);
			const body = await answer.text();
			expect(body).toMatch(/IPT-\d+/);
			expect(body).toContain('Your membership');
		}
	});

	test('is asked about, seen with its days, and answered by the office', async () => {
		const sent = await member.post('/my/data/requests/new', REQUEST);
		expect(sent.status).toBe(303);
		const again = await member.post('/my/data/requests/new', REQUEST);
		expect(again.headers.get('location')).toBe(sent.headers.get('location'));
		const path = (sent.headers.get('location') ?? '').split('?')[0] ?? '';
		expect(textOf(await (await member.get(path)).text())).toContain('22 December 2026 at the latest');
		const reference = path.split('/').at(-1) ?? '';
		const officer = await becomeA(site, 'membership_officer');
		expect(textOf(await (await officer.get('/office/data-requests')).text())).toContain(reference);
		const silent = await officer.post(`/office/data-requests/${reference}`, { act: 'refused', words: '', version: '1' });
		expect(silent.status).toBe(422);
		const answer = await officer.post(`/office/data-requests/${reference}`, { act: 'done', words: 'It is put right.', version: '1' });
		expect(answer.status).toBe(303);
		expect(textOf(await (await member.get(path)).text())).toContain('It is put right.');
		expect((await officer.post(`/office/data-requests/${reference}`, { act: 'done', words: 'x', version: '1' })).status).toBe(409);
	});

	test('is not there for another member, and what was typed stays after a mistake', async () => {
		const sent = await member.post('/my/data/requests/new', { ...REQUEST, repeatKey: 'z'.repeat(43) });
		const path = (sent.headers.get('location') ?? '').split('?')[0] ?? '';
		const stranger = await become(site, other());
		expect((await stranger.get(path)).status).toBe(404);
		expect((await stranger.post(path, {})).status).toBe(404);
		const mistake = await stranger.post('/my/data/requests/new', { said: 'canary kept', repeatKey: 'y'.repeat(43) });
		expect([mistake.status, (await mistake.text()).includes('canary kept')]).toEqual([422, true]);
		expect((await stranger.get('/office/data-requests')).status).toBe(403);
	});
});
