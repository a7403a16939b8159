import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, sayDay } from '#core/dates.ts';
import { readDay, readDayBoxes } from '#core/read-day.ts';

const day = fc.integer({ min: 0, max: 90_000 }).map((n) => addDays('1950-01-01', n));
const boxes = (text: string) => {
	const [date = '', month = '', year = ''] = text.split('/');
	return readDayBoxes({ day: date, month, year });
};

describe('a day typed into three boxes', () => {
	test.each([
		['3/2/2026', '2026-02-03'],
		['03/02/26', '2026-02-03'],
		[' 3 / February /2026', '2026-02-03'],
		['29/feb/2024', '2024-02-29'],
		['31/12/2026', '2026-12-31'],
	])('as %s is %s', (text, expected) => expect(boxes(text)).toEqual({ day: expected }));

	test.each([
		['31/02/2026', /not a day in the calendar/],
		['29/02/2026', /not a day in the calendar/],
		['2/31/2026', /day before the month/],
		['0/1/2026', /not a day/],
		['1/1/1066', /not a day/],
		['-1/1/2026', /not a date/],
		['1e1/1/2026', /not a date/],
		['1/Smarch/2026', /not a date/],
		['//', /lacks the day and the month and the year/],
		['1//2026', /lacks the month/],
	])('as %s is none, and says why', (text, why) => {
		const answer = boxes(text);
		expect((answer as { why: string }).why).toMatch(why);
		expect((answer as { wrong: string[] }).wrong.length).toBeGreaterThan(0);
	});

	test('is the day that was meant, for every day and every way to write it', () => {
		fc.assert(
			fc.property(day, (d) => {
				const [year = '', month = '', date = ''] = d.split('-');
				expect(readDayBoxes({ day: date, month, year })).toEqual({ day: d });
				expect(readDay(`${Number(date)}/${Number(month)}/${year}`)).toEqual({ day: d });
				expect(readDay(d)).toEqual({ day: d });
				expect(readDay(sayDay(d))).toEqual({ day: d });
			}),
		);
	});

	test('is a real day or a reason, whatever is typed', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), (date, month, year) => {
				const answer = readDayBoxes({ day: date, month, year });
				if ('day' in answer) expect(addDays(answer.day, 0)).toBe(answer.day);
				else expect(answer.why.length).toBeGreaterThan(5);
			}),
		);
	});
});
