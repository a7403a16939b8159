import type { IncomingMessage } from 'node:http';

/** Pages whose forms take files. Everywhere else a body is small. */
const TAKES_FILES =
	/^\/(?:my\/(?:cpd|supervision|listing|profile|membership|data|training|concerns)|join|office\/(?:people|concerns)|concerns\/mine\/documents)(?:\/|$)/;

/** Is this the form of a page that takes files? Only with a cookie: nobody gives us a file without having signed in, or opened a concern of theirs. */
export function isUpload(req: IncomingMessage, path: string, hasCookie: boolean): boolean {
	return req.method === 'POST' && hasCookie && TAKES_FILES.test(path) && /^multipart\/form-data\s*;/i.test(req.headers['content-type'] ?? '');
}
