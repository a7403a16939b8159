import type { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { GATE_CHOICES } from './gate-form.ts';
import { assignUpkeepForm, gateUpkeepForm, taskForm } from './renewal-forms.ts';
import { itemsFor } from './upkeep-items.ts';
import { meetingsToCome } from './upkeep-referral.ts';
import { reviewerChoices } from './upkeep-reviewers.ts';

type Option = { value: string; label: string; hint?: string };
export type ActField = { name: string; label: string; hint?: string; kind: 'text' | 'area' | 'choice' | 'select'; options?: readonly Option[] };
/** One act on a renewal or an audit: its page, its fields, what it does. `seen`: the number of steps that its form carries. */
export type UpkeepAct = {
	key: string;
	title: string;
	says: string;
	button: string;
	isGrave: boolean;
	fields: ActField[];
	seen: number;
	schema: z.ZodType;
	run: (input: never) => unknown;
};

export type Spec = { title: string; says: string; button: string; isGrave?: boolean; fields: ActField[]; schema: z.ZodType; run: (input: never) => unknown };
export const area = (label: string, hint?: string, name = 'words'): ActField => ({ name, label, kind: 'area', ...(hint ? { hint } : {}) });
export const judged: readonly Option[] = [
	{ value: 'met', label: 'It was done' },
	{ value: 'missed', label: 'It was not done' },
];
export const yesOrNo: readonly Option[] = [
	{ value: 'yes', label: 'I agree: it is not satisfied' },
	{ value: 'no', label: 'I do not agree' },
];
export const day = (label: string, name: string): ActField => ({ name, label, hint: 'Such as 22/11/2026.', kind: 'text' });

export const gate = (run: Spec['run']): Spec => ({
	title: 'Does anything tie you to this member?',
	says: 'Before the file opens, say so. Whoever steps back is asked nothing more.',
	button: 'Declare',
	fields: [{ name: 'declared', label: 'What fits?', kind: 'choice', options: GATE_CHOICES }, area('If it is something small: what?')],
	schema: gateUpkeepForm,
	run,
});

export function assign(ctx: Ctx, kind: 'renewal' | 'audit', id: string, memberId: string, run: Spec['run']): Spec {
	const options = reviewerChoices(ctx, { kind, id }, memberId).filter(({ barredBecause }) => barredBecause === null);
	const people = options.map(({ personId, name, atWork }) => ({ value: personId, label: `${name} (${atWork} at work)` }));
	const fields: ActField[] = [
		{ name: 'person', label: 'To whom?', kind: 'select', options: people, hint: 'Whoever the record ties to the member is not listed.' },
	];
	return {
		title: 'Give it to somebody',
		says: 'They are asked first whether anything ties them to the member.',
		button: 'Give it to them',
		fields,
		schema: assignUpkeepForm,
		run,
	};
}

export function task(ctx: Ctx, kind: 'renewal' | 'audit', id: string, run: Spec['run']): Spec {
	const open = itemsFor(ctx.db, { kind, id }).filter((item) => item.kind === 'task' && item.judgement === null);
	const fields: ActField[] = [
		{
			name: 'item',
			label: 'Which task?',
			kind: 'choice',
			options: open.map((item) => ({ value: item.id, label: item.words, ...(item.answer ? { hint: item.answer } : {}) })),
		},
		{ name: 'judgement', label: 'Was it done?', kind: 'choice', options: judged },
		area('Words for the record'),
	];
	return { title: 'Was a task done?', says: 'What the member wrote stands beside each task.', button: 'Record', fields, schema: taskForm, run };
}

export const QUESTIONS: ActField = area('What do you want to know?', 'One question a line. Only what can be mended.', 'questions');
export const TASKS: ActField[] = [area('What is to be done?', 'One thing a line.', 'tasks'), day('By when?', 'dueOn'), area('Why')];
export const meeting = (ctx: Ctx): ActField => ({ name: 'meeting', label: 'Which meeting?', kind: 'select', options: meetingsToCome(ctx) });
