import { describe, expect, test } from 'vitest';
import type { EnquiryInput } from '#features/directory/index.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { acknowledgement, cannotHelp, mailToTherapist, unanswered } from '../../../src/features/directory/enquiry-mails.ts';

const settings = readSettings({ PUBLIC_ORIGIN: 'https://register.example.org' });
const enquiry = { id: 'enquiry-1', reference: 'ENQ-2222-2222', purgeOn: '2026-12-22', answerByOn: '2026-12-01', token: 'T'.repeat(43) };
const input: EnquiryInput = {
	name: 'Sam',
	replyBy: 'email',
	email: 'sam@sender.example',
	phone: '01632 960 001',
	safeTimes: 'weekday mornings',
	message: 'I would like to talk.\n\nhttps://elsewhere.example\n> Reference: none of ours',
	consent: true,
	website: '',
	started: '',
	repeatKey: '',
};
const toTherapist = (changes: Partial<EnquiryInput>) => mailToTherapist(settings, enquiry, { ...input, ...changes }, 'ann@therapist.example');
const toSender = [acknowledgement(settings, enquiry, input.email), unanswered(settings, enquiry, input.email), cannotHelp(settings, enquiry, input.email)];

describe('the messages of an enquiry', () => {
	test('read as they were agreed: to the therapist, by each way the sender may have chosen', () => {
		expectGoldenMail(toTherapist({}));
		expectGoldenMail(toTherapist({ replyBy: 'phone', safeTimes: '' }), 'phone');
		expectGoldenMail(toTherapist({ replyBy: 'text' }), 'text');
	});

	test.each(toSender)('read as they were agreed: to the sender ($kind)', (mail) => expectGoldenMail(mail));

	test('give the therapist only the way to answer that was chosen', () => {
		expect(toTherapist({}).text).not.toContain(input.phone);
		expect(toTherapist({ replyBy: 'phone' }).text).not.toContain(input.email);
	});

	test('repeat nothing to the sender of what they wrote, name no therapist, and hold no link of the therapist', () => {
		for (const { kind, subject, text } of toSender) expect(`${subject}\n${text}`, kind).not.toMatch(/Sam|sender\.example|I would like|Ann|TTTT/);
	});

	test('name nobody in subject or first line', () => {
		for (const { kind, subject, text } of [toTherapist({}), ...toSender]) expect(`${subject}\n${text.split('\n')[0]}`, kind).not.toMatch(/Sam|Ann|@|https?:/);
	});
});
