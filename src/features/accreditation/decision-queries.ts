import { desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { decision, decisionCondition } from '#db/schema/index.ts';

export type Decision = Omit<typeof decision.$inferSelect, 'reasons'> & { reasons: string[] };
export type Condition = typeof decisionCondition.$inferSelect;

/** A decision by its key; null when there is none. Never authorises. */
export function decisionById(db: Db, id: string | null): Decision | null {
	const row = id === null ? undefined : db.orm.select().from(decision).where(eq(decision.id, id)).get();
	return row ? { ...row, reasons: JSON.parse(row.reasons) as string[] } : null;
}

/** Every decision on an application, the newest first, those set aside among them. Never authorises. */
export function decisionsOn(db: Db, applicationId: string): Decision[] {
	const rows = db.orm.select().from(decision).where(eq(decision.applicationId, applicationId)).orderBy(desc(decision.decidedAt), desc(decision.id)).all();
	return rows.map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as string[] }));
}

/** The conditions of a decision, the earliest first. Never authorises. */
export function conditionsOf(db: Db, decisionId: string): Condition[] {
	return db.orm
		.select()
		.from(decisionCondition)
		.where(eq(decisionCondition.decisionId, decisionId))
		.orderBy(decisionCondition.dueOn, decisionCondition.id)
		.all();
}

/**
 * The day from which somebody may apply again on a route after a refusal; null when they may at once. To be asked when an application begins.
 * The longest of the refusal's reasons counts; a refusal that was set aside counts no more. Never authorises.
 */
export function mayApplyAgainOn(db: Db, personId: string, route: string, today: string): string | null {
	return (prepared(db.sql, AGAIN).pluck().get(personId, route, today) as string | null) ?? null;
}

const AGAIN = `SELECT max(d.again_from_on) FROM decision d JOIN accreditation_application a ON a.id = d.application_id
	WHERE a.person_id = ? AND a.route = ? AND d.overturned_at IS NULL AND d.again_from_on > ?
		AND (d.outcome = 'declined' OR d.varied_to = 'declined')`;
