import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { assessorSight } from './gate-sight.ts';
import { canTake } from './policy.ts';
import type { ReconcileInput } from './sheet-form.ts';
import { sheetsAgreeToMend, sheetsOpen } from './sheet-mails.ts';
import { type Mark, type Sheet, sealedSheets } from './sheet-queries.ts';
import { contradictionIn } from './sheet-words.ts';
import { isMarked, PHASE_SAID, type Recommendation } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';

/** A criterion that sheets mark differently, with the marks in the order of the sheets. */
export type Difference = { section: string; criterion: string; marks: Mark[] };
export type Reconciliation = {
	no: number;
	recommendation: Recommendation;
	words: string;
	differences: ReconcileInput['differences'];
	writtenBy: string | null;
	writtenAt: number;
};

/**
 * After a sheet was sealed: when it was the last one, sheets that agree are reconciled by the system at once. Where they agree that something
 * can still be mended the next step is to ask the applicant, which the lead puts into words; where they differ the lead brings them together.
 * Joins a transaction and never authorises.
 */
export function settleSheets(tx: Tx, standing: Standing): Standing {
	const { application, state, route } = standing;
	if (!isMarked(state, route)) return standing;
	const sheets = sealedSheets(tx.db, application.id);
	const [first] = sheets;
	if (first && agree(sheets) && !mayMend(sheets, state.rounds)) return reconciled(tx, standing, { ...asOf(first), writtenBy: null });
	const criteria = toMend(tx.db, standing);
	for (const { id, personId, place } of sheets) {
		const about = { key: id, reference: application.reference ?? '', criteria };
		if (place === 1) postTo(tx, personId, (to) => (criteria > 0 ? sheetsAgreeToMend : sheetsOpen)(tx.ctx.settings, about, to));
	}
	return standing;
}

/**
 * How many criteria every sheet marks as still to be mended, where that is all there is between them and an award: then a request for information
 * comes next (workflows.md §6.2). 0 when sheets differ, something cannot be mended, three rounds were asked, or sheets are not open. Never authorises.
 */
export function toMend(db: Db, { application, state, route }: Standing): number {
	if (state.phase !== 'assessment' || !isMarked(state, route)) return 0;
	const sheets = sealedSheets(db, application.id);
	if (differencesOf(sheets).length > 0 || !mayMend(sheets, state.rounds)) return 0;
	return sheets[0]?.marks.filter(({ mark }) => mark === 'fixable').length ?? 0;
}

/**
 * The lead writes down what the assessors came to. @throws NotFound; Conflict when it is not their turn or has moved on; Invalid when the
 * recommendation contradicts the marks agreed on
 */
export function reconcileSheets(ctx: Ctx, reference: string, input: ReconcileInput): void {
	const { assignment, tie, ...sight } = assessorSight(ctx, reference);
	refuseStale(sight, input.seen);
	if (!canTake(ctx.actor, tie, 'reconciled')) throw new Conflict(PHASE_SAID[sight.state.phase]);
	if (!isMarked(sight.state, sight.route)) throw new Conflict('Not every sheet is sealed yet.');
	const contradiction = contradictionIn(agreedMarks(sealedSheets(ctx.db, sight.application.id), input.differences), input.recommendation);
	if (contradiction !== null) throw new Invalid('recommendation', contradiction);
	if (input.recommendation === 'decline' && sight.state.rounds === 0 && toMend(ctx.db, sight) > 0) throw new Invalid('recommendation', ASK_FIRST);
	const { recommendation, words, differences } = input;
	commit(ctx, { name: 'reconcile sheets' }, (tx) => reconciled(tx, sight, { recommendation, words, differences, writtenBy: assignment.personId }));
}

// Nobody is turned down for what their assessors agree can be mended before they were asked for it once.
const ASK_FIRST = 'All sheets say that this can be mended: ask the applicant first.';

/** Where sheets differ. */
export function differencesOf(sheets: readonly Sheet[]): Difference[] {
	const [first, ...others] = sheets;
	return (first?.marks ?? []).flatMap((mark) => {
		const same = others.flatMap((sheet) => sheet.marks.filter((one) => one.section === mark.section && one.criterion === mark.criterion));
		return same.some((one) => one.mark !== mark.mark) ? [{ section: mark.section, criterion: mark.criterion, marks: [mark, ...same] }] : [];
	});
}

/** What was written down when sheets were brought together, oldest first. Never authorises. */
export function reconciliationsOf(db: Db, applicationId: string): Reconciliation[] {
	const text = `SELECT no, recommendation, words, differences, written_by AS writtenBy, written_at AS writtenAt FROM accreditation_reconciliation
		WHERE application_id = ? ORDER BY no`;
	const rows = prepared(db.sql, text).all(applicationId) as (Omit<Reconciliation, 'differences'> & { differences: string })[];
	return rows.map((row) => ({ ...row, differences: JSON.parse(row.differences) as Reconciliation['differences'] }));
}

function agree(sheets: readonly Sheet[]): boolean {
	return differencesOf(sheets).length === 0 && sheets.every(({ recommendation }) => recommendation === sheets[0]?.recommendation);
}

function mayMend(sheets: readonly Sheet[], rounds: number): boolean {
	return (
		rounds < 3 &&
		sheets.some(({ marks }) => marks.some(({ mark }) => mark === 'fixable')) &&
		sheets.every(({ marks }) => marks.every(({ mark }) => mark !== 'declining'))
	);
}

function asOf({ recommendation, summary }: Sheet): Pick<Reconciliation, 'recommendation' | 'words' | 'differences'> {
	return { recommendation: recommendation ?? 'decline', words: summary, differences: [] };
}

/** The marks of the first sheet, with those agreed on in the place of those that differed. */
function agreedMarks([first]: readonly Sheet[], differences: ReconcileInput['differences']): Mark[] {
	return (first?.marks ?? []).map((mark) => {
		const agreed = differences.find((d) => d.section === mark.section && d.criterion === mark.criterion);
		return agreed ? { ...mark, mark: agreed.mark } : mark;
	});
}

function reconciled(tx: Tx, standing: Standing, said: Omit<Reconciliation, 'no' | 'writtenAt'>): Standing {
	const { id } = standing.application;
	const text = `INSERT INTO accreditation_reconciliation (application_id, no, recommendation, words, differences, written_by, written_at)
		SELECT ?, 1 + count(*), ?, ?, ?, ?, ? FROM accreditation_reconciliation WHERE application_id = ?`;
	prepared(tx.db.sql, text).run(id, said.recommendation, said.words, JSON.stringify(said.differences), said.writtenBy, tx.ctx.now, id);
	return takeStep(tx, standing, 'reconciled', { recommendation: said.recommendation, bySystem: said.writtenBy === null });
}
