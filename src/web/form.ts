import type { z } from 'zod';
import { isExpected } from '#core/errors.ts';
import { TooBusy } from '#features/accounts/index.ts';
import { keepUploads, type Uploads } from './upload.ts';

export type FieldError = { field: string; message: string };

/** What became of a form: not sent yet, sent with mistakes (everything typed is still there), or done. */
export type Submission<R> = {
	state: 'idle' | 'invalid' | 'done';
	values: Record<string, string[]>;
	errors: FieldError[];
	result: R | null;
	/** The first value typed into a field, or ''. */
	value(field: string): string;
	/** The message that belongs to a field, if any. */
	error(field: string): string | undefined;
};

type Page = { request: Request; response: { status?: number; headers?: Headers }; locals: Pick<App.Locals, 'server' | 'requestId' | 'ctx' | 'typed'> };

/**
 * Runs a form that posts to its own page: reads it, validates it with `schema`, hands the parsed input to `act`.
 * Mistakes found by the schema, and `Invalid` thrown by `act`, answer 422 on the same page with everything typed kept; a `Conflict` answers 409 the same way,
 * a disk that cannot be written to 503, and too many attempts 429 with the seconds to wait. Any other error is thrown on.
 * @param uploads fields that take files, see `keepUploads`: `act` finds the ids of the stored files in their place
 */
export async function submit<S extends z.ZodType, R>(
	page: Page,
	schema: S,
	act: (input: z.output<S>) => R | Promise<R>,
	uploads: Uploads = {},
): Promise<Submission<R>> {
	if (page.request.method !== 'POST') return submission<R>({ state: 'idle', values: {}, errors: [], result: null });
	const { values, form } = await valuesOf(page.request);
	page.locals.typed = values;
	try {
		const refused = await keepUploads(page.locals.ctx, form, uploads, values);
		const parsed = schema.safeParse(Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v.length > 1 ? v : v[0]])));
		if (!parsed.success || refused.length > 0) {
			page.response.status = 422;
			const missing = parsed.success ? [] : firstErrors(parsed.error, schema).filter(({ field }) => refused.every((r) => r.field !== field));
			return submission<R>({ state: 'invalid', values, errors: [...missing, ...refused], result: null });
		}
		return submission({ state: 'done', values, errors: [], result: await act(parsed.data) });
	} catch (error) {
		const { status, retryAfter, ...said } = toldInTheForm(error);
		if (retryAfter) page.response.headers?.set('retry-after', String(retryAfter));
		if (status === 503) page.locals.server?.log.error({ request: page.locals.requestId, err: error }, 'a form could not be stored');
		page.response.status = status;
		return submission<R>({ state: 'invalid', values, errors: [said], result: null });
	}
}

/** What can be mended or tried again is told on the form itself, so that nothing typed is lost. Anything else is thrown on. */
function toldInTheForm(error: unknown): FieldError & { status: number; retryAfter?: number } {
	if (error instanceof TooBusy) return { status: error.status, retryAfter: error.retryAfter, field: '', message: error.message };
	if (isExpected(error) && (error.status === 422 || error.status === 409)) {
		return { status: error.status, field: 'field' in error ? String(error.field) : '', message: error.message };
	}
	const { code } = error as { code?: unknown };
	if (code === 'ENOSPC_UPLOADS') return { status: 503, field: '', message: NO_ROOM };
	if (typeof code !== 'string' || !/^(SQLITE_(FULL|IOERR|BUSY|READONLY)|ENOSPC|EFBIG|EDQUOT|EROFS|EIO)/.test(code)) throw error;
	return { status: 503, field: '', message: 'We could not save this just now. What you typed is still here: please try again in a few minutes.' };
}

const NO_ROOM = 'We cannot take files just now, as our disk is nearly full. What you typed is still here: send it without the file, or try again later.';

async function valuesOf(request: Request): Promise<{ values: Record<string, string[]>; form: FormData }> {
	// What is no form, or one that was cut off, counts as an empty one: the page says what is missing.
	const form = await request.formData().catch(() => new FormData());
	const values: Record<string, string[]> = Object.create(null);
	for (const [name, value] of form) if (typeof value === 'string') values[name] = [...(values[name] ?? []), value];
	return { values, form };
}

/** One message a field, in the order of the schema's fields, which is that of the form. */
function firstErrors(error: z.ZodError, schema: z.ZodType): FieldError[] {
	const order = 'shape' in schema ? Object.keys(schema.shape as object) : [];
	const found = new Map<string, string>();
	for (const issue of error.issues) {
		const field = String(issue.path[0] ?? '');
		if (!found.has(field)) found.set(field, issue.message);
	}
	return [...found].map(([field, message]) => ({ field, message })).sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

function submission<R>(state: Pick<Submission<R>, 'state' | 'values' | 'errors' | 'result'>): Submission<R> {
	return {
		...state,
		value: (field) => state.values[field]?.[0] ?? '',
		error: (field) => state.errors.find((e) => e.field === field)?.message,
	};
}
