import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { SEAT_ROLES } from './meeting-policy.ts';
import type { Seat } from './meeting-rows.ts';

export type Seatable = { personId: string; name: string };

/** Who may sit where on a day: whoever holds the role. Never authorises. */
export function seatable(db: Db, day: string): Record<Seat, Seatable[]> {
	const of = (seat: Seat) => prepared(db.sql, HOLDERS).all({ roles: JSON.stringify(SEAT_ROLES[seat]), day }) as Seatable[];
	return { chair: of('chair'), member: of('member'), lay: of('lay'), secretary: of('secretary') };
}

// From the few who hold a role to their names: by itself SQLite reads all names, to have them in order.
const HOLDERS = `SELECT DISTINCT g.person_id AS personId, n.given_names || ' ' || n.family_name AS name
	FROM role_grant g CROSS JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL CROSS JOIN person p ON p.id = g.person_id AND p.died_on IS NULL
	WHERE g.role IN (SELECT value FROM json_each(:roles)) AND g.from_on <= :day AND (g.to_on IS NULL OR g.to_on >= :day)
	ORDER BY n.family_name, n.given_names, g.person_id`;
