import { afterAll, describe, expect, test } from 'vitest';
import { type Profile, profileAt, vcardOf } from '#features/directory/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist, type Someone } from './people.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
const ORIGIN = { organisation: 'IPT UK', pageUrl: 'https://register.example/therapists/x' };

function card(someone: Partial<Someone>): string {
	const answer = profileAt(ctx, addTherapist(ctx, someone).slug);
	return vcardOf((answer as { profile: Profile }).profile, ORIGIN);
}

/** Lines as a program reads them: folds undone. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

describe('a contact card', () => {
	test('is a vCard 4.0 with what was agreed to', () => {
		const lines = unfolded(
			card({
				givenNames: 'Siân',
				familyName: 'O’Neill',
				places: [{ town: 'Bracknell' }],
				listing: { phone: '01632 960123', website: 'https://practice.example/', options: ['lang:cy', 'lang:bsl'] },
			}),
		);
		expect(lines.slice(0, 4)).toEqual(['BEGIN:VCARD', 'VERSION:4.0', 'KIND:individual', 'FN:Siân O’Neill']);
		expect(lines).toContain('ADR;TYPE=work:;;;Bracknell;;RG12;United Kingdom');
		expect(lines).toContain('TEL;TYPE=work;VALUE=text:01632 960123');
		expect(lines).toContain('URL;TYPE=work:https://practice.example/');
		expect(lines.filter((l) => l.startsWith('LANG:'))).toEqual(['LANG:en', 'LANG:cy', 'LANG:bfi']);
		expect(lines.slice(-2)).toEqual(['END:VCARD', '']);
	});

	test('holds no mail address, and nothing without consent', () => {
		const text = card({
			consents: ['listing'],
			listing: { phone: '01632 960123', website: 'https://practice.example/' },
			places: [{ town: 'Bracknell', practiceName: 'Willow' }],
		});
		expect(text).not.toMatch(/EMAIL|@|01632|practice\.example|Bracknell|RG12|Willow/);
	});

	test('separators and line ends in a name cannot make new lines or fields', () => {
		const lines = unfolded(card({ places: [{ practiceName: 'A; B, C\\D\r\nTEL:999', town: 'Town' }] }));
		expect(lines).toContain('ORG:A\\; B\\, C\\\\D TEL:999');
		expect(lines.filter((l) => l.startsWith('TEL'))).toEqual([]);
	});

	test('no line is longer than 75 octets and no character is cut in half', () => {
		const text = card({ familyName: 'Ŵ'.repeat(120) });
		for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		expect(unfolded(text)).toContain(`FN:Ann ${'Ŵ'.repeat(120)}`);
	});
});
