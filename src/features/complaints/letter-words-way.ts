import { sayDay } from '#core/dates.ts';
import { type LetterFacts, own, type Templates, toComplainant, toRespondent } from './letter-template.ts';
import { hearsFromUs } from './letter-words-begin.ts';

const by = (day: string | undefined, before: string): string[] => (day === undefined ? [] : [`${before} ${sayDay(day)}.`]);

const SETTLING =
	'Both sides have said that they want to try to settle it. Somebody helps both of you with it. Nobody has to agree, and you can stop at any time.';
const NOT_HELD = 'What was offered or said while you tried is not used by anybody, and is not held against you.';
const SETTLED = 'Both sides have agreed. This is what was agreed:';
const LOOKED_INTO = 'The person who looked into it has finished. The report and what both sides sent now go to a panel.';
const PANEL = 'People who had nothing to do with the case so far decide whether it goes to a hearing. One of them is from outside the profession.';
const STANDS_STILL =
	'The case stands still from today, for a reason outside of it. We cannot always say which. Nothing is decided by it. Dates that we gave you move by as many days.';
const STILL_WRITE = 'You can write to us as before. We look at it again and again, and tell you as soon as it goes on.';
const OWN_PAUSE = 'You asked for time, and the case stands still from today. Take the time that you need. Dates that we gave you move by as many days.';

/** Letters on the way: replies, settling, the report, news, and standing still. */
export const WAY_LETTERS: Templates = {
	replied: {
		complainant: (f) =>
			toComplainant(
				f,
				'The therapist has replied',
				[
					'The therapist has replied to what the case is about. We look at the reply together with what you told us.',
					'If we have a question, we ask you.',
					hearsFromUs(f),
				],
				false,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'We have your reply',
				[
					`Thank you for your reply. It came on ${sayDay(f.step.onDay)}. You can add to it for as long as the case is looked into.`,
					...by(f.due.investigation, 'We want to finish this by'),
					hearsFromUs(f),
				],
				false,
			),
	},
	resolution_begun: {
		complainant: (f) => toComplainant(f, 'Trying to settle it', [SETTLING, NOT_HELD, ...by(f.due.resolution, 'We want to come to an end by'), ELSE_ON], true),
		respondent: (f) => toRespondent(f, 'Trying to settle it', [SETTLING, NOT_HELD, ...by(f.due.resolution, 'We want to come to an end by'), ELSE_ON], true),
	},
	resolution_agreed: {
		complainant: (f) =>
			toComplainant(
				f,
				'It is settled',
				[SETTLED, own(f, 'what both sides agreed'), 'Thank you for your part in it. We make sure that what was agreed is done, and then close the case.'],
				false,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'It is settled',
				[SETTLED, own(f, 'what both sides agreed'), 'Please do what you have agreed by the dates in it, and show us that it is done. Then we close the case.'],
				false,
			),
	},
	resolution_failed: {
		complainant: (f) =>
			toComplainant(f, 'It could not be settled', [FAILED, NOT_HELD, ...by(f.due.investigation, 'We want to finish looking into it by'), hearsFromUs(f)], true),
		respondent: (f) =>
			toRespondent(f, 'It could not be settled', [FAILED, NOT_HELD, ...by(f.due.investigation, 'We want to finish looking into it by'), hearsFromUs(f)], true),
	},
	reported: {
		complainant: (f) => toComplainant(f, 'It goes to a panel', [LOOKED_INTO, PANEL, ...by(f.due.panel, 'They decide by'), hearsFromUs(f)], false),
		respondent: (f) => toRespondent(f, 'It goes to a panel', [LOOKED_INTO, PANEL, ...by(f.due.panel, 'They decide by'), hearsFromUs(f)], false),
	},
	updated: {
		complainant: (f) => toComplainant(f, 'How it goes on', [own(f, 'what has happened, and what comes next'), ...nextOf(f)], false),
		respondent: (f) => toRespondent(f, 'How it goes on', [own(f, 'what has happened, and what comes next'), ...nextOf(f)], false),
	},
	paused: {
		complainant: (f) =>
			toComplainant(
				f,
				'It stands still for now',
				f.step.data.because === 'complainant' ? [OWN_PAUSE, 'You go on when you are ready, on your page.'] : [STANDS_STILL, STILL_WRITE],
				false,
			),
		// Why is never the other side's to learn: not what they asked for, and not who else looks at it.
		respondent: (f) => toRespondent(f, 'It stands still for now', [STANDS_STILL, STILL_WRITE], false),
	},
	resumed: {
		complainant: (f) => toComplainant(f, 'It goes on', ['The case goes on from today.', ...nextOf(f)], false),
		respondent: (f) => toRespondent(f, 'It goes on', ['The case goes on from today.', ...nextOf(f)], false),
	},
};

const ELSE_ON = 'If it cannot be settled, somebody looks into it as in any other case.';
const FAILED = 'It could not be settled. This is nobody’s fault. Somebody looks into it now, as in any other case.';

/** What is owed next, and that the reader hears from us. */
function nextOf(f: LetterFacts): string[] {
	return [
		...by(f.due.triage, 'We tell you whether it is for us by'),
		...by(f.due.resolution, 'Settling it ends by'),
		...by(f.due.investigation, 'Looking into it ends by'),
		...by(f.due.panel, 'A panel decides whether there is a case to answer by'),
		...by(f.due.hearing, 'The hearing ends by'),
		hearsFromUs(f),
	];
}
