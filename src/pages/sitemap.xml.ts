import type { APIRoute } from 'astro';
import { contentHeads, pathOfText, type SitemapPage, sitemap, sitemapIndex } from '#features/content/index.ts';
import { listedBlocks, listedIn } from '#features/directory/index.ts';
import { paths } from '#paths';
import { sharedText } from '#web/respond.ts';

const A_PART = 40_000;

/** Public texts and the pages of everyone listed today. With more than 40,000 places it is an index of parts. */
export const GET: APIRoute = async ({ locals, url }) => {
	const { ctx, site } = locals;
	const parts = listedBlocks(ctx, A_PART);
	const asked = url.searchParams.get('part');
	const answer = (xml: string) => sharedText(xml, 'application/xml', 'part');
	if (asked === null && parts > 1)
		return answer(
			sitemapIndex(
				site.origin,
				[...Array(parts).keys()].map((part) => `/sitemap.xml?part=${part}`),
			),
		);
	const part = asked === null ? 0 : Number(asked);
	if (!/^\d{1,4}$/.test(asked ?? '0') || part >= parts) return new Response('There is no such part.\n', { status: 404 });
	const therapists = listedIn(ctx, part, A_PART).map(({ slug, confirmedOn }) => ({ path: paths.therapist(slug), changedOn: confirmedOn }));
	return answer(sitemap(site.origin, [...(part === 0 ? await texts() : []), ...therapists]));
};

async function texts(): Promise<SitemapPage[]> {
	const heads = await contentHeads();
	const words = heads.map((head) => ({ path: pathOfText(head.id), changedOn: head.reviewedOn }));
	return [{ path: paths.home() }, { path: paths.find() }, { path: paths.register() }, { path: paths.accreditation() }, ...words];
}
