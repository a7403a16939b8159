import { defineMiddleware } from 'astro:middleware';
import { createHmac } from 'node:crypto';
import type { APIContext } from 'astro';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { owesSecondStep, whoIs } from '#features/accounts/index.ts';
import { ownArea } from '#features/complaints/index.ts';
import { paths } from '#paths';
import { enter, knowsVisitor } from '#web/areas.ts';
import { takesForm } from '#web/forms.ts';
import { withNext } from '#web/next.ts';
import { type Problem, problemOf } from '#web/problem.ts';
import { resendOf, signedOut } from '#web/resend.ts';

const NO_FORM = { status: 405, title: 'This page takes no form', message: 'Nothing was sent or changed. Open the page from a link and try again.' };

/** Turns what the server handed over into a context, finds out who is signed in, keeps closed areas closed, and makes a page of every error. */
export const onRequest = defineMiddleware(async (context, next) => {
	const { locals } = context;
	const { server } = locals;
	if (!server) return new Response('Start the site with src/server/main.ts.', { status: 500 });
	const id = locals.requestId ?? '';
	locals.ctx = contextOf(server, id, locals.clientIp);
	locals.gazetteer = server.gazetteer;
	locals.site = {
		organisation: server.settings.organisation,
		demo: server.settings.demo,
		psaMark: server.settings.psaMark,
		origin: server.settings.publicOrigin,
	};
	try {
		if (locals.problem !== undefined) return withCharset(await next());
		if (knowsVisitor(context.routePattern)) await recognise(context);
		enter(locals.ctx.actor, context.routePattern, server.settings.demo);
		if (context.request.method === 'POST' && !takesForm(context.routePattern)) return await problemPage(context, NO_FORM);
		return withCharset(await next());
	} catch (error) {
		if (!isExpected(error)) server.log.error({ request: id, err: error }, 'a page failed');
		if (!isExpected(error) || error.status !== 303) return await problemPage(context, problemOf(error, id));
		const step = stepFor(context, error);
		return context.request.method === 'POST' ? await problemPage(context, await keptForLater(context, step)) : signInFirst(context, step);
	}
});

function contextOf(server: NonNullable<App.Locals['server']>, id: string, clientIp: string | undefined): Ctx {
	const { db, keys, settings, clock } = server;
	const clientKey = clientIp ? createHmac('sha256', keys.secret).update(clientIp).digest('base64url').slice(0, 22) : null;
	return ctxFor({ db, keys, settings }, { kind: 'public' }, clock.now(), { id, clientKey });
}

/** Pages that know who is there are never kept by anyone. Whoever still owes a second step is nobody to every command yet. */
async function recognise(context: APIContext): Promise<void> {
	const known = await whoIs(context.locals.ctx, context.cookies);
	if (!known) return;
	context.locals.session = { ...known.session, idHash: known.idHash };
	if (!owesSecondStep(known.session)) context.locals.ctx = { ...context.locals.ctx, actor: known.person };
	if (context.routePattern.startsWith('/my')) context.locals.hasCases = ownArea.hasOwnCases(context.locals.ctx);
}

const STEPS = { sign_in: paths.signIn, second_step: paths.secondStep, prove: paths.prove };

type Step = keyof typeof STEPS;

function stepFor({ locals }: APIContext, error: Error & { step?: Step }): Step {
	const step = error.step ?? 'sign_in';
	return step === 'sign_in' && locals.session && owesSecondStep(locals.session) ? 'second_step' : step;
}

function signInFirst(context: APIContext, step: Step): Response {
	const { pathname, search } = context.url;
	return new Response(null, {
		status: 303,
		headers: { location: withNext(STEPS[step](), pathname + search), 'cache-control': 'no-store' },
	});
}

/** A form of someone who is signed out, or has to prove again who they are: everything typed can be sent once more. */
async function keptForLater(context: APIContext, step: Step): Promise<Problem> {
	return signedOut(step, await resendOf(context.request, context.url, { typed: context.locals.typed, first: STEPS[step]() }));
}

async function problemPage(context: APIContext, problem: Problem): Promise<Response> {
	context.locals.problem = problem;
	// A request of its own: Astro cannot go on with one whose form has been read, and people would see an empty page.
	const page = await context.rewrite(new Request(new URL('/problem', context.url)));
	const response = new Response(page.body, { status: problem.status, headers: page.headers });
	if (problem.status === 405) response.headers.set('allow', 'GET, HEAD');
	return withCharset(response);
}

function withCharset(response: Response): Response {
	if (response.headers.get('content-type') === 'text/html') response.headers.set('content-type', 'text/html; charset=utf-8');
	return response;
}
