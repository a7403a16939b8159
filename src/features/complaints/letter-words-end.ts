import { sayDay } from '#core/dates.ts';
import { type LetterFacts, own, slot, type Templates, toComplainant, toRespondent } from './letter-template.ts';
import { hearsFromUs } from './letter-words-begin.ts';
import { ordersSaid } from './letter-words-orders.ts';

const LODGED =
	'People who had nothing to do with the case before look at the decision. They look whether something was unfair, overlooked or is new. There is one appeal, and no other after it.';
const OTHERS_TURN = 'You are told what it says as far as it touches you, and may answer before anything is decided.';
const KEPT = 'What was written is kept for the time that our rules say. Then two people make sure that it is destroyed. You can ask us who has read it.';

/** Letters of the end: appeals, a concern that is taken back, and the last word. */
export const END_LETTERS: Templates = {
	appealed: {
		complainant: (f) =>
			f.step.bySide === 'respondent'
				? toComplainant(f, 'There is an appeal', ['The therapist has appealed against the decision.', LODGED, OTHERS_TURN, hearsFromUs(f)], true)
				: toComplainant(f, 'We have your appeal', [CAME(f), LODGED, hearsFromUs(f)], true),
		respondent: (f) =>
			f.step.bySide === 'respondent'
				? toRespondent(f, 'We have your appeal', [CAME(f), LODGED, HOLDS, hearsFromUs(f)], true)
				: toRespondent(
						f,
						'There is an appeal',
						['The person who raised it asks that the decision is looked at again.', LODGED, OTHERS_TURN, hearsFromUs(f)],
						true,
					),
	},
	appeal_decided: {
		complainant: (f) => toComplainant(f, 'What the appeal decided', [...appealSaid(f), ...variedOrders(f, 'complainant'), why(f), ENDS(f)], true),
		respondent: (f) => toRespondent(f, 'What the appeal decided', [...appealSaid(f), ...variedOrders(f, 'respondent'), why(f), ENDS(f)], true),
	},
	withdrawn: {
		complainant: (f) =>
			toComplainant(
				f,
				'You do not want to go on',
				[
					'You told us that you do not want to go on. We respect that. You need not say why.',
					'Where others could be at risk we may have to go on without you. If so, we tell you. Otherwise we close the case.',
					KEPT,
				],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'The concern has been taken back',
				['The person who raised it does not want to go on. We now look whether we have to go on because others could be at risk. We tell you what we decide.'],
				false,
			),
	},
	closed: {
		complainant: (f) =>
			toComplainant(
				f,
				'The case is closed',
				[
					closedSaid(f),
					own(f, 'what you would like them to know at the end'),
					KEPT,
					'If something new comes up, tell us. The case can be opened again for a time.',
					'Thank you for raising it. What we learn from it helps others, without your name.',
				],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'The case is closed',
				[
					closedSaid(f),
					own(f, 'what you would like them to know at the end'),
					KEPT,
					'If something new comes up, the case can be opened again for a time. We know that this was a strain. Thank you for working with us.',
				],
				true,
			),
	},
};

const CAME = ({ step }: LetterFacts) => `We have your appeal. It came on ${sayDay(step.onDay)}.`;
const HOLDS = 'Some orders wait until an appeal is decided, and some do not. The rules say which. We tell you what is so for you.';
const why = (f: LetterFacts) => `These are the reasons: ${f.reasons ?? slot('the reasons of the panel')}`;
const ENDS = ({ step }: LetterFacts) => (step.data.result === 'quashed' ? 'You hear from us soon how it goes on.' : 'This ends the appeal. There is no other.');

function appealSaid({ step, outcome }: LetterFacts): string[] {
	if (step.data.result === 'upheld') return ['The panel that heard the appeal has decided. The decision stands as it was.'];
	if (step.data.result === 'quashed') return ['The panel that heard the appeal has decided. The decision is set aside. Others decide it anew.'];
	return [
		'The panel that heard the appeal has decided. The decision is changed.',
		...(outcome === null ? [] : [`What comes of the case is now: ${ENDED[outcome]}`]),
	];
}

function variedOrders(f: LetterFacts, side: 'complainant' | 'respondent'): string[] {
	return f.step.data.result === 'varied' ? ordersSaid(f, side) : [];
}

const ENDED: Record<NonNullable<LetterFacts['outcome']>, string> = {
	redirected: 'It belongs somewhere else.',
	declined: 'It is not taken forward.',
	no_case: 'There is no case to answer.',
	advice: 'It ends with advice.',
	resolved: 'It is settled between both sides.',
	not_upheld: 'It is not upheld.',
	partly_upheld: 'It is upheld in part.',
	upheld: 'It is upheld.',
	withdrawn: 'It was taken back.',
	no_answer: 'We could not go on without more.',
};

function closedSaid({ step, outcome }: LetterFacts): string {
	return `We closed the case on ${sayDay(step.onDay)}.${outcome === null ? '' : ` This is how it ended: ${ENDED[outcome]}`}`;
}
