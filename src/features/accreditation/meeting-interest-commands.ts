import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { InterestInput } from './meeting-forms.ts';
import { asksInterests, barsTo, type Declared, declaredBy } from './meeting-part.ts';
import { seatOf } from './meeting-policy.ts';
import { type Item, itemAt, membersOf } from './meeting-rows.ts';
import { allowAtTable, placeFor, refuseItemUnless, refuseUnless } from './meeting-table.ts';
import { revealWhenAllVoted } from './vote-reveal.ts';

/**
 * Says whether somebody at the table has an interest in an item: before that nothing of it opens to them. A recusal stands.
 * Where the record finds an interest, that counts, whatever was said.
 * @throws NotFound, Forbidden; Conflict once the item is resolved, or for somebody who stepped back
 */
export function declareForItem(ctx: Ctx, { reference, no, declared, words }: InterestInput & { reference: string; no: number }): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'declare interest' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, { reference, no });
		allowAtTable(seatOf(ctx.actor, members) !== null && asksInterests(item));
		refuseUnless(meeting, 'called', 'open');
		refuseItemUnless(item, 'coming', 'voting', 'opened');
		if (declaredBy(tx.db, item.id, personId)?.declared === 'recuse') throw new Conflict('You take no part in this item.');
		const found = barsTo(tx.db, item, personId).length > 0;
		if (found) recuse(tx, item, personId);
		else {
			put(tx, item.id, personId, { declared, words, isFound: 0 });
			record(tx, 'meeting.interest_declared', { type: 'meeting', id: meeting.id }, { item: no, person: personId, declared });
		}
		revealWhenAllVoted(tx, itemAt(tx.db, meeting.id, no));
	});
}

/** Recuses everyone at the table whom the record keeps from an item. Joins a transaction and never authorises. */
export function recuseFound(tx: Tx, item: Item): void {
	for (const { personId } of membersOf(tx.db, item.meetingId)) {
		const isRecused = declaredBy(tx.db, item.id, personId)?.declared === 'recuse';
		if (!isRecused && barsTo(tx.db, item, personId).length > 0) recuse(tx, item, personId);
	}
}

function recuse(tx: Tx, item: Item, personId: string): void {
	put(tx, item.id, personId, { declared: 'recuse', words: '', isFound: 1 });
	record(tx, 'meeting.interest_found', { type: 'meeting', id: item.meetingId }, { item: item.position, person: personId });
}

function put(tx: Tx, itemId: string, personId: string, said: { declared: Declared; words: string; isFound: 0 | 1 }): void {
	const text = `INSERT INTO meeting_interest (item_id, person_id, declared, words, is_found, declared_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (item_id, person_id) DO UPDATE SET declared = excluded.declared, words = excluded.words, is_found = excluded.is_found, declared_at = excluded.declared_at`;
	prepared(tx.db.sql, text).run(itemId, personId, said.declared, said.words, said.isFound, tx.ctx.now);
}
