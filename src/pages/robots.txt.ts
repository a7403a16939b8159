import type { APIRoute } from 'astro';
import { sharedText } from '#web/respond.ts';

const RULES = ['User-agent: *', 'Disallow: /find?', 'Disallow: /register?', 'Disallow: /api/', 'Disallow: /link/', 'Disallow: /demo'];

/** What search engines should leave alone: searches, answers for programs, one person's links. */
export const GET: APIRoute = ({ locals }) => sharedText(`${RULES.join('\n')}\n\nSitemap: ${locals.site.origin}/sitemap.xml\n`, 'text/plain');
