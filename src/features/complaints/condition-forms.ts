import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { type ActField, area, type CaseAct, choice, needed, oneOf, words } from './case-act-parts.ts';
import { judgeCondition } from './condition-acts.ts';
import { openConditions } from './condition-store.ts';
import { mayMonitor } from './order-policy.ts';
import { isOpenOrder, orderIn } from './order-store.ts';
import { openCase } from './sight.ts';

const done = z.coerce.number().int().min(0).catch(-1);

/** What the therapist sends of a condition. */
export const conditionForm = z.object({
	done,
	words: needed('Write how you meet it.'),
	documents: z.preprocess((ids) => (ids === undefined ? [] : [ids].flat()), z.array(z.string()).max(1, 'Choose one document only.')),
});

const RESULTS = { accepted: 'It is enough: the condition is met', not_enough: 'It is not enough yet', breach: 'The condition was broken' };

/** The form by which what was shown of a condition is judged. Its words are opened with it, which is noted. @throws NotFound */
export function judgeAct(ctx: Ctx, reference: string, order: string, no: string): CaseAct {
	const opened = openCase(ctx, reference, `condition:${order}-${no}`);
	const found = orderIn(ctx.db, opened, order);
	const condition = openConditions(ctx, opened.concern.id, found.row.id).find((one) => String(one.no) === no);
	const isOpen = condition !== undefined && condition.state !== 'accepted' && condition.state !== 'breach' && isOpenOrder(found, ctx.today);
	if (!condition || !isOpen || !mayMonitor(ctx.actor, opened)) throw new NotFound('There is no such case.');
	const options = condition.state === 'shown' ? RESULTS : { breach: RESULTS.breach };
	const fields: ActField[] = [choice('result', 'What do you say?', options), area('words', 'Why?', 'The therapist reads it.')];
	return {
		key: 'judge',
		title: `Condition ${no}`,
		says: 'Where it was broken nothing follows by itself: two people decide how the order ends, or that the case is opened again.',
		button: 'Say so',
		isGrave: true,
		shows: [condition.words, ...condition.acts.filter(({ kind }) => kind === 'shown').map((act) => act.words)],
		fields,
		schema: z.object({ seen: done, result: oneOf(RESULTS, 'Choose one.'), words }),
		seen: condition.acts.length,
		run: ({ seen, ...input }: { seen: number; result: 'accepted' | 'not_enough' | 'breach'; words: string }) =>
			judgeCondition(ctx, reference, { order, condition: condition.no, done: seen, ...input }),
	};
}
