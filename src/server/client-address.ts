import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

const FORWARDED =
	/^(?:x-forwarded-.*|forwarded|x-real-ip|x-client-ip|cf-connecting-ip|true-client-ip|x-original-url|x-rewrite-url|x-http-method-override|x-middleware-.*|x-astro-.*)$/;

/**
 * The client's address. A forwarded one counts only when the socket belongs to a listed proxy, and then only the entry
 * that the outermost of our own proxies wrote: the left-most is whatever the client likes.
 * @param hops how many of our proxies stand in a row
 * @returns an IP address as text
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, proxies: BlockList, hops: number): string {
	const direct = plainAddress(socketAddress);
	if (forwardedFor === undefined || !isListed(direct, proxies)) return direct;
	const claimed = forwardedFor.split(',').at(-hops)?.trim() ?? '';
	return isIP(claimed) === 0 ? direct : plainAddress(claimed);
}

/** Removes every header by which a client could speak for a proxy, so that nothing further in can believe one. */
export function dropForwardedHeaders(headers: IncomingHttpHeaders): void {
	for (const name of Object.keys(headers)) {
		if (FORWARDED.test(name)) delete headers[name];
	}
}

/** Addresses and ranges of our own proxies, as the settings give them. */
export function proxyList(entries: readonly string[]): BlockList {
	const list = new BlockList();
	for (const entry of entries) {
		const [address = '', bits] = entry.split('/');
		const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
		if (bits === undefined) list.addAddress(address, family);
		else list.addSubnet(address, Number(bits), family);
	}
	return list;
}

function isListed(address: string, proxies: BlockList): boolean {
	return isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** IPv4 written as IPv6 (`::ffff:192.0.2.1`) is the same client: one form, so that limits count it once. */
function plainAddress(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
