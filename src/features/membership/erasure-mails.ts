import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import { letter } from './letter.ts';

/** The last message that somebody gets from us. It is deleted, with their address, within days. */
export function mailErased({ settings, to, reference, purgeOn }: { settings: Settings; to: string; reference: string; purgeOn: string }): Mail {
	const head = { kind: 'data_request.erased', key: reference, to, subject: 'We have erased what you asked us to' };
	const text = [
		'You asked us to erase what we hold about you. It is done.',
		'Your account, your contact details, your listing, your CPD and supervision log and your files are gone. You cannot sign in any more.',
		'We keep, without your name: that a number stood in the register and from when to when; amounts of payments, as the law asks; and a sealed record of what was done, which shows that the register was not altered. Copies for emergencies run out within 13 months.',
		'This message is the last one. Our copy of it, with your address, is deleted within a week.',
		'If you do not agree with anything, you can complain to us, and to the Information Commissioner’s Office at https://ico.org.uk.',
	];
	return { ...letter(settings, head, text), purgeOn };
}
