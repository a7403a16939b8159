import type { APIRoute } from 'astro';
import { bundles } from '#features/complaints/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A document that stands apart from a bundle, by its exhibit number; that it was opened is recorded. */
export const GET: APIRoute = async ({ locals, params }) =>
	fileResponse(await bundles.openExhibit(locals.ctx, params.reference ?? '', params.id ?? '', Number(params.no)));
