/** An address with those of the parameters that say anything. */
export function withQuery(path: string, parameters: Record<string, string | undefined>): string {
	const query = new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => Boolean(pair[1]))).toString();
	return query ? `${path}?${query}` : path;
}
