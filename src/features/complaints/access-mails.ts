import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

/** To somebody who is let into a case. Which one, and that it is one, they learn behind their sign-in only. */
export function accessGiven(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.let_in', key, to, subject: 'Something waits for you at the office' }, [
		'Something was given to you to look at. Before it opens you are asked a question.',
		`Sign in and open your list:\n${settings.publicOrigin}${paths.officeConcerns()}`,
	]);
}

/** To the owner of a case whose glass was broken, at once. */
export function glassBroken(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.glass_broken', key, to, subject: 'Please look at something at the office' }, [
		'Something that is yours to look after was opened in a way that is meant for emergencies.',
		`Sign in to see by whom, and why:\n${settings.publicOrigin}${paths.officeConcerns()}`,
	]);
}

/** To a side on file to whom the office wrote. */
export function wordsWaiting(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.words', key, to, subject: 'A message for you' }, [
		'There is a message for you in your own area.',
		`Sign in to read it:\n${settings.publicOrigin}${paths.myConcerns()}`,
	]);
}
