import { addDays, londonDay } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';

/** To whom, and when it is queued (ms UTC): the text is deleted a month later. */
export type Letter = { to: string; now: number };

/** Subject and first line name nobody and nothing that someone else should read on a locked telephone. */
function mail(letter: Letter, kind: string, subject: string, ...paragraphs: string[]): Mail {
	return {
		kind: `account.${kind}`,
		to: letter.to,
		subject,
		text: `${paragraphs.join('\n\n')}\n`,
		dedupeKey: `account:${newId()}`,
		purgeOn: addDays(londonDay(letter.now), 30),
	};
}

/** Someone without an account wants one. */
export function mailJoin(settings: Settings, letter: Letter, token: string): Mail {
	return mail(
		letter,
		'join',
		'Please confirm your e-mail address',
		'You, or someone who typed your address, asked to open an account with us.',
		`To go on, open this link within a day and press the button there:\n${link(settings, token)}`,
		'If it was not you, you need do nothing. No account is opened without the link.',
		signed(settings),
	);
}

/** Someone who has an account asked to open one. */
export function mailExists(settings: Settings, letter: Letter): Mail {
	return mail(
		letter,
		'exists',
		'You have an account already',
		'You, or someone who typed your address, asked to open an account with us. There is one with this address already.',
		`Sign in here:\n${settings.publicOrigin}/account/sign-in`,
		`If you have forgotten your password:\n${settings.publicOrigin}/account/forgot`,
		'If it was not you, you need do nothing. Nothing was changed.',
		signed(settings),
	);
}

/** To someone on file who has no account yet. */
export function mailClaim(settings: Settings, letter: Letter, token: string): Mail {
	return mail(
		letter,
		'claim',
		'Your account is ready for you',
		'We hold a record for you, and an account goes with it. There you see where you stand, renew, and keep your log.',
		`To take it over, open this link within 14 days, press the button and choose a password:\n${link(settings, token)}`,
		'If you think this message was meant for someone else, please tell the office. Nobody can use the account without the link.',
		signed(settings),
	);
}

/** A forgotten password. */
export function mailReset(settings: Settings, letter: Letter, token: string): Mail {
	return mail(
		letter,
		'reset',
		'Choose a new password',
		'You, or someone who typed your address, asked for a new password.',
		`To choose one, open this link within an hour and press the button there:\n${link(settings, token)}`,
		'If you use a second step, you will be asked for it as always.',
		'If it was not you, you need do nothing. Your password stays as it is.',
		signed(settings),
	);
}

/** A forgotten password where there is no account: people have several addresses. */
export function mailNoAccount(settings: Settings, letter: Letter): Mail {
	return mail(
		letter,
		'no-account',
		'There is no account with this address',
		'You, or someone who typed your address, asked for a new password. We know no account with this address.',
		'You may have used another address. If you are a member and no longer know which, the office can tell you after some questions.',
		`To open an account:\n${settings.publicOrigin}/account/join`,
		signed(settings),
	);
}

/** Something about how the owner gets in was changed. `what` is a sentence without names. */
export function mailWayIn(settings: Settings, letter: Letter, what: string): Mail {
	return mail(
		letter,
		'way-in',
		'How you sign in was changed',
		what,
		'If it was you, you need do nothing.',
		`If it was not you, choose a new password now and then look at "Signing in" in your area:\n${settings.publicOrigin}/account/forgot`,
		contact(settings),
		signed(settings),
	);
}

/** The owner signed in with a browser that was not seen before. */
export function mailNewBrowser(settings: Settings, letter: Letter, label: string): Mail {
	return mail(
		letter,
		'new-browser',
		'You signed in with a new browser',
		`Someone signed in to your account with a browser that was not used for it before: ${label}.`,
		'If it was you, you need do nothing.',
		`If it was not you, choose a new password now. That signs everyone out:\n${settings.publicOrigin}/account/forgot`,
		contact(settings),
		signed(settings),
	);
}

export function link(settings: Settings, token: string): string {
	return `${settings.publicOrigin}/account/link/${token}`;
}

export function contact(settings: Settings): string {
	return `If you cannot get in, write to ${settings.organisation.email}.`;
}

export function signed(settings: Settings): string {
	return `${settings.organisation.name}\n${settings.publicOrigin}`;
}

export { mail as accountMail };
