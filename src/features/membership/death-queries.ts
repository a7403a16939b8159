import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canReadFiles } from './people-policy.ts';

/** A recorded death. `isOwn`: the actor recorded it, so somebody else has to confirm it. */
export type DeathView = {
	id: string;
	personId: string;
	key: string;
	name: string;
	diedOn: string;
	evidence: string;
	recorded: string;
	recordedBy: string;
	isConfirmed: boolean;
	isOwn: boolean;
	version: number;
};

const SELECT = `SELECT d.id, d.person_id AS personId, coalesce(r.number, d.person_id) AS key, n.given_names || ' ' || n.family_name AS name, d.died_on AS diedOn,
	d.evidence, d.recorded_at AS recordedAt, d.recorded_by AS recorderId, coalesce(b.given_names || ' ' || b.family_name, 'someone') AS recordedBy,
	d.confirmed_at IS NOT NULL AS isConfirmed, d.version
	FROM person_death d JOIN person_name n ON n.person_id = d.person_id AND n.to_on IS NULL LEFT JOIN registration r ON r.person_id = d.person_id
	LEFT JOIN person_name b ON b.person_id = d.recorded_by AND b.to_on IS NULL`;

type Row = Omit<DeathView, 'recorded' | 'isOwn' | 'isConfirmed'> & { recordedAt: number; recorderId: string; isConfirmed: 0 | 1 };

/** The recorded death that stands in a file, or null. @throws Forbidden */
export function deathOf(ctx: Ctx, personId: string): DeathView | null {
	allow(canReadFiles(ctx.actor));
	const row = prepared(ctx.db.sql, `${SELECT} WHERE d.person_id = ? AND d.taken_back_at IS NULL`).get(personId) as Row | undefined;
	return row ? view(ctx, row) : null;
}

/** Deaths that wait for a second look, oldest first. @throws Forbidden */
export function deathsWaiting(ctx: Ctx): DeathView[] {
	allow(canReadFiles(ctx.actor));
	const text = `${SELECT} WHERE d.confirmed_at IS NULL AND d.taken_back_at IS NULL ORDER BY d.recorded_at`;
	return (prepared(ctx.db.sql, text).all() as Row[]).map((row) => view(ctx, row));
}

function view(ctx: Ctx, { recordedAt, recorderId, isConfirmed, ...row }: Row): DeathView {
	const isOwn = ctx.actor.kind === 'person' && ctx.actor.personId === recorderId;
	return { ...row, recorded: sayInstant(recordedAt), isConfirmed: isConfirmed === 1, isOwn };
}
