import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { type ActField, type CaseAct, choice } from './case-act-parts.ts';
import { proposeDestruction, retainConcern, settleDestruction } from './retain-commands.ts';
import { destroyForm, type RetainInput, retainForm, type SecondInput, secondForm } from './retain-forms.ts';
import { type KeptCase, type KeptLine, keptConcern } from './retain-queries.ts';
import { KEPT_AS_WORDS, RETAIN_WORDS } from './retain-words.ts';

type Row = Pick<CaseAct, 'key' | 'title' | 'says' | 'button' | 'isGrave' | 'schema'> & {
	fields: readonly ActField[];
	when(line: KeptLine): boolean;
	run(ctx: Ctx, reference: string, input: never): unknown;
};

const GONE =
	'The words, messages and documents of both sides go, with the key that opens them, from the register and from its files at once. Copies for emergencies hold them, unreadable without that key, until they run out within 13 months. What stays is the reference, the days and one word for what it was about, so that figures stay as they were.';

/** What is done about a case whose time has come. */
const ROWS: readonly Row[] = [
	{
		key: 'keep',
		title: 'Keep it longer',
		says: 'Until a day, for a reason. It comes up again on that day.',
		button: 'Keep it',
		isGrave: false,
		when: ({ retention }) => retention.state === 'due',
		fields: [
			choice('because', 'Why is it kept?', RETAIN_WORDS),
			{ name: 'untilOn', label: 'Until which day?', kind: 'text', hint: 'Such as 22/11/2029. Five years at most.' },
		],
		schema: retainForm,
		run: (ctx, reference, input: RetainInput) => retainConcern(ctx, reference, input),
	},
	{
		key: 'destroy',
		title: 'Propose to destroy what was said',
		says: `Nothing happens until a second person agrees. ${GONE}`,
		button: 'Propose it',
		isGrave: true,
		when: ({ retention, proposal }) => retention.state === 'due' && proposal === null,
		fields: [],
		schema: destroyForm,
		run: (ctx, reference, input: { seen: number }) => proposeDestruction(ctx, reference, input),
	},
	{
		key: 'answer',
		title: 'Destroy what was said',
		says: `Somebody has proposed it. If you agree it is done at once, and does not come back. ${GONE}`,
		button: 'Say so',
		isGrave: true,
		when: ({ proposal }) => proposal !== null && !proposal.isOwn,
		fields: [choice('result', 'Do you agree?', { agreed: 'I agree: destroy it', refused: 'I do not agree' })],
		schema: secondForm,
		run: (ctx, reference, input: SecondInput) => settleDestruction(ctx, reference, input),
	},
	{
		key: 'take-back',
		title: 'Take back what you proposed',
		says: 'It can be proposed again.',
		button: 'Take it back',
		isGrave: false,
		when: ({ proposal }) => proposal?.isOwn === true,
		fields: [],
		schema: destroyForm,
		run: (ctx, reference, { seen }: { seen: number }) => settleDestruction(ctx, reference, { seen, result: 'refused' }),
	},
];

/** What the actor may do about a case of the list, by the word in its address. */
export function keptActs(line: KeptLine): { key: string; title: string }[] {
	return ROWS.filter(({ when }) => when(line)).map(({ key, title }) => ({ key, title }));
}

/** One of them with its form. @throws Forbidden; NotFound when it cannot be done now */
export function keptAct(ctx: Ctx, reference: string, name: string): CaseAct {
	const found = keptConcern(ctx, reference);
	const row = ROWS.find((one) => one.key === name && one.when(found));
	if (!row) throw new NotFound('There is no such case.');
	return { ...row, shows: shownOf(found), seen: found.standing.seen, run: (input: never) => row.run(ctx, reference, input) };
}

function shownOf({ retention, closedOn, counts, proposal }: KeptCase): string[] {
	return [
		...('as' in retention ? [`Kept as: ${KEPT_AS_WORDS[retention.as]}. Closed on ${sayDay(closedOn)}.`] : []),
		...counts.map(({ label, count }) => `${label}: ${count}`),
		...(proposal?.by ? [`Proposed by ${proposal.by}.`] : []),
	];
}
