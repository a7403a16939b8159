import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; reference: string };

/** To somebody who is given an application. Whose it is they learn only behind their sign-in. */
export function askedToAssess(settings: Settings, { key, reference, dueOn }: About & { dueOn: string | null }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.asked-to-assess', key, to, subject: `You have been asked to assess an application (${reference})` }, [
		`You have been asked to assess application ${reference}.${dueOn ? ` It is due on ${sayDay(dueOn)}.` : ''}`,
		'Before the file opens, say whether anything ties you to the applicant. If it does, step back: nobody asks why, and somebody else is found.',
		`Sign in and begin here:\n${settings.publicOrigin}${paths.officeApplication(reference)}`,
	]);
}

/** To an assessor from whom an application was taken. */
export function noLongerNeeded(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.no-longer-needed', key, to, subject: `You need not assess application ${reference} any more` }, [
		`The office has given application ${reference} to somebody else. You need do nothing more about it.`,
		'What you marked so far is kept with the application. Thank you for your time.',
	]);
}
