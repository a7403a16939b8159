import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import {
	askOnAudit,
	assignAudit,
	decideAsk,
	declareOnAudit,
	findShort,
	judgeAuditTask,
	planAudit,
	referAudit,
	resolveAudit,
	satisfyAudit,
	secondAudit,
	unassignAudit,
} from './audit-commands.ts';
import { auditSight } from './audit-sight.ts';
import { auditRefusal } from './audit-state.ts';
import { meetingForm, needed, noteForm, questionsForm, reasonForm, tasksForm, words, yesNo } from './renewal-forms.ts';
import { area, assign, gate, meeting, QUESTIONS, type Spec, TASKS, task, yesOrNo } from './upkeep-act-parts.ts';

const READ_BY_MEMBER = 'The member reads it once two auditors agree.';

/** What the actor may do with an audit now. @throws NotFound */
export function auditActs(ctx: Ctx, reference: string): { specs: Record<string, Spec>; seen: number } {
	const sight = auditSight(ctx, reference);
	const { audit, state } = sight;
	const can = (step: Parameters<typeof auditRefusal>[1]) => auditRefusal(state, step) === null;
	if (sight.isGateShut) return { seen: sight.seen, specs: { declare: gate((input) => declareOnAudit(ctx, reference, input)) } };
	const specs: Record<string, Spec> = {};
	if (sight.isOfficer) {
		if (can('assigned')) specs.assign = assign(ctx, 'audit', audit.id, audit.personId, (input) => assignAudit(ctx, reference, input));
		if (can('unassigned'))
			specs.unassign = {
				title: 'Take it back',
				says: 'Somebody else can be given it then.',
				button: 'Take it back',
				fields: [area('Why?')],
				schema: reasonForm,
				run: (input) => unassignAudit(ctx, reference, input),
			};
		if (sight.ask)
			specs.answer = {
				title: 'What the member asks for',
				says: `${sight.ask.kind === 'time' ? `More time, until ${sight.ask.untilOn}` : 'To be excused, which needs two officers'}: ${sight.ask.words}`,
				button: 'Decide',
				fields: [
					{
						name: 'decision',
						label: 'What do you decide?',
						kind: 'choice',
						options: [
							{ value: 'agreed', label: 'Agree' },
							{ value: 'refused', label: 'Refuse' },
						],
					},
					area('What the member reads', undefined, 'answer'),
				],
				schema: z.object({ decision: z.enum(['agreed', 'refused'], 'Choose one.'), answer: words }),
				run: (input) => decideAsk(ctx, reference, input),
			};
		if (can('referred'))
			specs.refer = {
				title: 'Refer it to the committee',
				says: 'Either two auditors found it short, or no answer came for six weeks and two more.',
				button: 'Refer it',
				isGrave: true,
				fields: [meeting(ctx), area('Why?')],
				schema: meetingForm.extend({ words: needed('Write a sentence for the record.') }),
				run: (input) => referAudit(ctx, reference, input),
			};
		if (can('resolved'))
			specs.resolve = {
				title: 'Carry out what the committee resolved',
				says: 'Agreed, it stays not satisfied; not agreed, it is set aside.',
				button: 'Carry it out',
				fields: [area('Words for the file')],
				schema: reasonForm,
				run: (input) => resolveAudit(ctx, reference, input),
			};
	}
	if (sight.place?.place === 1) {
		if (can('satisfied'))
			specs.satisfied = {
				title: 'Satisfied',
				says: 'The audit is done.',
				button: 'It is satisfied',
				fields: [area('Words for the file')],
				schema: noteForm,
				run: (input) => satisfyAudit(ctx, reference, input),
			};
		if (can('information_requested'))
			specs.ask = {
				title: 'Ask once',
				says: 'The member has three weeks to answer. There is one round.',
				button: 'Ask',
				fields: [QUESTIONS],
				schema: questionsForm,
				run: (input) => askOnAudit(ctx, reference, input),
			};
		if (can('action_plan'))
			specs.plan = {
				title: 'Give something to do',
				says: 'By a day within six months.',
				button: 'Give it to them',
				fields: TASKS,
				schema: tasksForm,
				run: (input) => planAudit(ctx, reference, input),
			};
		if (can('task_met')) specs.task = task(ctx, 'audit', audit.id, (input) => judgeAuditTask(ctx, reference, input));
		if (can('found_short'))
			specs.short = {
				title: 'Not satisfied',
				says: 'Nothing follows until a second auditor agrees.',
				button: 'I find it short',
				isGrave: true,
				fields: [area('Why?', READ_BY_MEMBER)],
				schema: reasonForm,
				run: (input) => findShort(ctx, reference, input),
			};
	}
	if (sight.place?.place === 2 && can('not_satisfied'))
		specs.second = {
			title: 'Do you agree?',
			says: 'The first auditor found it short.',
			button: 'Say so',
			isGrave: true,
			fields: [{ name: 'agrees', label: 'Do you agree?', kind: 'choice', options: yesOrNo }, area('Why?', READ_BY_MEMBER)],
			schema: reasonForm.extend({ agrees: yesNo('Choose one.') }),
			run: (input) => secondAudit(ctx, reference, input),
		};
	return { specs, seen: sight.seen };
}
