import type { APIRoute } from 'astro';
import { readConditionFile } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** The file that shows a condition, as a download for the officer who judges it. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readConditionFile(locals.ctx, params.id ?? '', params.file ?? ''));
