import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { supervisionRelation } from '#db/schema/index.ts';
import { isCurrent, isOpenAsk, type Side, sideOf } from './supervision-policy.ts';

export type RelationRow = typeof supervisionRelation.$inferSelect;
export type RelationState = 'i_asked' | 'asks_me' | 'agreed' | 'ended';

/** A relation as one of its two sees it: `mySide` is what they are in it. `number`: of a registrant; `profession`: of somebody outside. */
export type Relation = {
	id: string;
	mySide: Side;
	otherName: string;
	number: string | null;
	profession: string | null;
	fromOn: string;
	endedOn: string | null;
	state: RelationState;
	version: number;
};

const COLUMNS = `r.id, r.supervisee_id AS superviseeId, r.supervisor_id AS supervisorId, r.outside_name AS outsideName,
	r.outside_profession AS outsideProfession, r.outside_email AS outsideEmail, r.outside_key AS outsideKey, r.asked_by AS askedBy,
	r.asked_at AS askedAt, r.from_on AS fromOn, r.agreed_at AS agreedAt, r.refused_at AS refusedAt, r.ended_on AS endedOn,
	r.ended_by AS endedBy, r.version`;

type Named = RelationRow & { otherName: string | null; number: string | null };

const NAMED = `SELECT ${COLUMNS}, n.given_names || ' ' || n.family_name AS otherName, g.number
	FROM supervision_relation r
	LEFT JOIN person_name n ON n.person_id = CASE r.supervisee_id WHEN :me THEN r.supervisor_id ELSE r.supervisee_id END AND n.to_on IS NULL
	LEFT JOIN registration g ON g.person_id = n.person_id`;

/** The relations of whoever is signed in, on both sides: asked first, then running, then ended. Refused ones are left out. */
export function relationsOf(ctx: Ctx): Relation[] {
	const me = personOf(ctx).personId;
	const text = `${NAMED} WHERE (r.supervisee_id = :me OR r.supervisor_id = :me) AND r.refused_at IS NULL
		ORDER BY r.agreed_at IS NOT NULL, r.ended_on IS NOT NULL, r.ended_on DESC, r.from_on, r.id`;
	return (prepared(ctx.db.sql, text).all({ me }) as Named[]).map((row) => viewOf(ctx, row));
}

/** One relation of whoever is signed in. @throws NotFound for anybody else's, as for one that never was. */
export function relationOf(ctx: Ctx, id: string): Relation {
	const me = personOf(ctx).personId;
	const text = `${NAMED} WHERE r.id = :id AND (r.supervisee_id = :me OR r.supervisor_id = :me) AND r.refused_at IS NULL`;
	const row = prepared(ctx.db.sql, text).get({ id, me }) as Named | undefined;
	if (!row) throw new NotFound(NO_RELATION);
	return viewOf(ctx, row);
}

export const NO_RELATION = 'There is no such supervision, or it was declined.';

/** The stored relation by its key, or null. Never authorises. */
export function relationRow(db: Db, id: string): RelationRow | null {
	return (prepared(db.sql, `SELECT ${COLUMNS} FROM supervision_relation r WHERE r.id = ?`).get(id) as RelationRow | undefined) ?? null;
}

/** A person's present name. Never authorises. */
export function nameOfPerson(db: Db, personId: string): string {
	const text = "SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL";
	return (prepared(db.sql, text).pluck().get(personId) as string | undefined) ?? 'A member';
}

function viewOf(ctx: Ctx, row: Named): Relation {
	const mySide = sideOf(ctx.actor, row) ?? 'supervisee';
	return {
		id: row.id,
		mySide,
		otherName: row.otherName ?? row.outsideName ?? 'A member',
		number: row.number,
		profession: row.outsideProfession,
		fromOn: row.fromOn,
		endedOn: row.endedOn,
		state: stateOf(ctx, row, mySide),
		version: row.version,
	};
}

function stateOf(ctx: Ctx, row: RelationRow, mySide: Side): RelationState {
	if (isOpenAsk(row)) return row.askedBy === mySide ? 'i_asked' : 'asks_me';
	return isCurrent(row, ctx.today) ? 'agreed' : 'ended';
}
