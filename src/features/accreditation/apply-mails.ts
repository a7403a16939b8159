import { sayDay } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { id: string; reference: string };

/** To the applicant, at once. `fee`: the invoice that is still to be paid, or null. */
export function applicationSent(
	settings: Settings,
	{
		id,
		submission,
		reference,
		title,
		dueOn,
		fee,
	}: About & { submission: number; title: string; dueOn: string | null; fee: { number: string; pence: number } | null },
	to: string,
): Mail {
	const head = { kind: 'accreditation.sent', key: `${id}:${submission}`, to, subject: `We have your application (${reference})` };
	return letter(settings, head, [
		`Your application has arrived. Its reference is ${reference}.`,
		`It is for: ${title}. ${dueOn === null ? '' : `We look by ${sayDay(dueOn)} whether it is complete. `}It counts as sent from now on.`,
		...(fee === null
			? []
			: [`The fee is ${sayPence(fee.pence)} (${fee.number}). The assessors begin once it is paid:\n${settings.publicOrigin}${paths.myInvoice(fee.number)}`]),
		`See at any time where it stands and whose turn it is:\n${settings.publicOrigin}${paths.myApplication(reference)}`,
	]);
}

/** To the applicant: taken back. */
export function applicationWithdrawn(settings: Settings, { id, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.withdrawn', key: id, to, subject: `You have taken your application back (${reference})` }, [
		`Your application ${reference} was taken back, as you asked. Nobody works on it any more, and those who were asked about you have been told.`,
		`You can begin again at any time:\n${settings.publicOrigin}${paths.myAccreditation()}`,
	]);
}

/** Before a draft that nobody goes on with is closed. */
export function draftWaits(
	settings: Settings,
	{ id, key, daysLeft, closesOn, isClosing }: { id: string; key: string; daysLeft: number; closesOn: string; isClosing: boolean },
	to: string,
): Mail {
	const head = {
		kind: 'accreditation.draft-waits',
		key: `${id}:${closesOn}:${daysLeft}`,
		to,
		subject: 'Your application for accreditation is waiting for you',
	};
	const end = isClosing
		? `If nothing happens, we close it on ${sayDay(closesOn)} and delete what you typed. You can begin again at any time.`
		: `Please send it again by ${sayDay(closesOn)}. If you need longer, write to ${settings.organisation.email}: it is not closed by itself.`;
	return letter(settings, head, [
		isClosing
			? 'You began an application for accreditation and have not sent it yet.'
			: 'We sent your application for accreditation back to be completed, and wait for it.',
		`Everything you typed is still there. Go on with it here:\n${settings.publicOrigin}${paths.myApplication(key)}`,
		end,
	]);
}

/** It was closed because nothing happened. */
export function draftClosed(settings: Settings, { id }: { id: string }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.draft-closed', key: id, to, subject: 'Your application for accreditation was closed' }, [
		'Nothing had happened on your application for accreditation for a while, so we have closed it and deleted what you typed.',
		`You can begin again at any time:\n${settings.publicOrigin}${paths.myAccreditation()}`,
	]);
}

/** To the office: an application that was sent back did not come again in time. Nothing is closed by itself. */
export function returnedIdle(settings: Settings, { id, reference, since }: About & { since: string }): Mail {
	const head = {
		kind: 'accreditation.returned-idle',
		key: `${id}:${since}`,
		to: settings.organisation.email,
		subject: `Application ${reference} has not come back`,
	};
	return letter(settings, head, [
		`Application ${reference} was sent back to be completed on ${sayDay(since)} and has not been sent again.`,
		'Nothing is closed by itself: please ask the applicant.',
	]);
}

/** To the applicant: what they answered has arrived. */
export function answersReceived(settings: Settings, { id, reference, round }: About & { round: number }, to: string): Mail {
	const head = { kind: 'accreditation.answers-received', key: `${id}:${round}`, to, subject: `We have your answers (${reference})` };
	return letter(settings, head, [
		`Your answers for application ${reference} have arrived. The assessors go on, and the clock runs again.`,
		`See where it stands:\n${settings.publicOrigin}${paths.myApplication(reference)}`,
	]);
}

/** To the applicant: a file of theirs was found to be harmful. */
export function evidenceHarmful(settings: Settings, { fileId, key, isSent }: { fileId: string; key: string; isSent: boolean }, to: string): Mail {
	const head = { kind: 'accreditation.evidence-harmful', key: fileId, to, subject: 'A file of your application cannot be used' };
	const what = isSent
		? 'Your application goes on. Nothing is held against you: the office is told, and asks you for another copy if it is needed.'
		: 'Please add another copy of it before you send your application.';
	return letter(settings, head, [
		'A file that you added to an application was found to be harmful when it was scanned. It is shut away, and nobody can open it.',
		what,
		`See your application:\n${settings.publicOrigin}${paths.myApplication(key)}`,
	]);
}

/** To the office: evidence of an application that was sent failed its scan. */
export function evidenceHarmfulOffice(settings: Settings, { fileId, reference }: { fileId: string; reference: string }): Mail {
	const to = settings.organisation.email;
	const head = { kind: 'accreditation.evidence-harmful-office', key: fileId, to, subject: `A file of application ${reference} cannot be opened` };
	return letter(settings, head, [
		`A file that stands as evidence in application ${reference} was found to be harmful after it was sent. It is shut away; the evidence stays listed and is marked.`,
		'The applicant has been told. Ask them for another copy where it is needed.',
	]);
}
