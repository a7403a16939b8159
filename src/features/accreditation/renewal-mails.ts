import { sayDay } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; dueOn: string };
const own = (settings: Settings) => `${settings.publicOrigin}${paths.myRenewal()}`;

/** The key of one reminder: once for a renewal, a day that it is due and a distance, for ever. */
export function renewalReminderKey({ key, dueOn, when }: About & { when: string }): string {
	return `renewal.reminder:${key}:${dueOn}:${when}`;
}

/** Before accreditation comes to the end of its period. */
export function renewalReminder(settings: Settings, about: About & { when: string }, to: string): Mail {
	const text = [
		`Your accreditation was confirmed until ${sayDay(about.dueOn)}. To keep it, send your re-accreditation by that day.`,
		`Most of it is filled in from your CPD and supervision logs:\n${own(settings)}`,
		'If you cannot, because of illness, leave or anything else, write to the office: more time can be given.',
	];
	const mail = letter(settings, { kind: 'renewal.reminder', key: '', to, subject: `Your re-accreditation is due on ${sayDay(about.dueOn)}` }, text);
	return { ...mail, dedupeKey: renewalReminderKey(about) };
}

/** On the first day of the late window. */
export function renewalLate(settings: Settings, { key, dueOn, endsOn }: About & { endsOn: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.late', key: `${key}:${dueOn}`, to, subject: 'Your re-accreditation is late' }, [
		`Your re-accreditation was due on ${sayDay(dueOn)}, and we have not had it.`,
		`Nothing has changed on the register yet. If we have it before ${sayDay(endsOn)}, nothing will.`,
		`Send it here:\n${own(settings)}`,
		'If something keeps you from it, write to the office today: more time can be given.',
	]);
}

/** On the first day without accreditation. */
export function accreditationEnded(settings: Settings, { key, dueOn, backUntilOn }: About & { backUntilOn: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.ended', key: `${key}:${dueOn}`, to, subject: 'Your accreditation has come to its end' }, [
		`Re-accreditation was due on ${sayDay(dueOn)} and did not reach us in the weeks after it, so the register no longer says that you are accredited.`,
		'You are still a member, with everything that belongs to it. Awards as supervisor or trainer rest with it.',
		`Until ${sayDay(backUntilOn)} it can come back by a short way, and the register will say since when you were first accredited:\n${own(settings)}`,
		'After that day a new application is needed. Until it is back, please do not call yourself accredited.',
	]);
}

/** When it was sent. `isLooked`: an assessor looks at it. */
export function renewalReceived(
	settings: Settings,
	{ key, isLooked, fee }: { key: string; isLooked: boolean; fee: { number: string | null; pence: number } | null },
	to: string,
): Mail {
	return letter(settings, { kind: 'renewal.received', key, to, subject: 'We have your re-accreditation' }, [
		'Thank you: your re-accreditation has reached us.',
		isLooked
			? 'An assessor will look at it, and may ask you something. The page says why.'
			: 'Everything that is asked for is there. Some are drawn by lot to be looked at by an assessor; the others are confirmed within about two weeks.',
		...(fee ? [`It costs ${sayPence(fee.pence)}, and is confirmed once that is paid:\n${settings.publicOrigin}${paths.payInvoice(fee.number ?? '')}`] : []),
		`Where it stands:\n${own(settings)}`,
		'While it is with us, nothing changes on the register.',
	]);
}

/** Two weeks before the end of the late window: what was sent waits for nothing but its fee. */
export function renewalUnpaid(
	settings: Settings,
	{ key, dueOn, endsOn, number, pence }: About & { endsOn: string; number: string; pence: number },
	to: string,
): Mail {
	return letter(settings, { kind: 'renewal.unpaid', key: `${key}:${dueOn}`, to, subject: 'Your re-accreditation waits for its fee' }, [
		`We have your re-accreditation, and cannot confirm it before its fee of ${sayPence(pence)} is paid.`,
		`If that is not done before ${sayDay(endsOn)}, the register no longer says that you are accredited from that day on:\n${settings.publicOrigin}${paths.payInvoice(number)}`,
		'If you cannot pay it just now, write to the office today: there are reduced fees, and more time can be given.',
	]);
}

/** When it was confirmed. `tasks`: it was confirmed with something to do. */
export function renewalConfirmed(
	settings: Settings,
	{ key, toOn, tasks }: { key: string; toOn: string; tasks: readonly { words: string; dueOn: string }[] },
	to: string,
): Mail {
	const kind = tasks.length === 0 ? 'renewal.confirmed' : 'renewal.conditional';
	const todo = tasks.map(({ words, dueOn }) => `– ${words} (by ${sayDay(dueOn)})`).join('\n');
	return letter(settings, { kind, key, to, subject: 'Your accreditation is confirmed' }, [
		`Your accreditation is confirmed until ${sayDay(toOn)}.`,
		...(tasks.length === 0
			? []
			: [`The assessor asks you to do this, and to show us that it was done:\n${todo}`, 'Nobody but you and us sees that there is something to do.']),
		`Your entry and your certificate say the new date as soon as the new period has begun:\n${settings.publicOrigin}${paths.myCertificates()}`,
		...(tasks.length === 0 ? [] : [`Show here that it was done:\n${own(settings)}`]),
	]);
}

/** When an assessor asks. */
export function renewalQuestions(settings: Settings, { key, dueOn }: About, to: string): Mail {
	return letter(settings, { kind: 'renewal.questions', key, to, subject: 'A question about your re-accreditation' }, [
		`The assessor of your re-accreditation would like to know something more. Please answer by ${sayDay(dueOn)}.`,
		`What is asked, and where to answer:\n${own(settings)}`,
		'Your accreditation goes on meanwhile.',
	]);
}

/** When the questions were not answered in time. */
export function renewalUnanswered(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.unanswered', key, to, subject: 'Your re-accreditation: no answer yet' }, [
		'We asked you something about your re-accreditation, and the day to answer has passed.',
		'Nothing was decided because of that: a person looks at it now. If you want to add something, write to the office.',
	]);
}

/** When the committee refused. */
export function renewalRefused(settings: Settings, { key, endedOn, words }: { key: string; endedOn: string; words: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.refused', key, to, subject: 'The decision about your re-accreditation' }, [
		'The committee has decided not to confirm your accreditation.',
		words,
		`From ${sayDay(endedOn)} the register does not say that you are accredited. You are still a member.`,
		`Within 28 days you can ask for a review by people who had no part in this: write to the office. Where it stands:\n${own(settings)}`,
	]);
}

/** When more time was given. */
export function renewalExtended(settings: Settings, { key, untilOn, note }: { key: string; untilOn: string; note: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.extended', key, to, subject: 'More time for your re-accreditation' }, [
		`Your accreditation now runs until ${sayDay(untilOn)}, and your re-accreditation is due on that day.`,
		...(note === '' ? [] : [note]),
		`Where it stands:\n${own(settings)}`,
	]);
}

/** To a supervisor or referee who has an account here. */
export function supportAsked(settings: Settings, { key, id }: { key: string; id: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.support', key, to, subject: 'Somebody you supervise asks for a word from you' }, [
		'Somebody you supervise, or supervised, is about to have their accreditation confirmed and has named you.',
		`Who it is, and three possible answers:\n${settings.publicOrigin}${paths.renewalSupport(id)}`,
		'If you would rather not say anything, say so there: it is not held against anybody.',
	]);
}

/** To an assessor. */
export function renewalToAssess(settings: Settings, { key, reference }: { key: string; reference: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.to-assess', key, to, subject: `A re-accreditation to assess: ${reference}` }, [
		`You were given ${reference} to assess.`,
		`Before it opens you are asked whether anything ties you to the member:\n${settings.publicOrigin}${paths.officeRenewal(reference)}`,
	]);
}
