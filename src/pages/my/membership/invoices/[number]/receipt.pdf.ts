import type { APIRoute } from 'astro';
import { receiptPdf } from '#features/payments/index.ts';
import { fileResponse } from '#web/file-response.ts';

/** The receipt of one's own invoice. */
export const GET: APIRoute = async ({ locals, params }) => {
	const { name, content } = await receiptPdf(locals.ctx, params.number ?? '');
	return fileResponse({ name, type: 'application/pdf', content });
};
