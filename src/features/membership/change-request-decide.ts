import type { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { dropFile, filesOf } from '#core/files.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { decisionForm } from './change-request-form.ts';
import { mailChangeDecided } from './change-request-mails.ts';
import { attachedTo, type ChangeView, changeAsked } from './change-request-queries.ts';
import { mailAddressOf } from './contact.ts';
import type { MembershipHandlers } from './handlers.ts';
import { canKeepFile } from './people-policy.ts';
import { changeName, putBirthDate } from './person-commands.ts';

/** May the actor decide this request? Never one that they asked for, and never about themselves. */
export function canDecideChange(ctx: Ctx, request: Pick<ChangeView, 'id' | 'personId'>): boolean {
	const askedBy = prepared(ctx.db.sql, 'SELECT asked_by FROM change_request WHERE id = ?').pluck().get(request.id);
	return canKeepFile(ctx.actor, request.personId) && ctx.actor.kind === 'person' && ctx.actor.personId !== askedBy;
}

/**
 * Approves or refuses a request. Approved, the change is made in the same moment: the register says the new name, the old one goes on leading
 * to it where the person allows it. Files given as evidence are deleted either way: what they showed has been looked at.
 * @throws Forbidden, SignInRequired (recent proof), NotFound, Conflict when somebody else was faster
 */
export function decideChange(ctx: Ctx, id: string, input: z.output<typeof decisionForm>, handlers: Pick<MembershipHandlers, 'onChanged'>): void {
	const request = changeAsked(ctx, id);
	allow(canDecideChange(ctx, request), 'Somebody else must decide this: whoever asked for a change never approves it.');
	requireProof(ctx, true);
	commit(ctx, { name: 'decide a request for change', reason: input.reason || undefined }, (tx) => {
		const isApproved = input.decision === 'approve';
		close(tx, request, input);
		if (isApproved) apply(tx, request);
		const kind = isApproved ? 'person.change_approved' : 'person.change_refused';
		record(tx, kind, { type: 'person', id: request.personId }, { requestId: id, kind: request.kind });
		for (const file of filesOf(ctx, attachedTo(id))) dropFile(tx, file.id, 'retention');
		handlers.onChanged(tx, request.personId);
		const to = mailAddressOf(tx.db, request.personId);
		if (to) queueMail(tx, mailChangeDecided({ settings: ctx.settings, to, request, today: ctx.today, isApproved, reason: input.reason }));
	});
}

function close(tx: Tx, request: ChangeView, input: z.output<typeof decisionForm>): void {
	const { personId } = personOf(tx.ctx);
	const text = `UPDATE change_request SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ?, version = version + 1
		WHERE id = ? AND version = ? AND state = 'asked'`;
	const state = input.decision === 'approve' ? 'approved' : 'refused';
	const { changes } = prepared(tx.db.sql, text).run(state, personId, tx.ctx.now, input.reason || null, request.id, input.version);
	if (changes === 0) throw new Conflict(`This request is no longer as you read it: it is now ${stateNow(tx, request.id)}.`);
}

function stateNow(tx: Tx, id: string): string {
	const state = prepared(tx.db.sql, 'SELECT state FROM change_request WHERE id = ?').pluck().get(id);
	return state === 'asked' ? 'changed, but still open' : String(state);
}

function apply(tx: Tx, request: ChangeView): void {
	const { personId, givenNames, familyName, fromOn, formerIsShown, bornOn } = request;
	if (givenNames !== null && familyName !== null && fromOn !== null) return changeName(tx, personId, { givenNames, familyName }, { on: fromOn, formerIsShown });
	if (bornOn !== null) putBirthDate(tx, personId, bornOn);
}
