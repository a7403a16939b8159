import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { type SupervisionLink, useSupervisionLink } from './supervision-link.ts';
import { disputedMail } from './supervision-mails.ts';
import { canSupervise, isOpenAsk } from './supervision-policy.ts';
import { post } from './supervision-post.ts';
import { NO_RELATION, type RelationRow, relationRow } from './supervision-relation-queries.ts';
import { closeRelation, settleAsk } from './supervision-relations.ts';
import type { SupervisionKind, SupervisionMaterial, SupervisionMode } from './supervision-words.ts';

/** What a supervisor is shown of a session: no note. `replaces`: what a correction takes the place of. `minutes` 0: it did not take place. */
export type WaitingSession = {
	id: string;
	version: number;
	heldOn: string;
	minutes: number;
	ownMinutes: number;
	kind: SupervisionKind;
	size: number | null;
	mode: SupervisionMode;
	material: SupervisionMaterial;
	replacesOn: string | null;
	replacesMinutes: number | null;
};

/** What a supervisor says of one session, as they saw it: `dispute` null confirms it. */
export type Decision = { id: string; version: number; dispute: string | null };

/** What waits to be confirmed in a relation, oldest first. Never authorises. */
export function waitingIn(db: Db, relationId: string): WaitingSession[] {
	const text = `SELECT e.id, e.version, e.held_on AS heldOn, e.minutes, e.own_minutes AS ownMinutes, e.kind, e.group_size AS size, e.mode, e.material,
		o.held_on AS replacesOn, o.minutes AS replacesMinutes
		FROM supervision_entry e LEFT JOIN supervision_entry o ON o.id = e.corrects_id
		WHERE e.relation_id = ? AND e.is_draft = 0 AND e.confirmed_at IS NULL AND e.disputed_at IS NULL ORDER BY e.held_on, e.id`;
	return prepared(db.sql, text).all(relationId) as WaitingSession[];
}

/**
 * A supervisor who is signed in confirms or disputes sessions, while the supervision lasts. All or nothing; the same form sent twice
 * changes nothing twice. @throws NotFound for everybody else; Conflict when one was changed since it was shown
 */
export function confirmSessions(ctx: Ctx, relationId: string, decisions: readonly Decision[]): void {
	const me = personOf(ctx).personId;
	const relation = relationRow(ctx.db, relationId);
	if (!relation || !canSupervise(ctx.actor, relation, ctx.today)) throw new NotFound(NO_RELATION);
	const open = decisions.filter((decision) => !isDone(ctx.db, relationId, decision));
	if (open.length === 0) return;
	commit(ctx, { name: 'confirmSessions' }, (tx) => {
		for (const decision of open) decide(tx, relation, decision, me);
	});
}

/**
 * The same by the link in hand, which is used up by it. @param endedOn the last day, for a supervisor who ends the supervision by this
 * @throws Conflict, Forbidden, Invalid on `endedOn`
 */
export function confirmByLink(ctx: Ctx, link: SupervisionLink, decisions: readonly Decision[], endedOn: string | null): void {
	if (link.purpose !== 'confirm') throw new Forbidden('This link is for something else.');
	commit(ctx, { name: 'confirmByLink' }, (tx) => {
		const relation = linked(tx, link);
		useSupervisionLink(tx, link);
		for (const decision of decisions) decide(tx, relation, decision, relation.supervisorId ?? 'link');
		if (endedOn !== null && relation.endedOn === null) closeRelation(tx, relation, endedOn, 'supervisor');
		record(tx, 'supervision.confirmed', { type: 'supervision', id: relation.id }, { by: 'link', sessions: decisions.length });
	});
}

/** Somebody outside agrees to the supervision, or says no, by the link in hand. @throws Conflict, Forbidden */
export function answerByLink(ctx: Ctx, link: SupervisionLink, isAgreed: boolean): void {
	if (link.purpose !== 'agree') throw new Forbidden('This link is for something else.');
	commit(ctx, { name: 'answerByLink' }, (tx) => {
		const relation = linked(tx, link);
		if (!isOpenAsk(relation)) throw new Conflict('This was answered already, or is not asked any more.');
		useSupervisionLink(tx, link);
		settleAsk(tx, relation, isAgreed);
	});
}

function linked(tx: Tx, link: SupervisionLink): RelationRow {
	const relation = relationRow(tx.db, link.relationId);
	if (!relation) throw new NotFound(NO_RELATION);
	return relation;
}

/** Has exactly this been said before? */
function isDone(db: Db, relationId: string, { id, version, dispute }: Decision): boolean {
	const said = dispute === null ? 'confirmed_at IS NOT NULL' : 'disputed_at IS NOT NULL';
	const text = `SELECT 1 FROM supervision_entry WHERE id = ? AND relation_id = ? AND version = ? AND ${said}`;
	return prepared(db.sql, text).get(id, relationId, version + 1) !== undefined;
}

const OPEN = 'id = ? AND relation_id = ? AND version = ? AND is_draft = 0 AND confirmed_at IS NULL AND disputed_at IS NULL';

function decide(tx: Tx, relation: RelationRow, { id, version, dispute }: Decision, by: string): void {
	const { now } = tx.ctx;
	const set = dispute === null ? 'confirmed_at = ?, confirmed_by = ?' : 'disputed_at = ?, dispute = ?';
	const text = `UPDATE supervision_entry SET ${set}, version = version + 1 WHERE ${OPEN}`;
	const { changes } = prepared(tx.db.sql, text).run(now, dispute ?? by, id, relation.id, version);
	if (changes !== 1) throw new Conflict('One of the sessions was changed since you opened this page. Nothing was saved: please look at the list again.');
	record(tx, dispute === null ? 'supervision.confirmed' : 'supervision.disputed', { type: 'supervision_entry', id }, { relation: relation.id });
	const to = dispute === null ? null : mailAddressOf(tx.db, relation.superviseeId);
	if (to) post(tx, disputedMail(tx.ctx.settings, relation.id, now, to));
}
