import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

const ACTIVITY = { title: 'An evening on silence', on: '2026-11-22', long: '2h 30m', category: 'refresher', as: 'log' };
let site: Site;
let ctx: Ctx;
let ann: Visitor;
let bob: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ctx = siteCtx(site);
	ann = await become(site, personWith(site, 'member'));
	bob = await become(site, personWith(site, 'trainee'));
});
afterAll(() => {
	ctx?.db.sql.close();
	return site?.stop();
});

let keys = 0;
const fresh = (changes: Record<string, string> = {}) => {
	keys += 1;
	return { ...ACTIVITY, repeatKey: `web-test-key-${keys}`, ...changes };
};
/** Logs an activity and gives its key. */
async function logged(changes: Record<string, string> = {}, who = ann): Promise<string> {
	const answer = await who.post('/my/cpd/new', fresh(changes));
	expect(answer.status).toBe(303);
	return new URL(answer.headers.get('location') ?? '', site.origin).searchParams.get('entry') ?? '';
}
const read = async (path: string, who = ann) => {
	const answer = await who.get(path);
	return { status: answer.status, html: await answer.text() };
};
const typedIn = (html: string, name: string) =>
	new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? new RegExp(`value="([^"]*)"[^>]*name="${name}"`).exec(html)?.[1] ?? '';

describe('logging an activity', () => {
	test('begins with today, and yesterday as a choice of its own day', async () => {
		const { html } = await read('/my/cpd/new');
		expect(html).toMatch(/value="2026-11-22"[^>]*checked/);
		expect(html).toContain('value="2026-11-21"');
		expect(textOf(html)).toContain('Yesterday, 21 November 2026');
	});

	test('leads to the log, where it counts and can be looked at', async () => {
		const id = await logged();
		const { html } = await read(`/my/cpd?done=logged&entry=${id}`);
		expect(textOf(html)).toContain('Logged. It counts from now on.');
		expect(html).toContain(`href="/my/cpd/${id}"`);
		expect(textOf((await read('/my/cpd/standing')).html)).toContain('An evening on silence');
	});

	test('answers mistakes with 422, names them and keeps everything typed', async () => {
		const answer = await ann.post(
			'/my/cpd/new',
			fresh({ title: 'Kept <b>', 'other-day': '31', 'other-month': '02', 'other-year': '2026', long: '2,5', category: 'edi' }),
		);
		const html = await answer.text();
		expect(answer.status).toBe(422);
		expect(textOf(html)).toContain('“31 02 2026” is not a day in the calendar');
		expect(textOf(html)).toContain('Use a point, not a comma: 2.5');
		expect([typedIn(html, 'title'), typedIn(html, 'other-month'), typedIn(html, 'long')]).toEqual(['Kept <b>', '02', '2,5']);
		expect(html).toMatch(/value="edi"[^>]*selected/);
	});

	test('sent twice is logged once', async () => {
		const twice = fresh({ title: 'Twice' });
		const [first, second] = await Promise.all([ann.post('/my/cpd/new', twice), ann.post('/my/cpd/new', twice)]);
		expect(first.headers.get('location')).toBe(second.headers.get('location'));
		expect(ctx.db.sql.prepare("SELECT count(*) FROM cpd_entry WHERE title = 'Twice'").pluck().get()).toBe(1);
	});

	test('warns once when the text may show who a client is', async () => {
		const risky = { title: 'Case of John Smith, born 3 May 1984' };
		const answer = await ann.post('/my/cpd/new', fresh(risky));
		const html = await answer.text();
		expect([answer.status, textOf(html).includes('a name or initials beside a date of birth')]).toEqual([422, true]);
		expect(html).toContain('name="checked"');
		await logged({ ...risky, checked: 'yes' });
	});

	test('can be begun from an earlier entry', async () => {
		const id = await logged({ title: 'Every autumn', long: '3', category: 'edi' });
		const { html } = await read(`/my/cpd/new?repeat=${id}`);
		expect([typedIn(html, 'title'), typedIn(html, 'long'), typedIn(html, 'repeats')]).toEqual(['Every autumn', '3', id]);
	});

	test('as a draft waits in its own list', async () => {
		const id = await logged({ title: 'Only a thought', as: 'draft', on: 'other', long: '', category: '' });
		expect(textOf((await read('/my/cpd')).html)).toContain('Drafts do not count until you finish them');
		expect(textOf((await read(`/my/cpd/${id}`)).html)).toContain('Keep as a draft');
	});
});

describe('two windows on one entry', () => {
	const edit = (title: string, version: string) => ({
		title,
		'other-day': '22',
		'other-month': '11',
		'other-year': '2026',
		long: '2',
		category: 'refresher',
		as: 'log',
		version,
	});

	test('the second gets 409 with both versions side by side, and a choice', async () => {
		const id = await logged({ title: 'Before' });
		expect((await ann.post(`/my/cpd/${id}`, edit('From the first window', '1'))).status).toBe(303);
		const clash = await ann.post(`/my/cpd/${id}`, edit('From the second window', '1'));
		const html = await clash.text();
		expect(clash.status).toBe(409);
		expect(html).toMatch(/<td class="is-different">From the first window<\/td>\s*<td class="is-different">From the second window<\/td>/);
		expect(textOf(html)).toContain('Keep what is saved');
		expect([typedIn(html, 'title'), typedIn(html, 'version')]).toEqual(['From the second window', '2']);
		expect((await ann.post(`/my/cpd/${id}`, edit('From the second window', typedIn(html, 'version')))).status).toBe(303);
		expect((await read(`/my/cpd/${id}`)).html).toContain('From the second window');
	});

	test('what was deleted in one comes back by saving in the other, once that was seen', async () => {
		const id = await logged({ title: 'Deleted elsewhere' });
		expect((await ann.post(`/my/cpd/${id}/delete`, { version: '1' })).status).toBe(303);
		const clash = await ann.post(`/my/cpd/${id}`, edit('Still wanted', '1'));
		const html = await clash.text();
		expect([clash.status, textOf(html).includes('You deleted this entry in another window')]).toEqual([409, true]);
		expect((await ann.post(`/my/cpd/${id}`, edit('Still wanted', typedIn(html, 'version')))).status).toBe(303);
		expect(textOf((await read('/my/cpd')).html)).toContain('Still wanted');
	});
});

describe('deleting', () => {
	test('asks first, then offers its undo, and lists what can come back', async () => {
		const id = await logged({ title: 'Not mine at all' });
		expect(textOf((await read(`/my/cpd/${id}/delete`)).html)).toContain('You can bring it back for 30 days');
		const answer = await ann.post(`/my/cpd/${id}/delete`, { version: '1' });
		const { html } = await read(answer.headers.get('location') ?? '');
		expect(html).toContain(`action="/my/cpd/${id}/restore"`);
		expect(textOf(html)).not.toContain('Not mine at all');
		expect(textOf((await read('/my/cpd/deleted')).html)).toContain('Not mine at all');
		expect((await ann.post(`/my/cpd/${id}/restore`)).status).toBe(303);
		expect(textOf((await read('/my/cpd')).html)).toContain('Not mine at all');
	});
});

describe('evidence', () => {
	test('is kept with its entry and handed out to its owner alone, as a download', async () => {
		const id = await logged({ title: 'With a certificate' });
		const form = new FormData();
		form.append('evidence', new File([onePixel()], 'certificate.png', { type: 'image/png' }));
		const answer = await ann.post(`/my/cpd/${id}/evidence`, form);
		expect([answer.status, await answer.text()]).toEqual([303, '']);
		const { html } = await read(`/my/cpd/${id}/evidence`);
		const link = new RegExp(`/my/cpd/${id}/evidence/[0-9a-f-]{36}`).exec(html)?.[0] ?? '';
		const file = await ann.get(link);
		expect([file.status, file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, true]);
		expect((await bob.get(link)).status).toBe(404);
		expect((await ann.post(`/my/cpd/${id}/evidence`, { remove: link.split('/').at(-1) ?? '' })).status).toBe(303);
		expect((await ann.get(link)).status).toBe(404);
	});

	test('that is none is asked for, and what is no picture is refused', async () => {
		const id = await logged();
		expect((await ann.post(`/my/cpd/${id}/evidence`, new FormData())).status).toBe(422);
		const form = new FormData();
		form.append('evidence', new File(['<script>alert(1)</script>'], 'x.png', { type: 'image/png' }));
		expect((await ann.post(`/my/cpd/${id}/evidence`, form)).status).toBe(422);
	});
});

describe('the log of someone else', () => {
	test('does not exist, whatever is asked of it', async () => {
		const id = await logged({ title: 'Private matter' });
		for (const path of ['', '/delete', '/restore', '/evidence', '/evidence/x'])
			expect([path, (await bob.get(`/my/cpd/${id}${path}`)).status]).toEqual([path, 404]);
		for (const path of ['', '/delete', '/restore', '/evidence'])
			expect([path, (await bob.post(`/my/cpd/${id}${path}`, { version: '1' })).status]).toEqual([path, 404]);
		expect((await bob.get(`/my/cpd/new?repeat=${id}`)).status).toBe(404);
		expect(textOf((await read('/my/cpd', bob)).html)).not.toContain('Private matter');
		expect(textOf((await read(`/my/cpd/${id}`)).html)).toContain('Private matter');
	});
});

describe('the list', () => {
	test('is filtered by year and kind, with totals; an unknown filter shows all', async () => {
		await logged({ title: 'Of this year', category: 'writing_publication' });
		const year = textOf((await read('/my/cpd?year=2026-04-01&kind=writing_publication')).html);
		expect(year).toContain('Of this year');
		expect(year).toMatch(/Writing or publishing 1 2\.5 0/);
		expect(textOf((await read('/my/cpd?year=2025-04-01&kind=writing_publication')).html)).toContain('There are no entries here yet');
		expect((await read('/my/cpd?year=x&kind=y&page=-5')).status).toBe(200);
		expect((await read('/my/cpd?page=99999')).status).toBe(200);
	});

	test('says where one stands in words: of how many, how many to go, by when', async () => {
		expect(textOf((await read('/my/cpd/standing')).html)).toMatch(/\d+(\.\d+)? of (\d+ hours|5 activities)(: met|, [\d.]+ to go by 31 March 2027)/);
		expect(textOf((await read('/my/cpd/standing', bob)).html)).toContain('Nothing is asked of you this year');
	});
});

describe('groups', () => {
	test('are noted, tapped and ended', async () => {
		const group = {
			act: 'begin',
			title: 'Thursday circle',
			every: 'month',
			long: '90 min',
			category: 'peer_group_case_discussion',
			repeatKey: 'web-group-key',
		};
		expect((await ann.post('/my/cpd/groups', group)).status).toBe(303);
		const { html } = await read('/my/cpd');
		expect(textOf(html)).toContain('Thursday circle: add November 2026’s meeting');
		const tap = { act: 'add', group: typedIn(html, 'group'), occasion: typedIn(html, 'occasion') };
		const [one, two] = [await ann.post('/my/cpd/groups', tap), await ann.post('/my/cpd/groups', tap)];
		expect(one.headers.get('location')).toBe(two.headers.get('location'));
		expect(textOf((await read('/my/cpd')).html)).toContain('Thursday circle: November 2026’s meeting is in your log');
		expect((await bob.post('/my/cpd/groups', tap)).status).toBe(404);
		expect((await ann.post('/my/cpd/groups', { act: 'end', group: tap.group })).status).toBe(303);
	});
});

function onePixel(): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
}
