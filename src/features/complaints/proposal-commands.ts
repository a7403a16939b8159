import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { concernProposal } from '#db/schema/index.ts';
import { putStep, refuseUnlessMay, type Told } from './case-step.ts';
import { tellSides } from './message-put.ts';
import { canTake } from './policy.ts';
import { type Sight, sightOf } from './sight.ts';
import { refuseStale } from './step.ts';

type Row = typeof concernProposal.$inferSelect;
export type ProposalKind = Exclude<Row['kind'], 'destroyed'>;
export type Proposal = Pick<Row, 'id' | 'proposedBy' | 'proposedAt'> & { kind: ProposalKind; data: Record<string, string>; by: string };
export type ProposeInput = { kind: ProposalKind; seen: number; words: string; told: string; data?: Record<string, string> };

/** Steps that decide whether a concern is for us: never without somebody from outside the profession. */
const SCREENED: readonly ProposalKind[] = ['accepted', 'redirected', 'declined'];

/**
 * Proposes a step that two people take. Its words are sealed with it: those for the file, and those that who raised it will read.
 * @throws NotFound, Forbidden; Conflict in words, also when it is proposed already
 */
export function propose(ctx: Ctx, reference: string, { kind, seen, words, told, data = {} }: ProposeInput): void {
	commit(ctx, { name: 'propose a step of a case' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		refuseUnlessMay(ctx, sight, kind);
		const { id } = sight.concern;
		if (openProposals(tx, id).some((one) => one.kind === kind)) throw new Conflict('This is proposed already, and waits for a second person.');
		const proposalId = newId();
		const text = 'INSERT INTO concern_proposal (id, concern_id, kind, data, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(proposalId, id, kind, JSON.stringify(data), personOf(ctx).personId, ctx.now);
		sealText(tx, id, `proposal:${proposalId}`, words);
		if (told !== '') sealText(tx, id, `proposal:${proposalId}:told`, told);
		record(tx, 'concern.proposed', { type: 'concern', id }, { kind });
	});
}

/** Agrees to what another proposed, which takes the step, or refuses it with a reason. @throws NotFound, Forbidden; Conflict in words */
export function settleProposal(ctx: Ctx, reference: string, input: { proposal: string; seen: number; result: 'agreed' | 'refused'; words: string }): void {
	const told = commit(ctx, { name: 'settle a proposal' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, input.seen);
		const found = openOne(tx, sight, input.proposal);
		const { personId } = personOf(ctx);
		if (found.proposedBy === personId) throw new Conflict('You proposed it yourself: somebody else has to agree.');
		allow(canTake(ctx.actor, sight, found.kind));
		end(tx, sight, found.id, input.result);
		if (input.words !== '') sealText(tx, sight.concern.id, `proposal:${found.id}:answer`, input.words);
		return input.result === 'agreed' ? agree(tx, sight, found) : null;
	});
	if (told !== null) tellSides(ctx, told);
}

/** Takes back what one proposed oneself. @throws NotFound; Conflict when it is settled */
export function takeBackProposal(ctx: Ctx, reference: string, { proposal, seen }: { proposal: string; seen: number }): void {
	commit(ctx, { name: 'take a proposal back' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		const found = openOne(tx, sight, proposal);
		allow(found.proposedBy === personOf(ctx).personId && !sight.isGateShut);
		end(tx, sight, found.id, 'taken_back');
	});
}

/** What waits for a second person. Never authorises. */
export function openProposals({ db }: Pick<Tx, 'db'>, concernId: string): Proposal[] {
	const text = `SELECT p.id, p.kind, p.data, p.proposed_by AS proposedBy, p.proposed_at AS proposedAt, n.given_names || ' ' || n.family_name AS "by"
		FROM concern_proposal p LEFT JOIN person_name n ON n.person_id = p.proposed_by AND n.to_on IS NULL
		WHERE p.concern_id = ? AND p.settled_at IS NULL AND p.kind <> 'destroyed' ORDER BY p.proposed_at, p.id`;
	const rows = prepared(db.sql, text).all(concernId) as (Omit<Proposal, 'data'> & { data: string })[];
	return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, string> }));
}

function agree(tx: Tx, sight: Sight, { id, kind, data, proposedBy }: Proposal): Told {
	const { ctx } = tx;
	const concernId = sight.concern.id;
	const isLay = prepared(tx.db.sql, LAY).get(concernId, personOf(ctx).personId, proposedBy) !== undefined;
	if (SCREENED.includes(kind) && !isLay) throw new Conflict('One of the two has to be the lay screener. Let one in first.');
	const words = openText(ctx, concernId, `proposal:${id}`) ?? '';
	const told = openText(ctx, concernId, `proposal:${id}:told`) ?? '';
	return putStep(tx, sight, { kind, seen: sight.seen, words, told, data: { ...data, proposal: id } });
}

function end(tx: Tx, { concern }: Sight, id: string, result: 'agreed' | 'refused' | 'taken_back'): void {
	const text = 'UPDATE concern_proposal SET settled_by = ?, settled_at = ?, result = ? WHERE id = ? AND settled_at IS NULL';
	prepared(tx.db.sql, text).run(personOf(tx.ctx).personId, tx.ctx.now, result, id);
	record(tx, 'concern.proposal_settled', { type: 'concern', id: concern.id }, { result });
}

function openOne(tx: Tx, { concern }: Sight, id: string): Proposal {
	const found = openProposals(tx, concern.id).find((one) => one.id === id);
	if (!found) throw new Conflict('This was settled already. Open the case again to see where it stands.');
	return found;
}

const LAY = `SELECT 1 FROM concern_access WHERE concern_id = ? AND capacity = 'lay_screener' AND ended_at IS NULL AND person_id IN (?, ?)`;
