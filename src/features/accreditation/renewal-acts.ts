import type { Ctx } from '#core/ctx.ts';
import {
	askOnRenewal,
	assignRenewal,
	confirmAssessed,
	confirmWithTasks,
	declareOnRenewal,
	judgeTask,
	putRenewalToCommittee,
	referRenewal,
	resolveRenewal,
	unassignRenewal,
} from './renewal-assess-commands.ts';
import { extendRenewal } from './renewal-extend-commands.ts';
import { extendForm, meetingForm, noteForm, questionsForm, reasonForm, tasksForm } from './renewal-forms.ts';
import { renewalSight } from './renewal-sight.ts';
import { renewalRefusal } from './renewal-state.ts';
import { area, assign, day, gate, meeting, QUESTIONS, type Spec, TASKS, task } from './upkeep-act-parts.ts';

/** What the actor may do with a renewal now. @throws NotFound */
export function renewalActs(ctx: Ctx, reference: string): { specs: Record<string, Spec>; seen: number } {
	const sight = renewalSight(ctx, reference);
	const { renewal, state, limits, phase } = sight;
	const can = (step: Parameters<typeof renewalRefusal>[1]) => renewalRefusal(state, step, ctx.today, limits) === null;
	if (sight.isGateShut) return { seen: sight.seen, specs: { declare: gate((input) => declareOnRenewal(ctx, reference, input)) } };
	const specs: Record<string, Spec> = {};
	if (sight.isOfficer) {
		if (can('assigned')) specs.assign = assign(ctx, 'renewal', renewal.id, renewal.personId, (input) => assignRenewal(ctx, reference, input));
		if (can('unassigned'))
			specs.unassign = {
				title: 'Take it back',
				says: 'Somebody else can be given it then.',
				button: 'Take it back',
				fields: [area('Why?')],
				schema: reasonForm,
				run: (input) => unassignRenewal(ctx, reference, input),
			};
		if (can('extended'))
			specs.extend = {
				title: 'Give more time',
				says: 'Up to six months you give alone; for longer a second officer confirms.',
				button: 'Give more time',
				fields: [day('Until when?', 'untilOn'), area('Why?', 'For the record.', 'reason')],
				schema: extendForm,
				run: (input) => extendRenewal(ctx, reference, input),
			};
		if (state.base === 'conditional') specs.task = task(ctx, 'renewal', renewal.id, (input) => judgeTask(ctx, reference, input));
		if (phase === 'panel') {
			specs.refer = {
				title: 'Put it on an agenda',
				says: 'The committee votes whether to refuse.',
				button: 'Put it on the agenda',
				fields: [meeting(ctx)],
				schema: meetingForm,
				run: (input) => referRenewal(ctx, reference, input),
			};
			specs.resolve = {
				title: 'Carry out what the committee resolved',
				says: 'Agreed, it is refused; not agreed, it is confirmed. What you write goes into the letter.',
				button: 'Carry it out',
				isGrave: true,
				fields: [area('What the letter says')],
				schema: reasonForm,
				run: (input) => resolveRenewal(ctx, reference, input),
			};
		}
	}
	if (sight.place !== null && phase === 'in_assessment') {
		specs.confirm = {
			title: 'Confirm',
			says: 'The next period begins, and the register says so at once.',
			button: 'Confirm',
			fields: [area('Words for the file')],
			schema: noteForm,
			run: (input) => confirmAssessed(ctx, reference, input),
		};
		specs.tasks = {
			title: 'Confirm with tasks',
			says: 'It is confirmed, and the member has something to do by a day. Nobody else sees that.',
			button: 'Confirm with tasks',
			fields: TASKS,
			schema: tasksForm,
			run: (input) => confirmWithTasks(ctx, reference, input),
		};
		if (can('information_requested'))
			specs.ask = {
				title: 'Ask for more',
				says: 'The member has three weeks to answer.',
				button: 'Ask',
				fields: [QUESTIONS],
				schema: questionsForm,
				run: (input) => askOnRenewal(ctx, reference, input),
			};
		specs.committee = {
			title: 'Put it to the committee',
			says: 'You do not confirm it. Only the committee refuses.',
			button: 'Put it to the committee',
			isGrave: true,
			fields: [area('Why not?')],
			schema: reasonForm,
			run: (input) => putRenewalToCommittee(ctx, reference, input),
		};
	}
	return { specs, seen: sight.seen };
}
