import type { Ctx } from '#core/ctx.ts';
import { isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';

/** How many panels wait for the actor's vote: of those that they sit on, and were noted as present at. */
export function votesWaiting(ctx: Ctx): number {
	return isStaff(ctx.actor)
		? (prepared(ctx.db.sql, WAITING)
				.pluck()
				.get({ me: personOf(ctx).personId, now: ctx.now }) as number)
		: 0;
}

const WAITING = `SELECT count(*) FROM concern_panel_seat s JOIN concern_panel p ON p.id = s.panel_id AND p.decided_at IS NULL AND p.dissolved_at IS NULL
	JOIN concern_access a ON a.id = s.access_id AND a.ended_at IS NULL AND a.until_at > :now AND a.declared IN ('none', 'minor')
	JOIN concern_panel_round r ON r.panel_id = p.id AND r.counted_at IS NULL
	WHERE s.person_id = :me AND s.role <> 'adviser' AND (r.kind <> 'leave' OR s.role = 'chair') AND s.id IN (SELECT value FROM json_each(r.present))
		AND NOT EXISTS (SELECT 1 FROM concern_panel_vote v WHERE v.round_id = r.id AND v.seat_id = s.id AND v.is_casting = 0)
		AND NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = p.concern_id AND i.other_id = s.person_id)`;
