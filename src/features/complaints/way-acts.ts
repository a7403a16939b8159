import { z } from 'zod';
import { personOf } from '#core/policy.ts';
import { openText } from '#core/vault.ts';
import { type ActRow, area, choice, oneOf, seen, words } from './case-act-parts.ts';
import { linesIn } from './case-said.ts';
import { worksOn } from './policy.ts';
import { noteRead } from './sight.ts';
import { REACHED_WORDS, recordReached, unreachedIn } from './way-unreached.ts';

/** Acts on the way to the person who raised a concern. */
export const WAY_ACTS: readonly ActRow[] = [
	{
		key: 'reached',
		title: 'A message did not reach them: write down how they were told',
		says: 'Their address took no message. Telephone, or write another way, but only in a way that they called safe. Say who you are to nobody else.',
		button: 'Record it',
		when: (sight, ctx) => worksOn(sight) && unreachedIn(ctx, sight.concern.id) > 0,
		shows: (ctx, _, { concern, accesses }) => {
			const capacity = accesses[0]?.capacity ?? 'caseworker';
			noteRead(ctx, { concernId: concern.id, personId: personOf(ctx).personId, capacity, what: 'contact' });
			const lines = linesIn(openText(ctx, concern.id, 'contact') ?? '').map((line) => `${line.label}: ${line.words}`);
			return lines.length > 0 ? lines : ['They gave no way that is safe.'];
		},
		fields: [
			choice('how', 'How were they told?', REACHED_WORDS),
			area('words', 'When, and what was said', 'For the file: whoever works on the case reads it, and neither side does.'),
		],
		schema: z.object({ seen, how: oneOf(REACHED_WORDS, 'Choose one.'), words }),
		run: recordReached,
	},
];
