import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MINUTES, hoursOf, readDuration, sayMinutes } from '#core/read-duration.ts';

const read = (text: string) => readDuration(text, DAY_MINUTES);
const minutes = fc.integer({ min: 1, max: DAY_MINUTES });

describe('a length of time', () => {
	test.each([
		['2.5', 150],
		['2.5 hours', 150],
		['2h 30m', 150],
		['2h30', 150],
		['2 hours and 30 minutes', 150],
		['2 hrs 30 mins', 150],
		['90 min', 90],
		['90m', 90],
		['1:30', 90],
		['01:30', 90],
		['2 1/2', 150],
		['2½', 150],
		['2½ hours', 150],
		['1/4 hour', 15],
		['¾', 45],
		['.5', 30],
		['2.', 120],
		['1 Hour', 60],
		['an hour and a half', 90],
		['half an hour', 30],
		['  7.25  h ', 435],
		['0.33', 20],
		['24', 1440],
	])('typed as %s is %i minutes', (text, expected) => expect(read(text)).toEqual({ minutes: expected }));

	test.each([
		['', /Say how long/],
		['2,5', /point, not a comma: 2\.5/],
		['2,5 hours', /point, not a comma/],
		['-1', /less than nothing/],
		['−1', /less than nothing/],
		['1e3', /in full/],
		['0', /at least one minute/],
		['0 min', /at least one minute/],
		['25', /25 would be hours.*25 min/],
		['90', /write 90 min/],
		['25 hours', /too long: this can be 24 hours at most/],
		['1:75', /00 to 59/],
		['2h 75m', /cannot|can read/],
		['1.5 min', /whole minutes/],
		['two', /can read/],
		['all day', /can read/],
		['NaN', /can read/],
		['Infinity', /can read/],
		['0x10', /can read/],
		['1/0', /can read/],
		['3/2', /can read/],
		['9'.repeat(5000), /can read/],
		['<b>2</b>', /can read/],
	])('typed as %s is refused with what to type', (text, why) => {
		const answer = read(text);
		expect(answer).toHaveProperty('why');
		expect((answer as { why: string }).why).toMatch(why);
		expect((answer as { why: string }).why.length).toBeLessThan(160);
	});

	test('is read back from every way we write it', () => {
		fc.assert(
			fc.property(minutes, (m) => {
				const [hours, rest] = [Math.floor(m / 60), m % 60];
				const ways = [sayMinutes(m), `${m} min`, `${hours}h ${rest}m`, `${hours}:${String(rest).padStart(2, '0')}`, String(m / 60).slice(0, 6)];
				for (const way of ways) expect([way, read(way)]).toEqual([way, { minutes: m }]);
			}),
		);
	});

	test('is whole minutes within its limit, or a sentence, whatever is typed', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.,:eh m/-]{0,12}$/)), minutes, (text, most) => {
				const answer = readDuration(text, most);
				if ('why' in answer) expect(answer.why).toMatch(/\w.*[.]$/s);
				else expect(Number.isInteger(answer.minutes) && answer.minutes >= 1 && answer.minutes <= most).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	test('is written in hours with two places at most', () => {
		expect([150, 1080, 45, 20, 60_000].map(hoursOf)).toEqual(['2.5', '18', '0.75', '0.33', '1,000']);
	});
});
