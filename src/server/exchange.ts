import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHead } from './request-head.ts';

/** One request and its answer on their way through the gates. */
export type Exchange = {
	req: IncomingMessage;
	res: ServerResponse;
	head: RequestHead;
	requestId: string;
	/** `performance.now()` when the request arrived. */
	startedAt: number;
	/** Percent-encoded, as sent, without the query. Empty until the address has been read. */
	path: string;
	query: string;
	clientIp: string;
	/** A form with files: more bytes, more time, fewer at once. */
	isUpload: boolean;
	/** Bytes of the answer's body, for the log. */
	bytes: number;
};

const boot = Math.floor(performance.timeOrigin).toString(36).slice(-5);
let count = 0;

/** Short enough to be read out on the telephone, different for every request of this and other runs. */
function nextRequestId(): string {
	count += 1;
	return `${boot}-${count.toString(36)}`;
}

export function openExchange(req: IncomingMessage, res: ServerResponse, head: RequestHead, startedAt: number): Exchange {
	return { req, res, head, requestId: nextRequestId(), startedAt, path: '', query: '', clientIp: '', isUpload: false, bytes: 0 };
}
