import type { APIRoute } from 'astro';
import { NotFound } from '#core/errors.ts';
import { readStoredFile } from '#core/files.ts';
import { photoAt } from '#features/directory/index.ts';
import { SHARED_SECONDS } from '#web/respond.ts';

/** The photo of a therapist who is listed today and agreed to show it. Kept for a minute only, so that consent can be withdrawn. */
export const GET: APIRoute = async ({ locals, params }) => {
	const photo = photoAt(locals.ctx, params.slug ?? '');
	if (photo === null) throw new NotFound('There is no photo here.');
	const { content, type } = await readStoredFile(locals.ctx, photo.file, { type: 'listing', id: photo.personId });
	return new Response(new Uint8Array(content), { headers: { 'content-type': type, 'cache-control': `public, max-age=${SHARED_SECONDS}` } });
};
