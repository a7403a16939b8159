import { defineMiddleware } from 'astro:middleware';
import { createHmac } from 'node:crypto';
import type { APIContext } from 'astro';
import { ctxFor } from '#core/ctx.ts';
import { isExpected, NotFound } from '#core/errors.ts';
import { type Problem, problemOf } from '#web/problem.ts';

/** Paths that exist in demonstration mode only. */
const DEMONSTRATION = /^\/demo(\/|$)/;
/** Areas for people who are signed in. Until accounts exist nobody is, so nobody gets in. */
const CLOSED = /^\/(my|office|account)(\/|$)/;

/** Pages that take a form. A post anywhere else is refused, so that a page without one can never change anything. */
const FORMS: ReadonlySet<string> = new Set(['/find', '/link/[token]', '/therapists/[slug]/contact', '/[...path]']);
const NO_FORM = { status: 405, title: 'This page takes no form', message: 'Nothing was sent or changed. Open the page from a link and try again.' };

/** Turns what the server handed over into a context, keeps closed areas closed, and makes a page of every error. */
export const onRequest = defineMiddleware(async (context, next) => {
	const { locals } = context;
	const { server } = locals;
	if (!server) return new Response('Start the site with src/server/main.ts.', { status: 500 });
	const id = locals.requestId ?? '';
	const clientKey = locals.clientIp ? createHmac('sha256', server.keys.secret).update(locals.clientIp).digest('base64url').slice(0, 22) : null;
	locals.ctx = ctxFor({ db: server.db, keys: server.keys, settings: server.settings }, { kind: 'public' }, server.clock.now(), { id, clientKey });
	locals.gazetteer = server.gazetteer;
	locals.site = {
		organisation: server.settings.organisation,
		demo: server.settings.demo,
		psaMark: server.settings.psaMark,
		origin: server.settings.publicOrigin,
	};
	try {
		if (locals.problem !== undefined) return withCharset(await next());
		refuseClosed(context.routePattern, server.settings.demo);
		if (context.request.method === 'POST' && !FORMS.has(context.routePattern)) return await problemPage(context, NO_FORM);
		return withCharset(await next());
	} catch (error) {
		if (!isExpected(error)) server.log.error({ request: id, err: error }, 'a page failed');
		return await problemPage(context, problemOf(error, id));
	}
});

async function problemPage(context: APIContext, problem: Problem): Promise<Response> {
	context.locals.problem = problem;
	// A request of its own: Astro cannot go on with one whose form has been read, and people would see an empty page.
	const page = await context.rewrite(new Request(new URL('/problem', context.url)));
	const response = new Response(page.body, { status: problem.status, headers: page.headers });
	if (problem.status === 405) response.headers.set('allow', 'GET, HEAD');
	return withCharset(response);
}

function refuseClosed(pattern: string, demo: boolean): void {
	if (CLOSED.test(pattern) || (DEMONSTRATION.test(pattern) && !demo)) throw new NotFound('Check the address, or start again from the home page.');
}

function withCharset(response: Response): Response {
	if (response.headers.get('content-type') === 'text/html') response.headers.set('content-type', 'text/html; charset=utf-8');
	return response;
}
