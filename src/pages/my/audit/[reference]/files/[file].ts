import type { APIRoute } from 'astro';
import { upkeep } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A file that one sent for one's audit, or keeps for sending, as a download. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await upkeep.readOwnAuditFile(locals.ctx, params.reference ?? '', params.file ?? ''));
