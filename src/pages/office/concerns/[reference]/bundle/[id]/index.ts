import type { APIRoute } from 'astro';
import { bundles } from '#features/complaints/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A bundle of a case, as a download, for whoever may read it; that it was opened is recorded. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await bundles.openBundle(locals.ctx, params.reference ?? '', params.id ?? ''));
