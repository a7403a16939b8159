import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '#tests/helpers/html.ts';
import { becomeA, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let officer: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	officer = await becomeA(site, 'membership_officer');
});
afterAll(() => site?.stop());

const read = async (path: string) => {
	const answer = await officer.get(path);
	return { status: answer.status, text: textOf(await answer.text()) };
};

describe('applications in figures', () => {
	test('are shown for the days in the address, with a table beside every picture', async () => {
		const page = await read('/office/applications/report?from=1+January+2026&to=2026-11-22');
		expect([page.status, page.text]).toEqual([200, expect.stringContaining('1 January 2026 to 22 November 2026')]);
		for (const title of [
			'Applications sent, by month and route',
			'Time in each stage',
			'For whom applications waited',
			'How far assessors agreed',
			'Samples drawn',
		])
			expect(page.text).toContain(title);
		const html = await (await officer.get('/office/applications/report?from=2026-01-01')).text();
		expect((html.match(/class="report-bars"/g) ?? []).length).toBeLessThanOrEqual((html.match(/<table/g) ?? []).length);
	});

	test('say which day cannot be read, and keep what was typed', async () => {
		const answer = await officer.get('/office/applications/report?from=soon&to=2026-11-22');
		const html = await answer.text();
		expect([answer.status, html]).toEqual([422, expect.stringContaining('value="soon"')]);
		const csv = await officer.get('/office/applications/report.csv?from=soon');
		expect([csv.status, csv.headers.get('location')]).toEqual([303, '/office/applications/report?from=soon']);
	});

	test('can be taken as a table', async () => {
		const answer = await officer.get('/office/applications/report.csv?from=2026-01-01&to=2026-11-22');
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
		expect(answer.headers.get('content-disposition')).toContain('applications-2026-01-01-to-2026-11-22.csv');
		expect(await answer.text()).toContain('table,row,column,figure');
	});

	test('are there for the public by years, kept like other public pages', async () => {
		const answer = await fetch(`${site.origin}/accreditation/figures`);
		expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=60']);
		expect(textOf(await answer.text())).toContain('Figures under five are not shown');
	});
});

describe('bank holidays', () => {
	test('of a year are shown, added by hand or as the rules have them, and taken out before their day', async () => {
		expect((await read('/office/settings/bank-holidays?year=2027')).text).toContain('26 March 2027 Good Friday');
		const days: [string, string][] = [
			['year', '2029'],
			['days', '2029-01-01'],
			['days', '2029-03-30'],
		];
		const added = await officer.post('/office/settings/bank-holidays?year=2029', days);
		expect([added.status, added.headers.get('location')]).toEqual([303, '/office/settings/bank-holidays?year=2029&done=added&moved=0']);
		const typed = { 'on-day': '5', 'on-month': '6', 'on-year': '2027', title: 'Jubilee' };
		const weekend = await officer.post('/office/settings/bank-holidays', typed);
		expect([weekend.status, textOf(await weekend.text())]).toEqual([422, expect.stringContaining('on a weekend')]);
		expect((await officer.post('/office/settings/bank-holidays', { ...typed, 'on-day': '4' })).status).toBe(303);
		expect((await officer.post('/office/settings/bank-holidays', { ...typed, 'on-day': '4' })).status).toBe(422);
		expect((await read('/office/settings/bank-holidays/2027-06-04')).text).toContain('counts as a working day then');
		expect((await officer.post('/office/settings/bank-holidays/2027-06-04')).status).toBe(303);
		expect((await read('/office/settings/bank-holidays/2026-01-01')).status).toBe(409);
	});
});
