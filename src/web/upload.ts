import type { Ctx } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { type FilePurpose, keptFiles, keptFilesOf, type StoredFile, storeUpload } from '#core/files.ts';
import { personOf } from '#core/policy.ts';

/** A file for somebody on file. `ownerPersonId`: whose it will be; the one who sends it when left out. */
type OwnedUpload = { purpose: FilePurpose; ownerPersonId?: string; most?: number };
/** A file that a feature keeps in its own way: `put` stores it and gives its key; `typed` is what stands in the rest of the form. @throws Invalid for one that is refused */
type OtherUpload = { put(file: File, typed: Record<string, string[]>): Promise<string>; most?: number };
/** Fields of a form that take files. */
export type Uploads = Record<string, OwnedUpload | OtherUpload>;

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
	for (const [field, upload] of Object.entries(uploads)) {
		const { most = MOST_IN_ONE_FORM } = upload;
		// A field of files without a choice is sent as a file without name and content.
		const chosen = form.getAll(field).filter((part) => part instanceof File && (part.name !== '' || part.size > 0)) as File[];
		const room = most - (values[field]?.length ?? 0);
		if (chosen.length > room) refused.push({ field, message: most === 1 ? 'Choose one file only.' : `Choose ${most} files at most.` });
		for (const file of chosen.slice(0, Math.max(0, room))) {
			const kept = await keepOne(ctx, file, { field, upload, typed: values });
			if (typeof kept === 'string') values[field] = [...(values[field] ?? []), kept];
			else refused.push(chosen.length > 1 ? { ...kept, message: `${file.name.slice(0, 80)}: ${kept.message}` } : kept);
		}
	}
	return refused;
}

/** Files of a field that are kept from an earlier try, to be drawn again. `owner`: whose they are, where the office stores them for somebody. */
export function keptIn(ctx: Ctx, form: { values: Record<string, string[]> }, field: string, owner?: string): StoredFile[] {
	const ids = form.values[field] ?? [];
	return owner === undefined ? keptFiles(ctx, ids) : keptFilesOf(ctx, ids, owner);
}

type Kept = { field: string; upload: OwnedUpload | OtherUpload; typed: Record<string, string[]> };

async function keepOne(ctx: Ctx, file: File, { field, upload, typed }: Kept): Promise<string | Refused> {
	try {
		if ('put' in upload) return await upload.put(file, typed);
		return (await storeUpload(ctx, file, { field, purpose: upload.purpose, ownerPersonId: upload.ownerPersonId ?? personOf(ctx).personId })).id;
	} catch (error) {
		if (!isExpected(error) || error.status !== 422) throw error;
		return { field, message: error.message };
	}
}
