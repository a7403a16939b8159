import type { LetterSide, Template, Templates } from './letter-template.ts';
import { BEGIN_LETTERS } from './letter-words-begin.ts';
import { END_LETTERS } from './letter-words-end.ts';
import { PANEL_LETTERS } from './letter-words-panel.ts';
import { WAY_LETTERS } from './letter-words-way.ts';
import type { StepKind } from './phases.ts';

/** Every letter, by the step that it tells of and by its reader. */
export const LETTERS: Templates = { ...BEGIN_LETTERS, ...WAY_LETTERS, ...PANEL_LETTERS, ...END_LETTERS };

/** The template of a letter, or null: nobody is told of this step by a letter. */
export function templateOf(kind: StepKind, side: LetterSide): Template | null {
	return LETTERS[kind]?.[side] ?? null;
}

/** Steps of which no side gets a letter, and why. */
export const NO_LETTER: Partial<Record<StepKind, string>> = {
	begun: 'nothing was sent yet',
	sent: 'its letter is the acknowledgement',
	dropped: 'it was never sent',
	assigned: 'the acknowledgement says who looks after it',
	answered: 'they answered themselves, and their page shows it',
	facts_found: 'the outcome of a hearing is told as a whole',
	breach_found: 'the outcome of a hearing is told as a whole',
	flagged: 'a mark of a risk is the office’s own',
	unflagged: 'a mark of a risk is the office’s own',
	legal_hold_begun: 'a legal hold is the office’s own',
	legal_hold_ended: 'a legal hold is the office’s own',
	destroyed: 'nothing is left to write with',
};
