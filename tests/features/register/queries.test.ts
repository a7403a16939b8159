import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryAnswer, entryAnswerOf, lookUp, nameAnswer, nameAnswerOf, registerBeganOn, searchRegister, toldEntry } from '#features/register/index.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { registrant } from './registrants.ts';

let register: TestRegister;
const numbers: Record<string, string> = {};
const query = (text = '') => new URLSearchParams(text);
const urlOf = (number: string) => `http://localhost/register/${number}`;

beforeAll(() => {
	register = registerIn('2026-11-22');
	const add = (key: string, person: Parameters<typeof registrant>[1]) => (numbers[key] = registrant(register.ctx, person));
	add('sian', { name: ['Siân', 'O’Neill'], title: 'Dr', formerName: { givenNames: 'Siân', familyName: 'Pryce', toOn: '2022-01-01', isShown: true } });
	add('hidden', { name: ['Robin', 'Marlow'], formerName: { givenNames: 'Rose', familyName: 'Marlow', toOn: '2023-01-01', isShown: false } });
	add('catherine', { name: ['Catherine', 'Philips'] });
	add('left', { name: ['Lee', 'Gone'], membership: { endedOn: '2025-05-04', endReason: 'resigned' } });
	add('suspended', { name: ['Sam', 'Paused'], orders: [{ kind: 'suspension', fromOn: '2026-08-01', toOn: '2027-01-31' }] });
	add('spent', { name: ['Val', 'Spent'], orders: [{ kind: 'suspension', fromOn: '2021-01-01', toOn: '2021-06-30', outcome: 'met', outcomeOn: '2021-06-30' }] });
	for (let i = 0; i < 45; i++) add(`many${i}`, { name: ['Ann', `Manyson${String.fromCharCode(97 + (i % 26))}${i}`] });
});
afterAll(() => register.close());

const names = (typed: string) => {
	const found = searchRegister(register.ctx, query(`name=${encodeURIComponent(typed)}`));
	return found.kind === 'names' ? found.answer : null;
};

describe('searching by name', () => {
	test.each(['o’neill', "O'Neill", 'oneill', 'sian o', 'SIAN', 'Siân  O’Nei', 'Dr Sian ONeill', 'o’neill sian'])('%s finds Siân O’Neill', (typed) => {
		expect(names(typed)?.matches.map((m) => m.name)).toEqual(['Dr Siân O’Neill']);
	});

	test('a former name that may be shown finds the person, and is shown as such', () => {
		expect(names('Pryce')?.matches).toMatchObject([{ name: 'Dr Siân O’Neill', matchedFormerName: 'Siân Pryce' }]);
	});

	test('a former name that may not be shown finds nobody and is shown nowhere', () => {
		expect(names('Rose Marlow')?.matches).toEqual([]);
		expect(JSON.stringify(names('Marlow'))).not.toContain('Rose');
	});

	test('a name heard over the telephone comes in a group of its own', () => {
		const found = names('Phillips');
		expect(found?.matches).toEqual([]);
		expect(found?.soundsAlike.map((m) => m.name)).toEqual(['Catherine Philips']);
	});

	test('someone who left is not found by name', () => {
		expect(names('Gone')).toEqual({ matches: [], soundsAlike: [], hasMore: false });
	});

	test('twenty a page, and the pages hold everybody once', () => {
		const pages = [1, 2, 3].map((page) => searchRegister(register.ctx, query(`q=manyson&page=${page}`)));
		const counts = pages.map((p) => (p.kind === 'names' ? [p.answer.matches.length, p.pages] : []));
		expect(counts).toEqual([
			[20, 2],
			[20, 3],
			[5, 3],
		]);
		expect(new Set(pages.flatMap((p) => (p.kind === 'names' ? p.answer.matches.map((m) => m.number) : []))).size).toBe(45);
	});

	test.each(['page=-1', 'page=0', 'page=x', 'page=999999', 'page=1&page=2'])('%s is the first page', (page) => {
		expect(searchRegister(register.ctx, query(`q=manyson&${page}`))).toMatchObject({ page: 1 });
	});

	test.each([
		['q=', 'Enter a name or a register number'],
		['q=%00', 'Enter a name'],
		['q=a', 'at least two letters'],
		['q=%F0%9F%98%80', 'at least two letters'],
		[`q=${'x'.repeat(10_000)}`, '80 characters'],
	])('%s gets a message', (text, message) => {
		expect(searchRegister(register.ctx, query(text))).toMatchObject({ kind: 'wrong', message: expect.stringContaining(message) });
	});

	test.each(["Robert'); DROP TABLE person;--", '<script>alert(1)</script>', '\u202Etxt', '%ab%', 'ab*', '"""ab'])(
		'%s is only a name that nobody has',
		(typed) => {
			expect(names(typed)?.matches).toEqual([]);
		},
	);
});

describe('looking a number up', () => {
	test('any way of writing it leads to the one address', () => {
		const number = numbers.sian ?? '';
		for (const typed of [number.toLowerCase(), number.replace('-', ' '), number.slice(4), number.replace(/0/g, 'O'), ` ${number} `]) {
			expect(lookUp(register.ctx, typed, query()), typed).toEqual({ kind: 'moved', number, on: null });
			expect(searchRegister(register.ctx, query(`q=${encodeURIComponent(typed)}`)), typed).toEqual({ kind: 'entry', number });
		}
	});

	test('a wrong check digit suggests the number only when it exists', () => {
		const number = numbers.sian ?? '';
		const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
		expect(lookUp(register.ctx, wrong, query())).toEqual({ kind: 'unknown', isNumber: false, meant: number });
		expect(lookUp(register.ctx, 'IPT-777771', query())).toMatchObject({ kind: 'unknown', meant: null });
	});

	test('a day in three boxes becomes one address; a past day that is none is said to be so', () => {
		const number = numbers.sian ?? '';
		expect(lookUp(register.ctx, number, query('on-day=3&on-month=March&on-year=2024'))).toEqual({ kind: 'moved', number, on: '2024-03-03' });
		for (const on of ['2024-02-30', '2026-11-23', '2999-01-01', 'yesterday', '2024-3-3', '0000-00-00', "2024-01-01'"]) {
			expect(lookUp(register.ctx, number, query(`on=${on}`)), on).toMatchObject({
				kind: 'entry',
				wrongDay: { kind: 'wrong' },
				entry: { asAtOn: '2026-11-22' },
			});
		}
	});

	test('before the register began it says so', () => {
		expect(registerBeganOn(register.ctx)).toBe('2019-05-01');
		expect(lookUp(register.ctx, numbers.sian ?? '', query('on=1999-01-01'))).toMatchObject({
			beganOn: '2019-05-01',
			entry: { name: null, status: { standing: 'not_yet' } },
		});
	});

	test('someone who left: the day, and no name', () => {
		const entry = toldEntry(register.ctx, numbers.left ?? '', '2026-11-22');
		expect(entry).toMatchObject({ name: null, coreProfessions: [], place: null, status: { standing: 'left', sinceOn: '2025-05-04', awards: [] } });
		expect(toldEntry(register.ctx, numbers.left ?? '', '2024-03-03')).toMatchObject({ name: 'Lee Gone', status: { standing: 'accredited' } });
	});
});

describe('the answers for programs', () => {
	test('every entry, today and in the past, has the documented shape', () => {
		for (const number of Object.values(numbers)) {
			for (const on of ['2018-01-01', '2021-03-01', '2024-03-03', '2026-11-22']) {
				const entry = toldEntry(register.ctx, number, on);
				expect(entryAnswer.parse(entry && entryAnswerOf(entry, urlOf, register.ctx.now))).toMatchObject({ number, asAtOn: on });
			}
		}
	});

	test('hold nothing that is published no longer', () => {
		const entry = toldEntry(register.ctx, numbers.spent ?? '', '2021-03-01');
		const text = JSON.stringify(entry && entryAnswerOf(entry, urlOf, register.ctx.now));
		expect(text).toContain('"limited_then"');
		expect(text).not.toMatch(/suspen|An account|2021-01-01/);
	});

	test('a search by name has the documented shape', () => {
		const found = names('Paused');
		const answer = found && nameAnswerOf('Paused', found, '2026-11-22', urlOf);
		expect(nameAnswer.parse(answer)).toMatchObject({ matches: [{ name: 'Sam Paused', status: { code: 'suspended', isInGoodStanding: false } }] });
	});

	test('no key of a person and no reference of another register leaves', () => {
		const entry = toldEntry(register.ctx, numbers.sian ?? '', '2026-11-22');
		expect(JSON.stringify(entry && entryAnswerOf(entry, urlOf, register.ctx.now))).not.toMatch(/PYL000001|[0-9a-f]{8}-[0-9a-f]{4}/);
	});
});
