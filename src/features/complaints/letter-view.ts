import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { STEP_WORDS } from './case-words.ts';
import { readsLetters, writesLetters } from './letter-commands.ts';
import { lettersThatFit } from './letter-facts.ts';
import { type LetterAct, typedFrom } from './letter-form.ts';
import { type CaseLetter, type LetterState, letterIn, lettersIn } from './letter-queries.ts';
import { waysFor } from './letter-send.ts';
import { type LetterSide, slotsLeft } from './letter-template.ts';
import { openCase, type Sight } from './sight.ts';

export const SIDE_WORDS: Record<LetterSide, string> = { complainant: 'to the person who raised it', respondent: 'to the therapist' };
const STATE_WORDS: Record<LetterState, string> = { draft: 'Draft', approved: 'Approved, not sent yet', sent: 'Sent', dropped: 'Put away' };
export const WAY_WORDS: Record<'message' | 'post', { label: string; hint: string }> = {
	message: { label: 'On their own page', hint: 'They are told that something waits, without a word of it.' },
	post: { label: 'By post', hint: 'You print it and send it. A copy is on their own page as well.' },
};

/** What each act on a letter means, before it is done. */
export const LETTER_ACTS: Record<LetterAct, { title: string; says: string; button: string; isGrave: boolean }> = {
	change: {
		title: 'Change the letter',
		says: 'An empty line begins a new paragraph. Whoever approved it before has to read it anew.',
		button: 'Save',
		isGrave: false,
	},
	approve: { title: 'Approve the letter', says: 'You say as a second person that it may go as it is.', button: 'Approve it', isGrave: false },
	send: { title: 'Send the letter', says: 'It cannot be changed or taken back after that. It is kept as it went.', button: 'Send it', isGrave: true },
	drop: { title: 'Put the draft away', says: 'Its words are destroyed. You can begin it again.', button: 'Put it away', isGrave: true },
};

/** The letters of a case, and those that its steps call for. @throws NotFound for whoever does not work on letters of it */
export function lettersView(ctx: Ctx, reference: string) {
	const sight = openCase(ctx, reference, 'letters');
	refuseOthers(ctx, sight);
	const letters = lettersIn(ctx, sight.concern.id);
	return {
		letters: letters.map((one) => ({ id: one.id, title: one.title, to: SIDE_WORDS[one.side], state: stateOf(one) })),
		fitting: writesLetters(ctx, sight)
			? lettersThatFit(sight).map(({ step, side }) => ({
					step: step.no,
					side,
					label: `${STEP_WORDS[step.kind]}, ${sayDay(step.onDay)}: ${SIDE_WORDS[side]}`,
					was: letters.filter((one) => one.stepNo === step.no && one.side === side && one.state === 'sent').length,
				}))
			: [],
	};
}

/** One letter with what can be done with it now. @throws NotFound */
export function letterView(ctx: Ctx, reference: string, id: string) {
	const sight = openCase(ctx, reference, `letter:${id}`);
	refuseOthers(ctx, sight);
	const letter = letterIn(ctx, sight.concern.id, id);
	const writes = writesLetters(ctx, sight);
	const isOpen = letter.state === 'draft' || letter.state === 'approved';
	const me = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
	const left = slotsLeft([letter.title, ...letter.paragraphs].join('\n'));
	const may: Record<LetterAct, boolean> = {
		change: isOpen && writes,
		approve: letter.state === 'draft' && letter.needsTwo && left.length === 0 && letter.changedBy !== me,
		send: isOpen && writes && left.length === 0 && (!letter.needsTwo || letter.state === 'approved'),
		drop: isOpen && writes,
	};
	return {
		letter,
		to: SIDE_WORDS[letter.side],
		state: stateOf(letter),
		body: typedFrom(letter.paragraphs),
		left,
		waits: isOpen && letter.needsTwo && letter.state === 'draft',
		ways: waysFor(ctx, sight, letter.side).map((value) => ({ value, ...WAY_WORDS[value] })),
		acts: (Object.keys(may) as LetterAct[]).filter((act) => may[act]),
	};
}
export type LetterView = ReturnType<typeof letterView>;

function stateOf({ state, approver, sentOn, way }: CaseLetter): string {
	if (state === 'sent' && sentOn !== null) return `Sent ${sayDay(sentOn)}${way === 'post' ? ', by post' : ''}`;
	return state === 'approved' && approver !== null ? `Approved by ${approver}, not sent yet` : STATE_WORDS[state];
}

function refuseOthers(ctx: Ctx, sight: Sight): void {
	if (!readsLetters(ctx, sight)) throw new NotFound('There is no such case.');
}
