import type { APIRoute } from 'astro';
import { z } from 'zod';
import { accountForms, browserOf, proveWithPasskey, sessionAtHand, signInWithPasskey } from '#features/accounts/index.ts';
import { paths } from '#paths';
import { submit } from '#web/form.ts';
import { nextPath } from '#web/next.ts';

const answer = accountForms.passkeyForm.pick({ passkey: true }).extend({ ceremony: z.enum(['sign_in', 'confirm']) });

/** Takes a browser's answer for a passkey: to sign in, as the second step, or to prove again who is there. Comes back to the page that asked when it does not hold. */
export const POST: APIRoute = async (context) => {
	const { locals, url } = context;
	const { ctx, session } = locals;
	const isOpen = ctx.actor.kind === 'person';
	const form = await submit({ request: context.request, response: {}, locals }, answer, ({ ceremony, passkey }) => {
		if (ceremony === 'sign_in') return signInWithPasskey(ctx, browserOf(context), null, passkey);
		return isOpen
			? proveWithPasskey(ctx, browserOf(context), sessionAtHand(session), passkey)
			: signInWithPasskey(ctx, browserOf(context), sessionAtHand(session), passkey);
	});
	if (form.state === 'done') return context.redirect(nextPath(url, paths.my()), 303);
	const back = form.value('ceremony') !== 'confirm' ? paths.signIn() : isOpen ? paths.prove() : paths.secondStep();
	const next = nextPath(url, '');
	return context.redirect(`${back}?again=1${next && `&next=${encodeURIComponent(next)}`}`, 303);
};
