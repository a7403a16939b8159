import type { APIRoute } from 'astro';
import { readOwnFile } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A file of one's own application, as a download. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readOwnFile(locals.ctx, params.reference ?? '', params.file ?? ''));
