import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { putConcern } from '#features/complaints/index.ts';
import { takeStep } from '#features/complaints/step.ts';
import type { Someone } from './application.ts';

/** A concern that was sent, about somebody or not yet about anybody on file: its key and its reference. */
export function aConcern(
	ctx: Ctx,
	{ about = null as Someone | null, by = null as Someone | null, words = 'what happened' } = {},
): { id: string; reference: string } {
	return commit({ ...ctx, actor: { kind: 'public' } }, { name: 'test' }, (tx) => {
		const begun = putConcern(tx, {
			about: 'therapist',
			way: 'online',
			source: 'client',
			caseKeyHash: newId(),
			passphraseHash: 'x',
			typedBy: null,
			complainantId: by?.id ?? null,
		});
		const { id } = begun.concern;
		sealText(tx, id, 'statement', words);
		if (about !== null) prepared(tx.db.sql, 'UPDATE concern SET respondent_id = ? WHERE id = ?').run(about.id, id);
		const sent = takeStep(tx, begun, 'sent', { side: 'complainant', personId: null });
		return { id, reference: sent.concern.reference as string };
	});
}

/** Lets somebody into a case as something, with the gate open unless said otherwise. */
export function letIn(ctx: Ctx, concernId: string, someone: Someone, capacity: string, { isGateShut = false, days = 180 } = {}): void {
	const text = `INSERT INTO concern_access (id, concern_id, person_id, capacity, from_at, until_at, declared, declared_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
	const declared = isGateShut ? [null, null] : ['none', ctx.now];
	ctx.db.sql.prepare(text).run(newId(), concernId, someone.id, capacity, ctx.now, ctx.now + days * 86_400_000, ...declared);
}

/** How who raised it can be reached safely. */
export function putContact(ctx: Ctx, concernId: string, contact: Record<string, string>): void {
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		sealText(tx, concernId, 'contact', JSON.stringify(contact));
		record(tx, 'concern.draft_saved', { type: 'concern', id: concernId });
	});
}

/** A concern that is being written online. */
export function aDraft(ctx: Ctx, about: 'therapist' | 'organisation'): string {
	return commit({ ...ctx, actor: { kind: 'public' } }, { name: 'test' }, (tx) => {
		const nobody = { source: null, passphraseHash: 'x', typedBy: null, complainantId: null };
		return putConcern(tx, { about, way: 'online', caseKeyHash: newId(), ...nobody }).concern.id;
	});
}
