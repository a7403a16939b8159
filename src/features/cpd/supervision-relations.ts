import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { answeredMail, endedMail } from './supervision-mails.ts';
import { canAnswer, canEnd, canTakeBack, type Side, sideOf } from './supervision-policy.ts';
import { post } from './supervision-post.ts';
import { NO_RELATION, nameOfPerson, type RelationRow, relationRow } from './supervision-relation-queries.ts';

const MOVED_ON = 'This has changed since you opened the page. Look at it again.';

/** Says yes or no to a supervision one was asked about. @throws NotFound, Forbidden, Conflict */
export function answerSupervision(ctx: Ctx, id: string, version: number, isAgreed: boolean): void {
	const before = ownRelation(ctx, id);
	if ((isAgreed ? before.agreedAt : before.refusedAt) !== null) return;
	commit(ctx, { name: 'answerSupervision' }, (tx) => {
		const relation = ownRelation(ctx, id);
		if (relation.version !== version) throw new Conflict(MOVED_ON);
		allow(canAnswer(ctx.actor, relation), 'Only the other of you can answer this.');
		settleAsk(tx, relation, isAgreed);
	});
}

/** Takes back what one asked. @throws NotFound, Forbidden, Conflict */
export function takeBackAsk(ctx: Ctx, id: string, version: number): void {
	commit(ctx, { name: 'takeBackAsk' }, (tx) => {
		const relation = ownRelation(ctx, id);
		if (relation.version !== version) throw new Conflict(MOVED_ON);
		allow(canTakeBack(ctx.actor, relation), 'This was answered already.');
		refuse(tx, relation);
		record(tx, 'supervision.refused', subjectOf(relation), { by: relation.askedBy });
	});
}

/**
 * Ends a supervision; what was confirmed stays. @param endedOn its last day, today or earlier
 * @throws NotFound, Forbidden, Conflict. @throws Invalid on `endedOn`, also when a session was logged after that day.
 */
export function endSupervision(ctx: Ctx, id: string, version: number, endedOn: string): void {
	commit(ctx, { name: 'endSupervision' }, (tx) => {
		const relation = ownRelation(ctx, id);
		if (relation.version !== version) throw new Conflict(MOVED_ON);
		allow(canEnd(ctx.actor, relation), 'This has ended already.');
		closeRelation(tx, relation, endedOn, sideOf(ctx.actor, relation) ?? 'supervisee');
	});
}

/** Writes the end of a relation and tells the other side. Joins a transaction; never authorises. @throws Invalid on `endedOn` */
export function closeRelation(tx: Tx, relation: RelationRow, endedOn: string, endedBy: Side): void {
	const { db, ctx } = tx;
	if (endedOn > ctx.today) throw new Invalid('endedOn', 'Enter the last day of the supervision, today or earlier.');
	if (endedOn < relation.fromOn) throw new Invalid('endedOn', `It began on ${sayDay(relation.fromOn)}: the last day cannot be before that.`);
	const later = prepared(db.sql, 'SELECT max(held_on) FROM supervision_entry WHERE relation_id = ? AND is_draft = 0').pluck().get(relation.id) as string | null;
	if (later && later > endedOn) throw new Invalid('endedOn', `A session of ${sayDay(later)} is in the log: the last day cannot be before that.`);
	const text = 'UPDATE supervision_relation SET ended_on = ?, ended_by = ?, version = version + 1 WHERE id = ?';
	prepared(db.sql, text).run(endedOn, endedBy, relation.id);
	record(tx, 'supervision.ended', subjectOf(relation), { endedOn, by: endedBy });
	const to = addressOf(tx, relation, endedBy === 'supervisee' ? 'supervisor' : 'supervisee');
	if (to) post(tx, endedMail(ctx.settings, relation.id, to));
}

/** Writes yes or no and tells the one who asked. Joins a transaction; never authorises. */
export function settleAsk(tx: Tx, relation: RelationRow, isAgreed: boolean): void {
	const { ctx } = tx;
	if (isAgreed) prepared(tx.db.sql, 'UPDATE supervision_relation SET agreed_at = ?, version = version + 1 WHERE id = ?').run(ctx.now, relation.id);
	else refuse(tx, relation);
	const by = relation.askedBy === 'supervisee' ? 'supervisor' : 'supervisee';
	record(tx, isAgreed ? 'supervision.agreed' : 'supervision.refused', subjectOf(relation), { by });
	const to = addressOf(tx, relation, relation.askedBy);
	if (to) post(tx, answeredMail(ctx.settings, relation.id, isAgreed, to));
}

/** Where one side of a relation is written to; null when they gave no address. Never shown to anyone. */
export function addressOf(tx: Pick<Tx, 'db'>, relation: RelationRow, side: Side): string | null {
	if (side === 'supervisee') return mailAddressOf(tx.db, relation.superviseeId);
	return relation.supervisorId === null ? relation.outsideEmail : mailAddressOf(tx.db, relation.supervisorId);
}

/** How a supervisor is called. */
export function supervisorName(tx: Pick<Tx, 'db'>, relation: RelationRow): string {
	return relation.supervisorId === null ? (relation.outsideName ?? '') : nameOfPerson(tx.db, relation.supervisorId);
}

export function subjectOf(relation: { id: string }): { type: string; id: string } {
	return { type: 'supervision', id: relation.id };
}

function ownRelation(ctx: Ctx, id: string): RelationRow {
	const relation = relationRow(ctx.db, id);
	if (!relation || sideOf(ctx.actor, relation) === null) throw new NotFound(NO_RELATION);
	return relation;
}

function refuse(tx: Tx, relation: RelationRow): void {
	prepared(tx.db.sql, 'UPDATE supervision_relation SET refused_at = ?, version = version + 1 WHERE id = ?').run(tx.ctx.now, relation.id);
	prepared(tx.db.sql, 'UPDATE supervision_link SET withdrawn_at = ? WHERE relation_id = ? AND used_at IS NULL AND withdrawn_at IS NULL').run(
		tx.ctx.now,
		relation.id,
	);
}
