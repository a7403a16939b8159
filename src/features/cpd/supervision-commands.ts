import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { hashToken, newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { refuseDeclared } from './freeze.ts';
import { checkedSession, type NewSession } from './supervision-checks.ts';
import type { SupervisionSession } from './supervision-entry.ts';
import type { SessionInput } from './supervision-form.ts';
import { canChangeEntry, canCorrectEntry } from './supervision-policy.ts';
import { findSession, NO_SESSION } from './supervision-queries.ts';

const MOVED_ON = 'This session was changed in another window meanwhile. Both versions are below: look at them, then save the one you want.';
const CONFIRMED = 'Your supervisor has confirmed this session, so it stays as it is. You can enter a correction, which they confirm again.';

/**
 * Enters a session, a draft of one, or the correction of a confirmed one. The same form sent twice gives the same session.
 * @returns its key. @throws SignInRequired, NotFound, Forbidden, Conflict for a declared year, Invalid beside the field
 */
export function logSupervision(ctx: Ctx, input: SessionInput): string {
	const me = personOf(ctx).personId;
	const repeatKey = hashToken(JSON.stringify(['supervision', me, input]));
	const earlier = prepared(ctx.db.sql, 'SELECT id FROM supervision_entry WHERE repeat_key = ?').pluck().get(repeatKey) as string | undefined;
	if (earlier) return earlier;
	return commit(ctx, { name: 'logSupervision' }, (tx) => {
		if (input.corrects !== null) mayCorrect(tx, me, input.corrects);
		const session = checkedSession(tx, me, input);
		if (!session.isDraft) refuseDeclared(tx, me, session.heldOn);
		const id = newId();
		prepared(tx.db.sql, INSERT).run(id, me, ...columnsOf(session), session.correctsId, repeatKey, ctx.now, ctx.now);
		record(tx, 'supervision.logged', subject(id), { person: me, corrects: session.correctsId, ...told(session) });
		return id;
	});
}

/** Changes a session that nobody has confirmed; a dispute is answered by it. @throws NotFound, Conflict, Invalid */
export function changeSupervision(ctx: Ctx, id: string, input: SessionInput): void {
	const me = personOf(ctx).personId;
	commit(ctx, { name: 'changeSupervision' }, (tx) => {
		const before = changeable(tx, me, id);
		if (before.version !== input.version) throw new Conflict(MOVED_ON);
		const session = checkedSession(tx, me, { ...input, corrects: before.correctsId });
		if (session.isDraft && !before.isDraft) throw new Conflict('This session is in the log already, so it cannot be made a draft again.');
		for (const day of [before.isDraft ? null : before.heldOn, session.isDraft ? null : session.heldOn]) refuseDeclared(tx, me, day);
		prepared(tx.db.sql, UPDATE).run(...columnsOf(session), ctx.now, id, input.version);
		record(tx, 'supervision.changed', subject(id), { person: me, before: told(before), after: told(session), note: before.note !== session.note });
	});
}

/** Deletes a session that nobody has confirmed. Deleting it twice is the same as once. @throws Conflict */
export function deleteSupervision(ctx: Ctx, id: string, version: number): void {
	const me = personOf(ctx).personId;
	if (!findSession(ctx.db, me, id)) return;
	commit(ctx, { name: 'deleteSupervision' }, (tx) => {
		const before = changeable(tx, me, id);
		if (before.version !== version) throw new Conflict('This session was changed in another window meanwhile. Look at it again before you delete it.');
		if (!before.isDraft) refuseDeclared(tx, me, before.heldOn);
		prepared(tx.db.sql, 'DELETE FROM supervision_entry WHERE id = ?').run(id);
		record(tx, 'supervision.deleted', subject(id), { person: me, ...told(before) });
	});
}

function changeable(tx: Tx, me: string, id: string): SupervisionSession {
	const found = findSession(tx.db, me, id);
	if (!found) throw new NotFound(NO_SESSION);
	if (!canChangeEntry(tx.ctx.actor, found)) throw new Conflict(CONFIRMED);
	return found;
}

function mayCorrect(tx: Tx, me: string, id: string): void {
	const found = findSession(tx.db, me, id);
	if (!found) throw new NotFound(NO_SESSION);
	allow(canCorrectEntry(tx.ctx.actor, found), 'Only a confirmed session is corrected. This one you can simply change.');
	if (prepared(tx.db.sql, 'SELECT 1 FROM supervision_entry WHERE corrects_id = ?').get(id))
		throw new Conflict('A correction of this session is in your log already. Change that one.');
}

const COLUMNS = ['is_draft', 'relation_id', 'held_on', 'minutes', 'own_minutes', 'kind', 'group_size', 'mode', 'material', 'note'];
const INSERT = `INSERT INTO supervision_entry (id, person_id, ${COLUMNS.join(', ')}, corrects_id, repeat_key, created_at, changed_at)
	VALUES (?, ?, ${COLUMNS.map(() => '?').join(', ')}, ?, ?, ?, ?)`;
const UPDATE = `UPDATE supervision_entry SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')}, disputed_at = NULL, dispute = NULL, changed_at = ?,
	version = version + 1 WHERE id = ? AND version = ?`;

function columnsOf(s: NewSession): (string | number | null)[] {
	return [s.isDraft ? 1 : 0, s.relationId, s.heldOn, s.minutes, s.ownMinutes, s.kind, s.size, s.mode, s.material, s.note];
}

/** What the audit keeps: nothing that anyone wrote in words. */
function told(s: Omit<NewSession, 'note' | 'correctsId'>): Record<string, unknown> {
	return { draft: s.isDraft, relation: s.relationId, heldOn: s.heldOn, minutes: s.minutes, ownMinutes: s.ownMinutes, kind: s.kind, size: s.size };
}

function subject(id: string): { type: string; id: string } {
	return { type: 'supervision_entry', id };
}
