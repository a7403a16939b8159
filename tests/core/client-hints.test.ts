import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientIdentifyingHints, type HintKind, isNhsNumber } from '#core/client-hints.ts';

describe('a text that looks like a client’s', () => {
	test.each<[string, HintKind[]]>([
		['Seen by NHS no. 943 476 5919 in May', ['nhs_number']],
		['9434765919', ['nhs_number']],
		['943-476-5919', ['nhs_number']],
		['Mary Smith, d.o.b. 12/03/1981, referred by GP', ['name_with_birth_date']],
		['J.S. (born 3 May 1990) was discussed', ['name_with_birth_date']],
		['Date of birth: 1975-04-02 Name: Peter Brown', ['name_with_birth_date']],
		['lives at 14 Acacia Avenue, Leeds LS6 2AB', ['address']],
		['Flat 3, High Street, EC1V 2NX', ['address']],
		['rang her on 07700 900123', ['telephone']],
		['call +44 20 7946 0018', ['telephone']],
		['write to mary@home.example', ['email']],
	])('%j is told as %j', (text, kinds) => {
		expect(clientIdentifyingHints(text)).toEqual(kinds);
	});
});

describe('a text about training', () => {
	test.each([
		'',
		'On 12/03/2026 Dr Jane Brown taught a workshop of 6 hours.',
		'IPT-A conference, London EC1V 2NX, 22 November 2026, 2.5 hours, £120.00',
		'Certificate number 1234567890, 3 CPD points, page 1 of 2',
		'943 476 5918',
		'I learned to name the sick role with a client in her fifties.',
		'ISBN 978-0-465-09566-3; DOI 10.1037/0000-000',
		'My register number is IPT-000425',
		'111 111 1111',
	])('%j is not', (text) => {
		expect(clientIdentifyingHints(text)).toEqual([]);
	});
});

test('NHS numbers are told by their check digit: one in eleven of ten digits', () => {
	expect(['9434765919', '4010232137', '943 476 5919'].map(isNhsNumber)).toEqual([true, true, true]);
	fc.assert(
		fc.property(fc.integer({ min: 100_000_000, max: 999_999_999 }), (nine) => {
			expect(Array.from({ length: 10 }, (_, check) => `${nine}${check}`).filter(isNhsNumber).length).toBeLessThanOrEqual(1);
		}),
	);
});

test('any text is read in time', () => {
	for (const text of [
		'1 '.repeat(200_000),
		'A'.repeat(300_000),
		'A. B. '.repeat(50_000),
		'12/12/1990 '.repeat(20_000),
		'EC1V 2NX '.repeat(20_000),
		'0'.repeat(300_000),
		`${'a.'.repeat(100_000)}@`,
	]) {
		const begun = performance.now();
		clientIdentifyingHints(text);
		expect([text.slice(0, 12), performance.now() - begun < 1500]).toEqual([text.slice(0, 12), true]);
	}
});
