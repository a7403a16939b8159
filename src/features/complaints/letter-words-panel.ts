import { sayDay } from '#core/dates.ts';
import { type LetterFacts, own, slot, type Templates, toComplainant, toRespondent } from './letter-template.ts';
import { hearsFromUs } from './letter-words-begin.ts';
import { ordersSaid } from './letter-words-orders.ts';

const NOT_FOUND = 'Nothing has been found yet. The panel says only that there is enough to be heard.';
const REFERRED = 'A panel has looked at the report and at what both sides sent. It has decided that the case goes to a hearing.';
const NO_CASE = 'A panel has looked at the report and at what both sides sent. It has found no case to answer, and the case is closed.';
const ADVISED = 'A panel has looked at the report and at what both sides sent. It has decided that no hearing is needed. It has given the therapist advice.';
const why = (f: LetterFacts) => `These are the reasons: ${f.reasons ?? slot('the reasons of the panel')}`;
const untilWhen = ({ appealBy, days }: LetterFacts, ask: string): string[] =>
	appealBy === null ? [] : [`${ask} You can ask for it on your page until ${sayDay(appealBy)}, ${days.appeal} days after the decision.`];
const APPEAL = 'If you think that something was unfair, overlooked or is new, you can appeal. Other people look at it, once.';
const REVIEW = 'If you think that something was overlooked or is new, you can ask for a review. Other people look at it, once.';
const adjournedWords = (f: LetterFacts) =>
	`The hearing does not take place on the day that we gave you. ${own(f, 'why, as far as both sides may know')} We list it again and tell you the new day. You have at least ${f.days.hearingNotice} days from then.`;
const interimNeutral = 'A panel has looked at whether something is needed while the case goes on. It has not looked at who is right. Nothing has been found.';

const told = (on: unknown) => (typeof on === 'string' ? sayDay(on) : slot('the day of the hearing'));

/** Letters of panels: whether there is a case, the hearing, what came of it, and what is needed meanwhile. */
export const PANEL_LETTERS: Templates = {
	referred: {
		complainant: (f) =>
			toComplainant(
				f,
				'It goes to a hearing',
				[REFERRED, NOT_FOUND, 'We tell you well before the day what happens there, and what can make it easier for you.', ...hearingBy(f), hearsFromUs(f)],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'It goes to a hearing',
				[
					REFERRED,
					NOT_FOUND,
					why(f),
					`You have at least ${f.days.hearingNotice} days’ notice of the day. You may bring somebody who speaks for you.`,
					...hearingBy(f),
					hearsFromUs(f),
				],
				true,
			),
	},
	no_case: {
		complainant: (f) =>
			toComplainant(
				f,
				'The panel found no case to answer',
				[NO_CASE, 'This does not mean that what you felt was not real.', why(f), ...untilWhen(f, REVIEW)],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'The panel found no case to answer',
				[NO_CASE, why(f), 'Nothing about it stands in the public register. The other side can ask for a review for a time. We tell you if they do.'],
				false,
			),
	},
	advised: {
		complainant: (f) =>
			toComplainant(
				f,
				'It ends with advice',
				[ADVISED, 'Advice is between us and the therapist. It does not stand in the public register.', why(f), ...untilWhen(f, APPEAL)],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'It ends with advice to you',
				[ADVISED.replace('the therapist', 'you'), own(f, 'the advice'), why(f), 'Advice does not stand in the public register.', ...untilWhen(f, APPEAL)],
				true,
			),
	},
	listed: {
		complainant: (f) =>
			toComplainant(
				f,
				'The day of the hearing',
				[
					`The hearing begins on ${told(f.step.data.on)}.`,
					own(f, 'where it is, at what time, and how to take part from afar'),
					'A panel hears both sides. It decides first what happened. Then it decides whether a rule was broken, and then what follows.',
					'You may bring somebody with you. You may ask for a screen, for breaks, or to be heard from another room or by video. The therapist does not put questions to you directly.',
					'Please tell us soon what you need, and if you cannot come on that day.',
				],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'Notice of a hearing',
				[
					`The hearing begins on ${told(f.step.data.on)}. This is your notice. The rules give you at least ${f.days.hearingNotice} days.`,
					own(f, 'where it is, at what time, and how to take part from afar'),
					'You may come, and somebody may speak for you: a lawyer, a colleague, or somebody from your professional body or insurer. You may write instead. You may bring witnesses and documents. You may see all that the panel sees.',
					'The panel decides first what happened. Then it decides whether a rule was broken, and then what follows. You may speak before each of these. The panel has to give its reasons.',
					'If you do not come, the panel may go on without you. If you cannot come on that day, tell us why as soon as you can.',
					'Please send us your documents, and the names of your witnesses and of who speaks for you, two weeks before the day.',
				],
				true,
			),
	},
	adjourned: {
		complainant: (f) => toComplainant(f, 'The hearing is put off', [adjournedWords(f), 'We are sorry for the wait.'], true),
		respondent: (f) => toRespondent(f, 'The hearing is put off', [adjournedWords(f), 'We are sorry for the wait.'], true),
	},
	sanction_decided: {
		complainant: (f) => toComplainant(f, 'What the panel decided', [outcomeSaid(f), ...ordersSaid(f, 'complainant'), why(f), ...untilWhen(f, APPEAL)], true),
		respondent: (f) => toRespondent(f, 'What the panel decided', [outcomeSaid(f), ...ordersSaid(f, 'respondent'), why(f), ...untilWhen(f, APPEAL)], true),
	},
	interim_asked: {
		respondent: (f) =>
			toRespondent(
				f,
				'A panel looks at whether something is needed for now',
				[
					'A panel looks at whether something is needed while a case goes on. It does not look at who is right. It finds no facts.',
					own(f, 'when it meets, and until when they can write or say how they wish to speak to it'),
					'You may write to the panel or speak to it. Somebody may speak for you.',
					'The panel can decide that nothing is needed, that you work under conditions, or that your entry is suspended for a time.',
				],
				true,
			),
	},
	interim_decided: {
		complainant: (f) =>
			toComplainant(
				f,
				'Something was decided for the time being',
				[interimNeutral, 'If it changes the public register, the register says so. The case itself goes on as before.', hearsFromUs(f)],
				false,
			),
		respondent: (f) => toRespondent(f, 'Something was decided for the time being', [interimNeutral, ...interimSaid(f), hearsFromUs(f)], true),
	},
	interim_ended: {
		complainant: (f) =>
			toComplainant(
				f,
				'An order for the time being has ended',
				['An order that was made while the case goes on has ended. The case itself is not changed by this.', hearsFromUs(f)],
				false,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'An order for the time being has ended',
				[
					`The order that was made while the case goes on ended on ${sayDay(f.step.onDay)}. The public register says so. The case itself is not changed by this.`,
					hearsFromUs(f),
				],
				false,
			),
	},
};

function hearingBy({ due }: LetterFacts): string[] {
	return due.hearing === undefined ? [] : [`We want the hearing to be over by ${sayDay(due.hearing)}.`];
}

function outcomeSaid({ outcome }: LetterFacts): string {
	if (outcome === 'upheld') return 'The panel has heard the case. It has upheld what was raised.';
	if (outcome === 'partly_upheld') return 'The panel has heard the case. It has upheld what was raised in part.';
	return 'The panel has heard the case. It has not upheld what was raised.';
}

function interimSaid({ step }: LetterFacts): string[] {
	if (step.data.imposed !== true) return ['The panel decided that nothing is needed. The public register does not change.'];
	const what =
		step.data.kind === 'interim_conditions'
			? 'You work under conditions for now. You find them on your page for this case.'
			: 'Your entry in the register is suspended for now.';
	const length = typeof step.data.months === 'number' ? ` It is for ${step.data.months === 1 ? 'one month' : `${step.data.months} months`} at most.` : '';
	return [
		`${what}${length} It begins at once, and the public register says so in neutral words.`,
		'A panel looks at it again, and can end it at any time. You may ask for this when something has changed.',
	];
}
