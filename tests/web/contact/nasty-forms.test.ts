import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { intruders, misshapen, tagsOf } from '../attacks/markup.ts';
import { NASTY_TEXTS } from '../attacks/nasty.ts';
import { faultsOf, reading, slugsOf } from '../attacks/probe.ts';
import { type Fields, fieldsFor, referenceOf, send } from './sending.ts';

const FIELDS = ['name', 'email', 'phone', 'replyBy', 'safeTimes', 'message', 'consent', 'website', 'started', 'repeatKey'];
const SHOWN = ['name', 'email', 'phone', 'safeTimes', 'message'];

let site: Site;
let slugs: string[];
let turn = 0;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside', TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'error' });
	slugs = slugsOf(site, 60);
	expect(slugs.length).toBeGreaterThan(40);
});
afterAll(() => site.stop());

const nextPage = () => `/therapists/${slugs[turn++ % slugs.length]}/contact`;
const post = (fields: Fields) => send(site, nextPage(), fields);

/** How many rows each kind of thing has: an enquiry is whole with one event and a mail to the therapist. */
function stored() {
	const count = (text: string) => reading(site, (db) => db.prepare(text).pluck().get() as number);
	return {
		enquiries: count('SELECT count(*) FROM enquiry'),
		events: count("SELECT count(*) FROM audit_event WHERE kind = 'enquiry.sent'"),
		letters: count("SELECT count(*) FROM outbox WHERE kind = 'enquiry.therapist'"),
		acknowledgements:
			count("SELECT count(*) FROM outbox WHERE kind <> 'enquiry.therapist'") - count('SELECT count(*) FROM enquiry WHERE sender_email IS NOT NULL'),
	};
}

/** What a field of the page that came back holds. */
function valueIn(html: string, name: string): string | undefined {
	const tag = tagsOf(html).find((t) => t.attributes.get('name') === name && t.name !== 'meta');
	const text = tag?.name === 'textarea' ? tag.text.replace(/^\n/, '') : tag?.attributes.get('value');
	return text
		?.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
		.replace(/&(quot|lt|gt|amp);/g, (_, name: string) => ({ quot: '"', lt: '<', gt: '>', amp: '&' })[name] ?? '');
}

/** What is wrong with the answer to a posted contact form. */
function wrongs(what: string, answer: Answer, typed: Fields): string[] {
	const wrong: string[] = [];
	if (answer.status === 303) return referenceOf(answer) ? [] : [`${what}: leads to ${answer.location}`];
	if (answer.status !== 422) wrong.push(`status ${answer.status}`);
	if (!/no-store/.test(answer.headers.get('cache-control') ?? '')) wrong.push('may be kept');
	if (!answer.text.includes('error-summary')) wrong.push('does not say what is wrong');
	wrong.push(...misshapen(answer.text), ...intruders(answer.text));
	for (const name of SHOWN) {
		const value = [typed[name] ?? []].flat()[0] ?? '';
		if (isKeepable(value) && valueIn(answer.text, name) !== value) wrong.push(`lost what was typed into ${name}`);
	}
	return wrong.map((w) => `${what}: ${w}`);
}

/** NUL, lone surrogates and line ends are changed by every browser. */
const isKeepable = (value: string) => value.isWellFormed() && !/[\0\r\n]/.test(value);

describe('the contact form', { timeout: 120_000 }, () => {
	let before: ReturnType<typeof stored>;
	let passed = 0;
	beforeEach(() => {
		before = stored();
		passed = 0;
	});

	async function attempt(what: string, fields: Fields): Promise<string[]> {
		const answer = await post(fields);
		if (answer.status === 303 && String(fields.website).trim() === '') passed += 1;
		return wrongs(what, answer, fields);
	}

	function expectWholeOnly(): void {
		const now = stored();
		expect(now.enquiries - before.enquiries).toBe(passed);
		expect([now.events, now.letters]).toEqual([now.enquiries, now.enquiries]);
		expect(now.acknowledgements).toBe(0);
	}

	test('with anything in any field is refused with everything kept, or stored whole', async () => {
		// Fields that people do not see need fewer: every good post waits for the disk.
		const textsFor = (field: string) => NASTY_TEXTS.filter((_, i) => SHOWN.includes(field) || i % 4 === 0);
		const cases = FIELDS.flatMap((field) => textsFor(field).map((text) => ({ field, text })));
		expect(await faultsOf(cases, ({ field, text }) => attempt(`${field}=${text.slice(0, 60)}`, fieldsFor(site, { [field]: text })))).toEqual([]);
		expect(passed).toBeGreaterThan(150);
		expectWholeOnly();
	});

	test('with the nastiest in all fields at once says so at all of them', async () => {
		expect(await faultsOf(NASTY_TEXTS, (text) => attempt(text.slice(0, 60), fieldsFor(site, Object.fromEntries(SHOWN.map((name) => [name, text])))))).toEqual(
			[],
		);
		expectWholeOnly();
	});

	test('with a field missing, or twice, or a hundred times, or huge, or one that nobody knows', async () => {
		const cases = FIELDS.flatMap((field): [string, Fields][] => [
			[`no ${field}`, fieldsFor(site, { [field]: [] })],
			[`${field} twice`, fieldsFor(site, { [field]: ['<zq7x>', String(fieldsFor(site)[field])] })],
			[`${field} a hundred times`, fieldsFor(site, { [field]: Array.from({ length: 100 }, () => 'x') })],
			[`${field} huge`, fieldsFor(site, { [field]: 'w'.repeat(10_000) })],
		]);
		const unknown = ['id', 'person_id', 'purge_on', 'token_hash', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__[x]', 'name[]', ''];
		cases.push(...unknown.map((name): [string, Fields] => [`unknown ${name}`, Object.assign(fieldsFor(site), Object.fromEntries([[`${name}`, 'zq7x']]))]));
		const found = await faultsOf(cases, async ([what, fields]) => {
			const answer = await post(fields);
			if (answer.status === 303 && (fields.website === '' || fields.website?.length === 0)) passed += 1;
			return /twice|hundred/.test(what) ? wrongs(what, answer, {}).filter((w) => !/lost/.test(w)) : wrongs(what, answer, fields);
		});
		expect(found).toEqual([]);
		expect(
			await reading(site, (db) =>
				db
					.prepare("SELECT count(*) FROM enquiry WHERE id LIKE '%zq7x%' OR person_id LIKE '%zq7x%' OR purge_on LIKE '%zq7x%' OR token_hash LIKE '%zq7x%'")
					.pluck()
					.get(),
			),
		).toBe(0);
		expect([stored().events, stored().letters]).toEqual([stored().enquiries, stored().enquiries]);
	});

	test('with any text at all', async () => {
		const field = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 1100 }), fc.constantFrom(...NASTY_TEXTS));
		const property = fc.asyncProperty(field, field, field, async (name, safeTimes, message) => {
			const fields = fieldsFor(site, { name: name.toWellFormed(), safeTimes: safeTimes.toWellFormed(), message: message.toWellFormed() });
			expect(await attempt('any', fields)).toEqual([]);
		});
		await fc.assert(property, { numRuns: 150, seed: 20261122 });
		expectWholeOnly();
	});

	test('a header cannot be smuggled into a letter, nor a line into its address', async () => {
		const lines = reading(site, (db) => db.prepare('SELECT subject, to_address AS address FROM outbox').all() as { subject: string; address: string }[]);
		expect(lines.length).toBeGreaterThan(100);
		expect(lines.filter(({ subject, address }) => /[\r\n]/.test(subject + address) || /zq7x/.test(subject))).toEqual([]);
	});
});

describe('other forms', { timeout: 60_000 }, () => {
	test('the search box leads to a plain address of this site, whatever is typed', async () => {
		const names = ['place', 'name', 'online', 'within', 'who', 'fee', 'page', 't', 'from', 'x'];
		const cases = names.flatMap((name) => NASTY_TEXTS.map((text) => ({ name, text })));
		const found = await faultsOf(cases, async ({ name, text }) => {
			const { status, location } = await send(site, '/find', { [name]: text });
			return status === 303 && /^\/find(?:\?[\x21-\x7e]{0,2000})?$/.test(location ?? '') ? [] : [`${name}=${text.slice(0, 60)}: ${status} ${location}`];
		});
		expect(found).toEqual([]);
	});

	test('the link in a letter takes one of its two answers and nothing else', async () => {
		const sent = referenceOf(await post(fieldsFor(site)));
		const body = reading(
			site,
			(db) => db.prepare("SELECT body FROM outbox WHERE kind = 'enquiry.therapist' AND subject LIKE ?").pluck().get(`%${sent}%`) as string,
		);
		const path = /\/link\/[\w-]+/.exec(body)?.[0] ?? '';
		const answered = () => reading(site, (db) => db.prepare('SELECT answer FROM enquiry WHERE reference = ?').pluck().get(sent));
		const found = await faultsOf(['', ...NASTY_TEXTS], async (text) => {
			const { status, text: html } = await send(site, path, { answer: text });
			return status === 422 && misshapen(html).length + intruders(html).length === 0 ? [] : [`${text.slice(0, 60)}: ${status}`];
		});
		expect([found, answered()]).toEqual([[], null]);
		expect((await send(site, path, {})).status).toBe(422);
		expect((await send(site, path, { answer: ['replied', 'cannot_help'] })).status).toBe(422);
		expect([(await send(site, path, { answer: 'replied', x: 'zq7x' })).status, answered()]).toEqual([200, 'replied']);
	});
});

test('none of it was a fault to the program', async () => {
	expect((await send(site, '/find', { place: 'Leeds' })).location).toBe('/find?place=Leeds');
	await site.stop();
	expect(site.logs()).not.toMatch(/"level":(?:50|60)|ERROR|Error/);
});
