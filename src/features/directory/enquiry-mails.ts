import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import type { EnquiryInput } from './enquiry-form.ts';

/** What the mails of one enquiry share. Subjects may be read on a locked telephone: they name nobody. */
export type EnquiryMailFacts = { id: string; reference: string; purgeOn: string };

/** To the therapist: the message, how and when it is safe to answer, and the link to say that it was answered. */
export function mailToTherapist(settings: Settings, enquiry: EnquiryMailFacts & { token: string; answerByOn: string }, input: EnquiryInput, to: string): Mail {
	return {
		...head(enquiry, 'therapist', to),
		subject: `Someone has written to you through the register (${enquiry.reference})`,
		text: paragraphs(
			`Someone found you on the register of ${settings.organisation.name} and asks to hear from you.`,
			`Name they gave: ${input.name}\n${contactLines(input)}`,
			`Their message:\n\n${quoted(input.message)}`,
			'Please answer them yourself, only in the way and at the times they gave. They may not be alone when a message arrives: on a telephone, say your first name and nothing about therapy until you know who is listening.',
			`When you have answered, or if you cannot help, tell us with one tap:\n${settings.publicOrigin}/link/${enquiry.token}`,
			`If we hear nothing by ${sayDay(enquiry.answerByOn)}, we tell the sender that they may want to write to someone else.`,
			`We delete this message from the register on ${sayDay(enquiry.purgeOn)}. Please keep your own copy only as long as you need it.`,
			signed(settings),
		),
	};
}

/** To the enquirer, at once. It repeats nothing of what they wrote and names no therapist. */
export function acknowledgement(settings: Settings, enquiry: EnquiryMailFacts & { answerByOn: string }, to: string): Mail {
	return {
		...head(enquiry, 'acknowledged', to),
		subject: `We have passed on your message (${enquiry.reference})`,
		text: paragraphs(
			`Your message was passed on. Its reference is ${enquiry.reference}.`,
			`You should hear back by ${sayDay(enquiry.answerByOn)}, in the way you chose. If not, we will write to you once more.`,
			`We delete what you wrote on ${sayDay(enquiry.purgeOn)}.`,
			'If you did not send a message, someone typed your address by mistake. You need do nothing.',
			`If you need help now: ${settings.publicOrigin}/help`,
			signed(settings),
		),
	};
}

/** To the enquirer, once, when nobody has answered in time. */
export function unanswered(settings: Settings, enquiry: EnquiryMailFacts, to: string): Mail {
	return {
		...head(enquiry, 'unanswered', to),
		subject: `About your message (${enquiry.reference})`,
		text: paragraphs(
			`You sent a message with the reference ${enquiry.reference}. We have not been told that it was answered.`,
			'That can have many reasons, and none of them is about you. If you did get an answer, you need do nothing.',
			...others(settings),
		),
	};
}

/** To the enquirer, when the therapist says that they cannot help: waiting for nothing is worse than a no. */
export function cannotHelp(settings: Settings, enquiry: EnquiryMailFacts, to: string): Mail {
	return {
		...head(enquiry, 'cannot-help', to),
		subject: `About your message (${enquiry.reference})`,
		text: paragraphs(
			`You sent a message with the reference ${enquiry.reference}. The person you wrote to cannot help this time, for example because they have no free place.`,
			...others(settings),
		),
	};
}

function others(settings: Settings): string[] {
	return [`You can write to others here:\n${settings.publicOrigin}/find`, `If you need help now: ${settings.publicOrigin}/help`, signed(settings)];
}

function head(enquiry: EnquiryMailFacts, part: string, to: string): Pick<Mail, 'kind' | 'to' | 'dedupeKey' | 'purgeOn'> {
	return { kind: `enquiry.${part}`, to, dedupeKey: `enquiry:${enquiry.id}:${part}`, purgeOn: enquiry.purgeOn };
}

function contactLines(input: EnquiryInput): string {
	const wish = { email: 'E-mail', phone: 'Telephone call', text: 'Text message' }[input.replyBy];
	const lines = [`Answer by: ${wish}`, `Safe times: ${input.safeTimes || 'none given'}`];
	// Only the way they chose: another address may not be safe to use.
	lines.push(input.replyBy === 'email' ? `E-mail: ${input.email}` : `Telephone: ${input.phone}`);
	return lines.join('\n');
}

/** Set off with a mark on every line, so that nothing a sender writes can look like a part of our own mail. */
function quoted(message: string): string {
	return message
		.split('\n')
		.map((line) => `> ${line}`.trimEnd())
		.join('\n');
}

function paragraphs(...parts: string[]): string {
	return `${parts.join('\n\n')}\n`;
}

function signed(settings: Settings): string {
	return `${settings.organisation.name}\n${settings.publicOrigin}`;
}
