import { sayDay } from '#core/dates.ts';
import type { Phase, StepKind, Turn } from './phases.ts';
import type { State, Step } from './state.ts';

/** Where an application stands, in the applicant's words. */
export const PHASE_FOR_APPLICANT: Record<Phase, string> = {
	draft: 'You are filling it in',
	checks: 'We are looking whether it is complete',
	assessment: 'It is being assessed',
	waiting_on_applicant: 'We have asked you for more',
	verification: 'The assessors are done; somebody you named has still to answer',
	panel: 'It is with the committee',
	decided: 'It has been decided',
	review: 'The decision is being reviewed',
	withdrawn: 'You took it back',
	closed: 'It was closed, as nobody had gone on with it',
};

/** Whose turn it is, to the applicant. */
export const TURN_FOR_APPLICANT: Record<Turn, string> = {
	applicant: 'Yours',
	office: 'The office’s',
	assessors: 'The assessors’',
	third_party: 'Somebody you named',
	committee: 'The committee’s',
	reviewers: 'Those who review it',
	nobody: 'Nobody’s: there is nothing to do',
};

export const OUTCOME_FOR_APPLICANT: Record<NonNullable<State['outcome']>, string> = {
	awarded: 'Awarded',
	awarded_with_conditions: 'Awarded, with conditions',
	declined: 'Declined',
};

type Sayer = (step: Step) => string;
const said =
	(words: string): Sayer =>
	() =>
		words;

/** Every step in plain words, as its applicant may read it: what happened, and never who assesses. */
const STEPS: Record<StepKind, Sayer> = {
	begun: said('You began your application.'),
	submitted: ({ data }) => (Number(data.submission ?? 1) > 1 ? 'You sent it again.' : 'You sent your application.'),
	returned: said('We sent it back to you, as something was missing.'),
	accepted: said('We found it complete.'),
	assigned: said('It was given to an assessor.'),
	unassigned: said('An assessor stepped back; another one is found.'),
	sheet_sealed: said('An assessor has finished.'),
	reconciled: said('The assessors have come to a recommendation for the committee.'),
	information_requested: ({ data }) => `We asked you for more${typeof data.dueOn === 'string' ? `, until ${sayDay(data.dueOn)}` : ''}. The clock stands still.`,
	information_answered: said('You answered. The clock runs again.'),
	information_overdue: said('The day to answer had passed. Nothing is decided by that: the office looks at it.'),
	information_extended: ({ data }) => `You were given more time to answer${typeof data.dueOn === 'string' ? `, until ${sayDay(data.dueOn)}` : ''}.`,
	request_made: ({ data }) => ASKED[String(data.kind)] ?? 'Somebody was asked about your application.',
	request_settled: settled,
	put_to_panel: said('It was put to the committee.'),
	deferred: said('The committee put its decision off and wants to know more.'),
	decided: said('The committee decided.'),
	condition_met: said('A condition of your award was met.'),
	condition_missed: said('A condition of your award was not met: the committee looks at it.'),
	review_requested: said('You asked for a review of the decision.'),
	review_decided: said('The review was decided.'),
	withdrawn: said('You took your application back.'),
	closed: said('It was closed.'),
	held: ({ data }) => `It was put on hold${typeof data.untilOn === 'string' ? ` until ${sayDay(data.untilOn)} at the latest` : ''}. The clock stands still.`,
	released: said('The hold ended. The clock runs again.'),
	rolled_back: said('A decision was undone as a mistake. We wrote to you about it.'),
};

const ASKED: Record<string, string> = {
	reference: 'We asked somebody for a reference.',
	supervisor_report: 'We asked your supervisor for a report.',
	outside_body: 'We asked another body to confirm something.',
};

const ENDED: Record<string, string> = {
	answered: 'has answered.',
	declined: 'cannot do it. Please name somebody else.',
	wrong_person: 'is not the right person. Please name somebody else.',
	expired: 'has not answered in time. Please name somebody else.',
	rejected: 'has answered, but it could not be used.',
	cancelled: 'is not asked any more.',
};
const WHO: Record<string, string> = {
	reference: 'One you named for a reference',
	supervisor_report: 'The supervisor you named',
	outside_body: 'The other body',
};

function settled({ data }: Step): string {
	const who = WHO[String(data.kind)] ?? 'Somebody who was asked';
	if (data.kind === 'outside_body' && data.ending !== 'answered') return 'The check with another body came to an end.';
	if (data.wantsAnother !== true && data.isGood !== true && data.isDropped !== true) return `${who} gave nothing that can be used. It goes on without.`;
	return `${who} ${ENDED[String(data.ending)] ?? 'has answered.'}`;
}

const BY_LETTER = 'Your letter said so; the office typed it in.';

/** A step as its applicant reads it. */
export function sayStep(step: Step): string {
	return step.data.byLetter === true ? `${STEPS[step.kind](step)} ${BY_LETTER}` : STEPS[step.kind](step);
}
