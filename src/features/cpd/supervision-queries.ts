import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type SupervisionSession, sessionState } from './supervision-entry.ts';
import { supervisionFactsOf } from './supervision-facts.ts';

export const SESSIONS_A_PAGE = 25;
export const NO_SESSION = 'There is no such session in your log.';

type Row = Omit<SupervisionSession, 'isDraft' | 'state' | 'isFrozen'> & { isDraft: 0 | 1; isFrozen: 0 | 1; isAgreed: 0 | 1; isReplaced: 0 | 1 };

const READ = `SELECT e.id, e.person_id AS personId, e.relation_id AS relationId, e.is_draft AS isDraft, e.held_on AS heldOn, e.minutes, e.own_minutes AS ownMinutes,
	e.kind, e.group_size AS size, e.mode, e.material, e.note, e.corrects_id AS correctsId, e.dispute, e.confirmed_at AS confirmedAt, e.version,
	coalesce(r.outside_name, n.given_names || ' ' || n.family_name) AS supervisor, r.agreed_at IS NOT NULL AS isAgreed,
	EXISTS (SELECT 1 FROM supervision_entry c WHERE c.corrects_id = e.id AND c.confirmed_at IS NOT NULL) AS isReplaced,
	e.is_draft = 0 AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = e.person_id AND e.held_on BETWEEN y.from_on AND y.to_on) AS isFrozen
	FROM supervision_entry e
	LEFT JOIN supervision_relation r ON r.id = e.relation_id
	LEFT JOIN person_name n ON n.person_id = r.supervisor_id AND n.to_on IS NULL`;

// The index alone says which sessions a page holds; only those are read whole.
const ORDER = (of: string) => `ORDER BY ${of}.held_on IS NOT NULL, ${of}.held_on DESC, ${of}.id DESC`;
const PAGE = `${READ} WHERE e.id IN (SELECT p.id FROM supervision_entry p WHERE p.person_id = ? ${ORDER('p')} LIMIT ? OFFSET ?) ${ORDER('e')}`;

/** One page of the log of whoever is signed in, newest first; drafts without a day come first. Pages count from 1. */
export function sessionsOf(ctx: Ctx, page: number): { sessions: SupervisionSession[]; pages: number; count: number } {
	const me = personOf(ctx).personId;
	const count = prepared(ctx.db.sql, 'SELECT count(*) FROM supervision_entry WHERE person_id = ?').pluck().get(me) as number;
	const pages = Math.max(1, Math.ceil(count / SESSIONS_A_PAGE));
	const offset = (Math.min(Math.max(1, page), pages) - 1) * SESSIONS_A_PAGE;
	const rows = prepared(ctx.db.sql, PAGE).all(me, SESSIONS_A_PAGE, offset);
	return { sessions: (rows as Row[]).map(viewOf), pages, count };
}

/** Everything somebody logged between two days, both included, oldest first, drafts left out. Never authorises. */
export function sessionsBetween(db: Db, personId: string, fromOn: string, toOn: string): SupervisionSession[] {
	const text = `${READ} WHERE e.person_id = ? AND e.is_draft = 0 AND e.held_on BETWEEN ? AND ? ORDER BY e.held_on, e.id`;
	return (prepared(db.sql, text).all(personId, fromOn, toOn) as Row[]).map(viewOf);
}

/** One session of whoever is signed in. @throws NotFound for anybody else's, also for their supervisor. */
export function sessionOf(ctx: Ctx, id: string): SupervisionSession {
	const found = findSession(ctx.db, personOf(ctx).personId, id);
	if (!found) throw new NotFound(NO_SESSION);
	return found;
}

/** The session that was entered last, for what is likely the same next time; null while there is none. */
export function lastSessionOf(ctx: Ctx): SupervisionSession | null {
	const text = `${READ} WHERE e.person_id = ? AND e.is_draft = 0 ORDER BY e.created_at DESC, e.id DESC LIMIT 1`;
	const row = prepared(ctx.db.sql, text).get(personOf(ctx).personId) as Row | undefined;
	return row ? viewOf(row) : null;
}

/** Never authorises. */
export function findSession(db: Db, personId: string, id: string): SupervisionSession | null {
	const row = prepared(db.sql, `${READ} WHERE e.id = ? AND e.person_id = ?`).get(id, personId) as Row | undefined;
	return row ? viewOf(row) : null;
}

/** Minutes of the own share between two days: what counts, and how much of that is confirmed. */
export function supervisionTotals(db: Db, personId: string, fromOn: string, toOn: string): { minutes: number; confirmed: number } {
	const facts = supervisionFactsOf(db, personId, fromOn, toOn);
	const sum = (list: typeof facts) => list.reduce((total, fact) => total + fact.minutes, 0);
	return { minutes: sum(facts), confirmed: sum(facts.filter((fact) => fact.isConfirmed)) };
}

function viewOf({ isAgreed, isReplaced, ...row }: Row): SupervisionSession {
	const facts = { ...row, isDraft: row.isDraft === 1, isFrozen: row.isFrozen === 1 };
	return { ...facts, state: sessionState({ ...facts, isAgreed: isAgreed === 1, isReplaced: isReplaced === 1 }) };
}
