import type { APIRoute } from 'astro';
import { readAttendanceFile } from '#features/training/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** One's own evidence of a course, as a download. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readAttendanceFile(locals.ctx, params.reference ?? '', params.file ?? ''));
