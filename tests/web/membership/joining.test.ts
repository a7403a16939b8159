import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linksIn, textOf } from '#tests/helpers/html.ts';
import { become, becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { hiddenOf, inRegister, putNewcomer } from './acting.ts';

let site: Site;
let officer: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	officer = await becomeA(site, 'membership_officer');
});
afterAll(() => site?.stop());

const CORE = { body: 'HCPC', otherBody: '', reference: 'PYL1' };
const ABOUT = { title: '', givenNames: 'Nia', familyName: 'Newcomer', phone: '', 'born-day': '3', 'born-month': 'May', 'born-year': '1980' };
const AGREED = { conduct: 'yes', insurance: 'yes', convictions: 'yes', registers: 'yes' };

/** Sends the form of a page with its hidden fields; a field the page lacks fails. */
async function send(someone: Visitor, path: string, values: Record<string, string>): Promise<Response> {
	const page = await (await someone.get(path)).text();
	for (const name of Object.keys(values)) expect(page, `${path} has ${name}`).toContain(`name="${name}"`);
	return someone.post(path, { ...hiddenOf(page), ...values });
}

async function newcomer(name: string): Promise<Visitor> {
	return become(site, putNewcomer(site, name));
}

async function apply(someone: Visitor): Promise<string> {
	await someone.post('/join/apply', { do: 'begin' });
	await send(someone, '/join/apply/grade', { category: 'basic' });
	await send(someone, '/join/apply/about', ABOUT);
	await send(someone, '/join/apply/profession', CORE);
	await send(someone, '/join/apply/declarations', AGREED);
	expect((await send(someone, '/join/apply/check', {})).headers.get('location')).toBe('/join/apply?done=sent');
	return /MEM-2026-\d{4}/.exec(await (await someone.get('/join/apply')).text())?.[0] ?? '';
}

describe('the page about joining', () => {
	test('says what each grade is for, what it costs and what it does not give, to anyone', async () => {
		const page = textOf(await (await visitor(site).get('/join')).text());
		expect(page).toContain('Organisation member');
		expect(page).toContain('This is not accreditation and cannot lead to it. It needs an employer');
		expect(page).toMatch(/£\d+\.\d\d a year/);
		expect(page).toContain('Open an account and apply');
	});

	test('leads whoever has an account to sign in and then to the application', async () => {
		const answer = await visitor(site).get('/join/apply');
		expect(answer.headers.get('location')).toBe('/account/sign-in?next=%2Fjoin%2Fapply');
	});
});

describe('an application over the pages', () => {
	test('is filled in, checked and sent; sending it twice changes nothing', async () => {
		const someone = await newcomer('Nia');
		const reference = await apply(someone);
		expect(reference).toMatch(/^MEM-2026-/);
		const page = textOf(await (await someone.get('/join/apply')).text());
		expect(page).toContain('We answer by 29 November 2026');
		expect((await someone.get('/join/apply/about')).status).toBe(303);
		expect(inRegister(site, "SELECT count(*) FROM outbox WHERE kind = 'membership.application-received'")).toBe(1);
	});

	test('keeps what was typed, says what is wrong, and lets people come back later', async () => {
		const someone = await newcomer('Bea');
		await someone.post('/join/apply', { do: 'begin' });
		await send(someone, '/join/apply/grade', { category: 'plus' });
		const wrong = await send(someone, '/join/apply/about', { ...ABOUT, 'born-day': '31', 'born-month': '2', familyName: '' });
		const page = await wrong.text();
		expect(wrong.status).toBe(422);
		expect(textOf(page)).toContain('Enter your family name.');
		expect(textOf(page)).toContain('is not a day in the calendar');
		expect(page).toContain('value="31"');
		const kept = await send(someone, '/join/apply/about', { ...ABOUT, familyName: 'O’Neill <b>', 'born-year': '', save: 'later' });
		expect(kept.headers.get('location')).toBe('/join/apply?done=kept');
		expect(await (await someone.get('/join/apply/about')).text()).toContain('value="O’Neill <b>"');
		expect(textOf(await (await someone.get('/join/apply')).text())).toContain('About you Not complete yet');
		const check = await send(someone, '/join/apply/check', {});
		expect([check.status, textOf(await check.text()).includes('Something is missing in “About you”')]).toEqual([422, true]);
	});

	test('for organisation membership asks for the employer and says that it is not accreditation', async () => {
		const someone = await newcomer('Kay');
		await someone.post('/join/apply', { do: 'begin' });
		await send(someone, '/join/apply/grade', { category: 'organisation' });
		const page = await (await someone.get('/join/apply/profession')).text();
		expect(page).not.toContain('name="body"');
		expect(textOf(page)).toContain('it is not accreditation, and it ends when you leave that employer');
		expect((await send(someone, '/join/apply/profession', { employer: '' })).status).toBe(422);
	});

	test('is decided in the office: the queue, one application, a question, acceptance; the applicant then pays', async () => {
		const someone = await newcomer('Ola');
		const reference = await apply(someone);
		const queue = await (await officer.get('/office/memberships')).text();
		expect(textOf(queue)).toContain(`${reference} Nia Newcomer To decide 29 November 2026: 7 days left`);
		const path = `/office/memberships/${reference}`;
		expect(linksIn(await (await officer.get(path)).text())).toContain(`${path}/admit`);
		expect((await send(officer, `${path}/ask`, { words: '' })).status).toBe(422);
		expect((await send(officer, `${path}/ask`, { words: 'Which course?' })).status).toBe(303);
		expect(textOf(await (await someone.get('/join/apply')).text())).toContain('Which course?');
		expect((await send(someone, '/join/apply', { reply: 'Leeds.', do: 'answer' })).status).toBe(303);
		expect(textOf(await (await officer.get(path)).text())).toContain('Leeds.');
		expect((await send(officer, `${path}/admit`, { words: '' })).headers.get('location')).toBe('/office/memberships?done=admit');
		expect(textOf(await (await someone.get('/my/membership')).text())).toMatch(/Invoice INV-2026-\d{5} is waiting to be paid/);
		const late = await officer.post(`${path}/decline`, { version: '3', words: 'Too late.' });
		expect([late.status, textOf(await late.text()).includes('has been admitted already')]).toEqual([409, true]);
	});

	test('is unknown to everybody else', async () => {
		const reference = await apply(await newcomer('Una'));
		const member = await becomeA(site, 'member');
		for (const path of [`/office/memberships/${reference}`, `/office/memberships/${reference}/admit`, '/office/memberships']) {
			expect([path, (await member.get(path)).status]).toEqual([path, 403]);
			expect([path, (await (await becomeA(site, 'finance')).get(path)).status]).toEqual([path, 403]);
		}
		expect(textOf(await (await member.get('/join/apply')).text())).not.toContain(reference);
	});
});
