import type { APIRoute } from 'astro';
import { NotFound } from '#core/errors.ts';
import { profileAt, vcardOf } from '#features/directory/index.ts';
import { paths } from '#paths';
import { SHARED_SECONDS } from '#web/respond.ts';

/** A therapist's contact card, with what their page shows. */
export const GET: APIRoute = ({ locals, params, redirect }) => {
	const answer = profileAt(locals.ctx, params.slug ?? '');
	if (answer.kind === 'moved') return redirect(paths.therapistCard(answer.slug), 301);
	if (answer.kind !== 'shown') throw new NotFound('This therapist is not listed at the moment.');
	const { slug } = answer.profile;
	const text = vcardOf(answer.profile, { organisation: locals.site.organisation.name, pageUrl: `${locals.site.origin}${paths.therapist(slug)}` });
	return new Response(text, {
		headers: {
			'content-type': 'text/vcard; charset=utf-8',
			'content-disposition': `attachment; filename="${slug}.vcf"`,
			'cache-control': `public, max-age=${SHARED_SECONDS}`,
			'x-robots-tag': 'noindex',
		},
	});
};
