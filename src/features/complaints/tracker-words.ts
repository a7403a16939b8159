import type { Phase } from './phases.ts';
import type { PromiseKind } from './promises.ts';
import type { Outcome } from './state.ts';

/** Where a concern stands, in words for whoever raised it. Nothing in them is about the therapist. */
const STAGE_WORDS: Record<Phase, { title: string; next: string }> = {
	enquiry: { title: 'Not sent yet', next: 'Send it when you are ready.' },
	received: { title: 'We have it', next: 'We confirm that it came, then somebody takes it on and reads it.' },
	triage: { title: 'Being looked at', next: 'An officer and somebody from outside the profession look whether it is for us.' },
	awaiting_complainant: {
		title: 'We have asked you something',
		next: 'Read our message below and answer when you can. If you cannot, tell us, or use the pause.',
	},
	preliminary: { title: 'Accepted', next: 'We prepare what the therapist will be told, and talk with you about it first.' },
	early_resolution: { title: 'Being settled', next: 'Somebody helps both sides to find an agreement. You can stop at any time.' },
	investigation: { title: 'Being looked into', next: 'The therapist has been asked for an answer, and somebody gathers what is known.' },
	decision_to_refer: { title: 'With a panel', next: 'People who have had nothing to do with it decide whether there is a case to answer.' },
	hearing: { title: 'Going to a hearing', next: 'A panel hears both sides. We tell you well before, and what can be done to make it easier.' },
	outcome: { title: 'Decided', next: 'We write to you with what was decided and why.' },
	appeal: { title: 'An appeal is being heard', next: 'Other people look at the decision again.' },
	closed: { title: 'Closed', next: 'Nothing more is done, unless something new comes up.' },
	dropped: { title: 'Removed', next: 'What was written is gone.' },
};

/** The same of a concern about the organisation, where it differs: no therapist has a part in it. */
const OWN_STAGE_WORDS: Partial<typeof STAGE_WORDS> = {
	received: { title: 'We have it', next: 'We confirm that it came, then somebody who had no part in it takes it on.' },
	triage: { title: 'Being looked at', next: 'An officer who had no part in it and somebody from outside the profession look at it.' },
	preliminary: { title: 'Being answered', next: 'We ask those who were concerned, and write you an answer.' },
	early_resolution: { title: 'Being answered', next: 'We ask those who were concerned, and write you an answer.' },
	outcome: { title: 'Answered', next: 'We wrote to you what we found and what we do about it. If it is not right, you can appeal: others look at it.' },
};

/** Where a concern stands, for one about a therapist or about the organisation. */
export function stageWords(about: 'therapist' | 'organisation', phase: Phase): { title: string; next: string } {
	return (about === 'organisation' ? OWN_STAGE_WORDS[phase] : undefined) ?? STAGE_WORDS[phase];
}

/** What came of it, for one about a therapist or about the organisation. */
export function outcomeWords(about: 'therapist' | 'organisation', outcome: Outcome): string {
	return about === 'organisation' && outcome === 'resolved' ? 'We answered it.' : OUTCOME_TOLD[outcome];
}

/** What is owed next, in words. What the other side owes is theirs. */
export const PROMISE_WORDS: Partial<Record<PromiseKind, string>> = {
	acknowledge: 'We confirm that it came',
	triage: 'We tell you whether it is for us',
	answer: 'We answer you',
	update: 'We write to you how it goes',
	ask: 'We hope for your answer',
	resolution: 'Settling it ends, one way or the other',
	investigation: 'Looking into it ends',
	panel: 'A panel decides whether there is a case',
	hearing: 'The hearing ends',
};

/** What came of it, as both sides are told. */
const OUTCOME_TOLD: Record<Outcome, string> = {
	redirected: 'It belongs somewhere else. We wrote to you where.',
	declined: 'It is not something that we can take forward. We wrote to you why.',
	no_case: 'A panel found that there is no case to answer.',
	advice: 'It ended with advice.',
	resolved: 'It was settled with your agreement.',
	not_upheld: 'It was not upheld.',
	partly_upheld: 'It was upheld in part.',
	upheld: 'It was upheld.',
	withdrawn: 'You withdrew it, and it was closed.',
	no_answer: 'It was closed without an answer to our question.',
};

/** What each act of the writer means before it is done. */
export const ACT_WORDS = {
	pause: {
		title: 'I need time',
		happens: 'It stands still until you go on. Dates that we gave you move by as many days. We may write to you after a while to ask how you are.',
		ask: 'Is there something that we should know? You can leave this empty',
		button: 'Pause it',
	},
	resume: {
		title: 'I am ready to go on',
		happens: 'It goes on from where it stood.',
		ask: 'Is there something that we should know? You can leave this empty',
		button: 'Go on',
	},
	withdraw: {
		title: 'I do not want to go on with it',
		happens:
			'We stop asking you, and close it where we can. Where others could be at risk we may have to go on without you: we tell you if we do. What you wrote is kept for the time that our rules say.',
		ask: 'Why? You need not say',
		button: 'Withdraw it',
	},
	appeal: {
		title: 'I think that the decision is wrong',
		happens: 'People who had nothing to do with it look at the decision once: whether something was overlooked, unfair, or is new. Nothing else can follow it.',
		ask: 'What was wrong with it, or what is new?',
		button: 'Send the appeal',
	},
} as const;
