import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute } from 'astro';
import { NotFound } from '#core/errors.ts';
import { photoAt } from '#features/directory/index.ts';
import { SHARED_SECONDS } from '#web/respond.ts';

/** The photo of a therapist who is listed today and agreed to show it. Kept for a minute only, so that consent can be withdrawn. */
export const GET: APIRoute = async ({ locals, params }) => {
	const file = photoAt(locals.ctx, params.slug ?? '');
	const bytes = file === null ? null : await readFile(join(locals.ctx.settings.dataDir, 'uploads', file)).catch(() => null);
	if (bytes === null) throw new NotFound('There is no photo here.');
	return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/webp', 'cache-control': `public, max-age=${SHARED_SECONDS}` } });
};
