import type { APIRoute } from 'astro';
import { asNumber, readMeetingFile } from '#features/accreditation/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** A file of the papers, as a download for somebody at the table who takes part in the item. */
export const GET: APIRoute = async ({ locals, params }) => {
	const place = { reference: params.reference ?? '', no: asNumber(params.no) };
	return fileResponse(await readMeetingFile(locals.ctx, place, params.file ?? ''));
};
