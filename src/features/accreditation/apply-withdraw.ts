import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { dropFile, filesOf } from '#core/files.ts';
import { prepared } from '#db/prepared.ts';
import { dropFee } from './apply-fee.ts';
import { applicationWithdrawn } from './apply-mails.ts';
import { postTo } from './apply-post.ts';
import { ownStanding } from './apply-queries.ts';
import { filesAt } from './evidence-queries.ts';
import { requestsIn } from './request-queries.ts';
import { endRequest } from './request-settle.ts';
import { PHASE_SAID, refusalOf, type Step } from './state.ts';
import { refuseStale, type Standing, standingOf, takeStep } from './step.ts';

/**
 * Takes one's own application back, at any time before it is decided. Who was asked is told that it is not needed; an invoice that nobody paid is
 * taken back; of a draft that was never sent, what was typed is deleted. Twice is the same as once.
 * @throws NotFound; Conflict when it was decided, or something has happened since the page was shown
 */
export function withdrawApplication(ctx: Ctx, key: string, seen: number): void {
	const standing = ownStanding(ctx, key);
	if (standing.state.phase === 'withdrawn') return;
	if (refusalOf(standing.state, 'withdrawn', standing.route) !== null) throw new Conflict(PHASE_SAID[standing.state.phase]);
	refuseStale(standing, seen);
	commit(ctx, { name: 'withdrawApplication' }, (tx) => withdraw(tx, standing, {}));
}

/** Takes an application back for its applicant. Joins a transaction and never authorises. @param data of the step */
export function withdraw(tx: Tx, standing: Standing, data: Step['data']): void {
	endRequests(tx, standing);
	const after = takeStep(tx, standingOf(tx.db, standing.application.id), 'withdrawn', data);
	dropFee(tx, standing.application.id);
	if (standing.state.submissions === 0) forgetDraft(tx, standing.application.id);
	const { reference, personId, id } = after.application;
	if (reference !== null) postTo(tx, personId, (to) => applicationWithdrawn(tx.ctx.settings, { id, reference }, to));
}

/** Nobody goes on writing for an application that is over. Joins a transaction. */
export function endRequests(tx: Tx, { application }: Standing): void {
	for (const row of requestsIn(tx.db, application.id)) if (row.endedAt === null) endRequest(tx, row, { ending: 'cancelled' });
}

/** Deletes what was typed into a draft that nobody sent, and its files. Joins a transaction. */
export function forgetDraft(tx: Tx, applicationId: string): void {
	for (const { id } of filesOf(tx.ctx, filesAt(applicationId))) dropFile(tx, id, 'owner');
	for (const table of ['accreditation_answer', 'accreditation_evidence'])
		prepared(tx.db.sql, `DELETE FROM ${table} WHERE application_id = ?`).run(applicationId);
	record(tx, 'accreditation.saved', { type: 'application', id: applicationId }, { isDeleted: true });
}
