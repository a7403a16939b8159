import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { Invalid, NotFound } from '#core/errors.ts';
import { allow, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type CaseFile, fileIn, filesIn } from './file-list.ts';
import { type FileLane, putConcernFile } from './file-put.ts';
import { type OpenedFile, readConcernFile } from './file-read.ts';
import { LANE_WORDS } from './file-words.ts';
import { isRespondentTold } from './message-put.ts';
import { worksOn } from './policy.ts';
import { openCase, type Sight, sightOf } from './sight.ts';

const NONE = 'There is no such document.';
const GIVEN_KINDS = ['evidence', 'statement', 'letter', 'report'] as const;
const LANES = ['office', 'complainant', 'respondent'] as const;

/** The form of the page of documents of a case. */
export const addDocumentForm = z.object({
	lane: z.enum(LANES, 'Choose whose document it is.'),
	kind: z.enum(GIVEN_KINDS, 'Choose what it is.'),
	documents: z.preprocess((ids) => (ids === undefined ? [] : [ids].flat()), z.array(z.string()).min(1, 'Choose a file.')),
});

export type CaseDocuments = {
	lanes: { lane: FileLane; title: string; files: (CaseFile & { isNew: boolean })[] }[];
	mayAdd: boolean;
	/** Lanes that something can be added to. */
	addTo: { value: FileLane; label: string }[];
	kinds: typeof GIVEN_KINDS;
};

/**
 * Which documents of a case somebody may open who was let in: everything for whoever works on it, screens it or advises on it, and with a broken
 * glass; for a panel what was made for it; nothing for a reviewer, who has a room of their own. Pure.
 */
export function maySeeFile({ accesses, isGateShut }: Pick<Sight, 'accesses' | 'isGateShut'>, file: Pick<CaseFile, 'kind'>): boolean {
	if (isGateShut) return false;
	const as = accesses.map(({ capacity }) => capacity);
	if (as.some((capacity) => capacity !== 'panel' && capacity !== 'reviewer')) return true;
	return as.includes('panel') && (file.kind === 'bundle' || file.kind === 'redacted');
}

/** Is there a page of documents for somebody who was let in? */
export function seesDocuments({ accesses, isGateShut }: Sight): boolean {
	return !isGateShut && accesses.some(({ capacity }) => capacity !== 'reviewer');
}

/** The documents of a case, side by side; that they were looked at is noted. @throws NotFound */
export function caseDocuments(ctx: Ctx, reference: string): CaseDocuments {
	const sight = sightOf(ctx, reference);
	if (!seesDocuments(sight)) throw new NotFound('There is no such case.');
	const seenAt = lastSeen(ctx, sight.concern.id);
	const { concern, steps } = openCase(ctx, reference, 'documents');
	const files = filesIn(ctx, concern.id).filter((file) => maySeeFile(sight, file));
	const title = (lane: FileLane) => LANE_WORDS[lane];
	const addTo = LANES.filter((lane) => lane !== 'respondent' || isRespondentTold(steps)).map((value) => ({ value, label: title(value) }));
	return {
		lanes: (['complainant', 'respondent', 'office'] as const).map((lane) => ({
			lane,
			title: title(lane),
			files: files.filter((file) => file.lane === lane).map((file) => ({ ...file, isNew: file.addedAt > seenAt })),
		})),
		mayAdd: worksOn(sight),
		addTo,
		kinds: GIVEN_KINDS,
	};
}

/** How many documents a case holds for the one who asks, and how many came since they last looked at the list. Never authorises. */
export function documentsWaiting(ctx: Ctx, sight: Sight): { count: number; fresh: number } {
	if (!seesDocuments(sight)) return { count: 0, fresh: 0 };
	const rows = prepared(ctx.db.sql, GIVEN).all(sight.concern.id) as Pick<CaseFile, 'kind' | 'addedAt'>[];
	const seenAt = lastSeen(ctx, sight.concern.id);
	const seen = rows.filter((file) => maySeeFile(sight, file));
	return { count: seen.length, fresh: seen.filter(({ addedAt }) => addedAt > seenAt).length };
}

/**
 * Adds a document to a case, for the people of it or as what a side handed in by letter or in person. @throws NotFound; Forbidden for who only
 * looks; Invalid beside `documents` or `lane`
 */
export async function addCaseDocument(ctx: Ctx, reference: string, typed: { lane: string; kind: string }, file: File): Promise<string> {
	const sight = sightOf(ctx, reference);
	allow(isStaff(ctx.actor) && worksOn(sight));
	const { lane, kind } = addDocumentForm.pick({ lane: true, kind: true }).safeParse(typed).data ?? {};
	if (lane === undefined || kind === undefined) throw new Invalid('documents', 'Choose the file again, once you have said whose it is and what it is.');
	if (lane === 'respondent' && !isRespondentTold(sight.steps)) throw new Invalid('lane', 'The therapist has not been told of this yet.');
	return putConcernFile(ctx, { concernId: sight.concern.id, lane, kind, byPerson: personOf(ctx).personId, field: 'documents' }, file);
}

/** Opens a document of a case; that it was opened is noted with its key. @throws NotFound for whoever may not; Conflict in words while it does not open */
export async function openCaseDocument(ctx: Ctx, reference: string, fileId: string): Promise<OpenedFile> {
	const sight = sightOf(ctx, reference);
	const file = fileIn(ctx, sight.concern.id, fileId);
	if (file === null || !maySeeFile(sight, file)) throw new NotFound(NONE);
	const found = await readConcernFile(ctx, sight.concern.id, fileId);
	openCase(ctx, reference, `file:${fileId}`);
	return found;
}

function lastSeen(ctx: Ctx, concernId: string): number {
	return (prepared(ctx.db.sql, SEEN).pluck().get(concernId, personOf(ctx).personId) as number | null) ?? 0;
}

const SEEN = "SELECT max(at) FROM concern_read WHERE concern_id = ? AND person_id = ? AND what = 'documents'";
const GIVEN = 'SELECT kind, added_at AS addedAt FROM concern_file WHERE concern_id = ? AND removed_at IS NULL';
