import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; dueOn: string };

/** To whoever looks after an order: a review comes up. Whose, and of what, they read behind their sign-in only. */
export function reviewComesUp(settings: Settings, { key, dueOn }: About, to: string): Mail {
	return letter(settings, { kind: 'concern.review_soon', key, to, subject: 'A review comes up at the office' }, [
		`Something that you look after has to be looked at again by ${sayDay(dueOn)}.`,
		`Sign in and open your list:\n${settings.publicOrigin}${paths.officeOrders()}`,
	]);
}

/** The same, once the day has passed: every day until it is done. */
export function reviewOverdue(settings: Settings, { key, dueOn }: About, to: string): Mail {
	return letter(settings, { kind: 'concern.review_overdue', key, to, subject: 'A review at the office is overdue' }, [
		`Something that you look after had to be looked at again by ${sayDay(dueOn)}, and was not. You get this message every day until it is.`,
		`Sign in and open your list:\n${settings.publicOrigin}${paths.officeOrders()}`,
	]);
}

/** To whoever can publish what is owed to the public, from the day it can be, every day. */
export function publicationDue(settings: Settings, { key, dueOn }: About, to: string): Mail {
	return letter(settings, { kind: 'concern.publication_due', key, to, subject: 'Something is due to be published' }, [
		`Something that you look after is owed to the public by ${sayDay(dueOn)}. Two people do it: one writes it, another publishes it.`,
		`Sign in and open your list:\n${settings.publicOrigin}${paths.officeOrders()}`,
	]);
}
