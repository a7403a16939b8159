import { z } from 'zod';
import { typedDay } from '#features/membership/index.ts';
import { oneOf, seen } from './case-act-parts.ts';
import { RETAIN_WORDS } from './retain-words.ts';

/** Keeps a case longer. */
export const retainForm = z.object({
	seen,
	because: oneOf(RETAIN_WORDS, 'Choose why it is kept.'),
	untilOn: typedDay('Enter the day').pipe(z.string('Enter the day.')),
});
export type RetainInput = z.output<typeof retainForm>;

/** Proposes to destroy a case, or takes that back. */
export const destroyForm = z.object({ seen });
export type DestroyInput = { seen: number };

/** Answers such a proposal. */
export const secondForm = z.object({ seen, result: oneOf({ agreed: '', refused: '' }, 'Choose one.') });
export type SecondInput = z.output<typeof secondForm>;
