import type { concern, concernAllegation } from '#db/schema/index.ts';
import type { Phase, StepKind } from './phases.ts';
import type { PromiseKind } from './promises.ts';
import type { Access } from './sight.ts';
import type { Flag, Outcome } from './state.ts';

type Row = typeof concern.$inferSelect;
export type Category = (typeof concernAllegation.$inferSelect)['category'];

/** Stages as the office calls them. */
export const PHASE_WORDS: Record<Phase, string> = {
	enquiry: 'Being written',
	received: 'Received',
	triage: 'Triage: is it for us?',
	awaiting_complainant: 'Waiting for an answer',
	preliminary: 'Being prepared',
	early_resolution: 'Being settled',
	investigation: 'Investigation',
	decision_to_refer: 'Screening panel',
	hearing: 'Hearing',
	outcome: 'Outcome',
	appeal: 'Appeal',
	closed: 'Closed',
	dropped: 'Never sent',
};

export const STEP_WORDS: Record<StepKind, string> = {
	begun: 'Begun',
	sent: 'Sent',
	dropped: 'Removed before it was sent',
	acknowledged: 'Acknowledged',
	assigned: 'Taken on',
	owner_changed: 'Given to another officer',
	accepted: 'Accepted as a case',
	redirected: 'Passed on to where it belongs',
	declined: 'Not taken forward',
	asked: 'The person who raised it was asked something',
	answered: 'They answered',
	went_on: 'Went on without an answer',
	disclosed: 'Laid before the therapist',
	replied: 'The therapist replied',
	resolution_begun: 'Settling began',
	resolution_agreed: 'Settled',
	resolution_failed: 'Could not be settled',
	reported: 'The report was handed in',
	referred: 'Referred to a hearing',
	no_case: 'No case to answer',
	advised: 'Closed with advice',
	listed: 'Hearing listed',
	adjourned: 'Hearing adjourned',
	facts_found: 'Facts found',
	breach_found: 'Breach found',
	sanction_decided: 'What follows was decided',
	appealed: 'Appealed',
	appeal_decided: 'Appeal decided',
	closed: 'Closed',
	reopened: 'Opened again',
	updated: 'Both sides were told how it goes on',
	paused: 'Paused',
	resumed: 'Resumed',
	flagged: 'Marked as a risk',
	unflagged: 'The mark of a risk was taken off',
	interim_asked: 'An interim order was asked for',
	interim_decided: 'An interim order was decided on',
	interim_ended: 'An interim order ended',
	withdrawn: 'Withdrawn',
	legal_hold_begun: 'Legal hold placed',
	legal_hold_ended: 'Legal hold lifted',
	destroyed: 'What was said was destroyed',
};

export const PROMISE_WORDS: Record<PromiseKind, string> = {
	acknowledge: 'Say that it arrived',
	triage: 'Decide whether it is for us',
	answer: 'Answer it',
	update: 'Tell both sides how it goes on',
	ask: 'The answer of the person who raised it',
	reply: 'The therapist’s reply',
	resolution: 'Settle it',
	investigation: 'Finish the investigation',
	panel: 'The screening panel decides',
	hearing: 'The hearing decides',
	publish: 'Publish the outcome',
};

export const FATE_WORDS = { kept: 'Kept', missed: 'Missed', open: 'Open' } as const;

export const CAPACITY_WORDS: Record<Access['capacity'], string> = {
	owner: 'Owner of the case',
	caseworker: 'Caseworker',
	lay_screener: 'Lay screener',
	investigator: 'Investigator',
	facilitator: 'Facilitator',
	monitor: 'Monitor of conditions',
	secretary: 'Panel secretary',
	panel: 'Panel member',
	adviser: 'Adviser',
	reviewer: 'Reviewer',
	break_glass: 'Broke the glass',
};

export const CATEGORY_WORDS: Record<Category, string> = {
	communication: 'Communication',
	confidentiality: 'Confidentiality',
	boundaries_non_sexual: 'Boundaries, not sexual',
	boundaries_sexual: 'Boundaries, sexual',
	competence_scope: 'Competence and scope',
	assessment_risk: 'Assessment of risk',
	record_keeping: 'Keeping records',
	fees_contract: 'Fees and contract',
	ending_therapy: 'Ending of therapy',
	discrimination: 'Discrimination',
	advertising_title_misuse: 'Advertising, use of titles',
	dishonesty: 'Dishonesty',
	supervision_training_conduct: 'Conduct in supervision or training',
	health: 'Health',
	conviction_caution: 'Conviction or caution',
	other_body_decision: 'Decision of another body',
	failure_to_cooperate: 'Not cooperating',
};

export const SOURCE_WORDS: Record<NonNullable<Row['source']>, string> = {
	client: 'A client',
	former_client: 'A former client',
	carer_family: 'A parent, carer or relative',
	colleague: 'A colleague',
	employer: 'An employer',
	supervisor_or_trainer: 'A supervisor or trainer',
	other_body: 'Another body',
	police: 'The police',
	on_behalf: 'Somebody on another’s behalf',
	self_declaration: 'The therapist themselves',
	own_motion: 'The organisation itself',
	unnamed: 'Somebody who gave no name',
};

export const WAY_WORDS: Record<Row['way'], string> = {
	online: 'by the website',
	telephone: 'by telephone',
	letter: 'by letter',
	email: 'by e-mail',
	own_motion: 'by the organisation itself',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
	redirected: 'Passed on to where it belongs',
	declined: 'Not taken forward',
	no_case: 'No case to answer',
	advice: 'Closed with advice',
	resolved: 'Settled between both sides',
	not_upheld: 'Not upheld',
	partly_upheld: 'Upheld in part',
	upheld: 'Upheld',
	withdrawn: 'Withdrawn',
	no_answer: 'Closed without an answer',
};

export const FLAG_WORDS: Record<Flag, string> = {
	police: 'Police',
	safeguarding: 'Safeguarding',
	immediate_risk: 'Immediate risk',
};

export const PAUSE_WORDS = {
	police: 'The police are looking at it',
	court: 'A court or another body is looking at it',
	health: 'The health of one side',
	complainant: 'The person who raised it asked for time',
	respondent: 'The therapist asked for time',
	other: 'Something else',
} as const;

/** What lay behind it, asked when a case is closed: figures are drawn from it. */
export const ROOT_WORDS = {
	practice: 'What one therapist did or left undone',
	communication: 'A misunderstanding',
	supervision: 'Missing or weak supervision',
	training: 'A gap in training',
	setting: 'The setting they worked in',
	our_rules: 'Our own rules or wording',
	not_known: 'Not known',
} as const;
