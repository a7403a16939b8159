import type { Server } from 'node:http';
import { LIMITS } from './limits.ts';

/**
 * Stops taking new requests, lets those under way finish, and cuts off what is left after ten seconds.
 * @returns true when everybody got their answer
 */
export function drain(server: Server): Promise<boolean> {
	const { promise, resolve } = Promise.withResolvers<boolean>();
	let isClean = true;
	const sweep = setInterval(() => server.closeIdleConnections(), 50);
	const cutOff = setTimeout(() => {
		isClean = false;
		server.closeAllConnections();
	}, LIMITS.drainMs);
	server.close(() => {
		clearInterval(sweep);
		clearTimeout(cutOff);
		resolve(isClean);
	});
	server.closeIdleConnections();
	return promise;
}
