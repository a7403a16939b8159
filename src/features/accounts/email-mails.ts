import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import { accountMail, contact, type Letter, link, signed } from './account-mails.ts';

/** To the new address: it is confirmed from there. */
export function mailNewAddress(settings: Settings, letter: Letter, token: string): Mail {
	return accountMail(
		letter,
		'new-address',
		'Please confirm your new e-mail address',
		'You asked to sign in with this address from now on.',
		`To confirm it, open this link within a day and press the button there:\n${link(settings, token)}`,
		'If it was not you, you need do nothing: the address is not used without the link.',
		signed(settings),
	);
}

/** To the new address when it is somebody's already: the page says the same in both cases. */
export function mailAddressTaken(settings: Settings, letter: Letter): Mail {
	return accountMail(
		letter,
		'address-taken',
		'This address has an account already',
		'You, or someone who typed your address, asked to use this address for another account. It has one already, so nothing was changed.',
		'If you have two accounts, please write to the office, who can bring them together.',
		contact(settings),
		signed(settings),
	);
}

/** To the old address, when the owner asks for a change. */
export function mailAskedToChange(settings: Settings, letter: Letter, token: string): Mail {
	return accountMail(
		letter,
		'change-asked',
		'Your e-mail address is about to change',
		'Someone who was signed in to your account asked to change its address. It changes when the new address has been confirmed.',
		'If it was you, you need do nothing.',
		`If it was not you, open this link and press the button there. The address stays, everyone is signed out, and you choose a new password:\n${link(settings, token)}`,
		contact(settings),
		signed(settings),
	);
}

/** To the old address, when the office asks for a change. `onDay` is the day it takes effect. */
export function mailStaffChange(settings: Settings, letter: Letter, change: { token: string; onDay: string }): Mail {
	return accountMail(
		letter,
		'change-by-office',
		'Your e-mail address is about to change',
		`The office was asked to change the address of your account. It changes a day from now, on ${sayDay(change.onDay)}.`,
		'If you asked for it, you need do nothing.',
		`If you did not, open this link and press the button there. The address then stays as it is:\n${link(settings, change.token)}`,
		contact(settings),
		signed(settings),
	);
}

/** To the old address once it has changed. */
export function mailChangedOld(settings: Settings, letter: Letter, token: string): Mail {
	return accountMail(
		letter,
		'changed-old',
		'Your e-mail address was changed',
		'The address of your account was changed. This one can no longer be used to sign in.',
		'If you wanted this, you need do nothing.',
		`If you did not, open this link within 14 days and press the button there. This address is put back, everyone is signed out, and you choose a new password:\n${link(settings, token)}`,
		contact(settings),
		signed(settings),
	);
}

/** To the new address once it has changed. */
export function mailChangedNew(settings: Settings, letter: Letter): Mail {
	return accountMail(
		letter,
		'changed-new',
		'Your e-mail address was changed',
		'From now on you sign in with this address. Your password and your second step are what they were. You were signed out everywhere.',
		`Sign in here:\n${settings.publicOrigin}/account/sign-in`,
		contact(settings),
		signed(settings),
	);
}
