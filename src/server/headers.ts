/** Headers of one answer: lower-case name → value; a list for `set-cookie`. */
export type HeaderMap = Map<string, string | string[]>;

const DENIED_FEATURES = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'payment', 'usb'];

const BASELINE: readonly (readonly [string, string])[] = [
	['x-content-type-options', 'nosniff'],
	['x-frame-options', 'DENY'],
	// Also what lets our own forms send an Origin: under no-referrer browsers send `Origin: null`.
	['referrer-policy', 'same-origin'],
	['cross-origin-opener-policy', 'same-origin'],
	['cross-origin-resource-policy', 'same-origin'],
	['permissions-policy', DENIED_FEATURES.map((feature) => `${feature}=()`).join(', ')],
];

/** For what Astro did not give a policy: nothing may load, run, be framed or be sent. */
const FALLBACK_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date', 'upgrade', 'trailer', 'proxy-authenticate', 'x-powered-by'];

/** Adds the headers that every answer has, where it has none of that name itself. */
export function addBaseline(headers: HeaderMap, isHttps: boolean): HeaderMap {
	for (const [name, value] of BASELINE) if (!headers.has(name)) headers.set(name, value);
	if (isHttps) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	if (!headers.has('content-security-policy')) headers.set('content-security-policy', FALLBACK_CSP);
	return headers;
}

/**
 * Puts right what Astro leaves open: no character set, no caching rule, an answer for one person marked public.
 * @param isPersonal the request came with a cookie
 */
export function tidyHeaders(headers: HeaderMap, status: number, isPersonal: boolean): HeaderMap {
	for (const name of HOP_BY_HOP) headers.delete(name);
	const type = headers.get('content-type');
	if (typeof type === 'string' && /^text\/[\w-]+$/.test(type.trim())) headers.set('content-type', `${type.trim()}; charset=utf-8`);
	const isPublic = String(headers.get('cache-control') ?? '').includes('public');
	const mustNotStay = isPersonal || headers.has('set-cookie') || status >= 400;
	if (mustNotStay) headers.set('cache-control', 'no-store');
	else if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
	else if (isPublic) addVary(headers, 'Cookie');
	return headers;
}

export function addVary(headers: HeaderMap, field: string): void {
	const present = String(headers.get('vary') ?? '');
	if (present === '') headers.set('vary', field);
	else if (!present.toLowerCase().includes(field.toLowerCase())) headers.set('vary', `${present}, ${field}`);
}

/** For `writeHead`, which takes name, value, name, value … fastest. */
export function flatHeaders(headers: HeaderMap): string[] {
	const flat: string[] = [];
	for (const [name, value] of headers) {
		for (const one of Array.isArray(value) ? value : [value]) flat.push(name, one);
	}
	return flat;
}
