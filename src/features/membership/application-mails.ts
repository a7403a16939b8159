import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';
import { letter } from './letter.ts';

/** What the mails of one application share. */
type About = { id: string; reference: string };

/** To the applicant, at once. */
export function applicationReceived(settings: Settings, { id, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.application-received', key: id, to, subject: `We have your application (${reference})` }, [
		`Your application for membership has arrived. Its reference is ${reference}.`,
		`A membership officer answers by ${sayDay(dueOn)}. If we need more from you, we ask, and the days we wait for you do not count.`,
		`See where it stands:\n${settings.publicOrigin}${paths.apply()}`,
		'Being a member does not make you accredited. Only accreditation puts you on the register as accredited.',
	]);
}

/** To the applicant: the office asks for something. What it asks stands on the page, not in the mail. */
export function moreWanted(settings: Settings, { id, reference, round }: About & { round: number }, to: string): Mail {
	return letter(settings, { kind: 'membership.more-wanted', key: `${id}:${round}`, to, subject: `A question about your application (${reference})` }, [
		`We have a question about your application ${reference}.`,
		`Read and answer it here:\n${settings.publicOrigin}${paths.apply()}`,
		'The time in which we promised to answer stands still until then.',
	]);
}

/** To the applicant: admitted, to be paid for. The membership begins on the day of the payment. */
export function admitted(settings: Settings, { id, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.admitted', key: id, to, subject: `Your application has been accepted (${reference})` }, [
		`Your application ${reference} has been accepted. One step is left: the fee.`,
		`Your membership begins on the day it is paid. Please pay by ${sayDay(dueOn)}:\n${settings.publicOrigin}${paths.myMembership()}`,
	]);
}

/** To the applicant: declined. The reason stands on the page, which only they can open. */
export function declined(settings: Settings, { id, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'membership.declined', key: id, to, subject: `Our answer to your application (${reference})` }, [
		`We have decided about your application ${reference}. We cannot accept it.`,
		`Two people looked at it. Read the reason here:\n${settings.publicOrigin}${paths.apply()}`,
		`If you think that we got something wrong, write to ${settings.organisation.email}. You may apply again.`,
	]);
}

/** Before an application that nobody went on with is closed. `state`: what it waits for. */
export function applicationIdle(
	settings: Settings,
	idle: { id: string; closesOn: string; daysBefore: number; touchedOn: string; state: 'draft' | 'more_wanted' | 'admitted' },
	to: string,
): Mail {
	const waits = {
		draft: 'You began an application for membership and have not sent it yet. Everything you typed is still there.',
		more_wanted: 'We asked you something about your application for membership and are waiting for your answer.',
		admitted: 'Your application for membership was accepted. The fee has not been paid yet.',
	}[idle.state];
	const key = `${idle.id}:${idle.touchedOn}:${idle.daysBefore}`;
	return letter(settings, { kind: 'membership.application-idle', key, to, subject: 'Your application for membership is waiting for you' }, [
		waits,
		`Go on with it here:\n${settings.publicOrigin}${paths.apply()}`,
		`If nothing happens, we close it on ${sayDay(idle.closesOn)}${idle.state === 'draft' ? ' and delete what you typed' : ''}. You can begin again at any time.`,
	]);
}

/** It was closed because nothing happened. */
export function applicationClosed(settings: Settings, { id }: { id: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.application-closed', key: id, to, subject: 'Your application for membership was closed' }, [
		'Nothing had happened on your application for membership for a while, so we have closed it.',
		`You can begin again at any time:\n${settings.publicOrigin}${paths.join()}`,
	]);
}
