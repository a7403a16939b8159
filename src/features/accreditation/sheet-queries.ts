import { createHash } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationMark } from '#db/schema/index.ts';
import { ASSIGNMENT, type Assignment, type Sight } from './gate-sight.ts';
import type { Phase } from './phases.ts';
import { isMarked } from './state.ts';
import type { Standing } from './step.ts';

export type MarkKind = (typeof accreditationMark.$inferSelect)['mark'];
export type Mark = { section: string; criterion: string; mark: MarkKind; reason: string | null; words: string };
/** What somebody thinks of an application: a mark for each criterion, a recommendation, a summary. */
export type Sheet = Assignment & { marks: Mark[] };

const STILL_SEALED: readonly Phase[] = ['draft', 'checks', 'assessment', 'waiting_on_applicant', 'verification'];

/** Do the sheets lie open to all of them? Not before every sheet is sealed; once the committee has it, what was sealed is open. */
export function areSheetsOpen({ state, route }: Pick<Standing, 'state' | 'route'>): boolean {
	return isMarked(state, route) || !STILL_SEALED.includes(state.phase);
}

/** One's own sheet as it is now. Never authorises. */
export function sheetOf(db: Db, assignment: Assignment): Sheet {
	return { ...assignment, marks: marksOf(db, assignment.id) };
}

/**
 * Every sheet that the one who asks may read: their own, the earlier ones included; those of the others only when all are sealed, and what an
 * unsealed one says never. Officers read none before that either.
 */
export function sheetsFor(db: Db, sight: Sight): Sheet[] {
	const text = `SELECT ${ASSIGNMENT} FROM accreditation_assessor WHERE application_id = ? ORDER BY place, assigned_at, id`;
	const all = prepared(db.sql, text).all(sight.application.id) as Assignment[];
	const own = sight.assignment?.personId;
	const isOpen = areSheetsOpen(sight);
	return all
		.filter((sheet) => sheet.personId === own || (isOpen && sheet.sealedAt !== null && sheet.endReason !== 'recused'))
		.map((sheet) => sheetOf(db, sheet));
}

/** The sealed sheets of those who assess now, the lead's first: for reconciling, the committee's papers, statistics. Never authorises. */
export function sealedSheets(db: Db, applicationId: string): Sheet[] {
	const text = `SELECT ${ASSIGNMENT} FROM accreditation_assessor WHERE application_id = ? AND ended_at IS NULL AND sealed_at IS NOT NULL ORDER BY place`;
	return (prepared(db.sql, text).all(applicationId) as Assignment[]).map((sheet) => sheetOf(db, sheet));
}

/** A short word for marks as they were seen: a form hands it back, so that two windows do not overwrite each other unseen. */
export function digestOf(marks: readonly Mark[]): string {
	const rows = marks.map(({ section, criterion, mark, reason, words }) => [section, criterion, mark, reason, words]);
	return createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
}

function marksOf(db: Db, assessorId: string): Mark[] {
	const text = 'SELECT section, criterion, mark, reason, words FROM accreditation_mark WHERE assessor_id = ? ORDER BY section, criterion';
	return prepared(db.sql, text).all(assessorId) as Mark[];
}
