import { test } from 'vitest';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { availabilityMail } from '../../../src/features/directory/availability-mails.ts';

test('the monthly question about new clients, word for word', () => {
	const settings = readSettings({ PUBLIC_ORIGIN: 'https://register.example.org' });
	expectGoldenMail(availabilityMail(settings, { personId: 'p', address: 'a@b.example', token: 'TOKEN', month: '2026-12' }));
});
