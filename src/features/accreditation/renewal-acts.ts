import {
	askOnRenewal,
	assignRenewal,
	confirmAssessed,
	confirmWithTasks,
	judgeTask,
	putRenewalToCommittee,
	referRenewal,
	resolveRenewal,
	unassignRenewal,
} from './renewal-assess-commands.ts';
import { extendRenewal } from './renewal-extend-commands.ts';
import { extendForm, reasonForm } from './renewal-forms.ts';
import { WORD_ACTS } from './renewal-request-acts.ts';
import type { RenewalSight } from './renewal-sight.ts';
import { type RenewalKind, renewalRefusal } from './renewal-state.ts';
import { type ActRow, area, day, SHARED } from './upkeep-act-parts.ts';

const can = (step: RenewalKind) => (sight: RenewalSight, today: string) => renewalRefusal(sight.state, step, today, sight.limits) === null;
const inPanel = ({ phase }: RenewalSight) => phase === 'panel';
const inAssessment = ({ phase }: RenewalSight) => phase === 'in_assessment';

/** What may be done with a re-accreditation, in the order of its page. */
export const RENEWAL_ACTS: readonly ActRow<RenewalSight>[] = [
	{ key: 'assign', who: 'officer', when: can('assigned'), ...SHARED.assign, run: assignRenewal },
	{ key: 'unassign', who: 'officer', when: can('unassigned'), ...SHARED.unassign, run: unassignRenewal },
	{
		key: 'extend',
		who: 'officer',
		when: can('extended'),
		title: 'Give more time',
		says: 'Up to six months you give alone; for longer a second officer confirms.',
		button: 'Give more time',
		fields: [day('Until when?', 'untilOn'), area('Why?', 'For the record.', 'reason')],
		schema: extendForm,
		run: extendRenewal,
	},
	{ key: 'task', who: 'officer', when: ({ state }) => state.base === 'conditional', ...SHARED.task, run: judgeTask },
	{ key: 'refer', who: 'officer', when: inPanel, ...SHARED.agenda, says: 'The committee votes whether to refuse.', run: referRenewal },
	{
		key: 'resolve',
		who: 'committee',
		when: inPanel,
		...SHARED.resolve,
		says: 'Agreed, it is refused; not agreed, it is confirmed. What you write goes into the letter.',
		isGrave: true,
		fields: [area('What the letter says')],
		run: resolveRenewal,
	},
	{
		key: 'confirm',
		who: 'first',
		when: inAssessment,
		...SHARED.note,
		title: 'Confirm',
		says: 'The next period begins, and the register says so at once.',
		button: 'Confirm',
		run: confirmAssessed,
	},
	{
		key: 'tasks',
		who: 'first',
		when: inAssessment,
		...SHARED.tasks,
		title: 'Confirm with tasks',
		says: 'It is confirmed, and the member has something to do by a day. Nobody else sees that.',
		button: 'Confirm with tasks',
		run: confirmWithTasks,
	},
	{ key: 'ask', who: 'first', when: can('information_requested'), ...SHARED.ask, says: 'The member has three weeks to answer.', run: askOnRenewal },
	{
		key: 'committee',
		who: 'first',
		when: inAssessment,
		title: 'Put it to the committee',
		says: 'You do not confirm it. Only the committee refuses.',
		button: 'Put it to the committee',
		isGrave: true,
		fields: [area('Why not?')],
		schema: reasonForm,
		run: putRenewalToCommittee,
	},
	...WORD_ACTS,
];
