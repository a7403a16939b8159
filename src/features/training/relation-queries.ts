import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';

/** Those who supervise whoever is signed in, running ones first; what both agreed to is kept with the supervision log. */
export function ownSupervisors(ctx: Ctx): { id: string; name: string; hint: string | undefined }[] {
	const text = `SELECT r.id, coalesce(n.given_names || ' ' || n.family_name, r.outside_name, 'A supervisor') AS name, r.agreed_at AS agreedAt, r.ended_on AS endedOn
		FROM supervision_relation r LEFT JOIN person_name n ON n.person_id = r.supervisor_id AND n.to_on IS NULL
		WHERE r.supervisee_id = ? AND r.refused_at IS NULL ORDER BY r.ended_on IS NOT NULL, r.from_on, r.id`;
	type Row = { id: string; name: string; agreedAt: number | null; endedOn: string | null };
	return (prepared(ctx.db.sql, text).all(personOf(ctx).personId) as Row[]).map(({ id, name, agreedAt, endedOn }) => ({
		id,
		name,
		hint: agreedAt === null ? 'They have not agreed yet' : endedOn === null ? undefined : `This supervision ended on ${sayDay(endedOn)}`,
	}));
}
