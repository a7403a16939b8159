import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import { openText, openTexts } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernAccess } from '#db/schema/index.ts';
import { type Standing, standingOf } from './step.ts';

export type Access = Pick<typeof concernAccess.$inferSelect, 'id' | 'capacity' | 'untilAt' | 'declared'>;
/**
 * A case for somebody who may know of it. `accesses`: as what they were let in, now. `isGateShut`: they have not said yet what ties them to
 * it; until then nothing may be shown but the names it is about. `isUnowned`: it waits for an officer, or nobody can act as its owner any more
 * (they stepped back, their time is over, or it turned out to be about their own circle), and the actor may take it on.
 */
export type Sight = Standing & { accesses: readonly Access[]; isGateShut: boolean; isUnowned: boolean };
/** An opened case: what it holds is read through it. */
export type OpenCase = Sight & { text(place: string): string | null; texts(places: readonly string[]): Map<string, string> };

const NONE = 'There is no such case.';

/**
 * A case for the one who asks: whoever was let in and is in time, and a complaints officer while nobody has it yet, but for the one who typed it
 * where there is another. A side of it, somebody of a
 * side's own circle, whoever stepped back and everybody else learn nothing, not even that there is one. Every question runs for every answer,
 * so that none is told by its time (issue 5 §6). @throws NotFound, SignInRequired
 */
export function sightOf(ctx: Ctx, reference: string): Sight {
	const { personId } = personOf(ctx);
	const found = prepared(ctx.db.sql, FOUND).get(reference) as { id: string; phase: string; typedBy: string | null } | undefined;
	// Where there is none, another is asked about, so that it costs the same; nothing comes of it.
	const another = prepared(ctx.db.sql, ANOTHER).pluck().get() as string | undefined;
	const id = found?.id ?? another ?? '';
	const isTied = interestsIn(ctx.db, id, personId).length > 0;
	const hasSteppedBack = prepared(ctx.db.sql, STEPPED_BACK).get(id, personId) !== undefined;
	const accesses = prepared(ctx.db.sql, ACCESSES).all(id, personId, ctx.now, ctx.now) as Access[];
	const owners = prepared(ctx.db.sql, OWNERS).pluck().all(id, ctx.now) as string[];
	const hasNobody = owners.map((owner) => interestsIn(ctx.db, id, owner).length > 0).every(Boolean) && !SHUT.includes(found?.phase ?? '');
	const isTypist = !isOnlyOfficer(ctx, personId) && found?.typedBy === personId;
	const isUnowned = (found?.phase === 'received' || hasNobody) && hasRole(ctx.actor, 'complaints_officer') && !isTypist;
	if (!found || !isStaff(ctx.actor) || isTied || hasSteppedBack || (accesses.length === 0 && !isUnowned)) throw new NotFound(NONE);
	return { ...standingOf(ctx.db, id), accesses, isGateShut: !accesses.some((a) => a.declared !== null), isUnowned };
}

/**
 * Opens a case and notes who opened what of it: in the record of the case, which its owner sees, and in the audit.
 * @param what a word for what is opened: `case`, `file:<id>`. @throws NotFound also while the gate is shut
 */
export function openCase(ctx: Ctx, reference: string, what: string): OpenCase {
	const sight = sightOf(ctx, reference);
	if (sight.isGateShut) throw new NotFound(NONE);
	const { id } = sight.concern;
	noteRead(ctx, { concernId: id, personId: personOf(ctx).personId, capacity: sight.accesses[0]?.capacity ?? 'owner', what });
	return { ...sight, text: (place) => openText(ctx, id, place), texts: (places) => openTexts(ctx, id, places) };
}

/** Notes an opening. `personId` null: the complainant, by their case key. */
export function noteRead(
	ctx: Ctx,
	{ concernId, personId, capacity, what }: { concernId: string; personId: string | null; capacity: string; what: string },
): void {
	commit(ctx, { name: 'read a case' }, (tx) => {
		const text = 'INSERT INTO concern_read (id, concern_id, person_id, capacity, what, at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(newId(), concernId, personId, capacity, what, ctx.now);
		record(tx, 'concern.read', { type: 'concern', id: concernId }, { capacity });
	});
}

/** Is there no other complaints officer today? Then whoever typed a concern may take it on too: else nobody would know of it. */
export function isOnlyOfficer({ db, today }: Pick<Ctx, 'db' | 'today'>, personId: string): boolean {
	return prepared(db.sql, OTHER_OFFICER).get({ me: personId, today }) === undefined;
}

/** What stands between somebody and a case, found from the record. Never authorises. */
export function interestsIn(db: Db, concernId: string, personId: string): string[] {
	return prepared(db.sql, 'SELECT DISTINCT reason FROM concern_interest WHERE concern_id = ? AND other_id = ?').pluck().all(concernId, personId) as string[];
}

const FOUND = 'SELECT id, phase, typed_by AS typedBy FROM concern WHERE reference = ?';
const OTHER_OFFICER = `SELECT 1 FROM role_grant WHERE role = 'complaints_officer' AND person_id <> :me AND from_on <= :today
	AND (to_on IS NULL OR to_on >= :today) LIMIT 1`;
const ANOTHER = 'SELECT id FROM concern WHERE rowid >= 1 + abs(random() % (SELECT max(rowid) FROM concern)) LIMIT 1';
const ACCESSES = `SELECT id, capacity, until_at AS untilAt, declared FROM concern_access
	WHERE concern_id = ? AND person_id = ? AND ended_at IS NULL AND from_at <= ? AND until_at > ? ORDER BY from_at`;
const STEPPED_BACK = "SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND end_reason = 'recused' LIMIT 1";
// What `queue-queries.ts` lists as waiting: the two ask alike.
// That an owner has broken no glass is said for the index (concern_access_once).
const OWNERS = `SELECT person_id FROM concern_access
	WHERE concern_id = ? AND capacity = 'owner' AND capacity <> 'break_glass' AND ended_at IS NULL AND until_at > ?`;
const SHUT: readonly string[] = ['enquiry', 'dropped', 'closed'];
