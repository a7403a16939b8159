import { test } from 'vitest';
import {
	answersReceived,
	applicationSent,
	applicationWithdrawn,
	draftClosed,
	draftWaits,
	evidenceHarmful,
	evidenceHarmfulOffice,
	returnedIdle,
} from '#features/accreditation/apply-mails.ts';
import {
	anotherWanted,
	requestAnswered,
	requestBounced,
	requestBouncedOffice,
	requestCancelled,
	requestMail,
	requestReminder,
	type WhyAnother,
} from '#features/accreditation/request-mails.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = readSettings({});
const TO = 'tess@member.example';
const ROB = 'rob@outside.example';
const reference = 'ACC-2026-0001';
const TOKEN = 'A'.repeat(43);
const ASK = { id: 'r1', sentAt: 0, token: TOKEN, applicant: 'Tess Example', about: 'That she holds the certificate of 2024.', dueOn: '2027-01-04' };

test('messages to an applicant stand word for word', () => {
	const sent = { id: 'a1', submission: 1, reference, title: 'Accredited practitioner', dueOn: '2026-11-30' };
	expectGoldenMail(applicationSent(settings, { ...sent, fee: { number: 'INV-2026-00001', pence: 12_000 } }, TO));
	expectGoldenMail(applicationSent(settings, { ...sent, fee: null }, TO), 'free');
	expectGoldenMail(applicationWithdrawn(settings, { id: 'a1', reference }, TO));
	expectGoldenMail(draftWaits(settings, { id: 'a1', key: 'practitioner', daysLeft: 28, closesOn: '2027-05-23', isClosing: true }, TO));
	expectGoldenMail(draftWaits(settings, { id: 'a1', key: reference, daysLeft: 3, closesOn: '2027-05-23', isClosing: false }, TO), 'returned');
	expectGoldenMail(draftClosed(settings, { id: 'a1' }, TO));
	expectGoldenMail(answersReceived(settings, { id: 'a1', reference, round: 1 }, TO));
	expectGoldenMail(evidenceHarmful(settings, { fileId: 'f1', key: reference, isSent: true }, TO));
	expectGoldenMail(evidenceHarmful(settings, { fileId: 'f1', key: 'practitioner', isSent: false }, TO), 'draft');
	expectGoldenMail(requestAnswered(settings, { id: 'r1', kind: 'reference', key: reference }, TO));
	expectGoldenMail(requestBounced(settings, { id: 'r1', sentAt: 0, key: reference }, TO));
	for (const why of ['declined', 'wrong_person', 'expired', 'rejected'] as WhyAnother[])
		expectGoldenMail(anotherWanted(settings, { id: 'r1', why, key: reference }, TO), why);
});

test('messages to those who are asked stand word for word', () => {
	for (const kind of ['reference', 'supervisor_report', 'outside_body'] as const) {
		expectGoldenMail(requestMail(settings, { ...ASK, kind }, ROB), kind);
		expectGoldenMail(requestReminder(settings, { ...ASK, kind, daysLeft: 14 }, ROB), kind);
		expectGoldenMail(requestCancelled(settings, { id: 'r1', kind }, ROB), kind);
	}
});

test('messages to the office stand word for word', () => {
	expectGoldenMail(returnedIdle(settings, { id: 'a1', reference, since: '2026-11-23' }));
	expectGoldenMail(evidenceHarmfulOffice(settings, { fileId: 'f1', reference }));
	expectGoldenMail(requestBouncedOffice(settings, { id: 'r1', sentAt: 0, reference }));
	expectGoldenMail(requestBouncedOffice(settings, { id: 'r1', sentAt: 0, reference: null }), 'draft');
});
