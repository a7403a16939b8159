import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { accessGiven } from './access-mails.ts';
import { daysOn, endAccesses, endOf, putAccess } from './access-put.ts';
import { rolesOn } from './access-queries.ts';
import { refuseUnlessMay } from './case-step.ts';
import { postTo } from './message-post.ts';
import { type Access, type Sight, sightOf } from './sight.ts';
import { refuseStale, takeStep } from './step.ts';

export type LetInInput = { person: string; capacity: Access['capacity']; untilOn: string };

/** As what somebody may be let in, and which role that needs; null: any of the office. */
export const LET_IN_AS: Partial<Record<Access['capacity'], readonly Role[] | null>> = {
	owner: ['complaints_officer'],
	caseworker: ['complaints_officer'],
	lay_screener: ['lay_panel_member'],
	investigator: null,
	facilitator: null,
	secretary: null,
	adviser: null,
	monitor: null,
};

/** The owner of a case, or an officer while it has none. */
export function isLead({ actor }: Pick<Ctx, 'actor'>, { accesses, isGateShut, isUnowned }: Pick<Sight, 'accesses' | 'isGateShut' | 'isUnowned'>): boolean {
	if (!isStaff(actor) || isGateShut) return false;
	return accesses.some(({ capacity }) => capacity === 'owner') || (isUnowned && hasRole(actor, 'complaints_officer'));
}

/** Takes a case on, or over when nobody can act for it any more. @throws NotFound, Conflict */
export function takeOnCase(ctx: Ctx, reference: string, { seen }: { seen: number }): void {
	commit(ctx, { name: 'take a case on' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		const kind = sight.state.phase === 'received' ? 'assigned' : 'owner_changed';
		refuseUnlessMay(ctx, sight, kind);
		const { personId } = personOf(ctx);
		const { id } = sight.concern;
		const { ownerId } = sight.state;
		takeStep(tx, sight, kind, { side: 'office', personId }, { owner: personId });
		const declared = sight.accesses.find((one) => one.declared !== null)?.declared ?? 'none';
		endAccesses(tx, { concernId: id, personId }, 'replaced');
		if (ownerId !== null && ownerId !== personId) endAccesses(tx, { concernId: id, personId: ownerId, capacity: 'owner' }, 'replaced');
		// Other officers who looked at it while it waited have no more to do with it.
		prepared(tx.db.sql, LOOKERS).run(tx.ctx.now, id, personId);
		putAccess(tx, { concernId: id, personId, capacity: 'owner', untilAt: daysOn(tx, sight.rules.accessDays), grantedBy: null, declared });
	});
}

/**
 * Lets somebody in as something until a day; they are asked first what ties them to it. As `owner`: they have it from the moment they said
 * that nothing does. @throws NotFound; Forbidden but for its owner; Invalid or Conflict in words
 */
export function letSomebodyIn(ctx: Ctx, reference: string, { person, capacity, untilOn }: LetInInput): void {
	commit(ctx, { name: 'let somebody into a case' }, (tx) => {
		const { personId } = personOf(ctx);
		const sight = sightOf(ctx, reference);
		allow(isLead(ctx, sight));
		refuseUnfit(tx, { person, capacity, untilOn });
		putAccess(tx, { concernId: sight.concern.id, personId: person, capacity, untilAt: endOf(untilOn), grantedBy: personId, declared: null });
		record(tx, 'concern.let_in', { type: 'concern', id: sight.concern.id }, { capacity });
		postTo(tx, person, (to) => accessGiven(ctx.settings, { key: tx.processId }, to));
	});
}

/** Ends what somebody was let in as. @throws NotFound; Forbidden but for the owner; Invalid for the owner’s own */
export function endAccess(ctx: Ctx, reference: string, { access }: { access: string }): void {
	commit(ctx, { name: 'end somebody’s access to a case' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(isLead(ctx, sight));
		const { id } = sight.concern;
		const find = prepared(tx.db.sql, 'SELECT person_id AS personId, capacity FROM concern_access WHERE id = ? AND concern_id = ? AND ended_at IS NULL');
		const found = find.get(access, id) as { personId: string; capacity: Access['capacity'] } | undefined;
		if (!found) throw new Invalid('access', 'This has ended already.');
		if (prepared(tx.db.sql, VOTING).get(access)) throw new Invalid('access', 'They sit on a panel that has begun to vote. They can only step back themselves.');
		if (found.personId === personOf(ctx).personId) throw new Invalid('access', 'You cannot end your own. Give the case to another officer, or step back.');
		endAccesses(tx, { concernId: id, ...found }, 'released');
		record(tx, 'concern.access_ended', { type: 'concern', id }, { capacity: found.capacity });
	});
}

function refuseUnfit({ db, ctx }: Tx, { person, capacity, untilOn }: LetInInput): void {
	if (untilOn <= ctx.today) throw new Invalid('untilOn', 'Enter a day that is still to come.');
	const needs = LET_IN_AS[capacity];
	if (needs === undefined) throw new Invalid('capacity', 'Nobody is let in like that.');
	const roles = rolesOn(db, person, ctx.today).filter((role) => role !== 'member' && role !== 'trainee');
	if (roles.length === 0) throw new Invalid('person', 'They do not work for the office at present.');
	if (needs !== null && !roles.some((role) => needs.includes(role))) throw new Invalid('capacity', 'Their role does not allow this.');
}

const LOOKERS = `UPDATE concern_access SET ended_at = ?, end_reason = 'replaced'
	WHERE concern_id = ? AND person_id <> ? AND granted_by IS NULL AND capacity = 'caseworker' AND ended_at IS NULL`;
const VOTING = `SELECT 1 FROM concern_panel_seat s JOIN concern_panel p ON p.id = s.panel_id AND p.decided_at IS NULL AND p.dissolved_at IS NULL
	JOIN concern_panel_round r ON r.panel_id = p.id WHERE s.access_id = ?`;
