/** Where to go on after signing in: a path of this site as it stands in `?next=`, or `otherwise`. Never another site. */
export function nextPath(url: URL, otherwise: string): string {
	const next = url.searchParams.get('next') ?? '';
	// One slash, then no slash or backslash: `//evil` and `/\evil` are other sites to a browser.
	return /^\/(my|office|join|link)(?:[/?]|$)/.test(next) && !/[\\\p{Cc}]|\/\//u.test(next) ? next : otherwise;
}

/** An address with where to go on afterwards. */
export function withNext(path: string, next: string): string {
	return `${path}?next=${encodeURIComponent(next)}`;
}
