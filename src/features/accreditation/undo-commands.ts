import { eq } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { decisionUndo } from '#db/schema/index.ts';
import { postTo } from './apply-post.ts';
import { overturn } from './decision-apply.ts';
import { givenBy, restoreGrant, takeBackGrant } from './decision-award.ts';
import { mailCorrected } from './decision-mails.ts';
import { decidedFor, undoAskedFor } from './decision-office.ts';
import { type Decision, decisionById } from './decision-queries.ts';
import { refusalOf } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';
import type { UndoAnswer, UndoAsk } from './undo-form.ts';
import { canAskUndo, canConfirmUndo } from './undo-policy.ts';

/**
 * Asks to undo the decision in force as a mistake; nothing happens before a second person agrees.
 * @throws Forbidden, NotFound, SignInRequired without a recent proof; Conflict when there is nothing to undo, or somebody asked already
 */
export function askUndo(ctx: Ctx, reference: string, { seen, reason }: UndoAsk): void {
	allow(canAskUndo(ctx.actor), 'The registrar asks to undo a decision.');
	requireProof(ctx, true);
	commit(ctx, { name: 'ask to undo decision', reason }, (tx) => {
		const { standing } = decidedFor(ctx, reference);
		const decision = undoable(tx, standing);
		refuseStale(standing, seen);
		if (undoAskedFor(tx.db, decision.id) !== null) throw new Conflict('Somebody has asked to undo this decision already.');
		const row = { id: newId(), decisionId: decision.id, reason, askedBy: personOf(ctx).personId, askedAt: ctx.now };
		tx.db.orm.insert(decisionUndo).values(row).run();
		record(tx, 'accreditation.undo_asked', { type: 'application', id: standing.application.id }, { decision: decision.id, undo: row.id });
	});
}

/**
 * A second person agrees, and the decision is undone in one transaction, or does not. Nothing is erased: the decision stays on record as set
 * aside, what it gave ends today (`takeBackGrant`), the application stands as before the decision, the applicant gets a corrected letter.
 * @throws Forbidden also for the one who asked; NotFound, SignInRequired, Conflict
 */
export function answerUndo(ctx: Ctx, reference: string, { seen, answer }: UndoAnswer): void {
	requireProof(ctx, true);
	commit(ctx, { name: answer === 'agree' ? 'undo decision' : 'refuse to undo decision' }, (tx) => {
		const { standing } = decidedFor(ctx, reference);
		const decision = undoable(tx, standing);
		const asked = undoAskedFor(tx.db, decision.id);
		if (asked === null) throw new Conflict('Nobody asks to undo this decision any more.');
		allow(canConfirmUndo(ctx.actor, asked), 'Somebody else has to agree: you asked for it yourself, or your role does not allow it.');
		refuseStale(standing, seen);
		const confirmedBy = personOf(ctx).personId;
		const set = answer === 'agree' ? { confirmedBy, confirmedAt: ctx.now } : { confirmedBy, refusedAt: ctx.now };
		tx.db.orm.update(decisionUndo).set(set).where(eq(decisionUndo.id, asked.id)).run();
		if (answer === 'agree') undo(tx, standing, decision, asked.id);
		else record(tx, 'accreditation.undo_refused', { type: 'application', id: standing.application.id }, { decision: decision.id, undo: asked.id });
	});
}

function undoable(tx: Tx, { state, route }: Standing): Decision {
	const refusal = refusalOf(state, 'rolled_back', route);
	const decision = decisionById(tx.db, state.decisionId);
	if (refusal !== null || decision === null) throw new Conflict(refusal ?? 'There is no decision to undo.');
	return decision;
}

function undo(tx: Tx, standing: Standing, decision: Decision, undoId: string): void {
	const { application } = standing;
	overturn(tx, decision.id, `undo:${undoId}`);
	// What this decision had set aside stands again.
	const again = 'UPDATE decision SET overturned_at = NULL, overturned_by = NULL WHERE overturned_by IN (?, ?) RETURNING id';
	const earlier = prepared(tx.db.sql, again).pluck().get(`decision:${decision.id}`, `review:${decision.id}`) as string | undefined;
	if (!takeBackGrant(tx, application.personId, decision)) giveBack(tx, standing, decision, earlier ?? null);
	const made = standing.steps.findLast(({ kind, data }) => (kind === 'decided' || kind === 'review_decided') && data.decision === decision.id);
	takeStep(tx, standing, 'rolled_back', { toNo: (made?.no ?? 1) - 1, decision: decision.id, undo: undoId });
	postTo(tx, application.personId, (to) => mailCorrected(tx.ctx.settings, { key: undoId, reference: application.reference ?? '' }, to));
}

/** A refusal that had taken an earlier award away gives it back. */
function giveBack(tx: Tx, standing: Standing, { outcome, variedTo }: Decision, earlierId: string | null): void {
	const earlier = decisionById(tx.db, earlierId);
	const given = earlier && givenBy(tx, earlier);
	if (given && (outcome === 'declined' || variedTo === 'declined')) restoreGrant(tx, standing, given);
}
