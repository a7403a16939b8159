import type { APIRoute } from 'astro';
import { securityText } from '#features/content/index.ts';
import { sharedText } from '#web/respond.ts';

/** Whom to tell about a hole in this site. */
export const GET: APIRoute = ({ locals: { ctx, site } }) => sharedText(securityText(site.origin, site.organisation.email, ctx.now), 'text/plain');
