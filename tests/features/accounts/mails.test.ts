import { describe, expect, test } from 'vitest';
import * as accounts from '#features/accounts/account-mails.ts';
import * as addresses from '#features/accounts/email-mails.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = readSettings({ PUBLIC_ORIGIN: 'https://register.example.org', ALLOWED_HOSTS: 'register.example.org' });
const letter = { to: 'ann@member.example', now: Date.parse('2026-11-20T12:00:00Z') };
const token = 'T'.repeat(43);

const MAILS = [
	accounts.mailJoin(settings, letter, token),
	accounts.mailExists(settings, letter),
	accounts.mailClaim(settings, letter, token),
	accounts.mailReset(settings, letter, token),
	accounts.mailNoAccount(settings, letter),
	accounts.mailWayIn(settings, letter, 'A passkey was added as a way to sign in.'),
	accounts.mailNewBrowser(settings, letter, 'Firefox on Linux'),
	addresses.mailNewAddress(settings, letter, token),
	addresses.mailAddressTaken(settings, letter),
	addresses.mailAskedToChange(settings, letter, token),
	addresses.mailStaffChange(settings, letter, { token, onDay: '2026-11-21' }),
	addresses.mailChangedOld(settings, letter, token),
	addresses.mailChangedNew(settings, letter),
];

describe('messages about accounts', () => {
	test.each(MAILS)('$kind reads as kept', (mail) => expectGoldenMail(mail));

	test('say in subject and first line nothing about anyone, and hold no secret there', () => {
		for (const mail of MAILS) {
			const first = mail.text.split('\n')[0] ?? '';
			expect(`${mail.subject} ${first}`, mail.kind).not.toMatch(/ann|member\.example|TTTT|https?:/i);
			expect(mail.purgeOn, mail.kind).toBe('2026-12-20');
		}
	});

	test('link to our own origin only', () => {
		for (const mail of MAILS) for (const [url] of mail.text.matchAll(/https?:\/\/\S+/g)) expect(url).toMatch(/^https:\/\/register\.example\.org(\/|$)/);
	});
});
