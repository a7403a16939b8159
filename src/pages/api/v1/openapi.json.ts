import type { APIRoute } from 'astro';
import { openApi } from '#features/register/index.ts';
import { sharedJson } from '#web/respond.ts';

/** What programs may ask, as OpenAPI 3.1. */
export const GET: APIRoute = ({ locals }) => sharedJson(openApi(locals.site.origin, locals.site.organisation.name));
