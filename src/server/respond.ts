import { ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import { addBaseline, flatHeaders, type HeaderMap } from './headers.ts';
import { type Refusal, refusalPage } from './refusals.ts';

const LINGER_MS = 3000;
const LINGER_BYTES = 8 * 1024 * 1024;
/** Someone who chose a video instead of a photo shall read why it was refused, not "connection reset". */
const UPLOAD_LINGER = { ms: 30_000, bytes: 256 * 1024 * 1024 };

/** Answers with the server's own small page. What is left of the request's body is not kept. */
export function refuse(exchange: Exchange, refusal: Refusal, isHttps: boolean): void {
	const headers: HeaderMap = new Map([
		['content-type', 'text/html; charset=utf-8'],
		['cache-control', 'no-store'],
		['x-request-id', exchange.requestId],
	]);
	for (let i = 0; i < refusal.headers.length; i += 2) headers.set(String(refusal.headers[i]).toLowerCase(), String(refusal.headers[i + 1]));
	sendWhole(exchange, refusal.status, addBaseline(headers, isHttps), Buffer.from(refusalPage(refusal, exchange.requestId)));
}

/** Sends people elsewhere on this site. @param location begins with one slash */
export function redirect(exchange: Exchange, status: 301 | 303, location: string, isHttps: boolean): void {
	const headers: HeaderMap = new Map([
		['location', location],
		['cache-control', 'no-store'],
	]);
	sendWhole(exchange, status, addBaseline(headers, isHttps), Buffer.alloc(0));
}

/** Sends a finished answer. Goes past the response's own methods: after a deadline they belong to whoever is late. */
export function sendWhole(exchange: Exchange, status: number, headers: HeaderMap, body: Buffer): void {
	const { req, res } = exchange;
	if (res.headersSent || res.destroyed) return;
	const isUnread = exchange.head.hasBody && !req.complete;
	if (isUnread) headers.set('connection', 'close');
	headers.set('content-length', String(body.length));
	exchange.bytes = req.method === 'HEAD' ? 0 : body.length;
	ServerResponse.prototype.writeHead.call(res, status, flatHeaders(headers));
	if (isUnread) return endAfterBody(exchange, body);
	ServerResponse.prototype.end.call(res, body, undefined as never);
}

/**
 * Closing a connection while the client still sends makes the system throw the answer away unread, and the person sees
 * "connection reset". So the rest of the body is read and forgotten first, for a while.
 */
function endAfterBody({ req, res, isUpload }: Exchange, body: Buffer): void {
	const most = isUpload ? UPLOAD_LINGER : { ms: LINGER_MS, bytes: LINGER_BYTES };
	let seen = 0;
	const end = () => ServerResponse.prototype.end.call(res, undefined as never, undefined as never);
	const timer = setTimeout(() => req.destroy(), most.ms);
	ServerResponse.prototype.write.call(res, body, undefined as never);
	req.on('data', (chunk: Buffer) => {
		seen += chunk.length;
		if (seen > most.bytes) req.destroy();
	});
	req.once('end', end);
	req.once('close', () => clearTimeout(timer));
	req.on('error', () => undefined);
	req.resume();
}
