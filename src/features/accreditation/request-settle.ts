import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { post, postTo } from './apply-post.ts';
import { keyOf } from './apply-queries.ts';
import { moveFor } from './phases.ts';
import { addressOf, CHANGED } from './request-ask.ts';
import { anotherWanted, requestAnswered, requestCancelled, type WhyAnother } from './request-mails.ts';
import type { RequestRow } from './request-queries.ts';
import { standingOf, takeStep } from './step.ts';

/** How a request came to its end. `byHand`: who typed what a letter in the post brought. `isDropped`: its applicant took the name back themselves. */
export type Ending = { ending: 'answered' | 'declined' | 'wrong_person' | 'expired' | 'cancelled'; answer?: object; byHand?: string; isDropped?: boolean };

/**
 * Brings a request to its end, once, and the application takes note: with an answer it is settled; without one its place is empty, and the
 * applicant is asked to name somebody else. Joins a transaction and never authorises. @throws Conflict for whoever comes second
 */
export function endRequest(tx: Tx, row: RequestRow, { ending, answer, byHand, isDropped = false }: Ending): void {
	const { ctx, db } = tx;
	const text = `UPDATE accreditation_request SET ended_at = ?, ending = ?, answer = ?, by_hand_by = ?, version = version + 1
		WHERE id = ? AND version = ? AND ended_at IS NULL`;
	const kept = answer === undefined ? null : JSON.stringify(answer);
	const { changes } = prepared(db.sql, text).run(ctx.now, ending, kept, byHand ?? null, row.id, row.version);
	if (changes !== 1) throw new Conflict(CHANGED);
	if (row.sentAt !== null || byHand !== undefined) noteEnd(tx, row, { ending, isDropped });
	else record(tx, 'accreditation.request_dropped', { type: 'application', id: row.applicationId }, { request: row.id });
	if (ending === 'cancelled' && row.sentAt !== null) tellCancelled(tx, row);
}

const REPLACEABLE: readonly Ending['ending'][] = ['declined', 'wrong_person', 'expired'];

function noteEnd(tx: Tx, row: RequestRow, { ending, isDropped }: { ending: Ending['ending']; isDropped: boolean }): void {
	const standing = standingOf(tx.db, row.applicationId);
	const isGood = ending === 'answered';
	const wants = REPLACEABLE.includes(ending) && row.kind !== 'outside_body';
	if (moveFor(standing.state.phase, 'request_settled') === null) {
		if (ending !== 'cancelled') throw new Conflict('This is not needed any more: the application has gone on or was taken back.');
	} else takeStep(tx, standing, 'request_settled', { request: row.id, kind: row.kind, ending, isGood, wantsAnother: wants, ...(isDropped && { isDropped }) });
	const { personId } = standing.application;
	const about = { id: row.id, kind: row.kind, key: keyOf(standing.application) };
	if (row.kind === 'outside_body') return;
	if (isGood) postTo(tx, personId, (to) => requestAnswered(tx.ctx.settings, about, to));
	if (wants) postTo(tx, personId, (to) => anotherWanted(tx.ctx.settings, { ...about, why: ending as WhyAnother }, to));
}

function tellCancelled(tx: Tx, row: RequestRow): void {
	const to = addressOf(tx.db, row);
	if (to !== null) post(tx, requestCancelled(tx.ctx.settings, row, to));
}
