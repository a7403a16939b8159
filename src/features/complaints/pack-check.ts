import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { allow, isStaff, personOf } from '#core/policy.ts';
import { dropText, openTexts, placesOf, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { isLead } from './access-commands.ts';
import { tellSides } from './message-put.ts';
import { toldOnIn } from './own-door.ts';
import { type OfPack, packFor } from './pack-commands.ts';
import { putGiven } from './pack-put.ts';
import { itemViews, standOpen } from './pack-render.ts';
import { itemsOf, type PackRow, packNo, placeOfItem, stateOfPack } from './pack-store.ts';
import { type Access, type Sight, sightOf } from './sight.ts';

/** Who may look at what others covered: whoever decides or works on the case. */
const MAY_CHECK: readonly Access['capacity'][] = ['owner', 'caseworker', 'lay_screener', 'investigator', 'facilitator', 'secretary'];

/** May this person check packs of the case at all? Of which they had no part, `hadPart` says. */
export function mayCheck({ accesses, isGateShut }: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return !isGateShut && accesses.some(({ capacity }) => MAY_CHECK.includes(capacity));
}

/** Did somebody make a pack, choose something for it, cover or uncover something in it? They never check it. */
export function hadPart({ db }: Pick<Ctx, 'db'>, { id }: Pick<PackRow, 'id'>, personId: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM concern_pack_maker WHERE pack_id = ? AND person_id = ?').get(id, personId) !== undefined;
}

/** Sends a pack to a second person: the copy with what is covered is sealed as it is. @throws NotFound, Forbidden, Conflict */
export function sendPack(ctx: Ctx, reference: string, of: OfPack): void {
	commit(ctx, { name: 'send a pack to be checked' }, (tx) => {
		const { pack } = packFor(ctx, reference, of);
		if (!['open', 'sent_back'].includes(stateOfPack(pack))) throw new Conflict('It was sent already.');
		dropCopies(tx, pack);
		for (const { n, parts } of itemViews(ctx, pack)) sealText(tx, pack.concernId, placeOfItem(pack.id, n), JSON.stringify(parts));
		const text = 'UPDATE concern_pack SET sent_at = ?, checked_by = NULL, checked_at = NULL, result = NULL, version = version + 1 WHERE id = ?';
		prepared(tx.db.sql, text).run(ctx.now, pack.id);
		record(tx, 'concern.pack_sent', { type: 'concern', id: pack.concernId });
	});
}

export type CheckInput = OfPack & { result: 'approved' | 'sent_back'; words: string; saw: boolean };

/**
 * Approves what another made, or sends it back with words. `saw`: they saw which covered words stand open elsewhere, where there are any.
 * @throws NotFound; Forbidden; Conflict for whoever had a part in it, or when it is not waiting; Invalid in words
 */
export function checkPack(ctx: Ctx, reference: string, input: CheckInput): void {
	commit(ctx, { name: 'check a pack' }, (tx) => {
		const { pack, sight } = checkedBy(ctx, reference, input.no);
		if (pack.version !== input.version || stateOfPack(pack) !== 'waits') throw new Conflict('It does not wait to be checked any more. Open it again.');
		const { personId } = personOf(ctx);
		if (hadPart(ctx, pack, personId)) throw new Conflict('You had a part in making it: somebody else has to check it.');
		if (input.result === 'sent_back' && input.words === '') throw new Invalid('words', 'Say what is to be changed.');
		if (input.result === 'approved') refuseUnlessTrue(tx, pack, input.saw);
		const isApproved = input.result === 'approved';
		const text = 'UPDATE concern_pack SET checked_by = ?, checked_at = ?, result = ?, sent_at = ?, version = version + 1 WHERE id = ?';
		prepared(tx.db.sql, text).run(personId, ctx.now, input.result, isApproved ? pack.sentAt : null, pack.id);
		if (input.words !== '') sealText(tx, pack.concernId, `pack:${pack.id}:check`, input.words);
		if (!isApproved) dropCopies(tx, pack);
		record(tx, 'concern.pack_checked', { type: 'concern', id: sight.concern.id }, { result: input.result });
	});
}

/** Gives a side what was approved for it, beyond the first, which goes with the step that tells the therapist. @throws NotFound, Forbidden, Conflict */
export function givePack(ctx: Ctx, reference: string, of: OfPack): void {
	const told = commit(ctx, { name: 'give a pack' }, (tx) => {
		const { pack, sight } = packFor(ctx, reference, of);
		allow(isLead(ctx, sight));
		if (stateOfPack(pack) !== 'approved') throw new Conflict('Only what a second person approved is given.');
		if (pack.side === 'respondent' && toldOnIn(sight.steps) === null) throw new Conflict('Lay the case before the therapist: it goes with that step.');
		putGiven(tx, pack);
		return { concernId: pack.concernId, respondentId: sight.concern.respondentId, sides: [pack.side], about: `pack:${pack.no}` };
	});
	tellSides(ctx, told);
}

/** A pack for whoever may check it. @throws NotFound, Forbidden */
export function checkedBy(ctx: Ctx, reference: string, no: number): { pack: PackRow; sight: Sight } {
	const sight = sightOf(ctx, reference);
	allow(isStaff(ctx.actor) && mayCheck(sight));
	const pack = packNo(ctx.db, sight.concern.id, no);
	if (pack === null) throw new NotFound('There is no such case.');
	return { pack, sight };
}

function refuseUnlessTrue(tx: Tx, pack: PackRow, saw: boolean): void {
	const items = itemViews(tx.ctx, pack);
	const sealed = openTexts(
		tx.ctx,
		pack.concernId,
		itemsOf(tx.db, pack.id).map(({ n }) => placeOfItem(pack.id, n)),
	);
	const isTrue = items.length === sealed.size && items.every(({ n, parts }) => sealed.get(placeOfItem(pack.id, n)) === JSON.stringify(parts));
	if (!isTrue) throw new Conflict('What it was made from has changed since. Send it back, so that it is made anew.');
	if (!saw && standOpen(items).length > 0)
		throw new Invalid('saw', 'Something that is covered in one place stands open in another. Say that you saw it, or send it back.');
}

function dropCopies(tx: Tx, { id, concernId }: Pick<PackRow, 'id' | 'concernId'>): void {
	for (const place of placesOf(tx.db, concernId, `pack:${id}:`)) if (/:\d+$/.test(place)) dropText(tx, concernId, place);
}
