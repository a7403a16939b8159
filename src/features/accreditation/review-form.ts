import { z } from 'zod';
import { isFilled, text } from '#core/fields.ts';
import { saw, several } from './meeting-forms.ts';
import { isGround } from './review-words.ts';

export const reviewForm = z.object({
	seen: saw,
	grounds: several.refine((keys) => keys.length > 0 && keys.every(isGround), 'Choose at least one ground.'),
	words: text(8000, 'Keep it to 8000 characters.').refine(isFilled, 'Say what went wrong, or what is new.'),
	files: several,
});
export type ReviewInput = z.output<typeof reviewForm>;
