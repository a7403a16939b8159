import { type Refusal, refusals } from './refusals.ts';
import type { RequestHead } from './request-head.ts';

/**
 * One Host header, and one of ours (421 otherwise): links, redirects and cache keys are made from it further in.
 * Two Host headers, or none, are a sign of smuggling.
 */
export function refuseHost(head: RequestHead, allowedHosts: ReadonlySet<string>): Refusal | null {
	if (head.hosts !== 1 || head.host === null) return refusals.badRequest;
	return allowedHosts.has(head.host) ? null : refusals.wrongHost;
}

/**
 * The address in the form `/path?query`. A client that talks to a proxy sends `http://host/path`: accepted when it names
 * the same host as the Host header.
 * @returns null when it is neither
 */
export function originForm(address: string, host: string): string | null {
	if (address.startsWith('/')) return address;
	const match = /^https?:\/\/([^/?#]*)(\/.*)?$/i.exec(address);
	if (!match || match[1]?.toLowerCase() !== host) return null;
	return match[2] ?? '/';
}
