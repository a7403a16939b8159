import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRegisterNumber, registerNumber } from '#core/register-number.ts';

const sequences = fc.integer({ min: 1, max: 9_999_999 });

describe('a register number', () => {
	test('is read back however people type it', () => {
		const number = registerNumber(42);
		for (const typed of [
			number,
			number.toLowerCase(),
			`ipt 00042${number.at(-1)}`,
			`00042${number.at(-1)}`,
			` ${number} `,
			number.replace('-', '–'),
			number.replaceAll('0', 'O'),
			number.replace('IPT-', 'IPT-000'),
		]) {
			expect(readRegisterNumber(typed), typed).toEqual({ kind: 'number', number });
		}
	});

	test('is read back for every sequence', () => {
		fc.assert(
			fc.property(sequences, (sequence) => {
				expect(readRegisterNumber(registerNumber(sequence))).toEqual({ kind: 'number', number: registerNumber(sequence) });
			}),
		);
	});

	test('with one digit wrong is never taken for another', () => {
		fc.assert(
			fc.property(sequences, fc.nat(), fc.integer({ min: 1, max: 9 }), (sequence, at, by) => {
				const digits = registerNumber(sequence).slice(4);
				const i = at % digits.length;
				const wrong = digits.slice(0, i) + ((Number(digits[i]) + by) % 10) + digits.slice(i + 1);
				expect(readRegisterNumber(wrong).kind).toBe('wrong-check-digit');
			}),
		);
	});

	test('with two neighbours swapped is never taken for another', () => {
		fc.assert(
			fc.property(sequences, fc.nat(), (sequence, at) => {
				const digits = registerNumber(sequence).slice(4);
				const i = at % (digits.length - 1);
				fc.pre(digits[i] !== digits[i + 1]);
				const wrong = digits.slice(0, i) + digits[i + 1] + digits[i] + digits.slice(i + 2);
				expect(readRegisterNumber(wrong).kind).toBe('wrong-check-digit');
			}),
		);
	});

	test('is not seen in a name, in nothing, or in a telephone number', () => {
		for (const typed of ['Siân Davies', '', '   ', 'IPT', 'ipt-', '+44 20 7946 0123 ext', "1' OR 1=1", '💙', '\u0000']) {
			expect(readRegisterNumber(typed).kind, typed).toBe('not-a-number');
		}
	});
});
