import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { type Assignment, assignmentsOf } from './gate-sight.ts';
import { BARS_ASSESSING, INTEREST_WORDS, interestsIn } from './interests.ts';
import { assessorsNeeded } from './state.ts';
import type { Standing } from './step.ts';

/** Somebody who holds the role of assessor, and how they stand to one application. `barredBecause` null: they may be chosen. */
export type AssessorChoice = { personId: string; name: string; atWork: number; overdue: number; barredBecause: string | null };

/** Everyone who assesses, those free first, with how much they have on their desk. Reads only; for officers. */
export function assessorsFor(ctx: Ctx, { application }: Standing): AssessorChoice[] {
	const present = new Set(assignmentsOf(ctx.db, application.id).map(({ personId }) => personId));
	const rows = prepared(ctx.db.sql, ASSESSORS).all({ today: ctx.today }) as Omit<AssessorChoice, 'barredBecause'>[];
	const all = rows.map((row) => ({ ...row, barredBecause: present.has(row.personId) ? 'they assess it already' : barFor(ctx, application.id, row.personId) }));
	return all.sort((a, b) => Number(a.barredBecause !== null) - Number(b.barredBecause !== null) || a.atWork - b.atWork || a.name.localeCompare(b.name, 'en'));
}

/** Why somebody may not assess, in words, or null. */
export function barFor(ctx: Ctx, applicationId: string, personId: string): string | null {
	const found = interestsIn(ctx.db, applicationId, personId).filter((interest) => BARS_ASSESSING.includes(interest));
	return found.length === 0 ? null : found.map((interest) => INTEREST_WORDS[interest]).join('; ');
}

/** Does somebody hold the role of assessor on a day? */
export function isAssessorOn(ctx: Ctx, personId: string): boolean {
	return prepared(ctx.db.sql, `SELECT 1 FROM role_grant g WHERE g.person_id = :person AND ${HOLDS}`).get({ person: personId, today: ctx.today }) !== undefined;
}

/** The first place that nobody has; those past the route's own mark blind. Null when enough are there. */
export function freePlace({ state, route }: Standing): { place: number; isBlind: boolean } | null {
	const taken = state.assessors.map(({ place }) => place);
	const place = Array.from({ length: assessorsNeeded(state, route) }, (_, i) => i + 1).find((one) => !taken.includes(one));
	return place === undefined ? null : { place, isBlind: place > route.assessors };
}

/** Assignments that were ended for another cause than fresh sheets, newest first: who stepped back or was replaced. */
export function endedAssignments(ctx: Ctx, applicationId: string): Pick<Assignment, 'personId' | 'place' | 'endReason' | 'endedAt'>[] {
	const text = `SELECT person_id AS personId, place, end_reason AS endReason, ended_at AS endedAt FROM accreditation_assessor
		WHERE application_id = ? AND end_reason <> 'superseded' ORDER BY ended_at DESC`;
	return prepared(ctx.db.sql, text).all(applicationId) as Pick<Assignment, 'personId' | 'place' | 'endReason' | 'endedAt'>[];
}

const HOLDS = "g.role = 'assessor' AND g.from_on <= :today AND (g.to_on IS NULL OR g.to_on >= :today)";
const ASSESSORS = `SELECT g.person_id AS personId, n.given_names || ' ' || n.family_name AS name,
	(SELECT count(*) FROM accreditation_assessor e JOIN accreditation_application a ON a.id = e.application_id
		WHERE e.person_id = g.person_id AND e.ended_at IS NULL AND e.sealed_at IS NULL AND a.phase IN ('assessment', 'waiting_on_applicant')) AS atWork,
	(SELECT count(*) FROM accreditation_assessor e JOIN accreditation_application a ON a.id = e.application_id
		WHERE e.person_id = g.person_id AND e.ended_at IS NULL AND e.sealed_at IS NULL AND a.phase = 'assessment' AND a.due_on < :today) AS overdue
	FROM role_grant g JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL WHERE ${HOLDS} GROUP BY g.person_id`;
