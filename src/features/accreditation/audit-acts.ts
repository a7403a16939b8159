import { z } from 'zod';
import {
	askOnAudit,
	assignAudit,
	decideAsk,
	findShort,
	judgeAuditTask,
	planAudit,
	referAudit,
	referAuditAgain,
	resolveAudit,
	satisfyAudit,
	secondAudit,
	unassignAudit,
} from './audit-commands.ts';
import type { AuditSight } from './audit-sight.ts';
import { type AuditKind, auditRefusal } from './audit-state.ts';
import { meetingForm, needed, reasonForm, words, yesNo } from './renewal-forms.ts';
import { type ActFile, type ActRow, area, choice, meetings, SHARED } from './upkeep-act-parts.ts';

const can =
	(step: AuditKind) =>
	({ state }: AuditSight) =>
		auditRefusal(state, step) === null;
const READ_BY_MEMBER = 'The member reads it once two auditors agree.';

/** What may be done with an audit, in the order of its page. */
export const AUDIT_ACTS: readonly ActRow<AuditSight>[] = [
	{ key: 'assign', who: 'officer', when: can('assigned'), ...SHARED.assign, run: assignAudit },
	{ key: 'unassign', who: 'officer', when: can('unassigned'), ...SHARED.unassign, run: unassignAudit },
	{
		key: 'answer',
		who: 'officer',
		when: ({ ask }) => ask !== null,
		title: 'What the member asks for',
		says: 'More time is one officer’s word; an excuse needs two.',
		button: 'Decide',
		fields: (_, __: ActFile, { ask }) => [
			{
				...choice('decision', 'What do you decide?', ['agreed', 'Agree'], ['refused', 'Refuse']),
				hint: `${ask?.kind === 'time' ? `More time, until ${ask.untilOn}` : 'To be excused'}: ${ask?.words ?? ''}`,
			},
			area('What the member reads', undefined, 'answer'),
		],
		schema: z.object({ decision: z.enum(['agreed', 'refused'], 'Choose one.'), answer: words }),
		run: decideAsk,
	},
	{
		key: 'refer',
		who: 'officer',
		when: can('referred'),
		title: 'Refer it to the committee',
		says: 'Either two auditors found it short, or no answer came for six weeks and two more. The member has 28 days to say something before the meeting.',
		button: 'Refer it',
		isGrave: true,
		fields: (ctx) => [meetings(ctx), area('Why?')],
		schema: meetingForm.extend({ words: needed('Write a sentence for the record.') }),
		run: referAudit,
	},
	{
		key: 'agenda',
		who: 'officer',
		when: can('resolved'),
		...SHARED.agenda,
		says: 'When the meeting that it was put before did not come to it.',
		run: referAuditAgain,
	},
	{
		key: 'resolve',
		who: 'committee',
		when: can('resolved'),
		...SHARED.resolve,
		says: 'Agreed, it stays not satisfied; not agreed, it is set aside.',
		fields: [area('Words for the file')],
		run: resolveAudit,
	},
	{
		key: 'satisfied',
		who: 'first',
		when: can('satisfied'),
		...SHARED.note,
		title: 'Satisfied',
		says: 'The audit is done.',
		button: 'It is satisfied',
		run: satisfyAudit,
	},
	{
		key: 'ask',
		who: 'first',
		when: can('information_requested'),
		...SHARED.ask,
		title: 'Ask once',
		says: 'The member has three weeks to answer. There is one round.',
		run: askOnAudit,
	},
	{
		key: 'plan',
		who: 'first',
		when: can('action_plan'),
		...SHARED.tasks,
		title: 'Give something to do',
		says: 'By a day within six months.',
		button: 'Give it to them',
		run: planAudit,
	},
	{ key: 'task', who: 'first', when: (sight) => can('task_met')(sight) && sight.state.openTasks.length > 0, ...SHARED.task, run: judgeAuditTask },
	{
		key: 'short',
		who: 'first',
		when: can('found_short'),
		title: 'Not satisfied',
		says: 'Nothing follows until a second auditor agrees.',
		button: 'I find it short',
		isGrave: true,
		fields: [area('Why?', READ_BY_MEMBER)],
		schema: reasonForm,
		run: findShort,
	},
	{
		key: 'second',
		who: 'second',
		when: can('not_satisfied'),
		title: 'Do you agree?',
		says: 'The first auditor found it short.',
		button: 'Say so',
		isGrave: true,
		fields: [choice('agrees', 'Do you agree?', ['yes', 'I agree: it is not satisfied'], ['no', 'I do not agree']), area('Why?', READ_BY_MEMBER)],
		schema: reasonForm.extend({ agrees: yesNo('Choose one.') }),
		run: secondAudit,
	},
];
