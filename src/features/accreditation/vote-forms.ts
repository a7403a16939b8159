import { z } from 'zod';
import { last, text } from '#core/fields.ts';
import { several } from './meeting-forms.ts';
import type { Choice } from './vote-count.ts';

export const CHOICE_WORDS: Record<Choice, string> = {
	award: 'Award',
	award_with_conditions: 'Award with conditions',
	decline: 'Decline',
	defer: 'Put off: the assessors look again',
	uphold: 'Uphold the decision',
	quash: 'Set the decision aside: a new panel decides',
	vary: 'Change the decision',
	agree: 'Agree',
	disagree: 'Disagree',
	abstain: 'Abstain',
};
const CHOICES = Object.keys(CHOICE_WORDS) as [Choice, ...Choice[]];

export const voteForm = z.object({
	choice: z.preprocess(last, z.enum(CHOICES, 'Choose how you vote.')),
	reasons: several,
	words: text(4000, 'Keep it to 4000 characters.'),
});
export type VoteInput = z.output<typeof voteForm>;
