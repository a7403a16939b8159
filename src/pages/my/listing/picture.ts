import type { APIRoute } from 'astro';
import { NotFound } from '#core/errors.ts';
import { readStoredFile } from '#core/files.ts';
import { ownListing } from '#features/directory/index.ts';

/** The photo of one's own listing, shown or not. */
export const GET: APIRoute = async ({ locals }) => {
	const { photo, personId } = ownListing(locals.ctx);
	if (photo === null) throw new NotFound('There is no photo yet.');
	const { content, type } = await readStoredFile(locals.ctx, photo, { type: 'listing', id: personId });
	return new Response(new Uint8Array(content), { headers: { 'content-type': type, 'cache-control': 'no-store' } });
};
