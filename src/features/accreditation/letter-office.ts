import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { attachFile } from '#core/files.ts';
import { prepared } from '#db/prepared.ts';
import { closeRound, itemsOpen } from './apply-items.ts';
import { withdraw } from './apply-withdraw.ts';
import { filesAt } from './evidence-queries.ts';
import { officerSight, type Sight } from './gate-sight.ts';
import { LETTER_KINDS, type LetterInput, type LetterKind } from './letter-form.ts';
import type { StepKind } from './phases.ts';
import { canTake } from './policy.ts';
import { askReview } from './review-commands.ts';
import { PHASE_SAID, refusalOf } from './state.ts';
import { refuseStale } from './step.ts';

const STEPS: Record<LetterKind, StepKind> = { answers: 'information_answered', review: 'review_requested', withdraw: 'withdrawn' };

/** What a letter of the applicant could bring as an application stands, for the officer who would type it in. */
export function lettersPossible({ actor }: Pick<Ctx, 'actor'>, { isOfficer, tie, state, route }: Sight): LetterKind[] {
	return LETTER_KINDS.filter((kind) => isOfficer && canTake(actor, tie, STEPS[kind]) && refusalOf(state, STEPS[kind], route) === null);
}

/**
 * Types in what a letter of the applicant brings: their answers, that they ask for a review, or that they take the application back. It counts
 * from the day on which it came; the applicant gets the message they would have got on their own page, and sees that the office typed it in.
 * @throws NotFound, Conflict; Invalid for a day still to come
 */
export function recordLetter(ctx: Ctx, reference: string, input: LetterInput): void {
	const sight = officerSight(ctx, reference);
	refuseStale(sight, input.seen);
	if (!lettersPossible(ctx, sight).includes(input.kind)) throw new Conflict(PHASE_SAID[sight.state.phase]);
	if (input.receivedOn > ctx.today) throw new Invalid('receivedOn', 'That day is still to come.');
	commit(ctx, { name: 'record letter', reason: input.kind === 'withdraw' && input.words !== '' ? input.words : undefined }, (tx) =>
		BRING[input.kind](tx, sight, input),
	);
}

const BRING: Record<LetterKind, (tx: Tx, sight: Sight, input: LetterInput) => void> = {
	answers: (tx, sight, input) => {
		const [first] = keep(tx, sight, input);
		const text = 'UPDATE accreditation_item SET answer = ?, file_id = coalesce(?, file_id), version = version + 1 WHERE id = ? AND answered_at IS NULL';
		for (const [i, item] of itemsOpen(tx.db, sight).entries()) prepared(tx.db.sql, text).run(input.answers[i] ?? '', i === 0 ? (first ?? null) : null, item.id);
		closeRound(tx, sight, byLetter(input));
	},
	review: (tx, sight, { grounds, words, files, receivedOn, ...input }) =>
		askReview(tx, sight, { grounds, words, files: [...files], on: receivedOn, data: byLetter({ ...input, receivedOn }) }),
	withdraw: (tx, sight, input) => {
		keep(tx, sight, input);
		withdraw(tx, sight, byLetter(input));
	},
};

/** What the applicant sent is theirs, however it came. */
function keep(tx: Tx, { application }: Sight, { files }: LetterInput): readonly string[] {
	for (const id of files) attachFile(tx, id, { ...filesAt(application.id), ownerPersonId: application.personId, field: 'files' });
	return files;
}

function byLetter({ receivedOn }: Pick<LetterInput, 'receivedOn'>): { byLetter: true; receivedOn: string } {
	return { byLetter: true, receivedOn };
}
