import type { Server } from 'node:http';

/** What a stranger may ask of the server. Figures from the security notes; sizes in bytes, times in milliseconds. */
export const LIMITS = {
	bodyBytes: 256 * 1024,
	addressCharacters: 4096,
	headerBytes: 16_384,
	headersMs: 10_000,
	requestMs: 30_000,
	/** Longest time Astro may take to make one answer. */
	answerMs: 20_000,
	keepAliveMs: 5000,
	drainMs: 10_000,
	connections: 2000,
	requestsPerConnection: 1000,
	/** Requests being rendered at once; beyond it the answer is 503. */
	inFlight: 256,
	eventLoopLagMs: 200,
	/** About 450 pages of results: more than are asked for again within their minute. */
	pageCacheBytes: 32 * 1024 * 1024,
	pageCacheMs: 60_000,
} as const;

/** Options for `http.createServer` that bound slow and large requests. Host headers are checked by our own gate, so that its refusal has our headers. */
export const SERVER_OPTIONS = {
	maxHeaderSize: LIMITS.headerBytes,
	headersTimeout: LIMITS.headersMs,
	requestTimeout: LIMITS.requestMs,
	keepAliveTimeout: LIMITS.keepAliveMs,
	connectionsCheckingInterval: 5000,
	requireHostHeader: false,
	insecureHTTPParser: false,
} as const;

export function limitConnections(server: Server): void {
	server.maxConnections = LIMITS.connections;
	server.maxRequestsPerSocket = LIMITS.requestsPerConnection;
}
