import { expect, test } from 'vitest';
import * as audit from '#features/accreditation/audit-mails.ts';
import * as renewal from '#features/accreditation/renewal-mails.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = readSettings({});
const to = 'mary@member.example';
const about = { key: 'k', dueOn: '2027-02-28' };
const named = { key: 'k', reference: 'AUD-2026-0001' };
const tasks = [{ words: 'Log your supervision.', dueOn: '2027-05-01' }];

const MAILS = [
	renewal.renewalReminder(settings, { ...about, when: '3m' }, to),
	renewal.renewalLate(settings, { ...about, endsOn: '2027-04-30' }, to),
	renewal.accreditationEnded(settings, { ...about, backUntilOn: '2029-04-29' }, to),
	renewal.renewalReceived(settings, { key: 'k', isLooked: false, fee: { number: 'INV-2027-00001', pence: 6000 } }, to),
	renewal.renewalUnpaid(settings, { ...about, endsOn: '2027-04-30', number: 'INV-2027-00001', pence: 6000 }, to),
	renewal.renewalConfirmed(settings, { key: 'k', toOn: '2032-02-29', tasks: [] }, to),
	renewal.renewalConfirmed(settings, { key: 'k', toOn: '2032-02-29', tasks }, to),
	renewal.renewalQuestions(settings, about, to),
	renewal.renewalUnanswered(settings, { key: 'k' }, to),
	renewal.renewalRefused(settings, { key: 'k', endedOn: '2027-03-01', words: 'No supervision was shown.' }, to),
	renewal.renewalExtended(settings, { key: 'k', untilOn: '2027-05-28', note: 'Everyone due in 2027 has three months more.' }, to),
	renewal.supportAsked(settings, { key: 'k', id: 'an-id' }, to),
	renewal.renewalToAssess(settings, { key: 'k', reference: 'REN-2026-0001' }, to),
	audit.auditNotified(settings, { ...named, dueOn: '2027-01-04', because: null }, to),
	audit.auditNotified(settings, { ...named, dueOn: '2027-01-04', because: 'Your log of last year was empty.' }, to),
	audit.auditReminder(settings, { ...named, dueOn: '2027-01-04', days: 14 }, to),
	audit.auditReceived(settings, { ...named, dueOn: '2027-02-04' }, to),
	audit.auditQuestions(settings, { ...named, dueOn: '2027-02-04' }, to),
	audit.auditSatisfied(settings, named, to),
	audit.auditPlan(settings, { ...named, dueOn: '2027-05-01' }, to),
	audit.auditNotSatisfied(settings, named, to),
	audit.auditReferred(settings, { ...named, sayBy: '2027-02-01' }, to),
	audit.auditExcused(settings, { key: 'k' }, to),
	audit.auditAskAnswered(settings, { ...named, untilOn: '2027-02-01' }, to),
	audit.auditAskAnswered(settings, { ...named, untilOn: null }, to),
	audit.auditToReview(settings, named, to),
];

test.each(MAILS.map((mail) => [mail.kind, mail] as const))('%s, word for word', (_, mail) => expectGoldenMail(mail));

test('no subject and no first line names anybody, and a received one says when an assessor looks', () => {
	for (const { subject, text } of MAILS) expect(`${subject} ${text.split('\n')[0]}`).not.toMatch(/Mary|mary@/);
	expect(renewal.renewalReceived(settings, { key: 'k', isLooked: true, fee: null }, to).text).toContain('An assessor will look at it');
});
