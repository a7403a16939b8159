import { z } from 'zod';
import { isTicked, last } from '#core/fields.ts';
import { choice, dayNeeded, filledLine, repeatKey } from './form-fields.ts';
import type { RatingScale } from './rules.ts';
import { SESSION_PHASES, type SessionPhase } from './words.ts';

/** What a supervisor says of one recording that they heard. `scaleVersion`: the scale that the form was drawn with. */
export type RatingInput = {
	sessionOn: string;
	phase: SessionPhase;
	atRandom: boolean;
	scaleVersion: string;
	scores: Record<string, number>;
	repeatKey: string;
};

/** The form of a rating on one scale: every item is scored. */
export function ratingForm(scale: RatingScale) {
	const fields = {
		sessionOn: dayNeeded('Enter the day of the session you heard, such as 22/11/2026.'),
		phase: choice(SESSION_PHASES, 'Choose early, middle or late.'),
		atRandom: choice(['yes', 'no'], 'Say whether you chose the recording at random.'),
		heard: z.preprocess(isTicked, z.literal(true, 'Tick the box to say that you heard the recording yourself.')),
		repeatKey,
	};
	return z.looseObject(fields).transform((f, check): RatingInput => {
		const scores: Record<string, number> = {};
		for (const { key, label } of scale.items) {
			const typed = String(last((f as Record<string, unknown>)[`score-${key}`]) ?? '');
			const score = /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN;
			if (score >= scale.from && score <= scale.to) scores[key] = score;
			else check.addIssue({ code: 'custom', path: [`score-${key}`], message: `${label}: choose ${scale.from} to ${scale.to}.` });
		}
		const { sessionOn, phase, atRandom } = f;
		return { sessionOn, phase, atRandom: atRandom === 'yes', scaleVersion: scale.version, scores, repeatKey: f.repeatKey };
	});
}

/** Takes a rating back, with a reason; a new one can be entered. */
export const retractForm = z.object({ reason: filledLine(300, 'Shorten the reason to 300 characters.', 'Say why you take this rating back.') });
