import { expect, test } from 'vitest';
import * as mails from '#features/accreditation/renewal-request-mails.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = readSettings({});
const to = 'ursel@outside.example';
const about = { id: 'an-id', sentAt: 1 };
const asked = { ...about, token: 'a-token', dueOn: '2026-12-14' };

const MAILS = [
	mails.wordAsked(settings, { ...asked, member: 'Mary Member' }, to),
	mails.wordReminder(settings, { ...asked, daysLeft: 7 }, to),
	mails.wordCancelled(settings, about, to),
	mails.wordEnded(settings, { id: 'an-id', ending: 'answered' }, to),
	mails.wordEnded(settings, { id: 'an-id', ending: 'declined' }, to),
	mails.wordBounced(settings, about, to),
	mails.wordBouncedOffice(settings, { ...about, reference: 'REN-2026-0001' }),
];

test.each(MAILS.map((mail) => [mail.kind, mail] as const))('%s, word for word', (_, mail) => expectGoldenMail(mail));

test('no subject and no first line names anybody', () => {
	for (const { subject, text } of MAILS) expect(`${subject} ${text.split('\n')[0]}`).not.toMatch(/Mary|ursel/);
});
