import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enquiryForm } from '#features/directory/index.ts';

const good = {
	name: 'Sam',
	email: 'sam@sender.example',
	phone: '',
	replyBy: 'email',
	safeTimes: '',
	message: 'Hello',
	consent: 'yes',
	website: '',
	started: '',
	repeatKey: '',
};

function problems(changes: Record<string, unknown>): Record<string, string> {
	const parsed = enquiryForm.safeParse({ ...good, ...changes });
	return parsed.success ? {} : Object.fromEntries(parsed.error.issues.map((i) => [String(i.path[0]), i.message]));
}

describe('the enquiry form', () => {
	it('takes little: a name, one way to answer, a message', () => {
		expect(problems({})).toEqual({});
		expect(problems({ email: '', phone: '07700 900 982', replyBy: 'text' })).toEqual({});
	});

	it.each([
		['email', { email: '', phone: '01632 960 001' }],
		['phone', { replyBy: 'phone' }],
		['phone', { replyBy: 'text' }],
		['name', { name: ' \u0000\t ' }],
		['message', { message: '\r\n\r\n' }],
		['consent', { consent: undefined }],
		['replyBy', { replyBy: 'pigeon' }],
		['email', { email: 'sam at home' }],
		['email', { email: 'a@b.example,c@d.example' }],
		['phone', { phone: 'call my mother' }],
		['message', { message: 'x'.repeat(1001) }],
		['safeTimes', { safeTimes: 'x'.repeat(201) }],
	])('says beside %s what to do', (field, changes) => {
		const found = problems(changes);
		expect(Object.keys(found)).toEqual([field]);
		expect(found[field]).toMatch(/^(Enter|Write|Tick|Choose|Shorten)/);
	});

	it('counts a message as people count, with the line ends of a browser as one', () => {
		expect(problems({ message: '🙂'.repeat(1000) })).toEqual({});
		expect(problems({ message: `${'ab\r\n'.repeat(333)}c` })).toEqual({});
		expect(problems({ message: '🙂'.repeat(1001) })).toHaveProperty('message');
	});

	it('keeps accents, emoji and joined letters, and takes out controls and turned reading', () => {
		const parsed = enquiryForm.parse({ ...good, name: 'Siân\u0007 \u202EO’Neill', message: 'क्‍ष 👩‍👧\r\n\u0000ok\u2028end' });
		expect(parsed.name).toBe('Siân O’Neill');
		expect(parsed.message).toBe('क्‍ष 👩‍👧\nok\nend');
	});

	it('never breaks a line or a header, whatever is typed into whatever field', () => {
		const anything = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 300 }),
			fc.constant(undefined),
			fc.array(fc.string()),
			fc.constant('a@b.example\r\nBcc: all@c.example'),
			fc.constantFrom('valueOf', 'constructor', '__proto__'),
		);
		fc.assert(
			fc.property(
				fc.record({
					name: anything,
					email: anything,
					phone: anything,
					safeTimes: anything,
					message: anything,
					replyBy: anything,
					consent: anything,
					website: anything,
					started: anything,
					repeatKey: anything,
				}),
				(input) => {
					const parsed = enquiryForm.safeParse({ ...good, ...input });
					if (!parsed.success) return parsed.error.issues.every((i) => i.message !== '' && !i.message.includes('expected'));
					const { name, email, phone, safeTimes } = parsed.data;
					return ![name, email, phone, safeTimes].some((v) => /[\p{Cc}\u2028\u2029]/u.test(v)) && !/[\s,;<>]/.test(email);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('counts a field that came twice as it came last', () => {
		expect(enquiryForm.parse({ ...good, name: ['Ann', 'Bo'] }).name).toBe('Bo');
	});
});
