import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { type Destroyed, DISPOSED, destroyRows, nothingDestroyed, whileOpen, writeThrough } from '#core/dispose.ts';
import { Conflict } from '#core/errors.ts';
import { removeDeletedFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { removeMails } from '#core/mail-files.ts';
import { queueMail } from '#core/outbox.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from './contact.ts';
import type { ErasureInput } from './erasure-forms.ts';
import { mailErased } from './erasure-mails.ts';
import { type ErasurePlan, type ErasureRequest, erasurePlan, erasureRequest } from './erasure-plan.ts';
import { eraseAuditValues, recordIdsOf } from './erasure-traces.ts';
import type { MembershipHandlers } from './handlers.ts';
import { filesOf } from './people-key.ts';

/** Days after which the last message, and with it the address, is deleted whether or not it went out. */
const LAST_MAIL_DAYS = 7;

/**
 * Proposes to erase the person who asked, having looked at the plan. Nothing is erased yet. Proposing the same plan twice changes nothing;
 * a newer plan takes the place of an older one.
 * @throws Forbidden, NotFound; Conflict when something stands in the way or the plan is another by now
 */
export function proposeErasure(ctx: Ctx, reference: string, input: ErasureInput, handlers: MembershipHandlers): void {
	const { request, plan } = looked(ctx, reference, input, handlers);
	if (plan.isProposedByMe) return;
	commit(ctx, { name: 'proposeErasure' }, (tx) => {
		const text = `INSERT INTO erasure (id, request_id, person_id, plan_digest, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (request_id) DO UPDATE SET plan_digest = excluded.plan_digest, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at`;
		prepared(tx.db.sql, text).run(newId(), request.id, request.personId, plan.digest, personOf(ctx).personId, ctx.now);
		record(tx, 'erasure.proposed', { type: 'data_request', id: request.id }, { person: request.personId });
	});
}

/**
 * Erases the person who asked, in one transaction: every table as `db/disposal.ts` says, the values in the audit, the words of the request.
 * What must stay stays without a name. Needs a second officer. They get a last message, whose address goes with it.
 * @throws Forbidden; NotFound, also for a second time; Conflict when nobody proposed this plan, the same officer did, or something stands in the way
 */
export function carryOutErasure(ctx: Ctx, reference: string, input: ErasureInput, handlers: MembershipHandlers): void {
	const done = commit(ctx, { name: 'carryOutErasure', reason: 'asked for by the person' }, (tx) => {
		const { request, plan } = looked(ctx, reference, input, handlers);
		if (plan.proposedBy === null) throw new Conflict('Nobody has proposed this plan, or it has changed since. Propose it anew.');
		if (plan.isProposedByMe) throw new Conflict('You proposed this. Somebody else has to carry it out.');
		const to = mailAddressOf(tx.db, request.personId);
		const erased = erase(tx, request, handlers);
		if (to !== null) queueMail(tx, mailErased({ settings: ctx.settings, to, reference, purgeOn: addDays(ctx.today, LAST_MAIL_DAYS) }));
		close(tx, request, erased);
		return erased;
	});
	for (const id of done.files) removeDeletedFile(ctx, id);
	removeMails(ctx.settings.dataDir, (id) => done.mails.has(id));
	// A reader may be in the way for a moment: the daily purge then does it.
	writeThrough(ctx.db);
}

function looked(ctx: Ctx, reference: string, { digest }: ErasureInput, handlers: MembershipHandlers): { request: ErasureRequest; plan: ErasurePlan } {
	const request = erasureRequest(ctx, reference);
	requireProof(ctx, true);
	const plan = erasurePlan(ctx, reference, handlers);
	if (plan.obstacles.length > 0) throw new Conflict(`This person cannot be erased now. ${plan.obstacles.join(' ')}`);
	if (plan.digest !== digest) throw new Conflict('The plan is another by now. Look at it again.');
	return { request, plan };
}

type Erased = Destroyed & { mails: Set<string> };

function erase(tx: Tx, { personId }: ErasureRequest, { onChanged }: MembershipHandlers): Erased {
	const people = filesOf(tx.db, personId);
	const done: Erased = { ...nothingDestroyed(), mails: new Set() };
	for (const person of people) {
		const { mails, subjects } = recordIdsOf(tx.db, person);
		for (const id of mails) done.mails.add(id);
		whileOpen(tx, () => {
			eraseAuditValues(tx, person, subjects, done);
			for (const disposal of DISPOSED)
				if (disposal.kept === undefined) destroyRows(tx, disposal, { where: disposal.where, values: { person } }, { because: 'erasure', done });
		});
		onChanged(tx, person);
	}
	return done;
}

function close(tx: Tx, { id, personId }: ErasureRequest, { counts }: Erased): void {
	const { now } = tx.ctx;
	const by = personOf(tx.ctx).personId;
	const rows = Object.values(counts).reduce((a, b) => a + b, 0);
	const answered =
		"UPDATE data_request SET outcome = 'done', answer = '(erased)', answered_at = ?, version = version + 1 WHERE person_id = ? AND answered_at IS NULL";
	prepared(tx.db.sql, answered).run(now, personId);
	prepared(tx.db.sql, 'UPDATE erasure SET carried_out_by = ?, carried_out_at = ?, row_count = ? WHERE request_id = ?').run(by, now, rows, id);
	record(tx, 'data_request.answered', { type: 'data_request', id }, { outcome: 'done' });
	record(tx, 'erasure.carried_out', { type: 'person', id: personId }, { rows: counts });
}
