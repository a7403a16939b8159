import type { APIRoute } from 'astro';
import { calendarAt } from '#features/cpd/index.ts';

/** What is due for the one whose address it is. Reading changes nothing. */
export const GET: APIRoute = ({ locals, params }) =>
	new Response(calendarAt(locals.ctx, params.token ?? ''), {
		headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
	});
