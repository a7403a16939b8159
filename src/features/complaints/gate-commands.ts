import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { daysOn, endAccesses, putAccess } from './access-put.ts';
import type { GateInput } from './gate-form.ts';
import { type Sight, sightOf } from './sight.ts';
import { takeStep } from './step.ts';

/**
 * Says what ties somebody to a case, before it opens to them. On a case that waits for an officer it lets them in; whoever was asked to take
 * a case over has it from here on; whoever steps back knows nothing of it any more.
 * @throws NotFound; Conflict when they have said so already
 */
export function declareAtGate(ctx: Ctx, reference: string, { declared, words }: GateInput): void {
	commit(ctx, { name: 'declare' }, (tx) => {
		const sight = sightOf(ctx, reference);
		if (!sight.isGateShut) throw new Conflict('You have said already what ties you to this case.');
		const { personId } = personOf(ctx);
		const { id } = sight.concern;
		const accessId = sight.accesses.length > 0 ? answer(tx, sight, declared) : enter(tx, sight, declared);
		if (words !== '' && declared === 'minor') sealText(tx, id, `access:${accessId}`, words);
		record(tx, declared === 'recuse' ? 'concern.recused' : 'concern.declared', { type: 'concern', id }, { declared });
		if (declared !== 'recuse' && sight.accesses.some(({ capacity }) => capacity === 'owner')) becomeOwner(tx, sight, personId);
	});
}

/** Steps back from a case that was open already. Whoever does is not let in again. @throws NotFound */
export function stepBack(ctx: Ctx, reference: string): void {
	commit(ctx, { name: 'step back' }, (tx) => {
		const { concern, accesses } = sightOf(ctx, reference);
		if (accesses.length === 0) throw new Conflict('You were not let in.');
		endAccesses(tx, { concernId: concern.id, personId: personOf(ctx).personId }, 'recused');
		record(tx, 'concern.recused', { type: 'concern', id: concern.id }, {});
	});
}

function enter(tx: Tx, { concern, rules }: Sight, declared: GateInput['declared']): string {
	const { personId } = personOf(tx.ctx);
	return putAccess(tx, { concernId: concern.id, personId, capacity: 'caseworker', untilAt: daysOn(tx, rules.accessDays), grantedBy: null, declared });
}

function answer(tx: Tx, { concern, accesses }: Sight, declared: GateInput['declared']): string {
	const { personId } = personOf(tx.ctx);
	const text = 'UPDATE concern_access SET declared = ?, declared_at = ? WHERE concern_id = ? AND person_id = ? AND ended_at IS NULL AND declared IS NULL';
	prepared(tx.db.sql, text).run(declared, tx.ctx.now, concern.id, personId);
	if (declared === 'recuse') endAccesses(tx, { concernId: concern.id, personId }, 'recused');
	return accesses[0]?.id ?? '';
}

/** Whoever was asked to take it over has it now; whoever had it before is out. */
function becomeOwner(tx: Tx, sight: Sight, personId: string): void {
	const { ownerId, phase } = sight.state;
	if (ownerId === personId || phase === 'closed') return;
	takeStep(tx, sight, phase === 'received' ? 'assigned' : 'owner_changed', { side: 'office', personId }, { owner: personId });
	if (ownerId !== null) endAccesses(tx, { concernId: sight.concern.id, personId: ownerId, capacity: 'owner' }, 'replaced');
}
