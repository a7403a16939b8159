import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile, dropFile } from '#core/files.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { answersReceived } from './apply-mails.ts';
import { postTo } from './apply-post.ts';
import { NO_APPLICATION, ownStanding } from './apply-queries.ts';
import { filesAt } from './evidence-queries.ts';
import { type AskedItem, itemsOf } from './round-queries.ts';
import { PHASE_SAID, type Step } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';

/** `fileId`: a file just stored, or '' for none. `version`: what the form was made from. */
export type ItemInput = { answer: string; fileId: string; version: number };

/** What waits for an answer now, in the order in which it was asked. Never authorises. */
export function itemsOpen(db: Db, { application, state }: Standing): AskedItem[] {
	return itemsOf(db, application.id).filter(({ round, answeredAt }) => round === state.rounds && answeredAt === null);
}

/**
 * Keeps the answer to one item, complete or not; nothing is sent yet. `number`: its place in the round, from 1.
 * @throws NotFound; Conflict when it was sent, or another window was faster; Invalid beside `file`
 */
export function answerItem(ctx: Ctx, key: string, number: number, { answer, fileId, version }: ItemInput): void {
	const standing = waiting(ctx, key);
	const item = itemsOpen(ctx.db, standing)[number - 1];
	if (!item) throw new NotFound(NO_APPLICATION);
	commit(ctx, { name: 'answerItem' }, (tx) => {
		const { id, personId } = standing.application;
		if (fileId !== '') attachFile(tx, fileId, { ...filesAt(id), ownerPersonId: personId, field: 'file' });
		const text =
			'UPDATE accreditation_item SET answer = ?, file_id = coalesce(?, file_id), version = version + 1 WHERE id = ? AND version = ? AND answered_at IS NULL';
		const { changes } = prepared(tx.db.sql, text).run(answer, fileId || null, item.id, version);
		if (changes !== 1)
			throw new Conflict('You saved this answer in another window in the meantime. What you typed is still here, and beside it what was saved there.');
		// Another file takes the place of the first, which was never sent.
		if (fileId !== '' && item.fileId !== null && item.fileId !== fileId) dropFile(tx, item.fileId, 'owner');
		record(tx, 'accreditation.item_saved', { type: 'application', id }, { item: item.id });
	});
}

/** Sends all answers of the round: the clock runs again. Sent twice they are sent once. @throws NotFound, Conflict; Invalid while one is empty */
export function sendAnswers(ctx: Ctx, key: string, seen: number): void {
	const standing = ownStanding(ctx, key);
	if (standing.state.phase === 'assessment' && standing.steps.at(-1)?.kind === 'information_answered') return;
	refuseUnasked(standing);
	refuseStale(standing, seen);
	const open = itemsOpen(ctx.db, standing);
	const empty = open.findIndex(({ answer, fileId }) => answer === '' && fileId === null);
	if (empty >= 0) throw new Invalid('', `Question ${empty + 1} has no answer yet. If you cannot answer it, say so there.`);
	commit(ctx, { name: 'sendAnswers' }, (tx) => closeRound(tx, standing, {}));
}

/** All that is open of a round counts as answered, and the clock runs again. Joins a transaction and never authorises. @param data of the step */
export function closeRound(tx: Tx, standing: Standing, data: Step['data']): void {
	const answered = prepared(tx.db.sql, 'UPDATE accreditation_item SET answered_at = ?, version = version + 1 WHERE id = ? AND answered_at IS NULL');
	for (const { id } of itemsOpen(tx.db, standing)) answered.run(tx.ctx.now, id);
	const { application, state } = takeStep(tx, standing, 'information_answered', { round: standing.state.rounds, ...data });
	const about = { id: application.id, reference: application.reference ?? '', round: state.rounds };
	postTo(tx, application.personId, (to) => answersReceived(tx.ctx.settings, about, to));
}

function waiting(ctx: Ctx, key: string): Standing {
	const standing = ownStanding(ctx, key);
	refuseUnasked(standing);
	return standing;
}

function refuseUnasked({ state }: Standing): void {
	if (state.phase !== 'waiting_on_applicant') throw new Conflict(PHASE_SAID[state.phase]);
}
