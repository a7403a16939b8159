import { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { type ActRow, area, choice, needed, oneOf, seen } from './case-act-parts.ts';
import { refuseUnlessMay } from './case-step.ts';
import { isRespondentTold } from './message-put.ts';
import { canTake } from './policy.ts';
import { type Sight, sightOf } from './sight.ts';
import { refusalOf } from './state.ts';
import { refuseStale, takeStep } from './step.ts';
import { isAppealable } from './tracker-appeal.ts';

type Side = 'complainant' | 'respondent';
const SIDES: Record<Side, string> = { complainant: 'The person who raised it', respondent: 'The therapist' };

/**
 * Writes down an appeal that came by letter or telephone, also one that came after its time: the chair of the appeal panel then gives leave, or
 * does not. Its grounds stand at `appeal:<no>`. @throws NotFound, Forbidden, Invalid; Conflict when there is nothing to appeal against
 */
export function recordAppeal(ctx: Ctx, reference: string, { seen: saw, side, words }: { seen: number; side: Side; words: string }): void {
	commit(ctx, { name: 'write down an appeal' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, saw);
		refuseUnlessMay(ctx, sight, 'appealed');
		if (side === 'respondent' && !isRespondentTold(sight.steps)) throw new Conflict('The therapist has not been told of this yet.');
		if (!isAppealable(ctx, side, sight.state)) throw new Invalid('side', 'They cannot appeal against this outcome.');
		const after = takeStep(tx, sight, 'appealed', { side: 'office', personId: personOf(ctx).personId }, { of: side });
		sealText(tx, sight.concern.id, `appeal:${after.seen}`, words);
	});
}

/** Who can still be written down as having appealed: whether in time or not. */
function appellants(ctx: Ctx, { state, steps }: Sight): Record<string, string> {
	const may = Object.entries(SIDES).filter(([side]) => isAppealable(ctx, side as Side, state) && (side === 'complainant' || isRespondentTold(steps)));
	return Object.fromEntries(may);
}

export const APPEAL_ACTS: readonly ActRow[] = [
	{
		key: 'appeal',
		title: 'An appeal came another way',
		says: 'By letter or telephone. One that came after its time is written down too: the chair of the appeal panel says whether it is heard.',
		button: 'Write it down',
		isGrave: true,
		when: (sight, ctx) =>
			canTake(ctx.actor, sight, 'appealed') && refusalOf(sight.state, 'appealed') === null && Object.keys(appellants(ctx, sight)).length > 0,
		fields: (ctx, sight) => [choice('side', 'Who appeals?', appellants(ctx, sight)), area('words', 'What were the grounds, and if it was late, why?')],
		schema: z.object({ seen, side: oneOf(SIDES, 'Choose one.'), words: needed('Write what they said.') }),
		run: recordAppeal,
	},
];
