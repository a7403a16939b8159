import type { APIRoute } from 'astro';
import { readEvidence } from '#features/cpd/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** One's own evidence, as a download. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readEvidence(locals.ctx, params.id ?? '', params.file ?? ''));
