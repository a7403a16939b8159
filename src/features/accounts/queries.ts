import type { Ctx } from '#core/ctx.ts';
import type { Role } from '#core/roles.ts';
import { afterPrefix, fold } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';

export type OwnAccount = { id: string; personId: string; email: string; name: string };

/** The account of a person, or null. */
export function accountOf(ctx: Ctx, personId: string): OwnAccount | null {
	const text = `SELECT a.id, a.person_id AS personId, a.email, n.given_names || ' ' || n.family_name AS name
		FROM account a JOIN person_name n ON n.person_id = a.person_id AND n.to_on IS NULL WHERE a.person_id = ?`;
	return (prepared(ctx.db.sql, text).get(personId) as OwnAccount | undefined) ?? null;
}

export type CastMember = { personId: string; name: string; role: Role };

/** Everyone who holds a staff role today, for the demonstration's page and the office's. */
export function staffOn(ctx: Ctx, day: string): CastMember[] {
	const text = `SELECT g.person_id AS personId, n.given_names || ' ' || n.family_name AS name, g.role
		FROM role_grant g JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL
		WHERE g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?) ORDER BY g.role, n.family_name`;
	return prepared(ctx.db.sql, text).all(day, day) as CastMember[];
}

/** Up to twelve people with a membership whose name has a word that begins like this; all kinds of them when nothing is asked. Demonstration only. */
export function peopleToBecome(ctx: Ctx, name: string): { personId: string; name: string; category: string }[] {
	const text = `SELECT m.person_id AS personId, n.given_names || ' ' || n.family_name AS name, m.category
		FROM (SELECT person_id, max(category) AS category FROM membership_period WHERE from_on <= ? GROUP BY person_id) m
		JOIN person_name n ON n.person_id = m.person_id AND n.to_on IS NULL
		WHERE ? = '' OR m.person_id IN (SELECT person_id FROM name_key WHERE key >= ? AND key < ?)
		ORDER BY n.family_name, n.given_names LIMIT 12`;
	const key = fold(name);
	return prepared(ctx.db.sql, text).all(ctx.today, key, key, afterPrefix(key)) as { personId: string; name: string; category: string }[];
}

/** The words of a person's present name: what their password must not be made of, and what they see as their own. */
export function ownWords(ctx: Ctx, personId: string): string[] {
	const text = 'SELECT given_names AS givenNames, family_name AS familyName FROM person_name WHERE person_id = ? AND to_on IS NULL';
	const name = prepared(ctx.db.sql, text).get(personId) as { givenNames: string; familyName: string } | undefined;
	return name ? [name.givenNames, name.familyName] : [];
}
