import type { APIRoute } from 'astro';
import { upkeep } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A file that a member sent for an audit, as a download for whoever looks at it; that it was opened is an event. */
export const GET: APIRoute = async ({ locals, params }) =>
	fileResponse(await upkeep.readUpkeepFile(locals.ctx, 'audit', params.reference ?? '', params.file ?? ''));
