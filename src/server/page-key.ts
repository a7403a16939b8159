/**
 * One spelling for all addresses that ask for the same page: parameters sorted by name (their order within a name kept),
 * percent-encoding made uniform.
 */
export function canonicalAddress(path: string, query: string): string {
	if (query === '') return path;
	const parameters = new URLSearchParams(query);
	parameters.sort();
	return `${path}?${parameters}`;
}

/**
 * Reads a page's consent to be shared, the header `x-page-cache: shared place page` : the word, then the names of the
 * query parameters that the page reads.
 * @returns true when every parameter of this address is one of them; an unknown one could otherwise fill the cache
 */
export function mayShare(consent: string, query: string): boolean {
	const [word, ...names] = consent.trim().split(/\s+/);
	if (word !== 'shared') return false;
	return [...new URLSearchParams(query).keys()].every((name) => names.includes(name));
}
