import { addDays, londonDay, sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';

/** Subjects and first lines name nobody: they are read on locked telephones. No message says anything about a case but its code. */

/** `name`: the trainee's. `sentAt`, `expiresAt`: milliseconds UTC. */
export type SignMailFacts = { caseId: string; code: string; token: string; name: string; sentAt: number; expiresAt: number };

/** To the supervisor of a case: the link to rate recordings and to sign. */
export function signCaseMail(settings: Settings, facts: SignMailFacts, to: string): Mail {
	return {
		...head('training.sign', `training:${facts.caseId}:sign:${facts.sentAt}`, to),
		subject: 'A training case waits for your report',
		text: paragraphs(
			'Someone you supervise asks you to look at one of their training cases, and to sign your report on it.',
			`It is about ${facts.name}, case ${facts.code}.`,
			`Open this page to see what they noted, to rate recordings you heard, and to sign. You need no account:\n${settings.publicOrigin}/training/confirm/${facts.token}`,
			`The link works until you have signed, or until ${sayDay(addDays(londonDay(facts.expiresAt), -1))}. It is for you alone: please do not pass this message on.`,
			`If you have an account with us, you can do the same there:\n${settings.publicOrigin}/my/training/supervisees`,
			'Please write nothing that could show who a client is. What you sign cannot be changed or hidden by the one you supervise.',
			signed(settings),
		),
	};
}

/** To the trainee, when a report was signed. `reportId` tells one from the next. */
export function signedMail(settings: Settings, reportId: string, to: string): Mail {
	return {
		...head('training.signed', `training:report:${reportId}`, to),
		subject: 'Your supervisor has signed a report',
		text: paragraphs(
			'Your supervisor has signed a report on one of your training cases.',
			`Sign in to read it:\n${settings.publicOrigin}/my/training`,
			signed(settings),
		),
	};
}

/** To the trainee, when the office decided on a course that they claimed. */
export function attendanceDecidedMail(settings: Settings, attendanceId: string, isConfirmed: boolean, to: string): Mail {
	return {
		...head(isConfirmed ? 'training.attendance-confirmed' : 'training.attendance-refused', `training:attendance:${attendanceId}`, to),
		subject: isConfirmed ? 'Your course is confirmed' : 'About the course you told us of',
		text: paragraphs(
			isConfirmed
				? 'We have looked at what you sent, and your attendance at the course is confirmed.'
				: 'We have looked at what you sent, and could not confirm your attendance at the course.',
			`${isConfirmed ? 'It is in your training record' : 'Sign in to read why. You can send it again with other evidence'}:\n${settings.publicOrigin}/my/training`,
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
