import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COLUMNS } from '#cli/import/columns.ts';
import { readDay } from '#core/read-day.ts';
import { type Desk, importDesk } from './importing.ts';

let desk: Desk;
beforeEach(() => {
	desk = importDesk();
});
afterEach(() => desk.close());

const name = () => desk.rows("SELECT given_names || ' ' || family_name AS name FROM person_name")[0]?.['name'];
const TEXT = 'First Name;SURNAME;e-mail\nSiân;O’Hare;s@example.org\n';

describe('files as spreadsheets save them', () => {
	const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
	const files: [string, string | Uint8Array][] = [
		['UTF-8 with a byte order mark', `\uFEFF${TEXT}`],
		['UTF-8 without one', TEXT],
		['UTF-16', utf16(TEXT)],
		['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
		['Windows-1252', Buffer.from(TEXT.replace('’', '\u0092'), 'latin1')],
		['commas', TEXT.replaceAll(';', ',')],
		['tabs', TEXT.replaceAll(';', '\t')],
		['Windows line ends', TEXT.replaceAll('\n', '\r\n')],
		['a line that names the delimiter', `sep=;\r\n${TEXT.replaceAll('\n', '\r\n')}`],
		['a title above the headings', `Members of the institute\n\n${TEXT}`],
		['stray spaces of every kind', TEXT.replace('Siân', ' \u00A0Siân\u200B ')],
		['underscores in headings', TEXT.replace('First Name', 'first_name')],
		['no line end at the end', TEXT.trimEnd()],
	];
	test.each(files)('%s', async (_, content) => {
		const result = await desk.bring(content);
		expect(result.counts.created).toBe(1);
		expect(name()).toBe('Siân O’Hare');
	});

	test('line breaks and quotation marks inside cells are kept', async () => {
		await desk.bring('member id,name,publish,about\n1,Ann Lee,yes,"One ""two"",\r\nthree"\n');
		expect(desk.rows('SELECT about FROM listing')).toEqual([{ about: 'One "two",\nthree' }]);
	});

	test('an encoding can be named', async () => {
		await desk.bring(Buffer.from([...Buffer.from('member id,name\n1,Si'), 0x89, ...Buffer.from('n Lee\n')]), { encoding: 'macintosh' });
		expect(name()).toBe('Siân Lee');
	});

	test('columns that nobody knows are named and left out', async () => {
		const result = await desk.bring('member id,name,favourite colour\n1,Ann Lee,green\n');
		expect([result.counts.created, result.ignored]).toEqual([1, ['favourite colour']]);
	});
});

describe('days', () => {
	const good = [
		'2024-03-09',
		'9/3/2024',
		'09.03.24',
		'9-3-2024',
		'9 March 2024',
		'9th Mar 2024',
		'March 9, 2024',
		'09-Mar-24',
		'2024-03-09 00:00:00',
		'2024/3/9',
	];
	test.each(good)('%s is the ninth of March', (text) => expect(readDay(text)).toEqual({ day: '2024-03-09' }));
	test.each([
		['03/25/2024', 'day before the month'],
		['31/02/2024', 'not a day in the calendar'],
		['45360', 'spreadsheet’s own day number'],
		['soon', 'is not a date'],
	])('%s is refused', (text, why) => expect(readDay(text)).toMatchObject({ why: expect.stringContaining(why) }));
});

describe('repeated facts', () => {
	const bring = (column: string, value: string) =>
		desk.bring(`member id,name,joined,paid to,category,${column}\n1,Ann Lee,2019-01-01,2027-12-31,plus,"${value}"\n`);

	test('awards with several terms and an end', async () => {
		await bring(
			'awards',
			'Practitioner/Adult 01/05/2014..30/04/2019, 2019-05-01..2027-04-30 | supervisor 1 May 2020 – 30 April 2027 ended 2024-06-01 given up',
		);
		expect(desk.rows('SELECT level, kind, awarded_on, ended_on, end_reason FROM award ORDER BY level')).toEqual([
			{ level: 'practitioner', kind: 'adult', awarded_on: '2014-05-01', ended_on: null, end_reason: null },
			{ level: 'supervisor', kind: 'adult', awarded_on: '2020-05-01', ended_on: '2024-06-01', end_reason: 'given_up' },
		]);
		expect(desk.rows('SELECT to_on FROM award_term ORDER BY from_on')).toEqual([{ to_on: '2019-04-30' }, { to_on: '2027-04-30' }, { to_on: '2027-04-30' }]);
	});

	test('awards as pairs of columns', async () => {
		await desk.bring(
			'member id,name,Practitioner awarded,Practitioner valid to,Adolescent awarded on,Adolescent expires\n1,Ann Lee,2019-05-01,2027-04-30,2021-05-01,2027-04-30\n',
		);
		expect(desk.rows('SELECT level, kind FROM award ORDER BY kind')).toEqual([
			{ level: 'practitioner', kind: 'adolescent' },
			{ level: 'practitioner', kind: 'adult' },
		]);
	});

	test('orders with review, outcome and text', async () => {
		await bring(
			'orders',
			'conditions 2025-03-01 to 2026-02-28 review 2025-09-01 met 2026-01-15: Works under supervision; reports: monthly.\nremoval 2026-03-01 shown until 2030-01-01: Removed.',
		);
		expect(
			desk.rows('SELECT kind, to_on, review_on, outcome, outcome_on, display_until_on AS shown, public_text AS text FROM register_order ORDER BY kind'),
		).toEqual([
			{
				kind: 'conditions',
				to_on: '2026-02-28',
				review_on: '2025-09-01',
				outcome: 'met',
				outcome_on: '2026-01-15',
				shown: null,
				text: 'Works under supervision; reports: monthly.',
			},
			{ kind: 'removal', to_on: null, review_on: null, outcome: null, outcome_on: null, shown: '2030-01-01', text: 'Removed.' },
		]);
	});

	test.each([
		['awards', 'practitioner adult 2019-05-01', 'cannot be read'],
		['awards', 'practitioner adult 2019-05-01 to 2018-05-01', 'ends (2018-05-01) before it begins'],
		['awards', 'practitioner adult 2019-02-30 to 2027-04-30', 'not in the calendar'],
		['orders', 'flogging 2019-01-01: Text', 'cannot be read'],
		['orders', 'award withdrawn (trainer adult) 2025-01-01: Text', 'does not have'],
		['leave', '2026', 'cannot be read'],
		['former names', 'Ann', 'cannot be read'],
		['memberships', 'gold 2019-01-01 to 2020-01-01', 'cannot be read'],
		['fees', 'lots', 'is not a fee'],
		['website', 'javascript:alert(1)', 'is not the address of a website'],
		['publish', 'maybe', 'neither yes nor no'],
		['email', 'ann@nowhere', 'is not an e-mail address'],
		['register number', 'IPT-000425 7', 'would be right'],
		['register number', 'IPT-000426', 'IPT-000427 would be right'],
		['postcode', 'ZZ99 9ZZ', 'is not a postcode'],
		['town', 'Newport', 'several places called “Newport”'],
		['about', 'x'.repeat(10_000), 'has 10,000 characters; at most 4,000 fit'],
		['about', 'lost \uFFFD letter', 'was lost when the file was saved'],
	])('%s: a wrong value is refused and the reason given (case %#)', async (column, value, why) => {
		const result = await bring(column, value);
		expect(result.counts.refused).toBe(1);
		expect(result.summary).toContain(why);
	});

	test('control characters, direction marks and markup in cells are harmless', async () => {
		await desk.bring('member id,name,publish,about\n1,"A\u0007nn\u202E Lee","yes","<script>alert(1)</script>\u0001 \'; DROP TABLE person; --"\n');
		expect([name(), desk.rows('SELECT about FROM listing')[0]?.['about']]).toEqual(['A nn Lee', "<script>alert(1)</script> '; DROP TABLE person; --"]);
	});
});

test('every column is described', () => {
	const text = readFileSync(new URL('../../../db/seed/COLUMNS.md', import.meta.url), 'utf8');
	const missing = Object.keys(COLUMNS).filter((column) => !text.includes(`\`${column}\``) && column !== 'standards version');
	expect(missing).toEqual([]);
});
