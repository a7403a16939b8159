import type { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { GATE_CHOICES } from './gate-form.ts';
import { assignUpkeepForm, gateUpkeepForm, meetingForm, noteForm, questionsForm, reasonForm, taskForm, tasksForm } from './renewal-forms.ts';
import type { Subject } from './upkeep-circle.ts';
import { itemsFor } from './upkeep-items.ts';
import { meetingsToCome } from './upkeep-referral.ts';
import { reviewerChoices } from './upkeep-reviewers.ts';
import type { UpkeepWho } from './upkeep-who.ts';

type Option = { value: string; label: string; hint?: string };
export type ActField = { name: string; label: string; hint?: string; kind: 'text' | 'area' | 'choice' | 'select'; options?: readonly Option[] };
type Said = { title: string; says: string; button: string; isGrave?: boolean };
/** The file that an act is about, as its form needs it. */
export type ActFile = { subject: Subject; memberId: string };

/**
 * One act on a renewal or an audit as a row of its table: who may, when, what the page says, its form, and the command that does it.
 * `fields` may ask the register for choices.
 */
export type ActRow<Sight> = Said & {
	key: string;
	who: UpkeepWho;
	when(sight: Sight, today: string): boolean;
	fields: readonly ActField[] | ((ctx: Ctx, file: ActFile, sight: Sight) => ActField[]);
	schema: z.ZodType;
	run(ctx: Ctx, reference: string, input: never): unknown;
};
/** An act that the actor may take now, with its form. `seen`: the number of steps that its form carries. */
export type UpkeepAct = Required<Said> & { key: string; fields: readonly ActField[]; seen: number; schema: z.ZodType; run(input: never): unknown };

export const area = (label: string, hint?: string, name = 'words'): ActField => ({ name, label, kind: 'area', ...(hint ? { hint } : {}) });
export const day = (label: string, name: string): ActField => ({ name, label, hint: 'Such as 22/11/2026.', kind: 'text' });
export const choice = (name: string, label: string, ...options: readonly [value: string, label: string][]): ActField => ({
	name,
	label,
	kind: 'choice',
	options: options.map(([value, says]) => ({ value, label: says })),
});
const people = (ctx: Ctx, { subject, memberId }: ActFile): ActField[] => [
	{
		name: 'person',
		label: 'To whom?',
		kind: 'select',
		hint: 'Whoever the record ties to the member is not listed.',
		options: reviewerChoices(ctx, subject, memberId)
			.filter(({ barredBecause }) => barredBecause === null)
			.map(({ personId, name, atWork }) => ({ value: personId, label: `${name} (${atWork} at work)` })),
	},
];
export const meetings = (ctx: Ctx): ActField => ({ name: 'meeting', label: 'Which meeting?', kind: 'select', options: meetingsToCome(ctx) });
const openTasks = (ctx: Ctx, { subject }: ActFile): ActField => ({
	name: 'item',
	label: 'Which task?',
	kind: 'choice',
	options: itemsFor(ctx.db, subject)
		.filter(({ kind, judgement }) => kind === 'task' && judgement === null)
		.map(({ id, words, answer }) => ({ value: id, label: words, ...(answer ? { hint: answer } : {}) })),
});

/** What both kinds of file have alike; each table adds who, when and the command. */
export const SHARED = {
	declare: {
		title: 'Does anything tie you to this member?',
		says: 'Before the file opens, say so. Whoever steps back is asked nothing more.',
		button: 'Declare',
		fields: [{ name: 'declared', label: 'What fits?', kind: 'choice', options: GATE_CHOICES }, area('If it is something small: what?')] as readonly ActField[],
		schema: gateUpkeepForm,
	},
	assign: {
		title: 'Give it to somebody',
		says: 'They are asked first whether anything ties them to the member.',
		button: 'Give it to them',
		fields: people,
		schema: assignUpkeepForm,
	},
	unassign: {
		title: 'Take it back',
		says: 'Somebody else can be given it then.',
		button: 'Take it back',
		fields: [area('Why?')],
		schema: reasonForm,
	},
	ask: {
		title: 'Ask for more',
		button: 'Ask',
		fields: [area('What do you want to know?', 'One question a line. Only what can be mended.', 'questions')],
		schema: questionsForm,
	},
	tasks: {
		fields: [area('What is to be done?', 'One thing a line.', 'tasks'), day('By when?', 'dueOn'), area('Why')],
		schema: tasksForm,
	},
	task: {
		title: 'Was a task done?',
		says: 'What the member wrote stands beside each task.',
		button: 'Record',
		fields: (ctx: Ctx, file: ActFile) => [
			openTasks(ctx, file),
			choice('judgement', 'Was it done?', ['met', 'It was done'], ['missed', 'It was not done']),
			area('Words for the record'),
		],
		schema: taskForm,
	},
	agenda: {
		title: 'Put it on an agenda',
		button: 'Put it on the agenda',
		fields: (ctx: Ctx) => [meetings(ctx)],
		schema: meetingForm,
	},
	resolve: {
		title: 'Carry out what the committee resolved',
		button: 'Carry it out',
		schema: reasonForm,
	},
	note: { fields: [area('Words for the file')], schema: noteForm },
} as const;
