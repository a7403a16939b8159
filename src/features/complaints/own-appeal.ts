import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { sealText } from '#core/vault.ts';
import { respondentSight } from './own-door.ts';
import { putOwnWords } from './own-message.ts';
import { refusalOf } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';
import { appealUntil } from './tracker-appeal.ts';

/** May the therapist appeal today? */
export function mayAppeal(ctx: Pick<Ctx, 'db' | 'today'>, standing: Pick<Standing, 'state' | 'rules'>): boolean {
	return ctx.today <= (appealUntil(ctx, standing, 'respondent') ?? '');
}

/** Appeals as the therapist; the grounds stand at `appeal:respondent`, and go to the office. @throws NotFound, Invalid; Conflict when it is too late */
export function appealAsRespondent(ctx: Ctx, reference: string, { seen, words }: { seen: number; words: string }): void {
	if (words === '') throw new Invalid('words', 'Write what was wrong with the decision, or what is new.');
	commit(ctx, { name: 'appeal as the therapist' }, (tx) => {
		const own = respondentSight(ctx, reference);
		refuseStale(own, seen);
		if (!mayAppeal(ctx, own)) throw new Conflict(refusalOf(own.state, 'appealed') ?? TOO_LATE);
		takeStep(tx, own, 'appealed', { side: 'respondent', personId: null });
		sealText(tx, own.concern.id, 'appeal:respondent', words);
		putOwnWords(tx, own.concern.id, { words, repeatKey: newId() });
	});
}

const TOO_LATE = 'The time for an appeal is over. Write to us if there was a reason why you could not do it before.';
