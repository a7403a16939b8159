import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { type CaseFile, filesIn } from './file-list.ts';
import { filesGiven, MOST_FILES, putConcernFile } from './file-put.ts';
import { type OpenedFile, readConcernFile } from './file-read.ts';
import { respondentCase, respondentSight } from './own-door.ts';
import { packsGiven } from './pack-read.ts';
import { noteRead } from './sight.ts';
import { type Standing, standingOf } from './step.ts';

/** The documents of the therapist's own lane: what they gave, and what we gave them. @throws NotFound */
export function respondentDocuments(ctx: Ctx, reference: string): { files: CaseFile[]; room: number; isOpen: boolean } {
	const { concern, state } = respondentCase(ctx, reference, 'documents');
	const room = MOST_FILES - filesGiven(ctx, { concernId: concern.id, lane: 'respondent' });
	return { files: filesIn(ctx, concern.id, 'respondent'), room, isOpen: !state.isDestroyed };
}

/** Gives a document as the therapist. @throws NotFound; Invalid beside `documents`; Conflict */
export function giveAsRespondent(ctx: Ctx, reference: string, file: File): Promise<string> {
	const { concern } = respondentSight(ctx, reference);
	return putConcernFile(ctx, { concernId: concern.id, lane: 'respondent', kind: 'evidence', byPerson: null, field: 'documents' }, file);
}

/** Opens a document of their lane, or of what was laid before them; that is noted. @throws NotFound; Conflict in words while it does not open */
export async function openAsRespondent(ctx: Ctx, reference: string, fileId: string): Promise<OpenedFile> {
	const own = respondentSight(ctx, reference);
	const found = isGiven(ctx, own, 'respondent', fileId)
		? withoutName(await readConcernFile(ctx, own.concern.id, fileId))
		: await readConcernFile(ctx, own.concern.id, fileId, 'respondent');
	respondentCase(ctx, reference, `file:${fileId}`);
	return found;
}

/** Opens a document that was laid before the person who raised it. Authorises: whoever holds it open. @throws NotFound; Conflict in words */
export async function openGivenDocument(ctx: Ctx, concernId: string, fileId: string): Promise<OpenedFile> {
	if (!isGiven(ctx, standingOf(ctx.db, concernId), 'complainant', fileId)) throw new NotFound('There is no such document.');
	const found = withoutName(await readConcernFile(ctx, concernId, fileId));
	noteRead(ctx, { concernId, personId: null, capacity: 'complainant', what: `file:${fileId}` });
	return found;
}

function isGiven(ctx: Ctx, standing: Standing, side: 'complainant' | 'respondent', fileId: string): boolean {
	return packsGiven(ctx, standing, side).some(({ items }) => items.some((item) => item.fileId === fileId));
}

/** A name of the other side's document may say what is covered in it. */
function withoutName(found: OpenedFile): OpenedFile {
	const ending = /\.[a-z]{3,4}$/.exec(found.name)?.[0] ?? '';
	return { ...found, name: `document${ending}` };
}
