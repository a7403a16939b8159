import type { APIRoute } from 'astro';
import { caseFiles } from '#features/complaints/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A document of a case, as a download, for whoever may see it; that it was opened is recorded. */
export const GET: APIRoute = async ({ locals, params }) =>
	fileResponse(await caseFiles.openCaseDocument(locals.ctx, params.reference ?? '', params.file ?? ''));
