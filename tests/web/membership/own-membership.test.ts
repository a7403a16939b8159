import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linksIn, textOf } from '#tests/helpers/html.ts';
import { become, becomeA, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { hiddenOf, inRegister, putMember } from './acting.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
});
afterAll(() => site?.stop());

async function send(someone: Visitor, act: string, values: Record<string, string>): Promise<Response> {
	const path = `/my/membership/${act}`;
	const page = await (await someone.get(path)).text();
	for (const name of Object.keys(values)) expect(page, `${path} has ${name}`).toContain(`name="${name}"`);
	return someone.post(path, { ...hiddenOf(page), ...values });
}

const day = (name: string, d: string, m: string, y: string) => ({ [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y });
const read = async (someone: Visitor, path = '/my/membership') => textOf(await (await someone.get(path)).text());

describe('one’s own membership', () => {
	test('says in one line where it stands, what is next and when, and what may be done', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2026-12-31' }));
		const page = await (await someone.get('/my/membership')).text();
		expect(textOf(page)).toContain('You are a member (Member Plus), paid until 31 December 2026.');
		expect(textOf(page)).toContain('Renew by 31 December 2026, so that nothing stops.');
		const acts = linksIn(page).filter((link) => link.startsWith('/my/membership/'));
		expect(acts.sort()).toEqual(['renew', 'grade', 'leave', 'resign', 'retire', 'invoices'].map((act) => `/my/membership/${act}`).sort());
	});

	test('is renewed: declarations, grade, invoice; sent twice it is one invoice; then it waits for the payment', async () => {
		const personId = putMember(site, { paidToOn: '2026-12-31' });
		const someone = await become(site, personId);
		const missing = await send(someone, 'renew', { category: 'plus' });
		expect([missing.status, textOf(await missing.text()).includes('Tick the box if you can say all of this')]).toEqual([422, true]);
		for (let i = 0; i < 2; i += 1)
			expect((await send(someone, 'renew', { category: 'plus', declare: 'yes' })).headers.get('location')).toBe('/my/membership?done=ordered');
		expect(inRegister(site, 'SELECT count(*) FROM invoice WHERE person_id = ?', personId)).toBe(1);
		expect(await read(someone)).toMatch(/Invoice INV-\d{4}-\d{5} is waiting to be paid, by 30 January 2027/);
		expect(await (await someone.get('/my/membership')).text()).toMatch(/href="\/my\/membership\/invoices\/INV-\d{4}-\d{5}\/pay"/);
	});

	test('too early to renew, and a page that is out of date, are told on the form', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2027-10-31' }));
		expect(await read(someone)).toContain('You can renew from 1 September 2027');
		expect(await read(someone, '/my/membership/renew')).toContain('cannot be done as your membership stands now');
		const answer = await someone.post('/my/membership/resign', { mark: 'old', ...day('last', '31', '12', '2026') });
		expect([answer.status, textOf(await answer.text()).includes('has changed since you opened this page')]).toEqual([409, true]);
	});

	test('takes leave and ends it; mistakes in dates keep what was typed', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2027-10-31' }));
		const wrong = await send(someone, 'leave', { ...day('from', '31', '2', '2027'), ...day('to', '1', 'June', '2027') });
		const page = await wrong.text();
		expect([wrong.status, page.includes('value="31"'), textOf(page).includes('The first day is not a day in the calendar')]).toEqual([422, true, true]);
		expect((await send(someone, 'leave', { ...day('from', '22', '11', '2026'), ...day('to', '31', '1', '2027') })).headers.get('location')).toBe(
			'/my/membership?done=leave',
		);
		expect(await read(someone)).toContain('You are on leave since 22 November 2026');
		expect((await send(someone, 'end-leave', {})).status).toBe(303);
		expect(await read(someone)).toContain('You are a member (Member Plus), paid until 31 October 2027.');
	});

	test('asks for longer leave; an officer answers; the member reads why', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2027-10-31', name: 'Lea' }));
		const long = { ...day('from', '1', '12', '2026'), ...day('to', '30', '11', '2027') };
		expect((await send(someone, 'leave', long)).status).toBe(422);
		expect((await send(someone, 'leave', { ...long, reason: 'A long course.' })).headers.get('location')).toBe('/my/membership?done=leave-asked');
		const officer = await becomeA(site, 'membership_officer');
		const list = await (await officer.get('/office/memberships')).text();
		const path = linksIn(list).find((link) => link.startsWith('/office/memberships/leave/')) ?? '';
		expect(textOf(await (await officer.get(path)).text())).toContain('A long course.');
		const form = hiddenOf(await (await officer.get(path)).text());
		expect((await officer.post(path, { ...form, answer: 'no', words: '' })).status).toBe(422);
		expect((await officer.post(path, { ...form, answer: 'no', words: 'Too long for now.' })).status).toBe(303);
		expect((await officer.post(path, { ...form, answer: 'yes', words: '' })).status).toBe(409);
		expect(await read(someone)).toContain('We could not agree to the leave you asked for: Too long for now.');
		expect((await someone.get(path)).status).toBe(403);
	});

	test('resigns on a day, and stays after all', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2027-10-31' }));
		expect((await send(someone, 'resign', day('last', '31', '12', '2026'))).headers.get('location')).toBe('/my/membership?done=noted');
		expect(await read(someone)).toContain('You are leaving: your last day as a member is 31 December 2026.');
		expect((await send(someone, 'stay', {})).headers.get('location')).toBe('/my/membership?done=stay');
		expect(await read(someone)).not.toContain('You are leaving');
	});

	test('of an organisation ends with the employment', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2027-10-31', category: 'organisation' }));
		expect(await read(someone)).toContain('Your employer: A trust');
		expect((await send(someone, 'employer', { employer: 'Another trust' })).status).toBe(303);
		expect((await send(someone, 'employment-ended', day('last', '21', '11', '2026'))).status).toBe(303);
		expect(await read(someone)).toContain('You left on 21 November 2026.');
	});

	test('changes grade: dearer waits for the payment, cheaper begins at once', async () => {
		const someone = await become(site, putMember(site, { paidToOn: '2027-10-31', category: 'basic' }));
		expect(await read(someone, '/my/membership/grade')).toMatch(/£\d+\.\d\d more until 31 October 2027/);
		expect((await send(someone, 'grade', { category: 'plus' })).status).toBe(303);
		expect(await read(someone)).toContain('(Basic member)');
		expect((await send(someone, 'cancel-order', {})).headers.get('location')).toBe('/my/membership?done=order-cancelled');
		const plus = await become(site, putMember(site, { paidToOn: '2027-10-31' }));
		expect((await send(plus, 'grade', { category: 'basic' })).status).toBe(303);
		expect(await read(plus)).toMatch(/\(Basic member\).*Credit for your next fee: £\d+\.\d\d/);
	});
});
