import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { type Assignment, assessorSight, assignmentOf } from './gate-sight.ts';
import { canTake } from './policy.ts';
import type { MarksInput, SealInput } from './sheet-form.ts';
import { digestOf, type Mark, type Sheet, sheetOf } from './sheet-queries.ts';
import { settleSheets } from './sheet-reconcile.ts';
import { contradictionIn } from './sheet-words.ts';
import { PHASE_SAID } from './state.ts';
import { type Standing, takeStep } from './step.ts';

type OwnSheet = Standing & { assignment: Assignment; sheet: Sheet };

const CHANGED = 'This part of your sheet was changed in another window. What you typed is still here: compare it with what is kept, then save again.';

/**
 * Keeps the marks of one part on one's own sheet; the same marks sent twice change nothing twice.
 * @throws NotFound; Conflict when the sheet is sealed, or was changed in another window meanwhile
 */
export function saveMarks(ctx: Ctx, reference: string, section: string, { saw, marks }: MarksInput): void {
	const { sheet, assignment, application } = openSheet(ctx, reference);
	const kept = sheet.marks.filter((one) => one.section === section);
	const wanted = marks.toSorted((a, b) => (a.criterion < b.criterion ? -1 : 1));
	if (digestOf(kept) === digestOf(wanted)) return;
	if (digestOf(kept) !== saw) throw new Conflict(CHANGED);
	commit(ctx, { name: 'mark criteria' }, (tx) => {
		touch(tx, assignment);
		prepared(tx.db.sql, 'DELETE FROM accreditation_mark WHERE assessor_id = ? AND section = ?').run(assignment.id, section);
		for (const one of wanted) insertMark(tx, assignment.id, one);
		record(tx, 'accreditation.marked', { type: 'application', id: application.id }, { section, marks: wanted.length });
	});
}

/**
 * Seals one's sheet: from then on it is never changed. When it is the last one, all open together; sheets that agree are reconciled at once.
 * @throws NotFound; Conflict when it is not one's turn or another window changed the sheet; Invalid when something is unmarked or contradicts itself
 */
export function sealSheet(ctx: Ctx, reference: string, { saw, recommendation, summary }: SealInput): void {
	const now = assessorSight(ctx, reference);
	if (now.assignment.sealedAt !== null && now.assignment.recommendation === recommendation) return;
	const { sheet, assignment, ...standing } = openSheet(ctx, reference);
	if (digestOf(sheet.marks) !== saw) throw new Conflict('Your marks were changed in another window. Look at them again, then seal.');
	refuseUnfinished(standing, sheet.marks);
	const contradiction = contradictionIn(sheet.marks, recommendation);
	if (contradiction !== null) throw new Invalid('recommendation', contradiction);
	commit(ctx, { name: 'seal sheet' }, (tx) => {
		const text = `UPDATE accreditation_assessor SET recommendation = ?, summary = ?, sealed_at = ?, version = version + 1
			WHERE id = ? AND version = ? AND sealed_at IS NULL AND ended_at IS NULL`;
		const { changes } = prepared(tx.db.sql, text).run(recommendation, summary, ctx.now, assignment.id, assignment.version);
		if (changes === 0) throw new Conflict(CHANGED);
		settleSheets(tx, takeStep(tx, standing, 'sheet_sealed', { person: assignment.personId }));
	});
}

/** One's own sheet while it may be written on. @throws NotFound, Conflict */
function openSheet(ctx: Ctx, reference: string): OwnSheet {
	const sight = assessorSight(ctx, reference);
	const { application, steps, state, standards, route, seen } = sight;
	if (sight.assignment.sealedAt !== null) throw new Conflict('You have sealed your sheet: it is not changed any more.');
	if (!canTake(ctx.actor, sight.tie, 'sheet_sealed')) throw new Conflict(PHASE_SAID[state.phase]);
	if (state.hold !== null) throw new Conflict('This application is on hold. Your sheet can be filled in again once it is released.');
	return { application, steps, state, standards, route, seen, assignment: sight.assignment, sheet: sheetOf(ctx.db, sight.assignment) };
}

function refuseUnfinished({ route }: Standing, marks: readonly Mark[]): void {
	const missing = route.sections.filter(({ key, criteria }) => criteria.some((one) => !marks.some((m) => m.section === key && m.criterion === one.key)));
	if (missing.length > 0) throw new Invalid('', `Not every criterion is marked yet: ${missing.map(({ title }) => title).join('; ')}.`);
}

function touch(tx: Tx, { id, version, applicationId, personId }: Assignment): void {
	const text = 'UPDATE accreditation_assessor SET version = version + 1 WHERE id = ? AND version = ? AND sealed_at IS NULL AND ended_at IS NULL';
	if (prepared(tx.db.sql, text).run(id, version).changes > 0) return;
	throw new Conflict(assignmentOf(tx.db, applicationId, personId) ? CHANGED : 'This application is not with you any more.');
}

function insertMark(tx: Tx, assessorId: string, { section, criterion, mark, reason, words }: Mark): void {
	const text = 'INSERT INTO accreditation_mark (assessor_id, section, criterion, mark, reason, words, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(assessorId, section, criterion, mark, reason, words, tx.ctx.now);
}
