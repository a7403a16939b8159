import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { subjectOf } from './case-commands.ts';
import { caseByCode, NO_CASE, presentName } from './case-queries.ts';
import type { ReportState, TrainingCase } from './case-types.ts';
import { filledLine } from './form-fields.ts';
import { canKeepCourses, canOpenCase } from './policy.ts';

/** That a case exists, whose it is and how far it is: all that the office sees without opening it. */
export type CaseLine = { code: string; trainee: string; supervisor: string; begunAt: number; reportState: ReportState };

export const readCaseForm = z.object({ reason: filledLine(500, 'Shorten the reason to 500 characters.', 'Say why you need to open it.') });

const CASES_A_PAGE = 50;

/** One page of all cases, newest first; one's own and those that one supervises are left out. Pages count from 1. @throws Forbidden */
export function casesForOffice(ctx: Ctx, page: number): { cases: CaseLine[]; pages: number; count: number } {
	allow(canKeepCourses(ctx.actor));
	const from = `FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id WHERE c.person_id <> :me AND coalesce(r.supervisor_id, '') <> :me`;
	const me = personOf(ctx).personId;
	const count = prepared(ctx.db.sql, `SELECT count(*) ${from}`).pluck().get({ me }) as number;
	const pages = Math.max(1, Math.ceil(count / CASES_A_PAGE));
	const offset = (Math.min(Math.max(1, page), pages) - 1) * CASES_A_PAGE;
	const text = `SELECT c.code ${from} ORDER BY c.id DESC LIMIT :most OFFSET :offset`;
	const codes = prepared(ctx.db.sql, text).pluck().all({ me, most: CASES_A_PAGE, offset }) as string[];
	return { cases: codes.map((code) => lineOf(ctx, caseByCode(ctx.db, code) as TrainingCase)), pages, count };
}

/** One of them; with its contents once the actor has said today why they open it. @throws NotFound, Forbidden */
export function caseForOffice(ctx: Ctx, code: string): { line: CaseLine; contents: TrainingCase | null } {
	const found = openable(ctx, code);
	const text = 'SELECT 1 FROM training_case_read WHERE reader_id = ? AND case_id = ? AND day = ?';
	const isOpen = prepared(ctx.db.sql, text).get(personOf(ctx).personId, found.id, ctx.today) !== undefined;
	return { line: lineOf(ctx, found), contents: isOpen ? found : null };
}

/** Records that someone of the office opens a case, and why: once a reader, case and day. @throws NotFound, Forbidden */
export function openCaseForOffice(ctx: Ctx, code: string, reason: string): void {
	const found = openable(ctx, code);
	commit(ctx, { name: 'openCaseForOffice', reason }, (tx) => {
		const text = 'INSERT INTO training_case_read (reader_id, case_id, day, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
		prepared(tx.db.sql, text).run(personOf(ctx).personId, found.id, ctx.today, reason);
		record(tx, 'training.case_read', subjectOf(found.id));
	});
}

function openable(ctx: Ctx, code: string): TrainingCase {
	allow(canKeepCourses(ctx.actor));
	const found = caseByCode(ctx.db, code);
	if (!found || !canOpenCase(ctx.actor, found)) throw new NotFound(NO_CASE);
	return found;
}

function lineOf(ctx: Ctx, { code, personId, supervisor, createdAt, reportState }: TrainingCase): CaseLine {
	return { code, trainee: presentName(ctx.db, personId), supervisor: supervisor.name, begunAt: createdAt, reportState };
}
