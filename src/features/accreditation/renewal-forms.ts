import { z } from 'zod';
import { isTicked, last, text } from '#core/fields.ts';
import { typedDay } from '#features/membership/index.ts';
import { seenField } from './check-form.ts';

const WORDS = 2000;
export const words = text(WORDS, 'Shorten this to 2,000 characters or fewer.');
export const needed = (sentence: string) => words.refine((v) => v !== '', sentence);
export const yesNo = (sentence: string) => z.preprocess(last, z.enum(['yes', 'no'], sentence));
export const dayOf = (sentence: string) => typedDay(sentence).refine((day): day is string => day !== null, `${sentence}.`);
export const key = (sentence: string) => z.preprocess(last, z.string(sentence).min(1, sentence).max(60, sentence));

/** What a member sends. `declare`: the wording that they were shown, so that nothing else is declared. */
export const submitRenewalForm = z.object({
	seen: seenField,
	practises: yesNo('Say whether you practise IPT at present.'),
	practice: needed('Write a few sentences about your practice.'),
	declare: z.preprocess(last, z.string().max(4000).catch('')),
	agreed: z.preprocess(isTicked, z.literal(true, 'Tick the box if you can say this.')),
});
export type SubmitRenewalInput = Omit<z.output<typeof submitRenewalForm>, 'agreed'>;

export const annualForm = z.object({
	practises: yesNo('Say whether you are in practice.'),
	hasChanges: yesNo('Say whether something has changed.'),
	changes: words,
	agreed: z.preprocess(isTicked, z.literal(true, 'Tick the box if you can say this.')),
});
export type AnnualInput = Omit<z.output<typeof annualForm>, 'agreed'>;

export const SUPPORT_CHOICES = [
	{ value: 'supports', label: 'I support it', hint: 'As far as you know their work with IPT.' },
	{ value: 'has_concerns', label: 'There is something that an assessor should ask about' },
	{ value: 'cannot_say', label: 'I cannot say, or would rather not' },
] as const;
export const supportForm = z.object({ answer: z.preprocess(last, z.enum(['supports', 'has_concerns', 'cannot_say'], 'Choose one.')), words });
export type SupportInput = z.output<typeof supportForm>;

export type RenewalAnswers = { id: string; seen: number; answers: Record<string, { answer: string; files: string[]; version: number }> };

/** Answers to items: `answer-{key}`, `files-{key}` and `version-{key}` for each. */
export const answersForm = z.record(z.string(), z.unknown()).transform((typed, check): Omit<RenewalAnswers, 'id'> => {
	const answers: RenewalAnswers['answers'] = {};
	for (const [name, value] of Object.entries(typed)) {
		const item = /^answer-(.+)$/.exec(name)?.[1];
		if (!item) continue;
		const read = words.safeParse(value);
		if (!read.success) check.addIssue({ code: 'custom', path: [name], message: 'Shorten this to 2,000 characters or fewer.' });
		const files = [typed[`files-${item}`] ?? []].flat().map(String);
		answers[item] = { answer: read.data ?? '', files, version: seenField.parse(last(typed[`version-${item}`])) };
	}
	return { seen: seenField.parse(last(typed.seen)), answers };
});

/** One line for each thing asked or to be done; empty lines are left out. */
export function lines(sentence: string) {
	return needed(sentence).transform((typed) =>
		typed
			.split('\n')
			.map((one) => one.trim())
			.filter((one) => one !== ''),
	);
}

export const seenForm = z.object({ seen: seenField });
export const gateUpkeepForm = z.object({ declared: z.preprocess(last, z.enum(['none', 'minor', 'recuse'], 'Choose what fits.')), words });
export const assignUpkeepForm = z.object({ seen: seenField, person: key('Choose somebody.') });
export const questionsForm = z.object({ seen: seenField, questions: lines('Write what you want to know, one question a line.') });
export const tasksForm = z.object({
	seen: seenField,
	tasks: lines('Write what is to be done, one thing a line.'),
	dueOn: dayOf('Enter the day by which it is done, such as 22/11/2026'),
	words,
});
export const reasonForm = z.object({ seen: seenField, words: needed('Write a sentence for the record.') });
export const noteForm = z.object({ seen: seenField, words });
export const meetingForm = z.object({ seen: seenField, meeting: key('Choose a meeting.') });
export const extendForm = z.object({
	seen: seenField,
	untilOn: dayOf('Enter the new last day, such as 22/11/2026'),
	reason: needed('Say why.'),
});
export const massForm = z.object({
	dueFromOn: dayOf('Enter the first day, such as 01/01/2027'),
	dueToOn: dayOf('Enter the last day, such as 31/03/2027'),
	months: z.coerce.number('Enter a number of months.').int('Enter whole months.').min(1, 'Enter one month or more.').max(24, 'Enter 24 months at most.'),
	reason: needed('Say why.'),
	publicNote: needed('Write what everyone may read about it.'),
});
export const secondForm = z.object({ decision: z.preprocess(last, z.enum(['confirm', 'refuse'], 'Choose one.')) });
export const taskForm = z.object({
	seen: seenField,
	item: key('Choose a task.'),
	judgement: z.preprocess(last, z.enum(['met', 'missed'], 'Choose one.')),
	words,
});
export const batchForm = z.object({
	chosen: z.preprocess(
		(v) => (v === undefined ? [] : [v].flat().map(String)),
		z.array(z.string().max(80)).min(1, 'Tick at least one.').max(200, 'Confirm 200 at most at once.'),
	),
});
export type ExtendInput = z.output<typeof extendForm>;
export type MassInput = z.output<typeof massForm>;
