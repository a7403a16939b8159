import type { Ctx } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { type FilePurpose, keptFiles, keptFilesOf, type StoredFile, storeUpload } from '#core/files.ts';
import { personOf } from '#core/policy.ts';

/** Fields of a form that take files. `ownerPersonId`: whose file it will be; the one who sends it when left out. */
export type Uploads = Record<string, { purpose: FilePurpose; ownerPersonId?: string; most?: number }>;

type Refused = { field: string; message: string };
const MOST_IN_ONE_FORM = 5;

/**
 * Stores the files of a form before anything else is looked at, and puts their ids in the place of the files: a mistake elsewhere in the form
 * costs nobody the file. Ids of files kept from an earlier try come as plain values of the same field (`FileInput.astro` draws them).
 * @param values what was typed; ids are added to it.
 * @returns what was refused, for the error summary; files that were fine are kept all the same.
 */
export async function keepUploads(ctx: Ctx, form: FormData, uploads: Uploads, values: Record<string, string[]>): Promise<Refused[]> {
	const refused: Refused[] = [];
	for (const [field, { purpose, ownerPersonId, most = MOST_IN_ONE_FORM }] of Object.entries(uploads)) {
		// A field of files without a choice is sent as a file without name and content.
		const chosen = form.getAll(field).filter((part) => part instanceof File && (part.name !== '' || part.size > 0)) as File[];
		const room = most - (values[field]?.length ?? 0);
		if (chosen.length > room) refused.push({ field, message: most === 1 ? 'Choose one file only.' : `Choose ${most} files at most.` });
		for (const file of chosen.slice(0, Math.max(0, room))) {
			const kept = await keepOne(ctx, file, { field, purpose, ownerPersonId: ownerPersonId ?? personOf(ctx).personId });
			if ('message' in kept) refused.push(kept);
			else values[field] = [...(values[field] ?? []), kept.id];
		}
	}
	return refused;
}

/** Files of a field that are kept from an earlier try, to be drawn again. `owner`: whose they are, where the office stores them for somebody. */
export function keptIn(ctx: Ctx, form: { values: Record<string, string[]> }, field: string, owner?: string): StoredFile[] {
	const ids = form.values[field] ?? [];
	return owner === undefined ? keptFiles(ctx, ids) : keptFilesOf(ctx, ids, owner);
}

async function keepOne(ctx: Ctx, file: File, about: { field: string; purpose: FilePurpose; ownerPersonId: string }): Promise<StoredFile | Refused> {
	try {
		return await storeUpload(ctx, file, about);
	} catch (error) {
		if (!isExpected(error) || error.status !== 422) throw error;
		return { field: about.field, message: error.message };
	}
}
