import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { last } from '#core/fields.ts';
import { attachFile, dropFile, filesOf, readStoredFile, removeDeletedFile, type StoredFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import { refuseUnlessChangeable } from './entry-policy.ts';
import { ownEntry } from './entry-queries.ts';
import { refuseDeclared } from './freeze.ts';

/** The most files of one entry. */
export const MOST_EVIDENCE = 10;

/** The form of the page of evidence: ids of files just stored, or one to take away. */
export const evidenceForm = z.object({
	evidence: z.preprocess((ids) => (ids === undefined ? [] : [ids].flat().map(String)), z.array(z.string())),
	remove: z.preprocess((id) => String(last(id) ?? ''), z.string()),
});

/** What shows that an activity took place, oldest first. @throws NotFound for somebody else's entry */
export function evidenceOf(ctx: Ctx, entryId: string): StoredFile[] {
	ownEntry(ctx, personOf(ctx).personId, entryId);
	return filesOf(ctx, attachedTo(entryId));
}

/** One file with its content. @throws NotFound unless both the entry and the file are one's own */
export async function readEvidence(ctx: Ctx, entryId: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	ownEntry(ctx, personOf(ctx).personId, entryId);
	return readStoredFile(ctx, fileId, attachedTo(entryId));
}

/** Adds stored files to an entry; the same file twice changes nothing. @throws NotFound, Conflict for a declared year, Invalid beside `evidence` */
export function addEvidence(ctx: Ctx, entryId: string, fileIds: readonly string[]): void {
	const { personId } = personOf(ctx);
	const there = evidenceOf(ctx, entryId).map((file) => file.id);
	const fresh = fileIds.filter((id) => !there.includes(id));
	if (fileIds.length === 0) throw new Invalid('evidence', 'Choose a file: a PDF, or a photo of the certificate.');
	if (there.length + fresh.length > MOST_EVIDENCE) throw new Invalid('evidence', `An entry holds ${MOST_EVIDENCE} files at most. Take one away first.`);
	if (fresh.length === 0) return;
	commit(ctx, { name: 'addEvidence' }, (tx) => {
		refuseIfFixed(tx, personId, entryId);
		for (const id of fresh) attachFile(tx, id, { ...attachedTo(entryId), ownerPersonId: personId, field: 'evidence' });
		record(tx, 'cpd.evidence_added', { type: 'cpd_entry', id: entryId }, { person: personId, files: fresh });
	});
}

/** Takes a file away for good. Twice is the same as once. @throws NotFound, Conflict for a declared year */
export function removeEvidence(ctx: Ctx, entryId: string, fileId: string): void {
	const { personId } = personOf(ctx);
	if (evidenceOf(ctx, entryId).every((file) => file.id !== fileId)) return;
	commit(ctx, { name: 'removeEvidence' }, (tx) => {
		refuseIfFixed(tx, personId, entryId);
		dropFile(tx, fileId, 'owner');
	});
	removeDeletedFile(ctx, fileId);
}

/** Marks all files of an entry that is about to go. Joins a transaction and never authorises. @returns which */
export function dropEvidence(tx: Tx, entryId: string): string[] {
	const ids = filesOf(tx.ctx, attachedTo(entryId)).map((file) => file.id);
	for (const id of ids) dropFile(tx, id, 'owner');
	return ids;
}

function refuseIfFixed(tx: Tx, personId: string, entryId: string): void {
	const entry = ownEntry(tx.ctx, personId, entryId);
	refuseUnlessChangeable(entry);
	if (!entry.isDraft) refuseDeclared(tx, personId, entry.doneOn);
}

function attachedTo(id: string): { type: string; id: string } {
	return { type: 'cpd_entry', id };
}
