import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { id: string; sentAt: number };
type Asked = About & { token: string; dueOn: string };
const link = (settings: Settings, token: string) => `${settings.publicOrigin}${paths.answerWord(token)}`;

/** To a supervisor or referee without an account. Subject and first line name nobody: they are read on locked telephones. */
export function wordAsked(settings: Settings, { id, sentAt, token, dueOn, member }: Asked & { member: string }, to: string): Mail {
	return letter(settings, { kind: 'renewal.request', key: `${id}:${sentAt}`, to, subject: 'Somebody asks you for a word about their work' }, [
		'Somebody whose accreditation is about to be confirmed has named you as one who knows their work.',
		`It is ${member}. There are three possible answers, and room for a few words. They never read them: the office and an assessor do.`,
		`Open this page by ${sayDay(dueOn)}. You need no account, and the first question is whether you can help at all:\n${link(settings, token)}`,
		'You can say no, that you are not the right person, or that you need more time. The link is for you alone: please do not pass this message on.',
	]);
}

/** To the same, some days before the last one. */
export function wordReminder(settings: Settings, { id, token, dueOn, daysLeft }: Asked & { daysLeft: number }, to: string): Mail {
	const head = { kind: 'renewal.request-reminder', key: `${id}:${dueOn}:${daysLeft}`, to, subject: `A reminder: a few words by ${sayDay(dueOn)}` };
	return letter(settings, head, [
		'We asked you for a word on somebody’s re-accreditation and have not heard from you yet.',
		`The last day is ${sayDay(dueOn)}. Answer, say that you cannot, or ask for more time here:\n${link(settings, token)}`,
		'The link is the same as in our first message, and for you alone.',
	]);
}

/** To whoever was asked, when it is not needed any more. */
export function wordCancelled(settings: Settings, { id }: Pick<About, 'id'>, to: string): Mail {
	return letter(settings, { kind: 'renewal.request-cancelled', key: id, to, subject: 'Your word is not needed any more' }, [
		'We asked you for a word on somebody’s re-accreditation. It is not needed any more, and the link we sent no longer works.',
		'Thank you for the time you may have given to it.',
	]);
}

const CAME: Record<'answered' | 'declined' | 'wrong_person' | 'expired', { subject: string; text: string }> = {
	answered: {
		subject: 'A word for your re-accreditation has arrived',
		text: 'One you asked has answered. The office and an assessor read it; it is confidential.',
	},
	declined: { subject: 'Please ask somebody else for a word', text: 'One you asked has told us that they cannot do it.' },
	wrong_person: { subject: 'Please ask somebody else for a word', text: 'One you asked has told us that they are not the right person.' },
	expired: { subject: 'Please ask somebody else for a word', text: 'One you asked has not answered in time.' },
};

/** To the member: what came of asking somebody. Never what was answered. */
export function wordEnded(settings: Settings, { id, ending }: Pick<About, 'id'> & { ending: keyof typeof CAME }, to: string): Mail {
	const { subject, text } = CAME[ending];
	return letter(settings, { kind: `renewal.request-${ending === 'answered' ? 'answered' : 'another'}`, key: `${id}:${ending}`, to, subject }, [
		text,
		ending === 'answered'
			? `Where your re-accreditation stands:\n${settings.publicOrigin}${paths.myRenewal()}`
			: `Ask somebody else here; without a word an assessor looks at it, and that is not held against you:\n${settings.publicOrigin}${paths.myRenewal('support')}`,
	]);
}

/** To the member, the same day: a message could not be delivered. */
export function wordBounced(settings: Settings, { id, sentAt }: About, to: string): Mail {
	const head = { kind: 'renewal.request-bounced', key: `${id}:${sentAt}`, to, subject: 'A message for your re-accreditation could not be delivered' };
	return letter(settings, head, [
		'We wrote to one you asked for a word on your re-accreditation, and the message could not be delivered.',
		`Name them again with the right address, or ask somebody else:\n${settings.publicOrigin}${paths.myRenewal('support')}`,
	]);
}

/** To the office, the same day. */
export function wordBouncedOffice(settings: Settings, { id, sentAt, reference }: About & { reference: string }): Mail {
	const to = settings.organisation.email;
	const head = { kind: 'renewal.request-bounced-office', key: `${id}:${sentAt}`, to, subject: `A request for ${reference} could not be delivered` };
	return letter(settings, head, [
		`Somebody who was asked for a word on ${reference} could not be reached. The member has been told.`,
		`See it here:\n${settings.publicOrigin}${paths.officeRenewal(reference)}`,
	]);
}
