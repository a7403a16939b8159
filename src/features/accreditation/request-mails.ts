import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';
import type { RequestKind } from './request-queries.ts';

/** Subjects and first lines name nobody: they are read on locked telephones. `applicant`: the name of who applies; `token`: of the link. */
export type AskFacts = { id: string; kind: RequestKind; sentAt: number; token: string; applicant: string; about: string; dueOn: string };

const ASKED: Record<RequestKind, { subject: string; first: string; what: string }> = {
	reference: {
		subject: 'Somebody asks you for a reference',
		first: 'Somebody who applies for accreditation has named you as a referee.',
		what: 'We would like to know how you know their work, and whether you would recommend them.',
	},
	supervisor_report: {
		subject: 'Somebody asks you for a supervisor’s report',
		first: 'Somebody who applies for accreditation has named you as the supervisor of their work.',
		what: 'We would like your own view of their work, in your words.',
	},
	outside_body: {
		subject: 'Please confirm something from your records',
		first: 'We are considering an application for accreditation and ask you to confirm something from your records.',
		what: 'What we would like to know stands below and on the page that follows.',
	},
};

/** To whoever is asked: what for, by when, and the link. It is for them alone. */
export function requestMail(settings: Settings, { id, kind, sentAt, token, applicant, about, dueOn }: AskFacts, to: string): Mail {
	const { subject, first, what } = ASKED[kind];
	return letter(settings, { kind: 'accreditation.request', key: `${id}:${sentAt}`, to, subject }, [
		first,
		`It is ${applicant}.${kind === 'outside_body' ? ` We ask: ${about}` : ` ${what}`}`,
		...(kind === 'outside_body' ? [] : ['The applicant never reads what you write. Those who assess and decide the application do.']),
		`Open this page by ${sayDay(dueOn)}. You need no account, and the first question is whether you can help at all:\n${address(settings, token)}`,
		'You can say no, that you are not the right person, or that you need more time. The link is for you alone: please do not pass this message on.',
	]);
}

/** To the same, some days before the last one. */
export function requestReminder(
	settings: Settings,
	{ id, token, dueOn, daysLeft, kind }: Pick<AskFacts, 'id' | 'token' | 'dueOn' | 'kind'> & { daysLeft: number },
	to: string,
): Mail {
	const head = { kind: 'accreditation.request-reminder', key: `${id}:${dueOn}:${daysLeft}`, to, subject: `A reminder: ${SHORT[kind]} by ${sayDay(dueOn)}` };
	return letter(settings, head, [
		`We asked you for ${ONE[kind]} and have not heard from you yet.`,
		`The last day is ${sayDay(dueOn)}. Answer, say that you cannot, or ask for more time here:\n${address(settings, token)}`,
		'What you began to write is kept. The link is the same as in our first message, and for you alone.',
	]);
}

/** To whoever was asked, when it is not needed any more. */
export function requestCancelled(settings: Settings, { id, kind }: Pick<AskFacts, 'id' | 'kind'>, to: string): Mail {
	return letter(settings, { kind: 'accreditation.request-cancelled', key: id, to, subject: `The ${SHORT[kind]} is not needed any more` }, [
		`We asked you for ${ONE[kind]}. It is not needed any more, and the link we sent no longer works.`,
		'Thank you for the time you may have given to it.',
	]);
}

/** To the applicant: somebody has answered. Never what. */
export function requestAnswered(settings: Settings, { id, kind, key }: Pick<AskFacts, 'id' | 'kind'> & { key: string }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.request-answered', key: id, to, subject: `The ${SHORT[kind]} for your application has arrived` }, [
		`One you asked has sent us ${ONE[kind]}. Those who assess your application read it; it is confidential.`,
		`See where your application stands:\n${settings.publicOrigin}${paths.myApplication(key)}`,
	]);
}

export type WhyAnother = 'declined' | 'wrong_person' | 'expired' | 'rejected';

const WHY: Record<WhyAnother, string> = {
	declined: 'One you named for your application has told us that they cannot do it.',
	wrong_person: 'One you named for your application has told us that they are not the right person.',
	expired: 'One you named for your application has not answered in time.',
	rejected: 'What we received from one you named could not be used for your application.',
};

/** To the applicant: somebody else is to be named. No reason of theirs is passed on. */
export function anotherWanted(settings: Settings, { id, why, key }: { id: string; why: WhyAnother; key: string }, to: string): Mail {
	const head = { kind: 'accreditation.request-another', key: `${id}:${why}`, to, subject: 'Please name somebody else for your application' };
	return letter(settings, head, [
		WHY[why],
		`Please name somebody else, or tell us if there is nobody:\n${settings.publicOrigin}${paths.myApplication(key, 'requests')}`,
		'The rest of your application goes on in the meantime.',
	]);
}

/** To the applicant, the same day: a message to somebody they named could not be delivered. */
export function requestBounced(settings: Settings, { id, sentAt, key }: Pick<AskFacts, 'id' | 'sentAt'> & { key: string }, to: string): Mail {
	const head = { kind: 'accreditation.request-bounced', key: `${id}:${sentAt}`, to, subject: 'A message for your application could not be delivered' };
	return letter(settings, head, [
		'We wrote to one you named for your application, and the message could not be delivered.',
		`Please check the address and put it right, or name somebody else:\n${settings.publicOrigin}${paths.myApplication(key, 'requests')}`,
	]);
}

/** To the office, the same day. */
export function requestBouncedOffice(settings: Settings, { id, sentAt, reference }: Pick<AskFacts, 'id' | 'sentAt'> & { reference: string | null }): Mail {
	const to = settings.organisation.email;
	const head = { kind: 'accreditation.request-bounced-office', key: `${id}:${sentAt}`, to, subject: 'A request for an application could not be delivered' };
	const where = reference === null ? paths.messages({ state: 'open' }) : paths.applicationRequests(reference);
	return letter(settings, head, [
		`A request to somebody who was named in an application ${reference === null ? 'that is not sent yet' : reference} could not be delivered. The applicant has been told.`,
		`See it here:\n${settings.publicOrigin}${where}`,
	]);
}

const ONE: Record<RequestKind, string> = {
	reference: 'a reference',
	supervisor_report: 'a supervisor’s report',
	outside_body: 'a confirmation from your records',
};
const SHORT: Record<RequestKind, string> = { reference: 'reference', supervisor_report: 'supervisor’s report', outside_body: 'confirmation' };

function address(settings: Settings, token: string): string {
	return `${settings.publicOrigin}${paths.answerRequest(token)}`;
}
