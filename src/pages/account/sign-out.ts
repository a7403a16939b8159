import type { APIRoute } from 'astro';
import { endSession } from '#features/accounts/index.ts';
import { paths } from '#paths';

/** Signs out, and says goodbye on the home page of signing in. */
export const POST: APIRoute = async ({ locals, cookies, redirect }) => {
	await endSession(locals.ctx, cookies);
	return redirect(`${paths.signIn()}?out=1`, 303);
};
