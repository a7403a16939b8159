import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { type ActRow, area, choice, needed, oneOf, seen } from './case-act-parts.ts';
import { canTellLearning, learningWords, openLearning, settleLearning, writeLearning } from './report-learning.ts';
import type { Sight } from './sight.ts';

const waiting = (sight: Sight, ctx: Ctx) => (canTellLearning(sight) ? openLearning(ctx, sight.concern.id) : null);
const me = ({ actor }: Ctx) => (actor.kind === 'person' ? actor.personId : '');

/** What everybody may read of what was learned: written by one, cleared by another. */
export const LEARNING_ACTS: readonly ActRow[] = [
	{
		key: 'learning',
		title: 'Write what was learned, for everybody',
		says: 'For the figures of the year, which everybody can read. Nobody may be recognised in it, neither side, not even by themselves. A second person clears it first.',
		button: 'Write it down',
		when: (sight, ctx) => canTellLearning(sight) && openLearning(ctx, sight.concern.id) === null,
		fields: [area('words', 'What did we learn?', 'Without names, places, days or anything that happened once.')],
		schema: z.object({ seen, words: needed('Write what was learned.') }),
		run: writeLearning,
	},
	{
		key: 'clear-learning',
		title: 'Clear what was learned, for everybody',
		says: 'If you clear it, it stands on the public page of the figures once the year is over, and cannot be changed.',
		button: 'Say so',
		isGrave: true,
		when: (sight, ctx) => waiting(sight, ctx) !== null && waiting(sight, ctx)?.proposedBy !== me(ctx),
		shows: (ctx, _, sight) => {
			const open = waiting(sight, ctx);
			return open === null ? [] : [learningWords(ctx, sight, open)];
		},
		fields: [choice('result', 'May everybody read it?', { cleared: 'Yes: nobody can be recognised in it', refused: 'No' })],
		schema: z.object({ seen, result: oneOf({ cleared: '', refused: '' }, 'Choose one.') }),
		run: settleLearning,
	},
	{
		key: 'take-back-learning',
		title: 'Take back what you wrote for everybody',
		says: 'It can be written anew.',
		button: 'Take it back',
		when: (sight, ctx) => waiting(sight, ctx)?.proposedBy === me(ctx),
		fields: [],
		schema: z.object({ seen }),
		run: (ctx, reference) => settleLearning(ctx, reference, { result: 'refused' }),
	},
];
