import { refuseAddress, splitAddress } from './address-check.ts';
import { clientAddress, dropForwardedHeaders } from './client-address.ts';
import type { Exchange } from './exchange.ts';
import { originForm, refuseHost } from './hosts.ts';
import { isOwnOrigin, ownOrigins, takesSignedPosts } from './origin-check.ts';
import { withoutFullPostcode } from './postcode-guard.ts';
import { type Refusal, refusals } from './refusals.ts';
import type { Running } from './running.ts';
import { isUpload } from './uploads.ts';

/** What a gate says: nothing (go on), a refusal, or an address to go to instead. */
export type Verdict = Refusal | { goTo: string; status: 301 | 303 } | null;

type Gate = (exchange: Exchange, running: Running) => Verdict;

/** In this order: each may rely on what those before it have made sure of. */
export const gates: readonly Gate[] = [method, host, address, forwarded, body, origin, postcode, slash];

function method({ req }: Exchange): Verdict {
	return req.method === 'GET' || req.method === 'HEAD' || req.method === 'POST' ? null : refusals.wrongMethod;
}

function host({ head }: Exchange, { allowedHosts }: Running): Verdict {
	return refuseHost(head, allowedHosts);
}

function address(exchange: Exchange): Verdict {
	const plain = originForm(exchange.req.url ?? '', exchange.head.host ?? '');
	if (plain === null) return refusals.badRequest;
	const refusal = refuseAddress(plain);
	if (refusal) return refusal;
	exchange.req.url = plain;
	Object.assign(exchange, splitAddress(plain));
	return null;
}

/** From here on the request speaks only for itself: the host is ours, the client's address is one that we believe. */
function forwarded(exchange: Exchange, running: Running): Verdict {
	const { headers, socket } = exchange.req;
	const claimed = headers['x-forwarded-for'];
	const claim = Array.isArray(claimed) ? claimed.join(',') : claimed;
	exchange.clientIp = clientAddress(socket.remoteAddress ?? '', claim, running.proxies, running.deps.settings.trustedProxyHops);
	dropForwardedHeaders(headers);
	headers.host = running.publicHost;
	return null;
}

/** Node has refused contradicting lengths already. A body must say its length, and only a POST has one. */
function body(exchange: Exchange, { limits }: Running): Verdict {
	const { req, head, path } = exchange;
	if (!head.hasBody) return null;
	if (req.method !== 'POST') return refusals.badRequest;
	if (req.headers['content-length'] === undefined) return refusals.noLength;
	exchange.isUpload = isUpload(req, path, head.hasCookie);
	if (exchange.isUpload) return Number(req.headers['content-length']) > limits.uploadBytes ? refusals.tooLargeFile : null;
	cutOff(req, limits.requestMs);
	return Number(req.headers['content-length']) > limits.bodyBytes ? refusals.tooLarge : null;
}

/** Node has one time for all requests, that of the longest. */
function cutOff(req: Exchange['req'], milliseconds: number): void {
	const timer = setTimeout(() => req.destroy(), milliseconds).unref();
	req.once('close', () => clearTimeout(timer));
	req.once('end', () => clearTimeout(timer));
}

function origin({ req, head, path }: Exchange, running: Running): Verdict {
	if (req.method !== 'POST' || takesSignedPosts(path)) return null;
	const { publicOrigin } = running.deps.settings;
	if (!isOwnOrigin(req.headers, ownOrigins(publicOrigin, running.isLocal, head.host ?? ''))) return refusals.wrongOrigin;
	req.headers.origin = publicOrigin;
	return null;
}

function postcode({ req, path, query }: Exchange): Verdict {
	const safer = withoutFullPostcode(path, query);
	if (safer === null) return null;
	return req.method === 'POST' ? refusals.badAddress : { goTo: safer, status: 303 };
}

function slash({ req, path, query }: Exchange): Verdict {
	if (req.method === 'POST' || path === '/' || !path.endsWith('/')) return null;
	return { goTo: path.slice(0, -1) + (query === '' ? '' : `?${query}`), status: 301 };
}
