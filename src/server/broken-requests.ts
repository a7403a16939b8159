import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { addBaseline, flatHeaders } from './headers.ts';
import { type Refusal, refusalPage, refusals } from './refusals.ts';

const REFUSALS: Record<string, Refusal> = {
	HPE_HEADER_OVERFLOW: refusals.longHeaders,
	ERR_HTTP_REQUEST_TIMEOUT: refusals.slowRequest,
};

/**
 * Requests that never become one: Node's parser refuses them (two lengths, a folded header, a bare line feed, HTTP/0.9),
 * they are too slow, or they ask for a tunnel. Each gets one answer with our headers, and the connection ends.
 */
export function refuseBrokenRequests(server: Server, isHttps: boolean): void {
	const answering = new WeakMap<Duplex, number>();
	server.on('request', (req: IncomingMessage, res: ServerResponse) => {
		answering.set(req.socket, (answering.get(req.socket) ?? 0) + 1);
		res.once('close', () => answering.set(req.socket, (answering.get(req.socket) ?? 1) - 1));
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
		// An answer may be on its way: it may finish, but a second one behind it could be taken for part of it.
		if (!socket.writable || (answering.get(socket) ?? 0) > 0) (socket as Socket).destroySoon();
		else endWith(socket, REFUSALS[error.code ?? ''] ?? refusals.badRequest, isHttps);
	});
	server.on('connect', (_req: IncomingMessage, socket: Duplex) => endWith(socket, refusals.wrongMethod, isHttps));
	server.on('checkExpectation', (_req: IncomingMessage, res: ServerResponse) => endWith(res.socket as Duplex, refusals.badExpectation, isHttps));
}

function endWith(socket: Duplex, refusal: Refusal, isHttps: boolean): void {
	socket.on('error', () => socket.destroy());
	socket.end(rawAnswer(refusal, isHttps), () => socket.destroy());
}

function rawAnswer(refusal: Refusal, isHttps: boolean): string {
	const page = refusalPage(refusal, '');
	const headers = addBaseline(new Map([['content-type', 'text/html; charset=utf-8']]), isHttps);
	headers
		.set('cache-control', 'no-store')
		.set('connection', 'close')
		.set('content-length', String(Buffer.byteLength(page)));
	const flat = [...flatHeaders(headers), ...refusal.headers];
	const lines = flat.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${flat[i + 1]}`] : []));
	return [`HTTP/1.1 ${refusal.status} ${refusal.title.replace(/[^ -~]/g, '')}`, ...lines, '', page].join('\r\n');
}
