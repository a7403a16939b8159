import type { APIRoute } from 'astro';
import { ownArea, wayIn } from '#features/complaints/index.ts';
import { paths } from '#paths';
import { fileResponse } from '#web/file-response.ts';

/** A document that was laid before the person who raised a concern, as a download; that it was opened is recorded. */
export const GET: APIRoute = async ({ locals, params, cookies, redirect }) => {
	const id = wayIn.visitOf(locals.ctx, cookies);
	if (id === null) return redirect(paths.concernOpen(), 303);
	return fileResponse(await ownArea.openGivenDocument(locals.ctx, id, params.file ?? ''));
};
