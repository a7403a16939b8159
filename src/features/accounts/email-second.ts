import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Actor, Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, hasRole, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { accountByEmail, accountById } from './account-row.ts';
import { keepLink, mayChangeEmailOf } from './email-change.ts';
import { mailStaffChange } from './email-mails.ts';

/** A default to be confirmed: how long the old address can say no when staff change it. */
const STAFF_DELAY_MS = 86_400_000;

/** A change of address that staff asked for and nobody has confirmed yet. `requestedBy`: the person who asked. `askedAt`: ms UTC. */
export type EmailChangeWaiting = {
	id: string;
	accountId: string;
	personId: string;
	name: string;
	key: string;
	oldEmail: string;
	newEmail: string;
	reason: string;
	requestedBy: string;
	requesterName: string;
	askedAt: number;
};

/** May the actor confirm this change? Never the one who asked for it, nor its owner. */
export function maySecondEmailChange(actor: Actor, change: { requestedBy: string; personId: string }): boolean {
	return isOfOffice(actor) && actor.kind === 'person' && actor.personId !== change.requestedBy && actor.personId !== change.personId;
}

/** All that wait for a second person, oldest first. @throws Forbidden */
export function emailChangesWaiting(ctx: Ctx): EmailChangeWaiting[] {
	allow(isOfOffice(ctx.actor));
	return prepared(ctx.db.sql, `${READ} ORDER BY c.asked_at, c.id`).all() as EmailChangeWaiting[];
}

/** The one that waits in somebody's file. @throws Forbidden, NotFound when none does */
export function emailChangeWaitingFor(ctx: Ctx, personId: string): EmailChangeWaiting {
	allow(isOfOffice(ctx.actor));
	const change = prepared(ctx.db.sql, `${READ} AND a.person_id = ?`).get(personId) as EmailChangeWaiting | undefined;
	if (!change) throw new NotFound('No change of address waits in this file. It may have been confirmed or turned down meanwhile.');
	return change;
}

/**
 * A second member of staff confirms a change: the old address is told and has a day to say no, then `changeDueEmails` carries it out.
 * @throws Forbidden (also for who asked), SignInRequired (recent proof), Conflict when it was decided meanwhile, or the address was taken
 */
export function secondEmailChange(ctx: Ctx, { id, personId }: { id: string; personId: string }): void {
	allow(mayChangeEmailOf(ctx, personId));
	requireProof(ctx, true);
	const by = personOf(ctx).personId;
	commit(ctx, { name: 'confirm a change of e-mail address' }, (tx) => {
		const change = stillWaiting(ctx, id, personId);
		allow(maySecondEmailChange(ctx.actor, change), 'Somebody else has to confirm this: you asked for it.');
		if (accountByEmail(ctx, change.newEmail)) throw new Conflict('There is an account with this address by now. Turn the change down.');
		const effectiveAt = ctx.now + STAFF_DELAY_MS;
		const text = 'UPDATE email_change SET seconded_by = ?, seconded_at = ?, effective_at = ? WHERE id = ?';
		prepared(tx.db.sql, text).run(by, ctx.now, effectiveAt, id);
		record(tx, 'account.email_change_seconded', { type: 'person', id: personId }, { effectiveAt, askedById: change.requestedBy });
		const told = { token: keepLink(tx, accountById(ctx, change.accountId), id), onDay: londonDay(effectiveAt) };
		queueMail(tx, mailStaffChange(ctx.settings, { to: change.oldEmail, now: ctx.now }, told));
	});
}

/** Whoever of the office looks at it, the one who asked included, takes it back with a reason. @throws Forbidden, SignInRequired, Invalid, Conflict */
export function turnDownEmailChange(ctx: Ctx, { id, personId, reason }: { id: string; personId: string; reason: string }): void {
	allow(mayChangeEmailOf(ctx, personId));
	requireProof(ctx, true);
	if (reason.trim() === '') throw new Invalid('reason', 'Say why.');
	commit(ctx, { name: 'turn a change of e-mail address down', reason }, (tx) => {
		stillWaiting(ctx, id, personId);
		prepared(tx.db.sql, 'UPDATE email_change SET cancelled_at = ? WHERE id = ?').run(ctx.now, id);
		record(tx, 'account.email_change_cancelled', { type: 'person', id: personId }, { by: 'staff', wasDone: false });
	});
}

function stillWaiting(ctx: Ctx, id: string, personId: string): EmailChangeWaiting {
	const change = prepared(ctx.db.sql, `${READ} AND a.person_id = ? AND c.id = ?`).get(personId, id) as EmailChangeWaiting | undefined;
	if (!change) throw new Conflict('Somebody has decided this already, or another change took its place.');
	return change;
}

function isOfOffice(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'administrator');
}

const READ = `SELECT c.id, c.account_id AS accountId, a.person_id AS personId, n.given_names || ' ' || n.family_name AS name,
	coalesce((SELECT number FROM registration r WHERE r.person_id = a.person_id), a.person_id) AS key, c.old_email AS oldEmail, c.new_email AS newEmail,
	c.reason, c.requested_by AS requestedBy, coalesce(b.given_names || ' ' || b.family_name, 'someone') AS requesterName, c.asked_at AS askedAt
	FROM email_change c JOIN account a ON a.id = c.account_id JOIN person_name n ON n.person_id = a.person_id AND n.to_on IS NULL
	LEFT JOIN person_name b ON b.person_id = c.requested_by AND b.to_on IS NULL
	WHERE c.asked_by = 'staff' AND c.effective_at IS NULL AND c.done_at IS NULL AND c.cancelled_at IS NULL`;
