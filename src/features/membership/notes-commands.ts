import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canKeepFile } from './people-policy.ts';

/** Writes a note into someone's file. The same form sent twice writes it once. @throws Forbidden */
export function writeNote(ctx: Ctx, note: { personId: string; text: string; repeat: string }): void {
	allow(canKeepFile(ctx.actor, note.personId));
	const repeatKey = `${personOf(ctx).personId}:${note.repeat}`;
	if (prepared(ctx.db.sql, 'SELECT 1 FROM person_note WHERE repeat_key = ?').get(repeatKey)) return;
	commit(ctx, { name: 'write a note' }, (tx) => {
		const id = newId();
		prepared(tx.db.sql, 'INSERT INTO person_note (id, person_id, created_at, repeat_key) VALUES (?, ?, ?, ?)').run(id, note.personId, ctx.now, repeatKey);
		writeText(tx, id, 1, note.text);
		record(tx, 'note.written', { type: 'person', id: note.personId }, { noteId: id, version: 1 });
	});
}

/** Writes a note anew; what it said before stays to be read. @throws Forbidden, NotFound, Conflict */
export function changeNote(ctx: Ctx, change: { personId: string; noteId: string; version: number; text: string }): void {
	allow(canKeepFile(ctx.actor, change.personId));
	commit(ctx, { name: 'change a note' }, (tx) => {
		standingNote(tx, change);
		const next = change.version + 1;
		prepared(tx.db.sql, 'UPDATE person_note SET version = ? WHERE id = ?').run(next, change.noteId);
		writeText(tx, change.noteId, next, change.text);
		record(tx, 'note.written', { type: 'person', id: change.personId }, { noteId: change.noteId, version: next });
	});
}

/** Retracts a note that should not have been written: it stays, marked, with who retracted it and why. @throws Forbidden, NotFound, Conflict */
export function retractNote(ctx: Ctx, retraction: { personId: string; noteId: string; version: number; reason: string }): void {
	const { personId, noteId, reason } = retraction;
	allow(canKeepFile(ctx.actor, personId));
	const by = personOf(ctx).personId;
	commit(ctx, { name: 'retract a note', reason }, (tx) => {
		standingNote(tx, retraction);
		const text = 'UPDATE person_note SET retracted_at = ?, retracted_by = ?, retract_reason = ?, version = version + 1 WHERE id = ?';
		prepared(tx.db.sql, text).run(ctx.now, by, reason, noteId);
		record(tx, 'note.retracted', { type: 'person', id: personId }, { noteId });
	});
}

function standingNote(tx: Tx, { noteId, personId, version }: { noteId: string; personId: string; version: number }): void {
	const text = 'SELECT version, retracted_at AS retractedAt FROM person_note WHERE id = ? AND person_id = ?';
	const note = prepared(tx.db.sql, text).get(noteId, personId) as { version: number; retractedAt: number | null } | undefined;
	if (!note) throw new NotFound('There is no such note.');
	if (note.retractedAt !== null) throw new Conflict('This note has been retracted.');
	if (note.version !== version) throw new Conflict('Somebody has changed this note since you opened it. What you wrote is still here: look at theirs first.');
}

function writeText(tx: Tx, noteId: string, version: number, words: string): void {
	const text = 'INSERT INTO person_note_text (note_id, version, text, written_at, written_by) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(noteId, version, words, tx.ctx.now, personOf(tx.ctx).personId);
}
