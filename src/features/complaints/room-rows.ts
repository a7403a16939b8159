import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { concernRoom } from '#db/schema/index.ts';
import { isComplaintsOfficer } from './policy.ts';

export type Room = Pick<typeof concernRoom.$inferSelect, 'id' | 'fromOn' | 'untilOn' | 'seed' | 'size' | 'eligible' | 'digest'> & {
	reviewer: string | null;
	madeBy: string | null;
	isEnded: boolean;
	/** Seen by the reviewer themselves, and not by an officer. */
	isOwn: boolean;
	drawn: number;
};

const NONE = 'There is no such room.';

/**
 * The rooms that the actor may know of, newest first. An officer: all but those with a case that ties them, of which they must not even learn
 * that something is missing. A reviewer: their own, while it is open. Everybody else: none.
 */
export function roomsFor(ctx: Ctx): Room[] {
	const { personId } = personOf(ctx);
	const isOfficer = isComplaintsOfficer(ctx.actor);
	const isReviewer = isStaff(ctx.actor) && hasRole(ctx.actor, 'external_reviewer');
	const rows = prepared(ctx.db.sql, ROOMS).all({ me: personId, today: ctx.today, officer: Number(isOfficer), reviewer: Number(isReviewer) });
	return (rows as (Omit<Room, 'isEnded' | 'isOwn'> & { isEnded: 0 | 1; isOwn: 0 | 1 })[]).map((row) => {
		const isOwn = row.isOwn === 1;
		return { ...row, isOwn, isEnded: row.isEnded === 1, madeBy: isOwn ? null : row.madeBy };
	});
}

/** One of them. @throws NotFound for whoever may not know of it, also when it is over */
export function roomOf(ctx: Ctx, id: string): Room {
	const found = roomsFor(ctx).find((one) => one.id === id);
	if (!found) throw new NotFound(NONE);
	return found;
}

/** The key of a case in a room, by its number there; one that was opened again is no case for a review. Never authorises. @throws NotFound */
export function caseInRoom({ db }: Pick<Ctx, 'db'>, roomId: string, no: string): string {
	const found = prepared(db.sql, CASE)
		.pluck()
		.get(roomId, Number(no) || 0) as string | undefined;
	if (found === undefined) throw new NotFound(NONE);
	return found;
}

const CASE = `SELECT x.concern_id FROM concern_room_case x JOIN concern c ON c.id = x.concern_id AND c.phase = 'closed' WHERE x.room_id = ? AND x.no = ?`;
const NAME = (column: string) => `(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = ${column} AND n.to_on IS NULL)`;
const ROOMS = `SELECT r.id, r.from_on AS fromOn, r.until_on AS untilOn, r.seed, r.size, r.eligible, r.digest, ${NAME('r.reviewer_id')} AS reviewer,
		${NAME('r.made_by')} AS madeBy, (r.ended_at IS NOT NULL OR r.until_on < :today) AS isEnded, r.reviewer_id = :me AS isOwn,
		(SELECT count(*) FROM concern_room_case x WHERE x.room_id = r.id) AS drawn
	FROM concern_room r
	WHERE ((:officer = 1 AND r.reviewer_id <> :me)
			OR (:reviewer = 1 AND r.reviewer_id = :me AND r.ended_at IS NULL AND :today BETWEEN r.from_on AND r.until_on))
		AND NOT EXISTS (SELECT 1 FROM concern_room_case x WHERE x.room_id = r.id AND (
			EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = x.concern_id AND i.other_id = :me)
			OR EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = x.concern_id AND a.person_id = :me AND a.end_reason = 'recused')))
	ORDER BY r.made_at DESC, r.id DESC`;
