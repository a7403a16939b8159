import type { APIRoute } from 'astro';
import { readApplicantsFile } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A file that an applicant sent, as a download for those who work on the application. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readApplicantsFile(locals.ctx, params.reference ?? '', params.file ?? ''));
