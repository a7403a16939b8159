import { sayDay } from '#core/dates.ts';
import { countOf } from '#core/text.ts';
import { applicationClock, type Clock } from './application-clock.ts';
import type { Answers, DeclarationAnswer } from './application-forms.ts';
import type { Sent } from './application-queries.ts';
import type { Application, ApplicationState } from './application-states.ts';
import type { Grade } from './facts.ts';
import { GRADES } from './grades.ts';

type Row = { key: string; value: string; action?: { href: string; label: string } };

/** What each state is called: to the applicant, and to the office. */
export const APPLICATION_WORDS: Record<ApplicationState, { applicant: string; office: string }> = {
	draft: { applicant: 'Not sent yet', office: 'Draft' },
	submitted: { applicant: 'Sent: we are looking at it', office: 'To decide' },
	more_wanted: { applicant: 'We have a question for you', office: 'Waiting for the applicant' },
	decline_proposed: { applicant: 'Sent: we are looking at it', office: 'Decline proposed: a second officer is needed' },
	admitted: { applicant: 'Accepted: the fee is to be paid', office: 'Accepted, not paid yet' },
	joined: { applicant: 'You are a member', office: 'Member' },
	declined: { applicant: 'Declined', office: 'Declined' },
	withdrawn: { applicant: 'You took it back', office: 'Withdrawn' },
	closed: { applicant: 'Closed, because nothing happened for a while', office: 'Closed' },
};

/** "Check your answers": what was typed, each with the way back to its step. */
export function typedRows(answers: Answers, declarations: readonly { key: string; title: string }[], href: (step: string) => string): Row[] {
	const row = (step: keyof Answers, key: string, value: string | undefined): Row => ({
		key,
		value: value || 'Nothing yet',
		action: { href: href(step), label: 'Change' },
	});
	const { grade, about, profession, declarations: said } = answers;
	const category = grade?.category as Grade | undefined;
	const born = [about?.['born-day'], about?.['born-month'], about?.['born-year']].filter(Boolean).join(' ');
	const professionRows =
		category === 'organisation'
			? [row('profession', 'Employer', profession?.employer)]
			: [
					row('profession', 'Core profession', profession?.body === 'other' ? profession.otherBody : profession?.body),
					row('profession', 'Your number', profession?.reference),
				];
	return [
		row('grade', 'Grade', category && GRADES[category].title),
		row('about', 'Name', [about?.title, about?.givenNames, about?.familyName].filter(Boolean).join(' ')),
		row('about', 'Telephone', about?.phone || 'None given'),
		row('about', 'Date of birth', born),
		...professionRows,
		...declarations.map(({ key, title }) => row('declarations', title, SAID[said?.[key] ?? ''])),
	];
}

const SAID: Record<string, string> = { yes: 'I agree', no: 'I cannot say this' };

/** What was sent, for the officer: as it was then. */
export function sentRows({ category, about, profession }: Sent): Row[] {
	return [
		{ key: 'Grade', value: GRADES[category].title },
		{ key: 'Name', value: [about.title, about.givenNames, about.familyName].filter(Boolean).join(' ') },
		{ key: 'Date of birth', value: sayDay(about.bornOn) },
		{ key: 'Telephone', value: about.phone || 'None given' },
		...(profession.body === null
			? [{ key: 'Employer', value: profession.employer }]
			: [{ key: 'Core profession', value: `${profession.body}, number ${profession.reference}: not checked yet` }]),
	];
}

/** One declaration as it was answered. */
export function saidWords({ agreed, why }: DeclarationAnswer): string {
	return agreed ? 'Agreed' : `Could not say this: ${why}`;
}

/** The promise to an applicant, in the office's words. */
export function sayClock({ dueOn, daysLeft, isPaused }: Clock): string {
	if (isPaused) return 'Stands still: we wait for the applicant';
	if (daysLeft < 0) return `Late by ${countOf(-daysLeft, 'day')}: was due on ${sayDay(dueOn)}`;
	return `${sayDay(dueOn)}: ${countOf(daysLeft, 'day')} left`;
}

/** What an officer sees first: where it stands, and by when we promised an answer. */
export function officeRows(application: Application, today: string): Row[] {
	const { state, submittedOn } = application;
	const clock = applicationClock(application, today);
	const isRunning = ['submitted', 'more_wanted', 'decline_proposed'].includes(state);
	return [
		{ key: 'Where it stands', value: APPLICATION_WORDS[state].office },
		{ key: 'Sent on', value: submittedOn ? sayDay(submittedOn) : 'Not sent' },
		...(clock && isRunning ? [{ key: 'Promise', value: sayClock(clock) }] : []),
	];
}
