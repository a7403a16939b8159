import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { applicationClock, type Clock } from './application-clock.ts';
import type { Answers, FullAnswers } from './application-forms.ts';
import type { Application } from './application-states.ts';
import { canSeeApplications } from './policy.ts';

const COLUMNS = `a.id, a.reference, a.person_id AS personId, a.state, a.answers, a.frozen, a.begun_on AS begunOn, a.touched_on AS touchedOn,
	a.submitted_on AS submittedOn, a.submitted_at AS submittedAt, a.promised_days AS promisedDays, a.paused_on AS pausedOn, a.paused_days AS pausedDays,
	a.removed_match AS removedMatch, a.question, a.reply, a.decline_reason AS declineReason, a.proposed_by AS proposedBy, a.decided_by AS decidedBy,
	a.decided_at AS decidedAt, a.version`;
const OPEN = "('draft', 'submitted', 'more_wanted', 'decline_proposed', 'admitted')";

/** What was sent, as it was sent: never changed afterwards. */
export type Sent = FullAnswers & { declarationsVersion: string; sentOn: string };

/** The application of someone that is under way, or null. Never authorises. */
export function openApplication(db: Db, personId: string): Application | null {
	const text = `SELECT ${COLUMNS} FROM membership_application a WHERE a.person_id = ? AND a.state IN ${OPEN}`;
	return (prepared(db.sql, text).get(personId) as Application | undefined) ?? null;
}

/** One's own newest application, whatever became of it, or null. */
export function ownApplication(ctx: Ctx): Application | null {
	const text = `SELECT ${COLUMNS} FROM membership_application a WHERE a.person_id = ? ORDER BY a.begun_on DESC, a.rowid DESC LIMIT 1`;
	return (prepared(ctx.db.sql, text).get(personOf(ctx).personId) as Application | undefined) ?? null;
}

export function applicationById(db: Db, id: string): Application | null {
	return (prepared(db.sql, `SELECT ${COLUMNS} FROM membership_application a WHERE a.id = ?`).get(id) as Application | undefined) ?? null;
}

/** An application by its reference, for the office. @throws NotFound for everybody else. */
export function applicationFor(ctx: Ctx, reference: string): Application {
	const found = canSeeApplications(ctx.actor) && prepared(ctx.db.sql, `SELECT ${COLUMNS} FROM membership_application a WHERE a.reference = ?`).get(reference);
	if (!found) throw new NotFound('There is no such application.');
	return found as Application;
}

export type Waiting = Application & { name: string; clock: Clock | null };

/** Applications that were sent and are not finished, those due first. @throws NotFound unless the actor works on them. */
export function applicationsWaiting(ctx: Ctx): Waiting[] {
	if (!canSeeApplications(ctx.actor)) throw new NotFound('There is no such list.');
	const text = `SELECT ${COLUMNS}, n.given_names || ' ' || n.family_name AS name FROM membership_application a
		JOIN person_name n ON n.person_id = a.person_id AND n.to_on IS NULL
		WHERE a.state IN ('submitted', 'more_wanted', 'decline_proposed', 'admitted') ORDER BY a.submitted_at`;
	const rows = prepared(ctx.db.sql, text).all() as Omit<Waiting, 'clock'>[];
	const waiting = rows.map((row) => ({ ...row, clock: row.state === 'admitted' ? null : applicationClock(row, ctx.today) }));
	return waiting.sort((a, b) => (a.clock?.dueOn ?? '9').localeCompare(b.clock?.dueOn ?? '9'));
}

export function answersOf(application: Pick<Application, 'answers'>): Answers {
	return JSON.parse(application.answers) as Answers;
}

export function sentOf(application: Pick<Application, 'frozen'>): Sent | null {
	return application.frozen === null ? null : (JSON.parse(application.frozen) as Sent);
}

/** The present name, title, telephone and birth date of a person: what an application begins with. */
export function aboutPerson(db: Db, personId: string): { title: string; givenNames: string; familyName: string; phone: string; bornOn: string | null } {
	const text = `SELECT coalesce(p.title, '') AS title, n.given_names AS givenNames, n.family_name AS familyName, coalesce(p.phone, '') AS phone, p.born_on AS bornOn
		FROM person p JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL WHERE p.id = ?`;
	const found = prepared(db.sql, text).get(personId);
	return (found as ReturnType<typeof aboutPerson> | undefined) ?? { title: '', givenNames: '', familyName: '', phone: '', bornOn: null };
}
