import type { Phase } from './phases.ts';
import type { PromiseKind } from './promises.ts';
import type { Outcome } from './state.ts';

/** Where a case stands, in words for the therapist. Nothing in them is about the person who raised it. */
export const OWN_STAGE: Record<Phase, { title: string; next: string }> = {
	enquiry: { title: 'Not begun', next: '' },
	received: { title: 'Received', next: 'Somebody takes it on.' },
	triage: { title: 'Being looked at', next: 'We look whether it is for us, and write to you.' },
	awaiting_complainant: { title: 'Waiting for an answer', next: 'We asked the person who raised it something.' },
	preliminary: { title: 'Being prepared', next: 'We prepare what is laid before you, so that you can answer it.' },
	early_resolution: { title: 'Being settled', next: 'Somebody helps both sides to find an agreement. You can stop at any time.' },
	investigation: { title: 'Being looked into', next: 'You can reply. Somebody gathers what is known, from both sides.' },
	decision_to_refer: { title: 'With a panel', next: 'People who have had nothing to do with it decide whether there is a case to answer.' },
	hearing: { title: 'Going to a hearing', next: 'A panel hears both sides. We tell you well before, and what can be done to make it easier.' },
	outcome: { title: 'Decided', next: 'We write to you with what was decided and why.' },
	appeal: { title: 'An appeal is being heard', next: 'Other people look at the decision again.' },
	closed: { title: 'Closed', next: 'Nothing more is done, unless something new comes up.' },
	dropped: { title: 'Removed', next: '' },
};

/** What is owed next, in words for the therapist. */
export const OWN_PROMISE: Partial<Record<PromiseKind, string>> = {
	reply: 'We hope for your reply',
	update: 'We write to you how it goes',
	resolution: 'Settling it ends, one way or the other',
	investigation: 'Looking into it ends',
	panel: 'A panel decides whether there is a case',
	hearing: 'The hearing ends',
};

/** What came of it, as the therapist is told. */
export const OWN_OUTCOME: Record<Outcome, string> = {
	redirected: 'It belongs somewhere else.',
	declined: 'It was not taken forward.',
	no_case: 'A panel found that there is no case to answer.',
	advice: 'It ended with advice.',
	resolved: 'It was settled with your agreement.',
	not_upheld: 'It was not upheld.',
	partly_upheld: 'It was upheld in part.',
	upheld: 'It was upheld.',
	withdrawn: 'It was withdrawn, and closed.',
	no_answer: 'It was closed without an answer to our question.',
};

/** What a reply says to one allegation. */
export const ANSWER_WORDS = { admitted: 'Admitted', not_admitted: 'Not admitted', no_answer: 'No answer' } as const;
export type Answer = keyof typeof ANSWER_WORDS;
