import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
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

/** The names of the two people of a supervision, as the record has them. Never authorises. */
export function namesIn(db: Db, relationId: string): string[] {
	const text = `SELECT n.given_names || ' ' || n.family_name FROM supervision_relation r
			JOIN person_name n ON n.person_id IN (r.supervisee_id, r.supervisor_id) AND n.to_on IS NULL WHERE r.id = :relation
		UNION SELECT outside_name FROM supervision_relation WHERE id = :relation AND outside_name IS NOT NULL`;
	return prepared(db.sql, text).pluck().all({ relation: relationId }) as string[];
}

/** Demonstration only: a trainee with several cases and their supervisor, each with the word of their name to find them by; null when there is none. */
export function trainingToTry(ctx: Ctx): { trainee: string; traineeWord: string; supervisor: string; supervisorWord: string } | null {
	const text = `SELECT t.given_names || ' ' || t.family_name AS trainee, t.family_name AS traineeWord,
		s.given_names || ' ' || s.family_name AS supervisor, s.family_name AS supervisorWord
		FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id JOIN person_name t ON t.person_id = c.person_id AND t.to_on IS NULL
		JOIN person_name s ON s.person_id = r.supervisor_id AND s.to_on IS NULL
		GROUP BY c.person_id HAVING count(*) >= 3 ORDER BY min(c.id) LIMIT 1`;
	return (prepared(ctx.db.sql, text).get() as ReturnType<typeof trainingToTry> | undefined) ?? null;
}
