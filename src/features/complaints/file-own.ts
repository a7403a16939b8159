import { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { dropConcernFile, removeConcernBytes } from './file-drop.ts';
import { type CaseFile, fileIn, filesIn } from './file-list.ts';
import { filesGiven, MOST_FILES, putConcernFile } from './file-put.ts';
import { type OpenedFile, readConcernFile } from './file-read.ts';
import { noteRead } from './sight.ts';
import { standingOf } from './step.ts';

const OWN = 'complainant';

/** The form of the page of documents: keys of what was just kept. */
export const documentsForm = z.object({
	documents: z.preprocess((ids) => (ids === undefined ? [] : [ids].flat()), z.array(z.string()).min(1, 'Choose a document or a photo first.')),
});

/** What the complainant gave, and what we gave them, oldest first. `room`: how many more there can be. `isSent`: nothing is taken away any more. */
export type OwnDocuments = { files: CaseFile[]; room: number; isSent: boolean; isOpen: boolean };

/** The documents of whoever raised a concern. Never authorises: whoever asks holds it open (`visitOf`). */
export function ownDocuments(ctx: Ctx, concernId: string): OwnDocuments {
	const { concern, state } = standingOf(ctx.db, concernId);
	const room = MOST_FILES - filesGiven(ctx, { concernId, lane: OWN });
	return { files: filesIn(ctx, concernId, OWN), room, isSent: concern.reference !== null, isOpen: !state.isDestroyed };
}

/** Adds a document, before and after it was sent. Authorises: whoever holds it open. @throws Invalid beside `documents`; Conflict */
export function giveDocument(ctx: Ctx, concernId: string, file: File): Promise<string> {
	return putConcernFile(ctx, { concernId, lane: OWN, kind: 'evidence', byPerson: null, field: 'documents' }, file);
}

/** One of them, to be opened. @throws NotFound */
export function ownDocument(ctx: Ctx, concernId: string, fileId: string): CaseFile {
	const file = fileIn(ctx, concernId, fileId, OWN);
	if (file === null) throw new NotFound('There is no such document.');
	return file;
}

/** Opens one of them; that it was opened is noted. Authorises: whoever holds it open. @throws NotFound; Conflict in words while it does not open */
export async function openOwnDocument(ctx: Ctx, concernId: string, fileId: string): Promise<OpenedFile> {
	const found = await readConcernFile(ctx, concernId, fileId, OWN);
	noteRead(ctx, { concernId, personId: null, capacity: OWN, what: `file:${fileId}` });
	return found;
}

/** May the complainant take this away? What was sent stays with the case; what came from us is not theirs to remove. */
export function mayRemove({ isSent }: Pick<OwnDocuments, 'isSent'>, { by }: Pick<CaseFile, 'by'>): boolean {
	return !isSent && by === null;
}

/** Takes a document away for good, before it was sent. Twice is the same as once. Authorises: whoever holds it open. @throws Conflict once it was sent */
export function removeOwnDocument(ctx: Ctx, concernId: string, fileId: string): void {
	commit(ctx, { name: 'remove a document' }, (tx) => {
		const isSent = standingOf(tx.db, concernId).concern.reference !== null;
		if (!mayRemove({ isSent }, ownDocument(ctx, concernId, fileId)))
			throw new Conflict('This was sent, and the document stays with it. Write to us if it should not be used.');
		dropConcernFile(tx, fileId, 'giver');
	});
	removeConcernBytes(ctx, concernId);
}
