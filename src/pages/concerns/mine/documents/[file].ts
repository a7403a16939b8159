import type { APIRoute } from 'astro';
import { caseFiles, wayIn } from '#features/complaints/index.ts';
import { paths } from '#paths';
import { fileResponse } from '#web/file-response.ts';

/** A document that somebody gave with what they wrote, for them, as a download. */
export const GET: APIRoute = async ({ locals, params, cookies, redirect }) => {
	const id = wayIn.visitOf(locals.ctx, cookies);
	if (id === null) return redirect(paths.concernOpen(), 303);
	return fileResponse(await caseFiles.openOwnDocument(locals.ctx, id, params.file ?? ''));
};
