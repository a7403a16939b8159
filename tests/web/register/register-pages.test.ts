import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerNumber } from '#core/register-number.ts';
import { linksIn, textOf } from '#tests/helpers/html.ts';
import { type RegisterSite, startRegisterSite } from './site.ts';

let site: RegisterSite;
beforeAll(async () => {
	site = await startRegisterSite();
});
afterAll(() => site.stop());
const entry = (key: string, query = '') => site.get(`/register/${site.numbers[key]}${query}`);
const isNoindex = (html: string) => html.includes('<meta name="robots" content="noindex"');

describe('an entry', () => {
	const standings: [string, string[]][] = [
		[
			'accredited',
			[
				'Dr Siân O’Neill',
				'formerly Siân Pryce',
				'Accredited since 1 May 2019',
				'Accredited practitioner – young people',
				'valid to 30 April 2029',
				'On that register when we looked on 1 October 2026',
			],
		],
		['conditions', ['Accredited, with conditions', 'They must work with a supervisor.', 'In force', 'From 1 August 2026']],
		['interimConditions', ['Interim conditions', 'This is not a finding.', 'Nothing has been decided']],
		['interimSuspension', ['Interim suspension', 'This is not a finding.', 'This notice is shown only while the order lasts.']],
		['suspended', ['Suspended', 'may not practise', '31 January 2027']],
		['removed', ['Removed from the register', 'Removed on 1 August 2026', 'shown until 1 August 2031']],
		['met', ['Accredited', 'Sanction met', 'Sanction met on 1 October 2026', 'shown until 1 April 2027']],
		['lapsed', ['No longer on the register', 'This is not about conduct.']],
		['organisation', ['Registered through an organisation', 'This is not accreditation.']],
		['unchecked', ['Accredited', 'We could not check this when we tried on 1 October 2026']],
	];
	test.each(standings)('%s says so in plain words', async (key, sentences) => {
		const page = await entry(key);
		const text = textOf(page.text);
		expect(page.status).toBe(200);
		for (const sentence of sentences) expect(text).toContain(sentence);
		for (const always of [
			'If you are in therapy',
			'If you employ people',
			'If this is your own number',
			'Only this page is proof',
			'22 November 2026 at 12:0',
			'Raise a concern',
			'Tell us of a mistake in this entry',
		])
			expect(text).toContain(always);
		expect(page.text).toContain(`${site.origin}/register/${site.numbers[key]}"`);
		expect(linksIn(page.text)).toContain(`/api/v1/register/${site.numbers[key]}`);
		expect(isNoindex(page.text)).toBe(true);
	});

	test('of someone who left says since when, and no name', async () => {
		const page = await entry('left');
		expect(page.status).toBe(200);
		expect(textOf(page.text)).toContain('Not on the register since 4 May 2025.');
		expect(page.text).not.toMatch(/Lee|Gone|HCPC/);
	});

	test('of a spent suspension says nothing of it, today or on the day', async () => {
		const [now, then] = [await entry('spent'), await entry('spent', '?on=2021-03-01')];
		expect(textOf(then.text)).toContain('On 1 March 2021: on the register, within limits');
		for (const page of [now, then]) expect(page.text).not.toMatch(/suspen|They must work|1 January 2021/i);
	});

	test('answers for any past day, and says that it is past', async () => {
		const page = await entry('conditions', '?on=2024-03-03');
		expect(page.status).toBe(200);
		expect(textOf(page.text)).toContain('On 3 March 2024: accredited');
		expect(textOf(page.text)).toContain('See how the entry stands today');
		expect(page.text).not.toContain('They must work');
		expect(textOf((await entry('conditions', '?on=1999-01-01')).text)).toContain('The register began on 1 May 2019');
	});

	test.each(['2026-11-23', '2999-12-31', '2024-02-30', 'x', '%F0%9F%98%80', '2024-01-01%27--'])(
		'?on=%s is refused with a message, and what was typed stays',
		async (on) => {
			const page = await entry('accredited', `?on=${on}`);
			expect(page.status).toBe(422);
			expect(page.text).toMatch(/<title>Error: /);
			expect(page.text).toContain('href="#on"');
			expect(page.headers.get('cache-control')).toBe('no-store');
		},
	);

	test('the three boxes lead to one address', async () => {
		const { status, location } = await entry('accredited', '?on-day=3&on-month=March&on-year=2024');
		expect([status, location]).toEqual([301, `/register/${site.numbers.accredited}?on=2024-03-03`]);
	});

	test('is written in one way: others are redirected', async () => {
		const number = site.numbers.accredited ?? '';
		for (const typed of [number.toLowerCase(), number.slice(4), number.replace('-', '%20')]) {
			const { status, location } = await site.get(`/register/${typed}?on=2024-03-03`);
			expect([status, location], typed).toEqual([301, `/register/${number}?on=2024-03-03`]);
		}
	});

	test('may be kept for a minute by anyone, and no longer', async () => {
		expect((await entry('accredited')).headers.get('cache-control')).toBe('public, max-age=60');
		expect((await entry('accredited', '?utm=1')).status).toBe(200);
	});
});

describe('a number that leads nowhere', () => {
	test.each([registerNumber(77777), 'IPT-000000', 'abc', '12345678901234567890', '%F0%9F%98%80', "'--", 'constructor'])(
		'%s: 404, and nothing about a person',
		async (typed) => {
			const page = await site.get(`/register/${typed}`);
			expect(page.status).toBe(404);
			expect(textOf(page.text)).toContain('tells you nothing about the person');
			expect(textOf(page.text)).not.toMatch(/fraud|fake|false|invalid|struck|removed/i);
			expect(isNoindex(page.text)).toBe(true);
		},
	);

	test('a wrong check digit: the number that was meant, as a link, when it exists', async () => {
		const number = site.numbers.accredited ?? '';
		const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
		for (const path of [`/register/${wrong}`, `/register?q=${wrong}`]) {
			const page = await site.get(path);
			expect(textOf(page.text)).toContain(`Did you mean ${number} ?`);
			expect(linksIn(page.text)).toContain(`/register/${number}`);
		}
		expect((await site.get('/register/IPT-777771')).text).not.toContain('Did you mean');
	});
});

describe('the box', () => {
	test('a number goes straight to its entry', async () => {
		for (const name of ['q', 'number']) {
			const { status, location } = await site.get(`/register?${name}=${site.numbers.left?.toLowerCase()}`);
			expect([status, location]).toEqual([303, `/register/${site.numbers.left}`]);
		}
	});

	test('a name finds people, twenty a page, and is not for search engines', async () => {
		const page = await site.get('/register?q=manyson');
		expect(linksIn(page.text).filter((link) => /^\/register\/IPT/.test(link))).toHaveLength(20);
		expect(linksIn(page.text)).toContain('/register?name=manyson&page=2');
		expect(isNoindex(page.text)).toBe(true);
		expect(isNoindex((await site.get('/register')).text)).toBe(false);
		expect(textOf((await site.get('/register?name=pryce')).text)).toContain('formerly Siân Pryce');
	});

	test('a name that nobody has: what to try, and nothing about a person', async () => {
		const page = await site.get('/register?name=Nobody%20Atall');
		expect(page.status).toBe(200);
		expect(textOf(page.text)).toContain('This tells you nothing about the person.');
	});

	test.each(['', 'a', '%20%20', 'x'.repeat(3000)])('q=%s: a message beside the box', async (typed) => {
		const page = await site.get(`/register?q=${typed}`);
		expect(page.status).toBe(422);
		expect(page.text).toContain('href="#q"');
	});

	test('what was typed is text, whatever it is', async () => {
		const page = await site.get(`/register?q=${encodeURIComponent('<script>alert(1)</script>"\'')}`);
		expect(page.text.match(/<script/g)).toHaveLength(2);
		expect(page.text).toContain('value="<script>alert(1)</script>&quot;');
		expect(page.text).toContain('“&lt;script&gt;alert(1)&lt;/script&gt;');
	});
});
