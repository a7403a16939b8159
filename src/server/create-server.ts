import http from 'node:http';
import type { Socket } from 'node:net';
import { answer } from './answer.ts';
import { refuseBrokenRequests } from './broken-requests.ts';
import type { Deps } from './deps.ts';
import { type Limits, limitConnections, serverOptions } from './limits.ts';
import { prepare } from './running.ts';

/**
 * The website as an HTTP server that does not listen yet. Gates first (`gates.ts`), then files, then Astro.
 * @throws Error when the built files cannot be read
 */
export function createServer(deps: Deps, limits: Limits): http.Server {
	const running = prepare(deps, limits, () => server.listening);
	const server = http.createServer(serverOptions(limits), (req, res) => answer(req, res, running));
	limitConnections(server, limits);
	refuseBrokenRequests(server, running.isHttps);
	// Astro takes the scheme of its addresses from the socket; the truth is in the settings, since TLS ends at a proxy.
	server.on('connection', (socket: Socket) => Object.assign(socket, { encrypted: running.isHttps }));
	server.on('close', running.stop);
	return server;
}
