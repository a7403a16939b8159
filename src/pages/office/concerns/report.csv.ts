import type { APIRoute } from 'astro';
import { askedRange } from '#features/accreditation/index.ts';
import { afterwards } from '#features/complaints/index.ts';
import { paths } from '#paths';
import { fileResponse } from '#web/file-response.ts';

/** The figures of concerns as CSV. Days that cannot be read lead to the page, which says so. */
export const GET: APIRoute = ({ locals: { ctx }, url, redirect }) => {
	const { range, errors, typed } = askedRange(url.searchParams, ctx.today);
	if (errors.length > 0) return redirect(paths.concernsReport(typed), 303);
	const { name, content } = afterwards.concernsReportCsv(ctx, range);
	return fileResponse({ name, type: 'text/csv; charset=utf-8', content: new TextEncoder().encode(content) });
};
