import { z } from 'zod';
import { isFilled, last, text } from '#core/fields.ts';
import { saw } from './meeting-forms.ts';

export const undoAskForm = z.object({ seen: saw, reason: text(4000, 'Keep it to 4000 characters.').refine(isFilled, 'Say what the mistake was.') });
export type UndoAsk = z.output<typeof undoAskForm>;

export const undoAnswerForm = z.object({ seen: saw, answer: z.preprocess(last, z.enum(['agree', 'refuse'], 'Choose one of the two.')) });
export type UndoAnswer = z.output<typeof undoAnswerForm>;
