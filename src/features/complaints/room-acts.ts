import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { type ActRow, area, choice, needed, oneOf, seen } from './case-act-parts.ts';
import { canSummarise, checkSummary, openSummary, summaryWords, writeSummary } from './room-summary.ts';
import type { Sight } from './sight.ts';

const waiting = (sight: Sight, ctx: Ctx) => (canSummarise(sight) ? openSummary(ctx, sight.concern.id) : null);
const isOther = (sight: Sight, ctx: Ctx) => {
	const open = waiting(sight, ctx);
	return open !== null && ctx.actor.kind === 'person' && open.writtenBy !== ctx.actor.personId;
};

/** A closed case for a reviewer from outside: written by one in words that name nobody, checked by another. */
export const SUMMARY_ACTS: readonly ActRow[] = [
	{
		key: 'summary',
		title: 'Write a summary that names nobody',
		says: 'For a reviewer from outside: what was said, what was looked at, what was decided and why. No names, places, employers or days. A second person checks it first.',
		button: 'Write it',
		when: (sight, ctx) => canSummarise(sight) && openSummary(ctx, sight.concern.id) === null,
		fields: [area('words', 'The case without anybody in it')],
		schema: z.object({ seen, words: needed('Write the summary.') }),
		run: writeSummary,
	},
	{
		key: 'check-summary',
		title: 'Check a summary that names nobody',
		says: 'Can either side, or anybody else, be recognised in it? If not, a reviewer from outside may read it.',
		button: 'Say so',
		when: isOther,
		shows: (ctx, _, sight) => {
			const open = waiting(sight, ctx);
			return open === null ? [] : [summaryWords(ctx, sight.concern.id, open, sight.accesses[0]?.capacity ?? 'caseworker')];
		},
		fields: [choice('result', 'What do you find?', { checked: 'Nobody can be recognised', refused: 'Somebody could be: it has to be written anew' })],
		schema: z.object({ seen, result: oneOf({ checked: '', refused: '' }, 'Choose one.') }),
		run: checkSummary,
	},
];
