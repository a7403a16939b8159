import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { refuseUnlessMay } from './case-step.ts';
import { canTake } from './policy.ts';
import { sightOf } from './sight.ts';
import { refuseStale, takeStep } from './step.ts';

/** An interim order that somebody asked for and that waits for a second person. */
export type InterimRequest = { id: string; askedBy: string; name: string; askedOn: string };

/**
 * Asks for an interim order: somebody could be at risk before the case is decided. A second person agrees the same day, and a panel decides.
 * @param words the risk, sealed. @throws NotFound, Forbidden; Conflict in words, also when it is asked already
 */
export function askInterim(ctx: Ctx, reference: string, { seen, words }: { seen: number; words: string }): void {
	commit(ctx, { name: 'ask for an interim order' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		refuseUnlessMay(ctx, sight, 'interim_asked');
		const { id } = sight.concern;
		if (sight.concern.respondentId === null) throw new Conflict('Say first who it is about: they have to be on file.');
		if (openRequest(tx.db, id) !== null) throw new Conflict('It is asked for already, and waits for a second person.');
		const requestId = newId();
		const text = 'INSERT INTO concern_interim_request (id, concern_id, asked_by, asked_on, asked_at) VALUES (?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(requestId, id, personOf(ctx).personId, ctx.today, ctx.now);
		sealText(tx, id, `interim:${requestId}`, words);
		record(tx, 'concern.interim_requested', { type: 'concern', id }, {});
	});
}

/** Agrees, as a second person, so that it goes to a panel, or does not. @throws NotFound, Forbidden; Conflict in words, also for who asked */
export function settleInterim(ctx: Ctx, reference: string, { seen, result, words }: { seen: number; result: 'agreed' | 'refused'; words: string }): void {
	commit(ctx, { name: 'answer whether an interim order is asked for' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		const { personId } = personOf(ctx);
		const { id } = sight.concern;
		const found = openRequest(tx.db, id);
		if (found === null) throw new Conflict('This was answered already. Open the case again to see where it stands.');
		allow(canTake(ctx.actor, sight, 'interim_asked'));
		if (found.askedBy === personId) throw new Conflict('You asked for it yourself: somebody else has to agree.');
		end(tx, found.id, result);
		if (words !== '') sealText(tx, id, `interim:${found.id}:answer`, words);
		record(tx, 'concern.interim_settled', { type: 'concern', id }, { result, isSameDay: found.askedOn === ctx.today });
		if (result === 'agreed') takeStep(tx, sight, 'interim_asked', { side: 'office', personId }, { request: found.id });
	});
}

/** Takes back what one asked for oneself. @throws NotFound, Forbidden; Conflict when it is answered */
export function takeBackInterim(ctx: Ctx, reference: string, { seen }: { seen: number }): void {
	commit(ctx, { name: 'take back a request for an interim order' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		const found = openRequest(tx.db, sight.concern.id);
		if (found === null) throw new Conflict('This was answered already. Open the case again to see where it stands.');
		allow(found.askedBy === personOf(ctx).personId && !sight.isGateShut);
		end(tx, found.id, 'taken_back');
		record(tx, 'concern.interim_settled', { type: 'concern', id: sight.concern.id }, { result: 'taken_back' });
	});
}

/** What waits for a second person, or null. Never authorises. */
export function openRequest(db: Db, concernId: string): InterimRequest | null {
	const text = `SELECT r.id, r.asked_by AS askedBy, r.asked_on AS askedOn, coalesce(n.given_names || ' ' || n.family_name, '') AS name
		FROM concern_interim_request r LEFT JOIN person_name n ON n.person_id = r.asked_by AND n.to_on IS NULL WHERE r.concern_id = ? AND r.settled_at IS NULL`;
	return (prepared(db.sql, text).get(concernId) as InterimRequest | undefined) ?? null;
}

function end(tx: Tx, id: string, result: 'agreed' | 'refused' | 'taken_back'): void {
	const text = 'UPDATE concern_interim_request SET settled_by = ?, settled_at = ?, result = ? WHERE id = ? AND settled_at IS NULL';
	prepared(tx.db.sql, text).run(personOf(tx.ctx).personId, tx.ctx.now, result, id);
}
