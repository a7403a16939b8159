import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';
import { letter } from './letter.ts';

export type Reminder = { periodId: string; days: number; paidToOn: string; graceToOn: string; rejoinToOn: string };

/** The key of one reminder: a period is reminded of each of its days once, for ever. */
export function reminderKey({ periodId, days }: Pick<Reminder, 'periodId' | 'days'>): string {
	return `membership.reminder:${periodId}:${days}`;
}

/** To a member whose paid time is ending. It says days, never "soon": mail may be read late. */
export function renewalReminder(settings: Settings, reminder: Reminder, to: string): Mail {
	const { paidToOn, graceToOn, days } = reminder;
	const subject = days === 0 ? 'Your membership fee is due now' : `Your membership: please renew by ${sayDay(paidToOn)}`;
	const text = [
		`Your membership is paid until ${sayDay(paidToOn)}.`,
		`Renew it here, in a minute or two:\n${settings.publicOrigin}${paths.myMembershipAct('renew')}`,
		`If it is not renewed, you have until ${sayDay(graceToOn)}. On the day after that your membership lapses by itself: your listing is hidden and your accreditation rests.`,
		`If you want to pause or leave instead, you can do that on the same page:\n${settings.publicOrigin}${paths.myMembership()}`,
	];
	return { ...letter(settings, { kind: 'membership.reminder', key: '', to, subject }, text), dedupeKey: reminderKey(reminder) };
}

export function lapseKey(periodId: string): string {
	return `membership.lapsed:${periodId}`;
}

/** To a member whose membership has lapsed. */
export function lapsed(settings: Settings, { periodId, rejoinToOn, graceToOn }: Reminder, to: string): Mail {
	return letter(settings, { kind: 'membership.lapsed', key: periodId, to, subject: 'Your membership has lapsed' }, [
		`Your membership was not renewed by ${sayDay(graceToOn)}, so it has lapsed. Your listing is hidden and your register entry says so.`,
		'Your accreditation rests: it is not lost.',
		`Until ${sayDay(rejoinToOn)} you can take it up again without asking anyone:\n${settings.publicOrigin}${paths.myMembershipAct('renew')}`,
		'After that day a new application is needed.',
	]);
}
