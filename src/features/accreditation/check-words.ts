import type { Outcome, Phase, StepKind, Turn } from './phases.ts';

/** Where an application stands, in the office's words. */
export const PHASE_LABELS: Record<Phase, string> = {
	draft: 'With the applicant, not sent',
	checks: 'Is it complete?',
	assessment: 'Being assessed',
	waiting_on_applicant: 'Waiting for the applicant',
	verification: 'Waiting for somebody else',
	panel: 'With the committee',
	decided: 'Decided',
	review: 'Under review',
	withdrawn: 'Withdrawn',
	closed: 'Closed',
};

export const TURN_LABELS: Record<Turn, string> = {
	applicant: 'Applicant',
	office: 'Office',
	assessors: 'Assessors',
	third_party: 'Somebody outside',
	committee: 'Committee',
	reviewers: 'Reviewers',
	nobody: 'Nobody',
};

export const OUTCOME_LABELS: Record<Outcome, string> = {
	awarded: 'Awarded',
	awarded_with_conditions: 'Awarded with conditions',
	declined: 'Declined',
};

/** What happened, in the office's words. */
export const STEP_LABELS: Record<StepKind, string> = {
	begun: 'Begun',
	submitted: 'Sent',
	returned: 'Sent back as not complete',
	accepted: 'Found complete',
	assigned: 'Given to an assessor',
	unassigned: 'An assessor left it',
	sheet_sealed: 'A sheet was sealed',
	reconciled: 'The assessors came to a recommendation',
	information_requested: 'The applicant was asked for more',
	information_answered: 'The applicant answered',
	information_overdue: 'No answer came in time',
	information_extended: 'More time was given',
	request_made: 'Somebody outside was asked',
	request_settled: 'A request came to its end',
	put_to_panel: 'Put to the committee by the office',
	deferred: 'Put off by the committee',
	decided: 'Decided',
	condition_met: 'A condition was met',
	condition_missed: 'A condition was not met',
	review_requested: 'The applicant asked for a review',
	review_decided: 'The review was decided',
	withdrawn: 'Withdrawn',
	closed: 'Closed',
	held: 'Put on hold',
	released: 'Taken off hold',
	rolled_back: 'A decision was undone as a mistake',
};
