import { z } from 'zod';
import { type ActField, type ActRow, area, choice, FOR_FILE, needed, oneOf, seen, TOLD, words } from './case-act-parts.ts';
import { takeCaseStep } from './case-step.ts';
import { FLAG_WORDS, PAUSE_WORDS, ROOT_WORDS } from './case-words.ts';
import { isRespondentTold } from './message-put.ts';
import type { StepKind } from './phases.ts';
import { canTake } from './policy.ts';
import { refusalOf } from './state.ts';

type Said = Pick<ActRow, 'key' | 'title' | 'says' | 'button'> & { isGrave?: boolean };
type Form = { told?: string; toldRespondent?: true; words?: string | true; code?: { name: string; label: string; options: Record<string, string> } };

const RESPONDENT = area('toldRespondent', 'What the therapist reads', 'Leave it empty when they have not been told of the case.');

/** A row for one step. `told`, `words`: what is asked for when they are left empty; `code`: a choice that goes with the step as a key. */
function stepRow(kind: StepKind, said: Said, form: Form = {}): ActRow {
	const fields: ActField[] = [
		...(form.code ? [choice(form.code.name, form.code.label, form.code.options)] : []),
		...(form.told ? [TOLD] : []),
		...(form.toldRespondent ? [RESPONDENT] : []),
		...(form.words ? [FOR_FILE] : []),
	];
	const shape = {
		...(form.code ? { [form.code.name]: oneOf(form.code.options, 'Choose one.') } : {}),
		told: form.told ? needed(form.told) : words,
		toldRespondent: words,
		words: typeof form.words === 'string' ? needed(form.words) : words,
		seen,
	};
	return {
		...said,
		when: (sight, { actor }) => canTake(actor, sight, kind) && refusalOf(sight.state, kind) === null,
		fields,
		schema: z.object(shape),
		run: (ctx, reference, input: Record<string, string> & { seen: number }) => {
			const data = form.code ? { [form.code.name]: String(input[form.code.name]) } : {};
			const { told = '', toldRespondent = '', words: file = '' } = input;
			takeCaseStep(ctx, reference, { kind, seen: input.seen, told, toldRespondent, words: file, data });
		},
	};
}

/** Steps that one person takes, in the order of the page. */
export const STEP_ACTS: readonly ActRow[] = [
	stepRow(
		'acknowledged',
		{ key: 'acknowledge', title: 'Say that it arrived', says: 'Within two working days. Say who you are, what happens next, and by when.', button: 'Send it' },
		{ told: 'Write what they read.' },
	),
	stepRow(
		'asked',
		{ key: 'ask', title: 'Ask the person who raised it', says: 'The case waits for their answer. No answer never closes it by itself.', button: 'Ask' },
		{ told: 'Write what you want to know.' },
	),
	stepRow(
		'answered',
		{
			key: 'answered',
			title: 'An answer came another way',
			says: 'By telephone, or by letter. The case goes back to where it was.',
			button: 'Record the answer',
		},
		{ words: 'Write what they answered.' },
	),
	stepRow(
		'went_on',
		{ key: 'go-on', title: 'Go on without an answer', says: 'The case goes back to where it was, with what there is.', button: 'Go on' },
		{ words: 'Say why it goes on.' },
	),
	{
		...stepRow('disclosed', {
			key: 'disclose',
			title: 'Lay it before the therapist',
			says: 'They are told of the case and have 28 days to reply. From then on both sides are owed the same.',
			button: 'Tell the therapist',
			isGrave: true,
		}),
		fields: [area('toldRespondent', 'What the therapist reads', 'Say what it is about, how to reply and by when, and where they find support.'), FOR_FILE],
		schema: z.object({ seen, words, told: words, toldRespondent: needed('Write what the therapist reads.') }),
	},
	stepRow(
		'replied',
		{ key: 'replied', title: 'A reply came another way', says: 'The therapist replied by letter or by telephone.', button: 'Record the reply' },
		{ words: 'Write what they replied.' },
	),
	{
		...stepRow('resolution_begun', {
			key: 'settle',
			title: 'Begin to settle it',
			says: 'Both sides have agreed to try. Never where somebody is at serious risk.',
			button: 'Begin',
		}),
		fields: [TOLD, area('toldRespondent', 'What the therapist reads'), FOR_FILE],
		schema: z.object({ seen, words, told: needed('Write what they read.'), toldRespondent: needed('Write what the therapist reads.') }),
	},
	stepRow(
		'resolution_failed',
		{
			key: 'not-settled',
			title: 'It could not be settled',
			says: 'The case is investigated. What was offered is not held against anybody.',
			button: 'Go on to the investigation',
		},
		{ told: 'Write what they read.', toldRespondent: true, words: true },
	),
	stepRow(
		'reported',
		{
			key: 'report',
			title: 'Hand in the report',
			says: 'The investigation is over. A screening panel decides whether it goes to a hearing.',
			button: 'Hand it in',
		},
		{ words: 'Write the report, or what it comes to.' },
	),
	stepRow(
		'updated',
		{ key: 'update', title: 'Tell both sides how it goes on', says: 'Every 28 days, also when nothing has happened.', button: 'Tell them' },
		{ told: 'Write what they read.', toldRespondent: true },
	),
	stepRow(
		'paused',
		{ key: 'pause', title: 'Pause it', says: 'Its clocks stand still. Words can still be exchanged.', button: 'Pause it' },
		{ code: { name: 'because', label: 'Why?', options: PAUSE_WORDS }, told: 'Write what they read.', toldRespondent: true, words: true },
	),
	stepRow(
		'resumed',
		{ key: 'resume', title: 'Resume it', says: 'Its clocks run on from today.', button: 'Resume it' },
		{ told: 'Write what they read.', toldRespondent: true },
	),
	stepRow(
		'unflagged',
		{ key: 'unflag', title: 'Take a mark of a risk off', says: 'The risk is over, or there was none.', button: 'Take it off' },
		{ code: { name: 'flag', label: 'Which?', options: FLAG_WORDS }, words: 'Say why.' },
	),
	stepRow(
		'withdrawn',
		{
			key: 'withdrawn',
			title: 'They withdrew it',
			says: 'They said so by telephone or letter. We may go on where others could be at risk.',
			button: 'Record it',
		},
		{ words: 'Write how and when they said so.' },
	),
	stepRow(
		'legal_hold_begun',
		{ key: 'hold', title: 'Place a legal hold', says: 'Nothing of the case is destroyed until two people lift it.', button: 'Place it' },
		{ words: 'Say why.' },
	),
	{
		...stepRow(
			'closed',
			{
				key: 'close',
				title: 'Close the case',
				says: 'Both sides are told. What was learned stays, and goes into the figures of the year.',
				button: 'Close it',
				isGrave: true,
			},
			{
				code: { name: 'root', label: 'What lay behind it?', options: ROOT_WORDS },
				told: 'Write what they read.',
				toldRespondent: true,
				words: 'Write what we learn from it.',
			},
		),
		fields: (_, { steps }) => [
			choice('root', 'What lay behind it?', ROOT_WORDS),
			TOLD,
			...(isRespondentTold(steps) ? [area('toldRespondent', 'What the therapist reads')] : []),
			area('words', 'What do we learn from it?', 'For the file, and without names for the report of the year.'),
		],
	},
];
