import { expect, test } from 'vitest';
import { newToken } from '#core/ids.ts';
import { paths } from '#paths';
import { holdsPersonalLink } from '../../../src/features/membership/messages-policy.ts';

const token = newToken();

test.each([paths.link(token), `/account/link/${token}`, paths.availability(token), paths.confirmSupervision(token), paths.calendarFeed(token)])(
	'a message with the link %s goes to nobody else’s mailbox',
	(path) => {
		expect(holdsPersonalLink(`Open this page:\nhttps://register.example.org${path}\n\nIPT UK`)).toBe(true);
	},
);

test.each([paths.my(), paths.registerEntry('IPT-000427'), paths.myInvoice('INV-2026-00001'), '/my/data/requests/DATA-7KQ4-M2XD'])(
	'a message with the link %s holds nothing that acts for someone',
	(path) => {
		expect(holdsPersonalLink(`See it here:\nhttps://register.example.org${path}\n`)).toBe(false);
	},
);
