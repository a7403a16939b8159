import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import type { Role } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { upkeepReviewer } from '#db/schema/index.ts';
import { barsToSubject, columnOf, type Subject, sayBars } from './upkeep-circle.ts';

export type Reviewer = Pick<typeof upkeepReviewer.$inferSelect, 'id' | 'personId' | 'place' | 'declaredAt' | 'declared' | 'declaredWords'> & { name: string };
/** Somebody who holds the role, and how they stand to one file. `barredBecause` null: they may be chosen. */
export type ReviewerChoice = { personId: string; name: string; atWork: number; barredBecause: string | null };

/** Who looks at a renewal (assessors) and at an audit (auditors). */
export function roleFor({ kind }: Pick<Subject, 'kind'>): Extract<Role, 'assessor' | 'auditor'> {
	return kind === 'renewal' ? 'assessor' : 'auditor';
}

/** Those who have the file now, the first before the second. Never authorises. */
export function reviewersOf(db: Db, subject: Subject): Reviewer[] {
	const text = `SELECT r.id, r.person_id AS personId, r.place, r.declared_at AS declaredAt, r.declared, r.declared_words AS declaredWords,
		n.given_names || ' ' || n.family_name AS name FROM upkeep_reviewer r JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL
		WHERE r.${columnOf(subject)} = ? AND r.ended_at IS NULL ORDER BY r.place`;
	return prepared(db.sql, text).all(subject.id) as Reviewer[];
}

/** Everyone with the role, those free first, with how much they have on their desk. Never authorises: for officers. */
export function reviewerChoices(ctx: Ctx, subject: Subject, memberId: string): ReviewerChoice[] {
	const present = new Set(reviewersOf(ctx.db, subject).map(({ personId }) => personId));
	const rows = prepared(ctx.db.sql, HOLDERS).all({ role: roleFor(subject), today: ctx.today }) as Omit<ReviewerChoice, 'barredBecause'>[];
	const why = (personId: string) => (present.has(personId) ? 'they have it already' : sayBars(barsToSubject(ctx.db, subject, memberId, personId)));
	const all = rows.map((row) => ({ ...row, barredBecause: why(row.personId) }));
	return all.sort((a, b) => Number(a.barredBecause !== null) - Number(b.barredBecause !== null) || a.atWork - b.atWork || a.name.localeCompare(b.name, 'en'));
}

/** Gives a file to somebody. Joins a transaction and never authorises. @throws Invalid beside `person` for whoever may not have it */
export function putReviewer(tx: Tx, subject: Subject, memberId: string, { person, place }: { person: string; place: number }): void {
	const found = reviewerChoices(tx.ctx, subject, memberId).find(({ personId }) => personId === person);
	if (!found) throw new Invalid('person', `Choose somebody who holds the role of ${roleFor(subject)}.`);
	if (found.barredBecause !== null) throw new Invalid('person', `They cannot be chosen: ${found.barredBecause}.`);
	const text = `INSERT INTO upkeep_reviewer (id, ${columnOf(subject)}, person_id, place, assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?, ?)`;
	prepared(tx.db.sql, text).run(newId(), subject.id, person, place, personOf(tx.ctx).personId, tx.ctx.now);
}

export type Declared = { declared: 'none' | 'minor' | 'recuse'; words: string };

/** What somebody says before the file opens. Said twice it changes nothing twice. Joins a transaction and never authorises. @throws Conflict, Invalid */
export function putDeclared(tx: Tx, subject: Subject, reviewer: Reviewer, { declared, words }: Declared): void {
	if (declared === 'minor' && words === '') throw new Invalid('words', 'Say in a sentence what it is.');
	if (reviewer.declared !== null && declared !== 'recuse' && reviewer.declared !== declared)
		throw new Conflict('You have declared already. If something has come up since, step back.');
	if (reviewer.declared === null) {
		const text = 'UPDATE upkeep_reviewer SET declared = ?, declared_words = ?, declared_at = ? WHERE id = ? AND declared_at IS NULL';
		prepared(tx.db.sql, text).run(declared, declared === 'minor' ? words : '', tx.ctx.now, reviewer.id);
	}
	record(tx, 'upkeep.interest_declared', { type: subject.kind, id: subject.id }, { declared });
	if (declared === 'recuse') endReviewer(tx, reviewer.id, 'recused');
}

/** Ends what somebody was given. Joins a transaction and never authorises. @throws Conflict when it ended already */
export function endReviewer(tx: Tx, reviewerId: string, because: 'recused' | 'replaced'): void {
	const text = 'UPDATE upkeep_reviewer SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, because, reviewerId).changes === 0) throw new Conflict('They do not have this any more.');
}

/** The actor's own place at a file, while they hold the role with a second step; null when they have none. Never authorises. */
export function ownPlace(ctx: Ctx, subject: Subject): Reviewer | null {
	if (ctx.actor.kind !== 'person' || !isStaff(ctx.actor) || !hasRole(ctx.actor, roleFor(subject))) return null;
	const { personId } = ctx.actor;
	return reviewersOf(ctx.db, subject).find((reviewer) => reviewer.personId === personId) ?? null;
}

/** 1 or 2, or null for whoever has no place. */
export function placeOf(reviewer: Reviewer | null): 1 | 2 | null {
	if (reviewer === null) return null;
	return reviewer.place === 1 ? 1 : 2;
}

const HOLDERS = `SELECT g.person_id AS personId, n.given_names || ' ' || n.family_name AS name,
	(SELECT count(*) FROM upkeep_reviewer u LEFT JOIN renewal r ON r.id = u.renewal_id LEFT JOIN cpd_audit a ON a.id = u.audit_id
		WHERE u.person_id = g.person_id AND u.ended_at IS NULL AND (r.phase IN ('in_assessment', 'information') OR a.phase IN ('in_review', 'information', 'action_plan'))) AS atWork
	FROM role_grant g JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL
	WHERE g.role = :role AND g.from_on <= :today AND (g.to_on IS NULL OR g.to_on >= :today) GROUP BY g.person_id`;
