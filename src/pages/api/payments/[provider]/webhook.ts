import type { APIRoute } from 'astro';
import { ON_SETTLED } from '#features/accreditation/index.ts';
import { takeMessage } from '#features/payments/index.ts';

/** What a payment provider tells us. The signature over the body as it came is checked before anything else. */
export const POST: APIRoute = async ({ locals, params, request }) => {
	const body = await request.text();
	const taken = takeMessage(locals.ctx, params.provider ?? '', { body, headers: request.headers }, ON_SETTLED);
	const isRefused = taken === 'refused';
	return new Response(isRefused ? 'The signature does not fit, or is too old.\n' : 'Taken in.\n', {
		status: isRefused ? 400 : 200,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
	});
};
