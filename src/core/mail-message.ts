import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import type { Settings } from '#settings';

/** One message as it leaves the outbox. */
export type Letter = { id: string; kind?: string; to: string; subject: string; text: string; createdAt: number };

/** A way out for messages. `send` resolves only when the message is in someone else's hands. */
export type Transport = { name: 'smtp' | 'files'; send(letter: Letter): Promise<void>; close(): void };

/**
 * The message as nodemailer takes it. The message id is made from the outbox id: a message that was accepted, but whose
 * acceptance we never learnt of, goes out again under the same id, and mail programs show it once.
 */
export function messageOf(letter: Letter, settings: Settings): SMTPTransport.MailOptions {
	return {
		messageId: messageIdOf(letter, settings),
		date: new Date(letter.createdAt),
		from: senderOf(letter, settings),
		// As an object, so that nothing in an address can be read as a list of addresses.
		to: { name: '', address: letter.to },
		subject: oneLine(letter.subject),
		text: letter.text,
		textEncoding: 'quoted-printable',
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
		disableFileAccess: true,
		disableUrlAccess: true,
	};
}

/** The Message-ID of an outbox row, the same at every attempt. */
export function messageIdOf(letter: Pick<Letter, 'id' | 'kind'>, settings: Settings): string {
	const neutral = isNeutral(letter) ? settings.neutralMailFrom : null;
	return `<${letter.id}@${neutral?.split('@').at(-1) ?? new URL(settings.publicOrigin).hostname}>`;
}

/** Whoever raised a concern may not be alone when a message comes: neither name nor address above it says anything (issue 5 §1). */
function senderOf(letter: Letter, { organisation, mailFrom, neutralMailFrom }: Settings): { name: string; address: string } {
	if (isNeutral(letter)) return { name: 'Messages', address: neutralMailFrom ?? mailFrom };
	return { name: oneLine(organisation.name), address: mailFrom };
}

const isNeutral = ({ kind = '' }: Pick<Letter, 'kind'>) => kind.startsWith('reference.');

function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
