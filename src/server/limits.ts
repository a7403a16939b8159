import type { Server, ServerOptions } from 'node:http';

/** What a stranger may ask of the server. Figures from the security notes; sizes in bytes, times in milliseconds. */
export const LIMITS = {
	bodyBytes: 256 * 1024,
	/** A form with files: 10 MB of them and what is typed beside them. */
	uploadBytes: 12 * 1024 * 1024,
	addressCharacters: 4096,
	headerBytes: 16_384,
	headersMs: 10_000,
	requestMs: 30_000,
	/** The same for a form with files, which a telephone in the country sends. */
	uploadMs: 120_000,
	/** How often Node looks for connections past those two: they are cut off by so much later at most. */
	checkMs: 5000,
	/** Longest time Astro may take to make one answer. */
	answerMs: 20_000,
	keepAliveMs: 5000,
	/** Without a byte in either direction: someone who does not read what they asked for. */
	idleMs: 60_000,
	drainMs: 10_000,
	connections: 2000,
	requestsPerConnection: 1000,
	/** Requests being rendered at once; beyond it the answer is 503. */
	inFlight: 256,
	/** Bodies on their way at once; beyond it a form gets 503, and readers notice nothing. */
	receiving: 256,
	/** Forms with files being received or looked at, in all and from one address: each holds some 40 MB. */
	uploads: 6,
	uploadsOfOne: 3,
	eventLoopLagMs: 200,
	/** About 450 pages of results: more than are asked for again within their minute. */
	pageCacheBytes: 32 * 1024 * 1024,
	pageCacheMs: 60_000,
} as const;

/** Those that a server is given, so that a test need not wait for half a minute. */
export type Limits = { readonly [Name in keyof typeof LIMITS]: number };

/** Options for `http.createServer` that bound slow and large requests. Host headers are checked by our own gate, so that its refusal has our headers. */
export function serverOptions(limits: Limits): ServerOptions {
	return {
		maxHeaderSize: limits.headerBytes,
		headersTimeout: limits.headersMs,
		// The longest that any may take; a smaller body is cut off earlier by its gate.
		requestTimeout: Math.max(limits.requestMs, limits.uploadMs),
		keepAliveTimeout: limits.keepAliveMs,
		connectionsCheckingInterval: limits.checkMs,
		requireHostHeader: false,
		insecureHTTPParser: false,
	};
}

export function limitConnections(server: Server, limits: Limits): void {
	server.timeout = limits.idleMs;
	server.maxConnections = limits.connections;
	server.maxRequestsPerSocket = limits.requestsPerConnection;
}
