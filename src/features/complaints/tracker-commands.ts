import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { text } from '#core/fields.ts';
import { newId } from '#core/ids.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { StepKind } from './phases.ts';
import { refusalOf } from './state.ts';
import { refuseStale, standingOf, takeStep } from './step.ts';
import { appealUntil } from './tracker-appeal.ts';
import { mayTake, OWN_PAUSE, type TrackerAct } from './tracker-view.ts';

const AS_COMPLAINANT = { side: 'complainant', personId: null } as const;
const STEP_OF: Record<TrackerAct, StepKind> = { pause: 'paused', resume: 'resumed', withdraw: 'withdrawn', appeal: 'appealed' };

export const messageForm = z.object({
	words: text(10_000, 'Use at most 10,000 characters. You can send a second message.').pipe(z.string().min(1, 'Write your message.')),
	repeatKey: z.uuid('Open the page again.'),
});

export const actForm = z.object({ seen: z.coerce.number().int(), words: text(10_000, 'Use at most 10,000 characters.') });

/** Writes to the office. Sent twice, it stands there once; where we had asked something it is the answer. Authorises: whoever holds it open. */
export function writeToOffice(ctx: Ctx, concernId: string, { words, repeatKey }: z.output<typeof messageForm>): void {
	commit(ctx, { name: 'write to the office' }, (tx) => {
		const standing = standingOf(tx.db, concernId);
		if (standing.concern.reference === null) throw new Conflict('This has not been sent yet.');
		if (standing.state.isDestroyed) throw new Conflict('What was said in this case has been destroyed. Call us, or begin anew.');
		record(tx, 'concern.message_sent', { type: 'concern', id: concernId });
		const id = newId();
		const put = `INSERT INTO concern_message (id, concern_id, side, is_from_office, by_person, sent_at, repeat_key)
			VALUES (?, ?, 'complainant', 0, NULL, ?, ?) ON CONFLICT (repeat_key) DO NOTHING`;
		if (prepared(tx.db.sql, put).run(id, concernId, ctx.now, repeatKey).changes === 0) return;
		sealText(tx, concernId, `message:${id}`, words);
		if (refusalOf(standing.state, 'answered') === null) takeStep(tx, standing, 'answered', AS_COMPLAINANT);
	});
}

/**
 * Pauses, goes on, withdraws or appeals, as whoever raised it. What is written with it goes to the office as a message; the grounds of an appeal
 * stand at `appeal:<no>` as well, by the number of the step. Authorises: whoever holds it open. @throws Conflict when it is not possible (any more)
 */
export function actAsComplainant(ctx: Ctx, concernId: string, act: TrackerAct, { seen, words }: z.output<typeof actForm>): void {
	const kind = STEP_OF[act];
	if (act === 'appeal' && words === '') throw new Invalid('words', 'Write what was wrong with the decision, or what is new.');
	commit(ctx, { name: 'act as complainant' }, (tx) => {
		const standing = standingOf(tx.db, concernId);
		refuseStale(standing, seen);
		if (!mayTake(ctx, standing, kind)) throw new Conflict(refusalOf(standing.state, kind) ?? tooLate(act, appealUntil(ctx, standing, 'complainant')));
		const after = takeStep(tx, standing, kind, AS_COMPLAINANT, act === 'pause' ? { because: OWN_PAUSE } : {});
		if (words === '') return;
		const id = newId();
		const put = `INSERT INTO concern_message (id, concern_id, side, is_from_office, by_person, sent_at, repeat_key) VALUES (?, ?, 'complainant', 0, NULL, ?, ?)`;
		prepared(tx.db.sql, put).run(id, concernId, ctx.now, newId());
		sealText(tx, concernId, `message:${id}`, words);
		if (act === 'appeal') sealText(tx, concernId, `appeal:${after.seen}`, words);
	});
}

function tooLate(act: TrackerAct, until: string | null): string {
	if (act === 'appeal' && until !== null) return 'The time for an appeal is over. Write to us if there was a reason why you could not do it before.';
	return act === 'resume' ? 'We paused it ourselves, for a reason outside the case. Write to us if you want to know more.' : 'That is not possible here.';
}
