import type { APIRoute } from 'astro';
import { readChangeEvidence } from '#features/membership/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** What shows a change, as a download for the officer who decides. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readChangeEvidence(locals.ctx, params.id ?? '', params.file ?? ''));
