import type { APIRoute } from 'astro';
import { ownArea } from '#features/complaints/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A document of the therapist's lane, or of what was laid before them, as a download; that it was opened is recorded. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await ownArea.openAsRespondent(locals.ctx, params.reference ?? '', params.file ?? ''));
