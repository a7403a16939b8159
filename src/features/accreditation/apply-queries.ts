import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type Application, type Standing, standingOf } from './step.ts';

export const NO_APPLICATION = 'There is no such application.';
const OVER = "('decided', 'withdrawn', 'closed')";

/**
 * One's own application as it stands: by its reference, or, while it was never sent, by its route (of one route there is one open application).
 * @throws SignInRequired; NotFound for anybody else's, as for one that never was
 */
export function ownStanding(ctx: Ctx, key: string): Standing {
	const { personId } = personOf(ctx);
	const byReference = 'SELECT id FROM accreditation_application WHERE person_id = ? AND reference = ?';
	const byRoute = `SELECT id FROM accreditation_application WHERE person_id = ? AND route = ? AND phase NOT IN ${OVER}`;
	const id = prepared(ctx.db.sql, /^ACC-/.test(key) ? byReference : byRoute)
		.pluck()
		.get(personId, key) as string | undefined;
	if (id === undefined) throw new NotFound(NO_APPLICATION);
	return standingOf(ctx.db, id);
}

/** By which an application is found in an address: its reference, and before it has one its route. */
export function keyOf({ reference, route }: Pick<Application, 'reference' | 'route'>): string {
	return reference ?? route;
}

/** Every application of whoever is signed in, the newest first; drafts that were closed or taken back unsent are left out. */
export function ownApplications(ctx: Ctx): Standing[] {
	return applicationsOf(ctx.db, personOf(ctx).personId);
}

/** The same of anybody. Never authorises. */
export function applicationsOf(db: Db, personId: string): Standing[] {
	const text = `SELECT id FROM accreditation_application WHERE person_id = ? AND (reference IS NOT NULL OR phase NOT IN ${OVER}) ORDER BY begun_at DESC, id DESC`;
	const ids = prepared(db.sql, text).pluck().all(personId) as string[];
	return ids.map((id) => standingOf(db, id));
}

/** What was typed into a section, and its version; 0 before anything was. */
export type Saved = { answers: Record<string, string>; version: number; changedAt: number | null };

/** What is saved of a draft, by section. Never authorises. */
export function savedIn(db: Db, applicationId: string): Map<string, Saved> {
	const text = 'SELECT section, answers, version, changed_at AS changedAt FROM accreditation_answer WHERE application_id = ?';
	const rows = prepared(db.sql, text).all(applicationId) as { section: string; answers: string; version: number; changedAt: number }[];
	return new Map(rows.map(({ section, answers, ...row }) => [section, { ...row, answers: JSON.parse(answers) as Record<string, string> }]));
}

export const NOTHING_SAVED: Saved = { answers: {}, version: 0, changedAt: null };
