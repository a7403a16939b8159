import type { IncomingHttpHeaders } from 'node:http';

/**
 * May this POST have come from one of our own pages? Whatever its content type: browsers let foreign pages send some of
 * them without asking. Where the browser withholds Origin (`null`, or none), only its own word `same-origin` will do.
 * @param ours origins of this site
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, ours: readonly string[]): boolean {
	const site = headers['sec-fetch-site'];
	if (site !== undefined && site !== 'same-origin') return false;
	const origin = headers.origin;
	if (origin === undefined || origin === 'null') return site === 'same-origin';
	return ours.includes(origin);
}

/**
 * The public origin; on this machine alone also the other names of this machine, but only the one the request was sent to.
 * @param host the Host header, already allowed
 */
export function ownOrigins(publicOrigin: string, isLocal: boolean, host: string): string[] {
	return isLocal ? [publicOrigin, `http://${host}`] : [publicOrigin];
}

/** Routes that other machines post to: each checks a signature over the whole body before it does anything, and reads no cookie. */
const SIGNED_POSTS: ReadonlySet<string> = new Set(['/api/payments/stripe/webhook', '/api/payments/demo/webhook']);

/** May a POST to this path come from elsewhere, because its signature is checked instead? */
export function takesSignedPosts(path: string): boolean {
	return SIGNED_POSTS.has(path);
}
