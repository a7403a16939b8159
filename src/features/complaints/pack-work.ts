import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';

/** How much of both sides waits for the actor: packs that they could check, and requests for time in cases that they own. */
export function sideWork(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>): { toCheck: number; timeAsked: number } {
	if (ctx.actor.kind !== 'person') return { toCheck: 0, timeAsked: 0 };
	const of = { personId: ctx.actor.personId, now: ctx.now };
	const count = (text: string) => prepared(ctx.db.sql, text).pluck().get(of) as number;
	return { toCheck: count(TO_CHECK), timeAsked: count(TIME_ASKED) };
}

const IN = `a.person_id = :personId AND a.ended_at IS NULL AND a.from_at <= :now AND a.until_at > :now AND a.declared IS NOT NULL AND a.declared <> 'recuse'
	AND NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = a.concern_id AND i.other_id = a.person_id)`;
const TO_CHECK = `SELECT count(DISTINCT p.id) FROM concern_access a JOIN concern_pack p ON p.concern_id = a.concern_id
	WHERE ${IN} AND a.capacity IN ('owner', 'caseworker', 'lay_screener', 'investigator', 'facilitator', 'secretary')
		AND p.sent_at IS NOT NULL AND p.result IS NULL AND p.dropped_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM concern_pack_maker m WHERE m.pack_id = p.id AND m.person_id = a.person_id)`;
const TIME_ASKED = `SELECT count(DISTINCT t.id) FROM concern_access a JOIN concern_time_request t ON t.concern_id = a.concern_id
	WHERE ${IN} AND a.capacity = 'owner' AND t.answered_at IS NULL`;
