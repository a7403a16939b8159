import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Actor, Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, hasRole, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type Fees, feeVersions } from '#features/payments/index.ts';
import { type FeeDifference, type FeeTrial, feeDifferences, tryFees } from './fee-compare.ts';
import type { FeesInput } from './fee-form.ts';

const MOVED_ON = 'Somebody changed this draft meanwhile. What you typed is still here: look at theirs in another window before you save.';

/** Fees that are being worked on. `fromOn`: the day for which they are meant. */
export type FeeDraft = { id: string; name: string; basedOn: string; fromOn: string; fees: Fees; createdAt: number; version: number };
/** What a draft changes against the version that would hold on its day. */
export type FeeComparison = { against: string; differences: FeeDifference[]; trial: FeeTrial };

/** Fees are drafted and compared by finance and the registrar. */
export function canDraftFees(actor: Actor): boolean {
	return hasRole(actor, 'finance', 'registrar');
}

/** They are published by the registrar alone: who keeps the books proposes what is charged, and does not set it. */
export function canPublishFees(actor: Actor): boolean {
	return hasRole(actor, 'registrar');
}

/** Drafts that are neither published nor thrown away, newest first. @throws Forbidden */
export function feeDrafts(ctx: Ctx): FeeDraft[] {
	allow(canDraftFees(ctx.actor));
	return (prepared(ctx.db.sql, `${READ} ORDER BY created_at DESC`).all() as Row[]).map(draftOf);
}

/** One of them. @throws Forbidden, NotFound */
export function feeDraft(ctx: Ctx, id: string): FeeDraft {
	allow(canDraftFees(ctx.actor));
	const row = prepared(ctx.db.sql, `${READ} AND id = ?`).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such draft. It may have been published or thrown away.');
	return draftOf(row);
}

/** What a draft would change, and for how many. @throws Forbidden */
export function compareFees(ctx: Ctx, { fromOn, fees }: Pick<FeeDraft, 'fromOn' | 'fees'>): FeeComparison {
	allow(canDraftFees(ctx.actor));
	const before = versionOn(ctx, fromOn);
	return {
		against: before.version,
		differences: feeDifferences(before.fees, fees),
		trial: tryFees(ctx.db, fromOn, { before: before.fees, after: fees }),
	};
}

/** Begins a draft for a day to come, with the figures that would hold on it. @returns its key. @throws Forbidden, Invalid */
export function draftFees(ctx: Ctx, { name, fromOn }: { name: string; fromOn: string }): string {
	allow(canDraftFees(ctx.actor));
	refusePast(ctx, fromOn);
	const { version, fees } = versionOn(ctx, fromOn);
	const id = newId();
	commit(ctx, { name: 'draftFees' }, (tx) => {
		refuseTakenName(tx, name);
		const text = 'INSERT INTO fee_draft (id, name, based_on, from_on, data, created_at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, name, version, fromOn, JSON.stringify(fees), ctx.now);
		record(tx, 'payments.fees_drafted', { type: 'fees', id }, { name, basedOn: version, fromOn });
	});
	return id;
}

/** Writes the figures of a draft. @throws Forbidden, NotFound, Conflict, Invalid */
export function changeFeeDraft(ctx: Ctx, id: string, { name, fromOn, fees, version }: FeesInput): void {
	const before = feeDraft(ctx, id);
	refusePast(ctx, fromOn);
	commit(ctx, { name: 'changeFeeDraft' }, (tx) => {
		if (name !== before.name) refuseTakenName(tx, name);
		const text = 'UPDATE fee_draft SET name = ?, from_on = ?, data = ?, version = version + 1 WHERE id = ? AND version = ?';
		if (prepared(tx.db.sql, text).run(name, fromOn, JSON.stringify(fees), id, version).changes === 0) throw new Conflict(MOVED_ON);
		record(tx, 'payments.fees_changed', { type: 'fees', id }, { name, fromOn, changes: feeDifferences(before.fees, fees) });
	});
}

/** Throws a draft away. @throws Forbidden, NotFound */
export function discardFeeDraft(ctx: Ctx, id: string): void {
	const { name } = feeDraft(ctx, id);
	commit(ctx, { name: 'discardFeeDraft' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE fee_draft SET discarded_at = ? WHERE id = ?').run(ctx.now, id);
		record(tx, 'payments.fees_discarded', { type: 'fees', id }, { name });
	});
}

/**
 * Publishes a draft for its day. What was ordered before that day keeps its invoice as it is.
 * @throws Forbidden, SignInRequired (recent proof), NotFound, Conflict when it was changed, changes nothing, or its day has come
 */
export function publishFees(ctx: Ctx, id: string, { reason, version }: { reason: string; version: number }): void {
	allow(canPublishFees(ctx.actor), 'The registrar publishes fees.');
	requireProof(ctx, true);
	const draft = feeDraft(ctx, id);
	if (draft.version !== version) throw new Conflict(MOVED_ON);
	const { name, fromOn, fees, basedOn } = draft;
	if (fromOn <= ctx.today) throw new Conflict('The day of this draft has come. Choose a later one in the draft first.');
	if (feeVersions(ctx.db).some((v) => v.fromOn === fromOn)) throw new Conflict('Other fees begin on that day already. Choose another day in the draft.');
	const { differences, trial } = compareFees(ctx, draft);
	if (differences.length === 0) throw new Conflict('This draft says the same as the fees that hold on that day.');
	commit(ctx, { name: 'publishFees', reason }, (tx) => {
		refuseTakenName(tx, name, id);
		prepared(tx.db.sql, "INSERT INTO rule_set (kind, version, from_on, data) VALUES ('fees', ?, ?, ?)").run(name, fromOn, JSON.stringify(fees));
		prepared(tx.db.sql, 'UPDATE fee_draft SET published_at = ?, version = version + 1 WHERE id = ?').run(ctx.now, id);
		record(tx, 'payments.fees_published', { type: 'fees', id }, { version: name, fromOn, basedOn, fees, ...trial });
	});
}

const READ = `SELECT id, name, based_on AS basedOn, from_on AS fromOn, data, created_at AS createdAt, version FROM fee_draft
	WHERE published_at IS NULL AND discarded_at IS NULL`;
type Row = Omit<FeeDraft, 'fees'> & { data: string };

function draftOf({ data, ...row }: Row): FeeDraft {
	return { ...row, fees: JSON.parse(data) as Fees };
}

function versionOn({ db }: Ctx, day: string): { version: string; fees: Fees } {
	const versions = feeVersions(db);
	const found = versions.findLast((v) => v.fromOn <= day) ?? versions[0];
	if (!found) throw new Error('There are no fees.');
	return found;
}

function refusePast(ctx: Ctx, fromOn: string): void {
	if (fromOn <= ctx.today) throw new Invalid('fromOn', 'Choose a day to come: what was charged before is not changed.');
}

function refuseTakenName(tx: Tx, name: string, exceptId = ''): void {
	const text = 'SELECT 1 FROM fee_draft WHERE name = ? AND id <> ? AND published_at IS NULL AND discarded_at IS NULL';
	const isTaken = feeVersions(tx.db).some((v) => v.version === name) || prepared(tx.db.sql, text).get(name, exceptId) !== undefined;
	if (isTaken) throw new Invalid('name', 'There is a version of this name already. Choose another, such as the next number.');
}
