import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { countOf } from '#core/text.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type Round = { key: string; reference: string; dueOn: string };

/** To an applicant: the assessors ask for more. What they ask stands on the page, which only the applicant can open. */
export function moreAsked(settings: Settings, { key, reference, dueOn, items, round }: Round & { items: number; round: number }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.more-asked', key, to, subject: `We need something more for your application (${reference})` }, [
		`Those who assess your application ${reference} ask you for ${countOf(items, 'thing')}. This is round ${round} of three at most.`,
		'What they ask can be mended: asking is not a refusal. You can answer one by one, and save in between.',
		`Please answer by ${sayDay(dueOn)}:\n${settings.publicOrigin}${paths.myAccreditation()}`,
		'Our own time limits stand still until you have answered.',
	]);
}

/** To an applicant who has not answered yet. */
export function moreAskedReminder(settings: Settings, { key, reference, dueOn }: Round, to: string): Mail {
	return letter(settings, { kind: 'accreditation.answer-reminder', key, to, subject: `Your answer for your application is due soon (${reference})` }, [
		`We asked you for something more for your application ${reference}, and wait for your answer.`,
		`Please answer by ${sayDay(dueOn)}:\n${settings.publicOrigin}${paths.myAccreditation()}`,
		`If you need more time, tell us before that day: ${settings.organisation.email}`,
	]);
}

/** To an applicant whose time to answer has passed. */
export function answerOverdue(settings: Settings, { key, reference }: Omit<Round, 'dueOn'>, to: string): Mail {
	return letter(settings, { kind: 'accreditation.answer-overdue', key, to, subject: `The time to answer has passed (${reference})` }, [
		`We asked you for something more for your application ${reference}, and no answer came in time.`,
		'Nothing is decided by that. Somebody at the office looks at your application now, and may give you more time once.',
		`If you still want to answer, write to us soon: ${settings.organisation.email}`,
	]);
}

/** To an applicant who was given more time. */
export function moreTimeGiven(settings: Settings, { key, reference, dueOn }: Round, to: string): Mail {
	return letter(settings, { kind: 'accreditation.more-time', key, to, subject: `You have more time to answer (${reference})` }, [
		`You have more time to answer what we asked about your application ${reference}. This can be done once.`,
		`Please answer by ${sayDay(dueOn)}:\n${settings.publicOrigin}${paths.myAccreditation()}`,
	]);
}
