import type { APIRoute } from 'astro';
import { upkeep } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A file of an entry of the audited year, as a download for whoever audits it; that it was opened is an event. */
export const GET: APIRoute = async ({ locals, params }) =>
	fileResponse(await upkeep.readAuditFile(locals.ctx, params.reference ?? '', { entryId: params.entry ?? '', fileId: params.file ?? '' }));
