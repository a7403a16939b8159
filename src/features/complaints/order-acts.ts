import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { typedDay } from '#features/membership/index.ts';
import { type ActField, type ActRow, area, type CaseAct, choice, key, needed, oneOf, seen, words } from './case-act-parts.ts';
import { addCondition, type ConditionInput, dropCondition, WITH_CONDITIONS } from './condition-draft.ts';
import { conditionsOf } from './condition-store.ts';
import { draftFields, draftSchema, monitorsOf } from './order-act-fields.ts';
import { ordersDecided } from './order-decided.ts';
import { changeDraft, checkDraft, type DraftInput, draftOrder, dropDraft, reasonsOf } from './order-draft.ts';
import { type EndKind, endsOf, openEnd, proposeEnd, reasonsOfEnd, settleEnd } from './order-end.ts';
import { mayCheckOrder, mayOrder } from './order-policy.ts';
import { hindranceOf, previewOf, publishOrder } from './order-publish.ts';
import { END_WORDS } from './order-said.ts';
import { isOpenOrder, type OrderIn, orderIn, ordersIn } from './order-store.ts';
import { noteRead, type Sight, sightOf } from './sight.ts';

/** An act on an order as a row: `when` may it be taken of a version by this person. */
type Row = Omit<ActRow, 'when' | 'fields' | 'run' | 'shows'> & {
	when(at: At): boolean;
	fields(at: At): readonly ActField[];
	shows?(at: At): readonly string[];
	run(at: At, input: never): unknown;
};
type At = { ctx: Ctx; reference: string; sight: Sight; order: OrderIn };

const isDraft = ({ order }: At) => order.row.publishedAt === null;
const mayWrite = ({ ctx, sight }: At) => mayOrder(ctx.actor, sight);
const isMine = ({ ctx, order }: At) => ctx.actor.kind === 'person' && order.row.draftedBy === ctx.actor.personId;

const ROWS: readonly Row[] = [
	{
		key: 'change',
		title: 'Change the draft',
		says: 'Whoever changes it has written it: somebody else publishes it. A legal check is owed anew.',
		button: 'Save the draft',
		when: (at) => isDraft(at) && mayWrite(at),
		fields: ({ ctx, sight, order }) => draftFields({ ctx, sight }, order.row.kind, order.row.followsId === null ? order.decision.months : null),
		schema: draftSchema,
		run: ({ ctx, reference, order }, input: Omit<DraftInput, 'decision'>) => changeDraft(ctx, reference, order.key, input),
	},
	{
		key: 'condition',
		title: 'Write a condition',
		says: 'One thing that has to be done or left, in words that can be checked. A legal check is owed anew.',
		button: 'Add it',
		when: (at) => isDraft(at) && mayWrite(at) && WITH_CONDITIONS.has(at.order.row.kind),
		fields: ({ ctx, sight }) => [
			area('words', 'What has to be done', 'The therapist reads it in full.'),
			choice('isHealth', 'Is it of somebody’s health?', { no: 'No', yes: 'Yes: nothing of it is published' }),
			area('publicText', 'What the public reads of it', 'Leave it empty where it is of health.'),
			choice('monitor', 'Who looks after it?', monitorsOf(ctx, sight)),
			{ name: 'dueOn', label: 'By which day is it shown?', hint: 'Such as 22/11/2027. Leave it empty where it lasts as long as the order.', kind: 'text' },
		],
		schema: z.object({
			seen,
			words: needed('Write what has to be done.'),
			isHealth: oneOf({ no: '', yes: '' }, 'Choose one.').transform((value) => value === 'yes'),
			publicText: words,
			monitor: key('Choose somebody.'),
			dueOn: typedDay('Enter the day'),
		}),
		run: ({ ctx, reference, order }, input: ConditionInput) => addCondition(ctx, reference, order.key, input),
	},
	{
		key: 'drop-condition',
		title: 'Take out a condition',
		says: 'It can be written again.',
		button: 'Take it out',
		when: (at) => isDraft(at) && mayWrite(at) && conditionsOf(at.ctx.db, at.order.row.id).length > 0,
		fields: ({ ctx, order }) => [
			choice('condition', 'Which?', Object.fromEntries(conditionsOf(ctx.db, order.row.id).map(({ no }) => [String(no), `Condition ${no}`]))),
		],
		schema: z.object({ seen, condition: z.coerce.number('Choose one.').int() }),
		run: ({ ctx, reference, order }, input: { seen: number; condition: number }) => dropCondition(ctx, reference, order.key, input),
	},
	{
		key: 'check',
		title: 'Note the legal check',
		says: 'You have read it, or had it read, with the law in mind: that we may publish it, and in these words.',
		button: 'Note it',
		when: (at) => isDraft(at) && mayCheckOrder(at.ctx.actor, at.sight) && !isMine(at) && at.order.row.checkedAt === null,
		shows: (at) => [noticeText(at)],
		fields: () => [],
		schema: z.object({ seen }),
		run: ({ ctx, reference, order }, input: { seen: number }) => checkDraft(ctx, reference, order.key, input),
	},
	{
		key: 'publish',
		title: 'Publish it',
		says: 'From this moment on the register says it, and every page and answer with it. Both sides are told.',
		button: 'Publish it now',
		isGrave: true,
		when: (at) => isDraft(at) && mayWrite(at) && hindranceOf({ db: at.ctx.db, ctx: at.ctx }, at.sight, at.order) === null,
		shows: (at) => [noticeText(at), whyOf(at)],
		fields: () => [],
		schema: z.object({ seen }),
		run: ({ ctx, reference, order }, input: { seen: number }) => publishOrder(ctx, reference, order.key, input),
	},
	{
		key: 'drop',
		title: 'Drop the draft',
		says: 'It can be drafted again.',
		button: 'Drop it',
		when: (at) => isDraft(at) && mayWrite(at),
		fields: () => [],
		schema: z.object({ seen }),
		run: ({ ctx, reference, order }, input: { seen: number }) => dropDraft(ctx, reference, order.key, input),
		leaves: true,
	},
	{
		key: 'next',
		title: 'Draft the next version',
		says: 'After a review it goes on, or is changed, by a new version. Once somebody else publishes that, it takes the place of this one, which stays as it was.',
		button: 'Save the draft',
		when: (at) => mayWrite(at) && isOpenOrder(at.order, at.ctx.today) && !hasDraft(at),
		fields: ({ ctx, sight, order }) => draftFields({ ctx, sight }, order.row.kind, null),
		schema: draftSchema,
		run: ({ ctx, reference, order }, input: Omit<DraftInput, 'decision'>) =>
			draftOrder(ctx, reference, { decision: `${order.row.stepNo}-${order.row.item}`, ...input }),
		leaves: true,
	},
	{
		key: 'end',
		title: 'Propose how it ends',
		says: 'Nothing happens until a second person agrees.',
		button: 'Propose it',
		when: (at) => mayWrite(at) && endsNow(at).length > 0 && openEnd(at.ctx, at.order.row.id) === null,
		fields: (at) => [
			choice('kind', 'How?', Object.fromEntries(endsNow(at).map((one) => [one, END_WORDS[one]]))),
			area('reasons', 'Why?', 'What the review found, what was shown and what was not.'),
		],
		schema: z.object({ seen, kind: oneOf(END_WORDS, 'Choose one.'), reasons: needed('Say why.') }),
		run: ({ ctx, reference, order }, input: { seen: number; kind: EndKind; reasons: string }) => proposeEnd(ctx, reference, order.key, input),
	},
	{
		key: 'settle',
		title: 'Agree, or not, to how it ends',
		says: 'If you agree it happens at once, on the register and everywhere.',
		button: 'Say so',
		isGrave: true,
		when: (at) => mayWrite(at) && openEnd(at.ctx, at.order.row.id) !== null,
		shows: ({ ctx, sight, order }) => {
			const found = openEnd(ctx, order.row.id);
			return found === null ? [] : [`${END_WORDS[found.kind]}. ${reasonsOfEnd(ctx, sight.concern.id, found.id)}`];
		},
		fields: ({ ctx, order }) => {
			const isOwn = ctx.actor.kind === 'person' && openEnd(ctx, order.row.id)?.proposedBy === ctx.actor.personId;
			const options: Record<string, string> = isOwn ? { taken_back: 'I take it back' } : { agreed: 'I agree', refused: 'I do not agree' };
			return [choice('result', 'What do you say?', options)];
		},
		schema: z.object({ seen, result: oneOf({ agreed: '', refused: '', taken_back: '' }, 'Choose one.') }),
		run: ({ ctx, reference, order }, input: { seen: number; result: 'agreed' | 'refused' | 'taken_back' }) => settleEnd(ctx, reference, order.key, input),
	},
];

const endsNow = ({ ctx, sight, order }: At) => endsOf(order, ctx.today, sight.rules.restoreAfterMonths);
const hasDraft = ({ ctx, sight, order }: At) => ordersIn(ctx.db, sight).some(({ row }) => row.followsId === order.row.id);
const noticeText = ({ ctx, sight, order }: At) => previewOf({ db: ctx.db, ctx }, sight, order).text;
const whyOf = ({ ctx, sight, order }: At) => `Why it is worded like this: ${reasonsOf(ctx, sight.concern.id, order.row.id)}`;

/** What the actor may do with an order now. @throws NotFound */
export function actsOnOrder(ctx: Ctx, reference: string, orderKey: string): { key: string; title: string }[] {
	const at = atOf(ctx, reference, orderKey);
	return ROWS.filter((row) => row.when(at)).map(({ key: name, title }) => ({ key: name, title }));
}

/** One of them with its form; that its words were opened is noted. @throws NotFound when it cannot be done now */
export function orderAct(ctx: Ctx, reference: string, orderKey: string, name: string): CaseAct {
	const at = atOf(ctx, reference, orderKey);
	const row = ROWS.find((one) => one.key === name && one.when(at));
	if (!row) throw new NotFound('There is no such case.');
	const { concern, accesses, seen: steps } = at.sight;
	if (row.shows && ctx.actor.kind === 'person')
		noteRead(ctx, { concernId: concern.id, personId: ctx.actor.personId, capacity: accesses[0]?.capacity ?? 'owner', what: `order:${orderKey}` });
	const before: Record<string, string> = name === 'change' || name === 'next' ? valuesOf(at) : {};
	return {
		...row,
		isGrave: row.isGrave ?? false,
		fields: row.fields(at).map((field) => ({ ...field, value: before[field.name] ?? field.value ?? '' })),
		shows: row.shows?.(at) ?? [],
		seen: steps,
		run: (input: never) => row.run(at, input),
	};
}

/** The form that drafts the first version of an order from a decision. @throws NotFound when it is not there to be drafted */
export function firstDraft(ctx: Ctx, reference: string, decision: string): CaseAct {
	const sight = sightOf(ctx, reference);
	const found = ordersDecided(sight.steps).find(({ step, item }) => `${step}-${item}` === decision);
	const isThere = ordersIn(ctx.db, sight).some(({ row }) => `${row.stepNo}-${row.item}` === decision);
	if (!found || isThere || sight.isGateShut || !mayOrder(ctx.actor, sight)) throw new NotFound('There is no such case.');
	return {
		key: 'draft',
		title: 'Draft the order',
		says: 'Nothing is public until somebody else has published it.',
		button: 'Save the draft',
		isGrave: false,
		fields: draftFields({ ctx, sight }, found.kind, found.months),
		shows: [],
		schema: draftSchema,
		seen: sight.seen,
		run: (input: never) => draftOrder(ctx, reference, { decision, ...(input as Omit<DraftInput, 'decision'>) }),
	};
}

function valuesOf({ ctx, sight, order }: At): Record<string, string> {
	const { row } = order;
	const [months, reviewMonths] = [row.months, row.reviewMonths].map((value) => (value === null ? '' : String(value)));
	return {
		months: months ?? '',
		reviewMonths: reviewMonths ?? '',
		words: row.publicText,
		award: row.awardId ?? '',
		reasons: row.publishedAt === null ? reasonsOf(ctx, sight.concern.id, row.id) : '',
	};
}

function atOf(ctx: Ctx, reference: string, orderKey: string): At {
	const sight = sightOf(ctx, reference);
	if (sight.isGateShut) throw new NotFound('There is no such case.');
	return { ctx, reference, sight, order: orderIn(ctx.db, sight, orderKey) };
}
