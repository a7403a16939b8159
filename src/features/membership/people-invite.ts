import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { inviteToClaim } from '#features/accounts/index.ts';
import { canKeepRecords } from './people-policy.ts';
import { membershipRules } from './rules.ts';

/** Members who can be asked to take over their account, and those who cannot yet: why, and how many. */
export type InvitePreview = { waiting: number; first: { key: string; name: string }[]; invited: number; withoutAddress: number; sharedAddress: number };

// A member today, grace included, who lives, has a file of their own and no account.
const MEMBERS = `FROM person p WHERE p.died_on IS NULL AND p.id IN (SELECT person_id FROM membership_period WHERE ended_on IS NULL AND from_on <= :today AND paid_to_on >= :since)
	AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id = p.id)`;
const INVITED = 'EXISTS (SELECT 1 FROM claim_invitation c WHERE c.person_id = p.id)';
const REACHABLE = "p.email LIKE '%_@_%'";
// One mailbox cannot be the way into two accounts: those files are looked at first.
const SHARED = `(EXISTS (SELECT 1 FROM person o WHERE lower(o.email) = lower(p.email) AND o.id <> p.id AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id = o.id))
	OR EXISTS (SELECT 1 FROM account a WHERE a.email_key = lower(p.email)))`;
const WAITING = `${MEMBERS} AND NOT ${INVITED} AND ${REACHABLE} AND NOT ${SHARED}`;

const COUNTS = `SELECT count(*) FILTER (WHERE invited) AS invited, count(*) FILTER (WHERE NOT invited AND NOT reachable) AS withoutAddress,
	count(*) FILTER (WHERE shared) AS sharedAddress, count(*) FILTER (WHERE NOT invited AND reachable AND NOT shared) AS waiting
	FROM (SELECT ${INVITED} AS invited, coalesce(${REACHABLE}, 0) AS reachable, (NOT ${INVITED} AND coalesce(${REACHABLE}, 0) AND ${SHARED}) AS shared ${MEMBERS})`;

/** Who would be invited next, oldest files first. @throws Forbidden */
export function invitePreview(ctx: Ctx): InvitePreview {
	allow(canKeepRecords(ctx.actor));
	const counted = prepared(ctx.db.sql, COUNTS).get(daysFor(ctx)) as Omit<InvitePreview, 'first'>;
	const first = `SELECT coalesce((SELECT number FROM registration r WHERE r.person_id = p.id), p.id) AS key,
		(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = p.id AND n.to_on IS NULL) AS name ${WAITING} ORDER BY p.id LIMIT 20`;
	return { ...counted, first: prepared(ctx.db.sql, first).all(daysFor(ctx)) as InvitePreview['first'] };
}

/**
 * Invites the next members to take over their accounts, each person once: a batch that was cut off, or was sent twice, goes on where it stopped.
 * @returns how many were invited. @throws Forbidden, SignInRequired (recent proof), Conflict when nobody is left
 */
export function inviteMembers(ctx: Ctx, most: number): number {
	allow(canKeepRecords(ctx.actor));
	requireProof(ctx, true);
	return commit(ctx, { name: 'invite members' }, (tx) => {
		const text = `SELECT p.id, p.email ${WAITING} ORDER BY p.id LIMIT :most`;
		const people = prepared(tx.db.sql, text).all({ ...daysFor(ctx), most }) as { id: string; email: string }[];
		if (people.length === 0) throw new Conflict('Nobody is left to be invited.');
		for (const { id, email } of people) invite(tx, id, email);
		return people.length;
	});
}

function invite(tx: Tx, personId: string, email: string): void {
	const text = 'INSERT INTO claim_invitation (person_id, invited_at, invited_by) VALUES (?, ?, ?)';
	prepared(tx.db.sql, text).run(personId, tx.ctx.now, personOf(tx.ctx).personId);
	inviteToClaim(tx, personId, email);
}

function daysFor(ctx: Ctx): { today: string; since: string } {
	return { today: ctx.today, since: addDays(ctx.today, -membershipRules(ctx.db, ctx.today).graceDays) };
}
