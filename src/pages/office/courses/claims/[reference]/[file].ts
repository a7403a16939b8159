import type { APIRoute } from 'astro';
import { readAttendanceFile } from '#features/training/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** What someone sent to show that they attended a course, as a download for whoever decides on it. */
export const GET: APIRoute = async ({ locals, params }) => fileResponse(await readAttendanceFile(locals.ctx, params.reference ?? '', params.file ?? ''));
