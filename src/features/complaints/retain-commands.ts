import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { writeThrough } from '#core/dispose.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { removeConcernBytes } from './file-drop.ts';
import { destroyConcern } from './retain-destroy.ts';
import type { DestroyInput, RetainInput, SecondInput } from './retain-forms.ts';
import { type KeptCase, keptConcern } from './retain-queries.ts';
import { refuseStale } from './step.ts';

/** As long as somebody may keep a case before it is looked at again. */
const LONGEST_MONTHS = 60;

/** Keeps a case that is due until a day, for a reason. @throws NotFound, Forbidden; Invalid, Conflict in words */
export function retainConcern(ctx: Ctx, reference: string, { seen, because, untilOn }: RetainInput): void {
	commit(ctx, { name: 'keep a case longer' }, (tx) => {
		const { standing } = dueNow(ctx, reference, seen);
		if (untilOn <= ctx.today) throw new Invalid('untilOn', 'Enter a day that is still to come.');
		if (untilOn > addMonths(ctx.today, LONGEST_MONTHS)) throw new Invalid('untilOn', 'Five years at most: it is looked at again then.');
		const { id } = standing.concern;
		const text = `INSERT INTO concern_retained (id, concern_id, until_on, because, decided_by, decided_on, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?)`;
		prepared(tx.db.sql, text).run(newId(), id, untilOn, because, personOf(ctx).personId, ctx.today, ctx.now);
		prepared(tx.db.sql, DROP_PROPOSAL).run(personOf(ctx).personId, ctx.now, id);
		record(tx, 'concern.retained', { type: 'concern', id }, { because });
	});
}

/** Proposes to destroy what was said in a case that is due. @throws NotFound, Forbidden, SignInRequired (recent proof); Conflict in words */
export function proposeDestruction(ctx: Ctx, reference: string, { seen }: DestroyInput): void {
	requireProof(ctx, true);
	commit(ctx, { name: 'propose to destroy a case' }, (tx) => {
		const { standing, proposal } = dueNow(ctx, reference, seen);
		if (proposal !== null) throw new Conflict('This is proposed already, and waits for a second person.');
		const { id } = standing.concern;
		const text = "INSERT INTO concern_proposal (id, concern_id, kind, data, proposed_by, proposed_at) VALUES (?, ?, 'destroyed', '{}', ?, ?)";
		prepared(tx.db.sql, text).run(newId(), id, personOf(ctx).personId, ctx.now);
		record(tx, 'concern.proposed', { type: 'concern', id }, { kind: 'destroyed' });
	});
}

/**
 * Agrees to what another proposed, which destroys it at once, or refuses. Whoever proposed it may only take it back.
 * @throws NotFound, Forbidden, SignInRequired (recent proof); Conflict in words
 */
export function settleDestruction(ctx: Ctx, reference: string, { seen, result }: SecondInput): void {
	requireProof(ctx, true);
	const destroyed = commit(ctx, { name: 'answer a proposal to destroy a case', reason: 'the time for keeping it is over' }, (tx) => {
		const { standing, proposal } = keptConcern(ctx, reference);
		refuseStale(standing, seen);
		if (proposal === null) throw new Conflict('This was settled already. Open the list again to see where it stands.');
		if (proposal.isOwn && result === 'agreed') throw new Conflict('You proposed it yourself: somebody else has to agree.');
		if (result === 'agreed') dueNow(ctx, reference, seen);
		end(tx, standing.concern.id, proposal.id, proposal.isOwn ? 'taken_back' : result);
		if (result === 'agreed') destroyConcern(tx, standing, proposal.id);
		return result === 'agreed' ? standing.concern.id : null;
	});
	if (destroyed === null) return;
	removeConcernBytes(ctx, destroyed);
	// What could not be written through now is by the daily purge.
	writeThrough(ctx.db);
}

function dueNow(ctx: Ctx, reference: string, seen: number): KeptCase {
	const found = keptConcern(ctx, reference);
	refuseStale(found.standing, seen);
	if (found.retention.state === 'held') throw new Conflict('A legal hold keeps everything of this case.');
	if (found.retention.state !== 'due') throw new Conflict('This case is not due. Open the list again to see where it stands.');
	return found;
}

function end(tx: Tx, concernId: string, proposalId: string, result: 'agreed' | 'refused' | 'taken_back'): void {
	const text = 'UPDATE concern_proposal SET settled_by = ?, settled_at = ?, result = ? WHERE id = ? AND settled_at IS NULL';
	prepared(tx.db.sql, text).run(personOf(tx.ctx).personId, tx.ctx.now, result, proposalId);
	record(tx, 'concern.proposal_settled', { type: 'concern', id: concernId }, { result });
}

/** What is kept longer is not destroyed: a proposal that waits is over with it. */
const DROP_PROPOSAL = `UPDATE concern_proposal SET settled_by = ?, settled_at = ?, result = 'refused'
	WHERE concern_id = ? AND kind = 'destroyed' AND settled_at IS NULL`;
