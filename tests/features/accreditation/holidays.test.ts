import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { expectedHolidays } from '#features/accreditation/holidays-expected.ts';
import { addHolidays, holidaysForm, holidaysIn, holidayWarnings, removeHoliday, standingOf, takeStep } from '#features/accreditation/index.ts';
import { asOn, asPerson } from '#tests/features/cpd/members.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { begun } from './standards-scene.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let officer: Ctx;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-20');
	officer = asPerson(system, 'officer', 'membership_officer');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const dueOf = (id: string) => standingOf(system.db, id).application.dueOn;
/** Sent on Friday 20 November 2026: the office has five working days. */
const sent = () => {
	const id = begun(system, 'practitioner');
	commit(system, { name: 'test' }, (tx) => takeStep(tx, standingOf(system.db, id), 'submitted'));
	return id;
};

describe('bank holidays', () => {
	test('by the rules are those that are on record for 2025 to 2028', () => {
		for (const year of [2025, 2026, 2027, 2028]) {
			const { known, missing } = holidaysIn(officer, year);
			expect([missing, expectedHolidays(year)]).toEqual([[], known]);
		}
		expect(expectedHolidays(2022).map(({ day }) => day)).toEqual(expect.arrayContaining(['2022-01-03', '2022-12-26', '2022-12-27']));
	});

	test('that are added late move what is due later, and only for applications they touch', () => {
		const id = sent();
		const draft = begun(system, 'supervisor');
		const before = dueOf(draft);
		expect(dueOf(id)).toBe('2026-11-27');
		expect(addHolidays(officer, [{ day: '2026-11-25', title: 'A royal wedding' }])).toBe(1);
		expect([dueOf(id), dueOf(draft)]).toEqual(['2026-11-30', before]);
		expect(removeHoliday(officer, '2026-11-25')).toBe(1);
		expect(dueOf(id)).toBe('2026-11-27');
	});

	test('are added once, on working days, not long ago and not far ahead', () => {
		const add = (day: string) => () => addHolidays(officer, [{ day, title: 'A day' }]);
		expect(add('2026-12-25')).toThrow('on record already');
		expect(add('2026-12-26')).toThrow('weekend');
		expect(add('2025-03-03')).toThrow('more than a year ago');
		expect(add('2033-03-01')).toThrow(Invalid);
		expect(system.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind LIKE 'accreditation.holiday%'").pluck().get()).toBe(0);
	});

	test('are taken out only before their day, and once', () => {
		expect(() => removeHoliday(officer, '2026-08-31')).toThrow(Conflict);
		removeHoliday(officer, '2028-12-26');
		expect(() => removeHoliday(officer, '2028-12-26')).toThrow(NotFound);
	});

	test('of next year are missed aloud, to those who can add them', () => {
		const later = asOn(officer, '2028-05-02');
		expect([holidayWarnings(officer), holidayWarnings(later).length]).toEqual([[], 1]);
		expect(holidayWarnings(asPerson(later, 'finance', 'finance'))).toEqual([]);
		addHolidays(later, expectedHolidays(2029));
		expect(holidayWarnings(later)).toEqual([]);
	});

	test('are for the office alone', () => {
		for (const role of ['committee', 'assessor', 'member'] as const)
			expect(() => addHolidays(asPerson(system, 'x', role), [{ day: '2026-11-25', title: 'A day' }])).toThrow(Forbidden);
	});

	test('come from the form as one day, or as those that were ticked of a year', () => {
		expect(holidaysForm.parse({ 'on-day': '3', 'on-month': 'June', 'on-year': '2027', title: ' Jubilee ' })).toEqual([{ day: '2027-06-03', title: 'Jubilee' }]);
		const ticked = holidaysForm.parse({ year: '2029', days: ['2029-01-01', '2029-02-02'] });
		expect(ticked).toEqual([{ day: '2029-01-01', title: 'New Year’s Day' }]);
		expect(holidaysForm.safeParse({}).error?.issues.map(({ path }) => path[0])).toEqual(['on', 'title']);
	});
});
