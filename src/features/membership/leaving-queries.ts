import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { membershipResignation } from '#db/schema/index.ts';

export type Leaving = typeof membershipResignation.$inferSelect;

const COLUMNS = `id, person_id AS personId, kind, leaves_on AS leavesOn, asked_at AS askedAt, held_on AS heldOn, released_on AS releasedOn,
	withdrawn_on AS withdrawnOn, effective_on AS effectiveOn`;

/** The wish to leave that is held or has been given its day in the running membership, or null. Never authorises. */
export function openLeaving(db: Db, personId: string): Leaving | null {
	const text = `SELECT ${COLUMNS} FROM membership_resignation r WHERE r.person_id = ? AND r.withdrawn_on IS NULL
		AND (r.effective_on IS NULL OR EXISTS (SELECT 1 FROM membership_period p WHERE p.person_id = r.person_id AND p.ended_on = r.effective_on)
			AND NOT EXISTS (SELECT 1 FROM membership_period p WHERE p.person_id = r.person_id AND p.from_on >= r.effective_on))
		ORDER BY r.asked_at DESC LIMIT 1`;
	return (prepared(db.sql, text).get(personId) as Leaving | undefined) ?? null;
}

/** Wishes to leave that are held, oldest first. */
export function heldLeavings(db: Db): Leaving[] {
	const text = `SELECT ${COLUMNS} FROM membership_resignation WHERE held_on IS NOT NULL AND effective_on IS NULL AND withdrawn_on IS NULL ORDER BY held_on, id`;
	return prepared(db.sql, text).all() as Leaving[];
}
