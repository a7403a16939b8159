import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type CaseFactsRow, factsOf, ratingsOf, reportsOf } from './case-parts.ts';
import type { ReportState, TrainingCase } from './case-types.ts';

export const NO_CASE = 'There is no such case.';

type Row = {
	id: string;
	code: string;
	personId: string;
	relationId: string;
	version: number;
	createdAt: number;
	place: number;
	supervisorId: string | null;
	supervisorName: string | null;
	profession: string | null;
	hasAgreed: 0 | 1;
};

const READ = `SELECT c.id, c.code, c.person_id AS personId, c.relation_id AS relationId, c.version, c.created_at AS createdAt,
	(SELECT count(*) FROM training_case o WHERE o.person_id = c.person_id AND o.id <= c.id) AS place,
	r.supervisor_id AS supervisorId, coalesce(n.given_names || ' ' || n.family_name, r.outside_name) AS supervisorName,
	r.outside_profession AS profession, r.agreed_at IS NOT NULL AS hasAgreed
	FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id
	LEFT JOIN person_name n ON n.person_id = r.supervisor_id AND n.to_on IS NULL`;

/** The cases of whoever is signed in, oldest first. */
export function ownCases(ctx: Ctx): TrainingCase[] {
	return trainingCasesOf(ctx.db, personOf(ctx).personId);
}

/** One of them. @throws NotFound for anybody else's, as for one that never was */
export function ownCase(ctx: Ctx, code: string): TrainingCase {
	const me = personOf(ctx).personId;
	return one(ctx.db, `${READ} WHERE c.code = ? AND c.person_id = ?`, code, me) ?? missing();
}

/** Cases that whoever is signed in supervises or supervised, those without a report on their facts first. */
export function supervisedCases(ctx: Ctx): (TrainingCase & { trainee: string })[] {
	const text = `${READ} WHERE r.supervisor_id = ? AND r.agreed_at IS NOT NULL ORDER BY c.id`;
	const rows = (prepared(ctx.db.sql, text).all(personOf(ctx).personId) as Row[]).map((row) => viewOf(ctx.db, row));
	const named = rows.map((row) => ({ ...row, trainee: presentName(ctx.db, row.personId) }));
	return named.sort((a, b) => Number(a.reportState === 'signed') - Number(b.reportState === 'signed') || a.trainee.localeCompare(b.trainee, 'en-GB'));
}

/** One of them. @throws NotFound for whoever is not its supervisor */
export function supervisedCase(ctx: Ctx, code: string): TrainingCase & { trainee: string } {
	const me = personOf(ctx).personId;
	const found = one(ctx.db, `${READ} WHERE c.code = ? AND r.supervisor_id = ? AND r.agreed_at IS NOT NULL`, code, me) ?? missing();
	return { ...found, trainee: presentName(ctx.db, found.personId) };
}

/**
 * Every case of a person with its facts, ratings and reports, oldest first: for the accreditation feature, which shows them only to those who
 * assess an application that uses them. Never authorises.
 */
export function trainingCasesOf(db: Db, personId: string): TrainingCase[] {
	return (prepared(db.sql, `${READ} WHERE c.person_id = ? ORDER BY c.id`).all(personId) as Row[]).map((row) => viewOf(db, row));
}

/** One case by its key, or null. Never authorises. */
export function caseById(db: Db, caseId: string): TrainingCase | null {
	return one(db, `${READ} WHERE c.id = ?`, caseId);
}

/** One case by its code, or null. Never authorises. */
export function caseByCode(db: Db, code: string): TrainingCase | null {
	return one(db, `${READ} WHERE c.code = ?`, code);
}

/** A person's present name. Never authorises. */
export function presentName(db: Db, personId: string): string {
	const text = "SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL";
	return (prepared(db.sql, text).pluck().get(personId) as string | undefined) ?? 'A member';
}

function missing(): never {
	throw new NotFound(NO_CASE);
}

function one(db: Db, text: string, ...values: string[]): TrainingCase | null {
	const row = prepared(db.sql, text).get(...values) as Row | undefined;
	return row ? viewOf(db, row) : null;
}

function viewOf(db: Db, { supervisorId, supervisorName, profession, hasAgreed, ...row }: Row): TrainingCase {
	const newest = factsOf(db, row.id).at(-1) as CaseFactsRow;
	const reports = reportsOf(db, row.id);
	const reportState: ReportState = reports.length === 0 ? 'none' : reports[0]?.factsNumber === newest.number ? 'signed' : 'outdated';
	return {
		...row,
		supervisor: { personId: supervisorId, name: supervisorName ?? 'A supervisor', profession, hasAgreed: hasAgreed === 1 },
		factsNumber: newest.number,
		facts: newest.facts,
		ratings: ratingsOf(db, row.id),
		reports,
		reportState,
		decision: reportState === 'signed' ? (reports[0]?.decision ?? 'in_progress') : 'in_progress',
	};
}
