import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canReadFiles, seesPersonal } from './people-policy.ts';

/** A note as it stands, with who wrote it and when, and what it said before. */
export type NoteView = {
	id: string;
	text: string;
	by: string;
	at: string;
	version: number;
	retracted: { by: string; at: string; reason: string } | null;
	earlier: { text: string; by: string; at: string }[];
};

type Row = { id: string; version: number; retractedAt: number | null; retractedBy: string | null; reason: string | null };
type Text = { text: string; by: string; at: number };

/** The notes of a file, newest first; none for a reviewer from outside, since they speak of how to reach people. @throws Forbidden */
export function notesOf(ctx: Ctx, personId: string): NoteView[] {
	allow(canReadFiles(ctx.actor));
	if (!seesPersonal(ctx.actor)) return [];
	const text = `SELECT id, version, retracted_at AS retractedAt, ${nameOf('retracted_by')} AS retractedBy, retract_reason AS reason
		FROM person_note WHERE person_id = ? ORDER BY created_at DESC, id DESC`;
	return (prepared(ctx.db.sql, text).all(personId) as Row[]).map((row) => noteView(ctx, row));
}

/** One note of a file. @throws Forbidden, NotFound */
export function noteOf(ctx: Ctx, personId: string, noteId: string): NoteView {
	const note = notesOf(ctx, personId).find(({ id }) => id === noteId);
	if (!note) throw new NotFound('There is no such note.');
	return note;
}

function noteView(ctx: Ctx, { id, version, retractedAt, retractedBy, reason }: Row): NoteView {
	const text = `SELECT text, ${nameOf('written_by')} AS by, written_at AS at FROM person_note_text WHERE note_id = ? ORDER BY version DESC`;
	const [newest, ...earlier] = (prepared(ctx.db.sql, text).all(id) as Text[]).map((t) => ({ ...t, at: sayInstant(t.at) }));
	const retracted = retractedAt === null ? null : { by: retractedBy ?? '', at: sayInstant(retractedAt), reason: reason ?? '' };
	return { id, version, ...(newest ?? { text: '', by: '', at: '' }), retracted, earlier };
}

/** The present name of whoever a column names by their id. */
function nameOf(column: 'retracted_by' | 'written_by'): string {
	return `coalesce((SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = ${column} AND n.to_on IS NULL), 'Someone whose name is erased')`;
}
