import type { APIRoute } from 'astro';
import { wayIn } from '#features/complaints/index.ts';
import { paths } from '#paths';

/** Shuts what is open in this browser. */
export const POST: APIRoute = ({ locals, cookies, redirect }) => {
	wayIn.endVisit(locals.ctx, cookies);
	return redirect(paths.concernOpen('left'), 303);
};
