import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { CaseFacts, CaseRating, CaseReport, MeasureValues } from './case-types.ts';
import { rateBy } from './rating-scale.ts';
import { ratingScale } from './rules.ts';

/** One version of what a trainee said of a case. `isSigned`: a report stands on it, so it is never changed. */
export type CaseFactsRow = { number: number; writtenAt: number; isSigned: boolean; facts: CaseFacts };

/** Every version of the facts of a case, oldest first. Never authorises. */
export function factsOf(db: Db, caseId: string): CaseFactsRow[] {
	const rows = prepared(db.sql, FACTS).all(caseId) as (Omit<CaseFacts, 'measures'> & {
		measures: string;
		number: number;
		writtenAt: number;
		isSigned: 0 | 1;
	})[];
	return rows.map(({ number, writtenAt, isSigned, measures, ...facts }) => ({
		number,
		writtenAt,
		isSigned: isSigned === 1,
		facts: { ...facts, measures: JSON.parse(measures) as MeasureValues[] },
	}));
}

/** Every rating of a case, retracted ones included, oldest first. Never authorises. */
export function ratingsOf(db: Db, caseId: string): CaseRating[] {
	type Row = Omit<CaseRating, 'scores' | 'atRandom' | 'byLink'> & { scores: string; atRandom: 0 | 1; byLink: 0 | 1 };
	return (prepared(db.sql, RATINGS).all(caseId) as Row[]).map((row) => {
		const scores = JSON.parse(row.scores) as Record<string, number>;
		const result = rateBy(ratingScale(db, row.scaleVersion), scores);
		return { ...row, scores, ...result, atRandom: row.atRandom === 1, byLink: row.byLink === 1 };
	});
}

/** Every report of a case, newest first. Never authorises. */
export function reportsOf(db: Db, caseId: string): CaseReport[] {
	type Row = Omit<CaseReport, 'hasConflict' | 'byLink'> & { hasConflict: 0 | 1; byLink: 0 | 1 };
	const rows = prepared(db.sql, REPORTS).all(caseId) as Row[];
	return rows.map((row) => ({ ...row, hasConflict: row.hasConflict === 1, byLink: row.byLink === 1 }));
}

const FACTS = `SELECT f.number, f.written_at AS writtenAt, f.setting, f.age_band AS ageBand, f.focal_area AS focalArea, f.began_on AS beganOn,
	f.ended_on AS endedOn, f.sessions_planned AS sessionsPlanned, f.sessions_held AS sessionsHeld, f.sessions_supervised AS sessionsSupervised,
	f.recordings_made AS recordingsMade, f.measures, f.ending, f.note,
	EXISTS (SELECT 1 FROM training_report p WHERE p.case_id = f.case_id AND p.facts_number = f.number) AS isSigned
	FROM training_case_facts f WHERE f.case_id = ? ORDER BY f.number`;
const RATINGS = `SELECT id, session_on AS sessionOn, phase, at_random AS atRandom, scale_version AS scaleVersion, scores, rated_at AS ratedAt,
	rated_by = 'link' AS byLink, retracted_at AS retractedAt, retracted_because AS retractedBecause
	FROM training_rating WHERE case_id = ? ORDER BY session_on, id`;
// From the one that none took the place of, back along what each replaced: never by the clock, which can be set back.
const REPORTS = `WITH RECURSIVE chain (id, earlier, depth) AS (
		SELECT p.id, p.replaces_id, 0 FROM training_report p WHERE p.case_id = ? AND NOT EXISTS (SELECT 1 FROM training_report n WHERE n.replaces_id = p.id)
		UNION ALL SELECT p.id, p.replaces_id, c.depth + 1 FROM chain c JOIN training_report p ON p.id = c.earlier)
	SELECT p.id, p.facts_number AS factsNumber, p.decision, p.strengths, p.concerns, p.competence, p.has_conflict AS hasConflict, p.conflict, p.statement,
	p.statement_version AS statementVersion, p.signed_name AS signedName, p.signed_at AS signedAt, p.signed_by = 'link' AS byLink, p.replaces_id AS replacesId,
	p.reason FROM chain c JOIN training_report p ON p.id = c.id ORDER BY c.depth`;
