import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { retentionIn } from './retain-facts.ts';
import type { Retention } from './retain-state.ts';
import { type Standing, standingOf } from './step.ts';

/** A case as whoever looks after its data sees it: nothing of what was said, and nobody. */
export type KeptLine = {
	reference: string;
	closedOn: string;
	retention: Retention;
	/** Somebody proposed to destroy it and waits for a second person. */
	proposal: { id: string; isOwn: boolean; by: string | null } | null;
};
export type KeptCase = KeptLine & { standing: Standing; counts: { label: string; count: number }[] };

const NONE = 'There is no such case.';

/** May the actor look after how long cases are kept? The registrar answers for data; complaints officers are the second pair of eyes. */
export function canKeepConcerns({ actor }: Pick<Ctx, 'actor'>): boolean {
	return isStaff(actor) && hasRole(actor, 'registrar', 'complaints_officer');
}

/**
 * What is due to be looked at, kept for a reason, under a hold, and destroyed: of cases that nothing ties the actor to. What is due was marked
 * by the job. @throws Forbidden
 */
export function keptConcerns(ctx: Ctx): { due: KeptLine[]; retained: KeptLine[]; held: KeptLine[]; destroyed: KeptLine[] } {
	allow(canKeepConcerns(ctx));
	const { personId } = personOf(ctx);
	const ids = prepared(ctx.db.sql, LISTED).pluck().all({ me: personId }) as string[];
	const lines = ids.map((id) => lineOf(ctx, standingOf(ctx.db, id)));
	const of = (state: Retention['state']) => lines.filter(({ retention }) => retention.state === state);
	return { due: of('due'), retained: of('retained'), held: of('held'), destroyed: of('destroyed').slice(-200).toReversed() };
}

/**
 * One case of those lists, for an act on it: with how much there is of what, and none of it.
 * @throws Forbidden; NotFound, also for a case that ties the actor or that they stepped back from
 */
export function keptConcern(ctx: Ctx, reference: string): KeptCase {
	allow(canKeepConcerns(ctx));
	const { personId } = personOf(ctx);
	const id = prepared(ctx.db.sql, ONE).pluck().get({ reference, me: personId }) as string | undefined;
	if (id === undefined) throw new NotFound(NONE);
	const standing = standingOf(ctx.db, id);
	return { ...lineOf(ctx, standing), standing, counts: countsOf(ctx.db, id) };
}

/** What waits to be looked at, for the first page of the office; nothing for whoever does not look after data. */
export function keptWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	if (!canKeepConcerns(ctx)) return [];
	const count = prepared(ctx.db.sql, WAITING)
		.pluck()
		.get({ me: personOf(ctx).personId, today: ctx.today }) as number;
	return [{ label: 'Closed cases whose time has come', count, href: paths.keptConcerns() }];
}

function lineOf(ctx: Ctx, standing: Standing): KeptLine {
	const { concern, state } = standing;
	const found = prepared(ctx.db.sql, PROPOSED).get(concern.id) as { id: string; proposedBy: string; by: string | null } | undefined;
	const me = personOf(ctx).personId;
	return {
		reference: concern.reference ?? '',
		closedOn: state.closedOn ?? '',
		retention: retentionIn(ctx.db, standing, ctx.today),
		proposal: found ? { id: found.id, by: found.by, isOwn: found.proposedBy === me } : null,
	};
}

function countsOf(db: Db, concernId: string): KeptCase['counts'] {
	return COUNTS.map(([label, text]) => ({ label, count: prepared(db.sql, text).pluck().get(concernId) as number }));
}

const UNTIED = `NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = c.id AND i.other_id = :me)
	AND NOT EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = c.id AND a.person_id = :me AND a.end_reason = 'recused')`;
const LISTED = `SELECT c.id FROM concern c WHERE c.phase = 'closed' AND c.id IN (SELECT concern_id FROM concern_review_due) AND ${UNTIED} ORDER BY c.reference`;
// Asked with every first page of the office, so without working each case out: marked since it was closed last, and neither kept longer nor held.
const WAITING = `SELECT count(*) FROM concern c JOIN vault v ON v.id = c.id AND v.destroyed_at IS NULL
	WHERE c.phase = 'closed' AND c.id NOT IN (SELECT concern_id FROM concern_held) AND ${UNTIED}
		AND (SELECT max(d.due_on) FROM concern_review_due d WHERE d.concern_id = c.id) > (SELECT max(s.on_day) FROM concern_step s
			WHERE s.concern_id = c.id AND s.kind IN ('closed', 'no_case', 'declined', 'redirected', 'appeal_decided'))
		AND coalesce((SELECT r.until_on FROM concern_retained r WHERE r.concern_id = c.id ORDER BY r.decided_at DESC, r.id DESC LIMIT 1), '') <= :today`;
const ONE = `SELECT c.id FROM concern c WHERE c.reference = :reference AND c.phase = 'closed' AND c.id IN (SELECT concern_id FROM concern_review_due)
	AND ${UNTIED}`;
const PROPOSED = `SELECT p.id, p.proposed_by AS proposedBy, n.given_names || ' ' || n.family_name AS "by" FROM concern_proposal p
	LEFT JOIN person_name n ON n.person_id = p.proposed_by AND n.to_on IS NULL
	WHERE p.concern_id = ? AND p.kind = 'destroyed' AND p.settled_at IS NULL`;
const COUNTS = [
	['Texts', 'SELECT count(*) FROM vault_text WHERE vault_id = ?'],
	['Messages', 'SELECT count(*) FROM concern_message WHERE concern_id = ?'],
	['Documents', 'SELECT count(*) FROM concern_file WHERE concern_id = ? AND removed_at IS NULL'],
] as const;
