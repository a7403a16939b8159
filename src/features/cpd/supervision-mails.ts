import { addDays, londonDay, sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';

/** Subjects and first lines name nobody: they are read on locked telephones. */

/** To a member whom another asked, as supervisor or as supervisee. */
export function askedMail(settings: Settings, relationId: string, to: string): Mail {
	return {
		...head('supervision.asked', `supervision:${relationId}:asked`, to),
		subject: 'Someone asks you to agree to a supervision',
		text: paragraphs(
			'Another member would like it to be noted that one of you supervises the other.',
			`Nothing is noted until you agree. Sign in to see who asks, and say yes or no:\n${settings.publicOrigin}/my/supervision/people`,
			signed(settings),
		),
	};
}

/** To a supervisor outside the register: what is asked, and the link to answer. `name`: the supervisee's. */
export function askedOutsideMail(settings: Settings, { relationId, token, name }: { relationId: string; token: string; name: string }, to: string): Mail {
	return {
		...head('supervision.asked-outside', `supervision:${relationId}:asked`, to),
		subject: 'Please confirm that you supervise a member of our register',
		text: paragraphs(
			`A member of ${settings.organisation.name} gave your address as that of their supervisor.`,
			`It is ${name}. They keep a log of the supervision they receive, and ask you to confirm it: first that you supervise them, then once a month what they logged.`,
			`Open this page to say yes or no. You need no account:\n${settings.publicOrigin}/supervision/confirm/${token}`,
			'The link is for you alone. Please do not pass this message on.',
			'If you do not know this person, say no on that page, or do nothing.',
			signed(settings),
		),
	};
}

/** To the one who asked. */
export function answeredMail(settings: Settings, relationId: string, isAgreed: boolean, to: string): Mail {
	return {
		...head(isAgreed ? 'supervision.agreed' : 'supervision.declined', `supervision:${relationId}:answered`, to),
		subject: isAgreed ? 'Your supervision is noted' : 'About the supervision you asked to be noted',
		text: paragraphs(
			isAgreed ? 'The other of you has agreed: the supervision is noted on both sides.' : 'The other of you said no to what you asked. Nothing is noted.',
			isAgreed ? 'Sessions that are logged can now be confirmed, once a month.' : 'If that is a mistake, please speak to them and ask again.',
			`See your supervision:\n${settings.publicOrigin}/my/supervision/people`,
			signed(settings),
		),
	};
}

/** To the side that did not end it. */
export function endedMail(settings: Settings, relationId: string, to: string): Mail {
	return {
		...head('supervision.ended', `supervision:${relationId}:ended`, to),
		subject: 'A supervision has ended',
		text: paragraphs(
			'The other of you has entered a last day for a supervision you share.',
			'What was confirmed stays as it is. If the day is not right, please speak to them, or write to the office.',
			signed(settings),
		),
	};
}

/** What the monthly mail is made of. `name`: the supervisee's. `sentAt`, `expiresAt`: milliseconds UTC. */
export type ConfirmMailFacts = { relationId: string; token: string; name: string; sessions: string; sentAt: number; expiresAt: number };

/** To a supervisor, once a month: what waits, and the link to confirm it. */
export function confirmMail(settings: Settings, facts: ConfirmMailFacts, to: string): Mail {
	return {
		...head('supervision.confirm', `supervision:${facts.relationId}:confirm:${facts.sentAt}`, to),
		subject: 'Supervision that waits for you to confirm',
		text: paragraphs(
			'Someone you supervise has logged sessions with you and asks you to confirm them.',
			`It is about ${facts.name}: ${facts.sessions}.`,
			`Open this page to look at them. You can confirm all at once, or say which is not right:\n${settings.publicOrigin}/supervision/confirm/${facts.token}`,
			`The link works once, until ${sayDay(addDays(londonDay(facts.expiresAt), -1))}. It is for you alone: please do not pass this message on.`,
			signed(settings),
		),
	};
}

/** To the supervisee, once for all that was disputed together. `at`: milliseconds UTC. */
export function disputedMail(settings: Settings, relationId: string, at: number, to: string): Mail {
	return {
		...head('supervision.disputed', `supervision:${relationId}:disputed:${at}`, to),
		subject: 'A question about your supervision log',
		text: paragraphs(
			'Your supervisor looked at your log and says that a session is not right as it stands.',
			`Sign in to read why. You can change the session, and it will be sent for confirming again:\n${settings.publicOrigin}/my/supervision`,
			signed(settings),
		),
	};
}

function head(kind: string, dedupeKey: string, to: string): Pick<Mail, 'kind' | 'to' | 'dedupeKey'> {
	return { kind, to, dedupeKey };
}

function paragraphs(...parts: string[]): string {
	return `${parts.join('\n\n')}\n`;
}

function signed(settings: Settings): string {
	return `${settings.organisation.name}\n${settings.publicOrigin}`;
}
