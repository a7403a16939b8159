/** The address of a website as people type it, with or without `https://`; null for what is none, or carries a user name. */
export function websiteFrom(typed: string): string | null {
	if (typed === '') return null;
	const full = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
	const url = URL.canParse(full) ? new URL(full) : null;
	return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname.includes('.') && url.username === '' ? url.href : null;
}
