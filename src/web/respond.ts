type Page = { response: { headers: Headers } };

/** Seconds that anyone may keep a public page: the longest time in which an old status could still be seen. */
export const SHARED_SECONDS = 60;

/**
 * Lets the server and any cache keep a page that is the same for every anonymous visitor.
 * @param reads the query parameters that the page reads; with any other in the address it is not kept
 */
export function share(page: Page, ...reads: readonly string[]): void {
	page.response.headers.set('cache-control', `public, max-age=${SHARED_SECONDS}`);
	page.response.headers.set('x-page-cache', ['shared', ...reads].join(' '));
}

/** Keeps a page out of every cache: forms, anything with a token or a personal word. */
export function keepPrivate(page: Page): void {
	page.response.headers.set('cache-control', 'no-store');
}

/** A JSON answer that anyone may keep for a minute. */
export function json(body: unknown, status = 200, type = 'application/json'): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': `public, max-age=${SHARED_SECONDS}` },
	});
}

/** A JSON answer that the server may keep too, see `share`. */
export function sharedJson(body: unknown, ...reads: readonly string[]): Response {
	const response = json(body);
	share({ response }, ...reads);
	return response;
}

/** A text for machines that the server and anyone else may keep, see `share`. */
export function sharedText(body: string, type: string, ...reads: readonly string[]): Response {
	const response = new Response(body, { headers: { 'content-type': `${type}; charset=utf-8` } });
	share({ response }, ...reads);
	return response;
}

/** An error of the API as RFC 9457 problem details. */
export function problemJson(status: number, title: string, detail: string): Response {
	return json({ type: 'about:blank', title, status, detail }, status, 'application/problem+json');
}
