import { describe, expect, test } from 'vitest';
import type { Mail } from '#core/outbox.ts';
import { membershipMails as make } from '#features/membership/index.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = readSettings({ PUBLIC_ORIGIN: 'https://register.example' });
const to = 'ann@member.example';
const about = { id: 'application-1', reference: 'MEM-2026-0001' };
const term = { key: 'purchase-1', category: 'plus', fromOn: '2027-01-01', toOn: '2027-12-31' } as const;
const reminder = { periodId: 'period-1', paidToOn: '2026-12-31', graceToOn: '2027-01-30', rejoinToOn: '2028-01-31' };

const ALL: [variant: string, mail: Mail][] = [
	['', make.applicationReceived(settings, { ...about, dueOn: '2026-11-29' }, to)],
	['', make.moreWanted(settings, { ...about, round: 3 }, to)],
	['', make.admitted(settings, { ...about, dueOn: '2026-12-22' }, to)],
	['', make.declined(settings, about, to)],
	...(['draft', 'more_wanted', 'admitted'] as const).map((state): [string, Mail] => [
		state,
		make.applicationIdle(settings, { id: 'application-1', touchedOn: '2026-11-22', daysBefore: 14, closesOn: '2027-01-21', state }, to),
	]),
	['', make.applicationClosed(settings, { id: 'application-1' }, to)],
	['', make.welcome(settings, term, to)],
	['organisation', make.welcome(settings, { ...term, category: 'organisation' }, to)],
	['', make.membershipRenewed(settings, term, to)],
	['', make.gradeChanged(settings, { key: 'purchase-1', category: 'basic' }, to)],
	['', make.leaveAgreed(settings, { key: 'leave-1', fromOn: '2026-07-01', toOn: '2026-09-30', paidToOn: '2027-04-02' }, to)],
	['', make.leaveEnded(settings, { key: 'leave-1', paidToOn: '2027-01-10' }, to)],
	['', make.leaveRefused(settings, { key: 'leave-1' }, to)],
	['resigned', make.leaving(settings, { key: 'leaving-1', lastOn: '2026-06-30', kind: 'resigned' }, to)],
	['retired', make.leaving(settings, { key: 'leaving-1', lastOn: '2026-06-30', kind: 'retired' }, to)],
	['', make.leavingHeld(settings, { key: 'leaving-1' }, to)],
	['', make.employmentEnded(settings, { key: 'leaving-1' }, to)],
	['', make.endedByRefund(settings, { key: 'refund-1', lastOn: '2026-06-30' }, to)],
	['', make.renewalReminder(settings, { ...reminder, days: 30 }, to)],
	['last-day', make.renewalReminder(settings, { ...reminder, days: 0 }, to)],
	['', make.lapsed(settings, { ...reminder, days: 0 }, to)],
];

describe('a message of membership', () => {
	test.each(ALL)('reads as it was agreed (%s %o)', (variant, mail) => expectGoldenMail(mail, variant));

	test('names nobody in its subject or first line, and leads only to our own site', () => {
		for (const [, { subject, text }] of ALL) {
			expect(`${subject}\n${text.split('\n')[0]}`).not.toMatch(/ann@|Ann|HCPC/);
			for (const link of text.match(/https?:\/\/\S+/g) ?? []) expect(link).toMatch(/^https:\/\/register\.example(\/|$)/);
		}
	});

	test('has a key for ever, another one for each event', () => {
		expect(new Set(ALL.map(([, mail]) => mail.dedupeKey)).size).toBe(ALL.length - 4);
		expect(make.renewalReminder(settings, { ...reminder, days: 30 }, to).dedupeKey).toBe('membership.reminder:period-1:30');
	});
});
