import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '#features/accreditation/index.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { putMember } from '../membership/acting.ts';
import { begin, fillSections, nameEverybody, routeOn, send } from './applying-over-http.ts';

let site: Site;
let route: Route;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	route = routeOn(site, 'practitioner');
});
afterAll(() => site.stop());

const HOME = '/my/accreditation';
const anApplicant = (name: string) => become(site, putMember(site, { paidToOn: '2027-10-31', name }));
const read = async (someone: Visitor, path: string) => {
	const reply = await someone.get(path);
	return { status: reply.status, text: textOf(await reply.text()) };
};
const value = (text: string, ...values: unknown[]) =>
	inRegister(site, (sql) =>
		sql
			.prepare(text)
			.pluck()
			.get(...values),
	);
const mailTo = (to: string) => String(value('SELECT body FROM outbox WHERE to_address = ? ORDER BY rowid DESC', to));

describe('before anything else', () => {
	test('the ways are explained to everyone, with what each needs, costs and asks first', async () => {
		const { status, text } = await read(visitor(site), '/accreditation');
		expect(status).toBe(200);
		for (const words of [route.title, route.summary, route.eligibility[0]?.question ?? '', '£', 'not accreditation', 'working days'])
			expect(text).toContain(words);
	});

	test('a question that was answered otherwise gets an honest answer, and nothing of it is kept', async () => {
		const ann = await anApplicant('Ann');
		const answers = Object.fromEntries(route.eligibility.map(({ key }) => [`q-${key}`, 'yes']));
		const before = value("SELECT count(*) FROM accreditation_answer WHERE section = 'eligibility'");
		const no = await ann.post(`${HOME}/begin/practitioner`, { ...answers, [`q-${route.eligibility[0]?.key}`]: 'no', go: 'begin' });
		expect([no.status, textOf(await no.text())]).toEqual([200, expect.stringContaining(route.eligibility[0]?.otherwise ?? '')]);
		expect(value("SELECT count(*) FROM accreditation_answer WHERE section = 'eligibility'")).toBe(before);
		const fits = await ann.post(`${HOME}/begin/practitioner`, { ...answers, go: 'check' });
		expect(textOf(await fits.text())).toContain('You can apply');
		expect((await ann.post(`${HOME}/begin/practitioner`, {})).status).toBe(422);
		expect((await ann.get(`${HOME}/begin/nothing`)).status).toBe(404);
	});

	test('whoever is no member, or was refused by the record, reads why', async () => {
		const member = await becomeA(site, 'member');
		const { text } = await read(member, HOME);
		expect(text).toContain('You hold this already');
		const answers = Object.fromEntries(route.eligibility.map(({ key }) => [`q-${key}`, 'yes']));
		expect((await member.post(`${HOME}/begin/practitioner`, { ...answers, go: 'begin' })).status).toBe(409);
	});
});

describe('a draft', () => {
	test('is kept section by section; of two windows the second is shown both', async () => {
		const una = await anApplicant('Una');
		await begin(una, route);
		const at = `${HOME}/practitioner/section/cases`;
		const save = (text: string, version: string) => una.post(at, { text, version, goes: 'later' });
		expect((await save('From the first window', '0')).headers.get('location')).toBe(`${HOME}/practitioner?done=kept`);
		const late = await save('From the second window', '0');
		const page = await late.text();
		expect([late.status, textOf(page)]).toEqual([409, expect.stringContaining('From the first window')]);
		expect(page).toContain('From the second window');
		expect(page).toContain('name="version" value="1"');
		expect((await save('From both windows', '1')).status).toBe(303);
		expect((await read(una, `${HOME}/practitioner`)).text).toContain('0 of 4 supervised cases passed');
	});

	test('takes a file, shows it to its owner alone, and gives it up again', async () => {
		const [una, otto] = [await anApplicant('Ula'), await anApplicant('Otto')];
		await begin(una, route);
		await begin(otto, route);
		await fillSections(una, route);
		const file = String(value("SELECT source_id FROM accreditation_evidence WHERE source = 'file' ORDER BY consented_at DESC, rowid DESC"));
		expect((await una.get(`${HOME}/practitioner/files/${file}`)).status).toBe(200);
		expect((await otto.get(`${HOME}/practitioner/files/${file}`)).status).toBe(404);
		const gone = await una.post(`${HOME}/practitioner/section/course`, { text: '', version: '1', remove: file });
		expect([gone.status, gone.headers.get('location')]).toEqual([303, `${HOME}/practitioner/section/course`]);
		expect((await una.get(`${HOME}/practitioner/files/${file}`)).status).toBe(404);
	});

	test('is nobody else’s, and a page that takes no form takes none', async () => {
		const [una, otto] = [await anApplicant('Uma'), await anApplicant('Odo')];
		await begin(una, route);
		for (const path of ['', '/section/cases', '/requests', '/check', '/withdraw', '/answers', '/sent']) {
			expect((await otto.get(`${HOME}/practitioner${path}`)).status, path).toBe(404);
			expect((await visitor(site).get(`${HOME}/practitioner${path}`)).status, path).toBe(303);
		}
		expect((await una.post(`${HOME}/practitioner`, { x: '1' })).status).toBe(405);
	});
});

describe('sending', () => {
	test('gives a reference, asks whoever was named, invoices the fee and shows the way', async () => {
		const una = await anApplicant('Ute');
		await begin(una, route);
		await fillSections(una, route);
		expect((await una.post(`${HOME}/practitioner/check`, { agree: 'yes', seen: '1' })).status).toBe(422);
		await nameEverybody(una, route, 'ute@outside.example');
		expect((await una.post(`${HOME}/practitioner/check`, { seen: '1' })).status).toBe(422);
		const reference = await send(una, route);
		const { text } = await read(una, `${HOME}/${reference}`);
		for (const words of [
			reference,
			'We are looking whether it is complete',
			'Whose turn it is: The office’s',
			'Pay the fee',
			'working days',
			'You sent your application.',
		])
			expect(text).toContain(words);
		expect(mailTo('1ute@outside.example')).toContain('/accreditation/request/');
		expect((await una.get(`${HOME}/practitioner`)).status).toBe(200);
		expect((await read(una, `${HOME}/${reference}/sent`)).text).toContain('What I have to say about');
		expect((await una.post(`${HOME}/${reference}/section/cases`, { text: 'Late', version: '1' })).headers.get('location')).toBe(`${HOME}/${reference}`);
	});

	test('is paid on the demonstration’s page, and then says so', async () => {
		const una = await anApplicant('Uli');
		await begin(una, route);
		await fillSections(una, route);
		await nameEverybody(una, route, 'uli@outside.example');
		const reference = await send(una, route);
		const number = String(value("SELECT number FROM invoice WHERE purpose = 'application' ORDER BY sequence DESC"));
		const page = await una.post(`/my/membership/invoices/${number}/pay`, { repeatKey: 'x' });
		const checkout = page.headers.get('location') ?? '';
		expect(checkout).toContain('/demo/pay/');
		expect((await una.post(new URL(checkout, site.origin).pathname, { choice: 'pay' })).status).toBe(303);
		expect((await read(una, `${HOME}/${reference}`)).text).toContain(`paid (${number})`);
		const application = value('SELECT id FROM accreditation_application WHERE reference = ?', reference);
		expect(value("SELECT count(*) FROM audit_event WHERE kind = 'accreditation.fee_paid' AND subject_id = ?", application)).toBe(1);
	});
});

describe('whoever is asked', () => {
	test('opens a link that does nothing by itself, can say no, or writes, keeps and sends', async () => {
		const una = await anApplicant('Ursel');
		await begin(una, route);
		await fillSections(una, route);
		await nameEverybody(una, route, 'ursel@outside.example');
		const reference = await send(una, route);
		const link = /\/accreditation\/request\/[\w-]{43}/.exec(mailTo('1ursel@outside.example'))?.[0] ?? '';
		const before = value('SELECT opened_at FROM accreditation_request WHERE to_email = ?', '1ursel@outside.example');
		const scanner = visitor(site);
		for (let i = 0; i < 3; i += 1) expect((await scanner.get(link)).status).toBe(200);
		expect([before, value('SELECT opened_at FROM accreditation_request WHERE to_email = ?', '1ursel@outside.example')]).toEqual([null, null]);
		const rob = visitor(site);
		expect((await read(rob, link)).text).not.toContain('Ursel');
		expect((await rob.get('/accreditation/request')).status).toBe(404);
		expect((await rob.post(link, { go: 'on' })).headers.get('location')).toBe('/accreditation/request');
		expect((await read(rob, '/accreditation/request')).text).toContain('Ursel');
		expect((await rob.post('/accreditation/request', {})).status).toBe(422);
		expect((await rob.post('/accreditation/request', { can: 'yes' })).headers.get('location')).toBe('/accreditation/request?step=write');
		const write = '/accreditation/request?step=write';
		const version = async () => /name="version" value="(\d+)"/.exec(await (await rob.get(write)).text())?.[1] ?? '';
		const words = { supervised: 'Four cases.', competence: 'Good.', strengths: 'Warmth that nobody else may read.', concerns: '' };
		const kept = await rob.post(write, { ...words, as: 'keep', version: await version() });
		expect(kept.headers.get('location')).toBe('/accreditation/request?step=write&done=kept');
		expect((await read(rob, write)).text).toContain('Four cases.');
		expect((await rob.post(write, { ...words, as: 'send', version: await version() })).status).toBe(422);
		const whole = { ...words, recommend: 'yes', hasConflict: 'no', conflict: '', signedName: 'Rob Referee', agree: 'yes', as: 'send' };
		expect((await rob.post(write, { ...whole, version: await version() })).headers.get('location')).toBe('/accreditation/request?done=sent');
		expect((await read(rob, '/accreditation/request')).text).toContain('Thank you: we have your answer');
		expect((await read(rob, link)).text).toContain('This was answered already');
		for (const path of ['', '/requests', '/sent']) expect((await read(una, `${HOME}/${reference}${path}`)).text, path).not.toContain('Warmth');
		expect((await read(una, `${HOME}/${reference}/requests`)).text).toContain('Answered');
		const officer = await becomeA(site, 'membership_officer');
		expect((await read(officer, `/office/applications/${reference}/requests/supervisor_report-1`)).text).toContain('Warmth');
	});
});

test('taking it back asks once more, and ends it', async () => {
	const una = await anApplicant('Udo');
	await begin(una, route);
	const path = `${HOME}/practitioner/withdraw`;
	expect((await una.post(path, { seen: '1' })).status).toBe(422);
	expect((await una.post(path, { seen: '7', sure: 'yes' })).status).toBe(409);
	expect((await una.post(path, { seen: '1', sure: 'yes' })).headers.get('location')).toBe(`${HOME}?done=withdrawn`);
	expect((await una.get(path)).status).toBe(404);
});
