import type { Ctx } from '#core/ctx.ts';
import { checkFiles, cleanUpFiles } from '#core/file-upkeep.ts';
import { type OnQuarantined, scanAgain, scanWaiting } from '#core/scan-files.ts';
import type { ScanCounts } from '#core/scan-rows.ts';
import { markHarmfulEvidence } from '#features/accreditation/index.ts';
import { caseFiles } from '#features/complaints/index.ts';
import { dropHarmfulPhoto } from '#features/directory/index.ts';
import { tellOfQuarantine } from '#features/membership/index.ts';

/** What happens when a stored file turns out to be harmful; a feature that attaches files adds its own (see `OnQuarantined`). */
export const ON_QUARANTINED: readonly OnQuarantined[] = [tellOfQuarantine, dropHarmfulPhoto, markHarmfulEvidence];

/** Deletes what nobody needs of stored files. */
export function cleanUpStoredFiles(ctx: Ctx): string {
	const { unused, deleted, unknown, unfinished } = cleanUpFiles(ctx);
	caseFiles.forgetGoneFiles(ctx);
	return `${unused} never used, ${deleted} deleted, ${unknown} unknown, ${unfinished} unfinished`;
}

/** Proves tonight's part of the stored files. */
export async function checkStoredFiles(ctx: Ctx): Promise<string> {
	return `${await checkFiles(ctx)} files whole`;
}

/** Scans files that came while the scanner could not be reached. */
export async function scanWaitingFiles(ctx: Ctx): Promise<string> {
	return said(await scanWaiting(ctx, ON_QUARANTINED), await caseFiles.scanWaitingDocuments(ctx));
}

/** Scans young files once more. @throws Error when the scanner cannot be reached, so that it is seen and tried again */
export async function scanFilesAgain(ctx: Ctx): Promise<string> {
	const counts = [await scanAgain(ctx, ON_QUARANTINED), await caseFiles.scanDocumentsAgain(ctx)];
	if (counts.some(({ waiting }) => waiting > 0)) throw new Error(`the scanner did not answer: ${said(...counts)}`);
	return said(...counts);
}

function said(...counts: ScanCounts[]): string {
	const sum = (key: keyof ScanCounts) => counts.reduce((all, one) => all + one[key], 0);
	return `${sum('clean')} clean, ${sum('found')} harmful, ${sum('waiting')} waiting`;
}
