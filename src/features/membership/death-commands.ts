import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { isOfTheDead } from '#core/last-rest.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { MembershipHandlers } from './handlers.ts';
import { canKeepFile } from './people-policy.ts';
import { changePerson } from './person-commands.ts';

type OnChanged = MembershipHandlers['onChanged'];

/**
 * Records that someone has died. It takes effect at once (the listing is hidden, nothing more is sent) and waits for a second look.
 * @throws Forbidden, SignInRequired (recent proof), Invalid, Conflict, NotFound
 */
export function recordDeath(ctx: Ctx, death: { personId: string; diedOn: string; evidence: string }, onChanged: OnChanged): void {
	const { personId, diedOn, evidence } = death;
	allow(canKeepFile(ctx.actor, personId));
	requireProof(ctx, true);
	const by = personOf(ctx).personId;
	if (diedOn > ctx.today) throw new Invalid('diedOn', 'This day has not come yet.');
	commit(ctx, { name: 'record a death' }, (tx) => {
		const person = lives(tx, personId);
		if (person.bornOn !== null && diedOn < person.bornOn) throw new Invalid('diedOn', 'This day lies before they were born.');
		const text = 'INSERT INTO person_death (id, person_id, died_on, evidence, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)';
		const id = newId();
		prepared(tx.db.sql, text).run(id, personId, diedOn, evidence, ctx.now, by);
		changePerson(tx, personId, { diedOn });
		const stopped = stopMessages(tx, personId);
		closeAccount(tx, personId);
		record(tx, 'person.death_recorded', { type: 'person', id: personId }, { deathId: id, diedOn, stopped });
		onChanged(tx, personId);
	});
}

/** A second officer has looked at it too. @throws Forbidden (also for the officer who recorded it), Conflict, NotFound */
export function confirmDeath(ctx: Ctx, { personId, id, version }: { personId: string; id: string; version: number }): void {
	allow(canKeepFile(ctx.actor, personId));
	requireProof(ctx, true);
	const by = personOf(ctx).personId;
	commit(ctx, { name: 'confirm a death' }, (tx) => {
		const { recordedBy } = waitingDeath(tx, { personId, id, version });
		if (recordedBy === by) throw new Forbidden('Somebody else has to look at this: you recorded it.');
		prepared(tx.db.sql, 'UPDATE person_death SET confirmed_at = ?, confirmed_by = ?, version = version + 1 WHERE id = ?').run(ctx.now, by, id);
		record(tx, 'person.death_confirmed', { type: 'person', id: personId }, { deathId: id });
	});
}

/** It was a mistake: all is as it was before, and messages that were stopped go out. @throws Forbidden, Conflict, NotFound */
export function takeDeathBack(ctx: Ctx, back: { personId: string; id: string; version: number; reason: string }, onChanged: OnChanged): void {
	const { personId, id, reason } = back;
	allow(canKeepFile(ctx.actor, personId));
	requireProof(ctx, true);
	const by = personOf(ctx).personId;
	commit(ctx, { name: 'take a death back', reason }, (tx) => {
		const { recordedAt } = waitingDeath(tx, back);
		const text = 'UPDATE person_death SET taken_back_at = ?, taken_back_by = ?, take_back_reason = ?, version = version + 1 WHERE id = ?';
		prepared(tx.db.sql, text).run(ctx.now, by, reason, id);
		changePerson(tx, personId, { diedOn: null });
		restartMessages(tx, personId, recordedAt);
		openAccount(tx, personId);
		record(tx, 'person.death_taken_back', { type: 'person', id: personId }, { deathId: id });
		onChanged(tx, personId);
	});
}

function lives(tx: Tx, personId: string): { bornOn: string | null } {
	const find = 'SELECT born_on AS bornOn, died_on AS diedOn FROM person WHERE id = ?';
	const person = prepared(tx.db.sql, find).get(personId) as { bornOn: string | null; diedOn: string | null } | undefined;
	if (!person) throw new NotFound('There is no such person on file.');
	if (person.diedOn !== null) throw new Conflict('Their death is recorded already.');
	return person;
}

function waitingDeath(tx: Tx, { personId, id, version }: { personId: string; id: string; version: number }): { recordedBy: string; recordedAt: number } {
	const text = `SELECT recorded_by AS recordedBy, recorded_at AS recordedAt, version, confirmed_at IS NOT NULL OR taken_back_at IS NOT NULL AS isDone
		FROM person_death WHERE id = ? AND person_id = ?`;
	const death = prepared(tx.db.sql, text).get(id, personId) as { recordedBy: string; recordedAt: number; version: number; isDone: 0 | 1 } | undefined;
	if (!death) throw new NotFound('There is no such record of a death.');
	if (death.isDone === 1 || death.version !== version) throw new Conflict('Somebody has looked at this already.');
	return death;
}

/** Nothing is sent to the dead: what waits in the outbox stays there, and what is written later is stopped on its way out (`deliverMail`). */
function stopMessages(tx: Tx, personId: string): number {
	const text = `UPDATE outbox SET failed_at = ?, claimed_until = NULL, last_error = 'stopped'
		WHERE sent_at IS NULL AND failed_at IS NULL AND lower(to_address) = ?`;
	const theirs = addressesOf(tx, personId).filter((address) => isOfTheDead(tx.db, address));
	return theirs.reduce((sum, address) => sum + prepared(tx.db.sql, text).run(tx.ctx.now, address).changes, 0);
}

function restartMessages(tx: Tx, personId: string, stoppedAt: number): void {
	const text = `UPDATE outbox SET failed_at = NULL, last_error = NULL
		WHERE failed_at >= ? AND last_error = 'stopped' AND purged_at IS NULL AND lower(to_address) = ?`;
	for (const address of addressesOf(tx, personId)) prepared(tx.db.sql, text).run(stoppedAt, address);
}

/** Where messages for them go, in lower case. A mailbox that they share with somebody living is still written to. */
function addressesOf(tx: Tx, personId: string): string[] {
	const text = 'SELECT lower(email) FROM person WHERE id = ? AND email IS NOT NULL UNION SELECT lower(email) FROM account WHERE person_id = ?';
	return prepared(tx.db.sql, text).pluck().all(personId, personId) as string[];
}

const CLOSED = 'their death is recorded';

function closeAccount(tx: Tx, personId: string): void {
	const close = 'UPDATE account SET disabled_at = ?, disabled_reason = ?, version = version + 1 WHERE person_id = ? AND disabled_at IS NULL';
	prepared(tx.db.sql, close).run(tx.ctx.now, CLOSED, personId);
	prepared(tx.db.sql, 'DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE person_id = ?)').run(personId);
}

function openAccount(tx: Tx, personId: string): void {
	const open = 'UPDATE account SET disabled_at = NULL, disabled_reason = NULL, version = version + 1 WHERE person_id = ? AND disabled_reason = ?';
	prepared(tx.db.sql, open).run(personId, CLOSED);
}
