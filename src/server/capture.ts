import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { HeaderMap } from './headers.ts';

export type Captured = { kind: 'whole'; status: number; headers: HeaderMap; body: Buffer; wroteHead: boolean };

/** How a render ended: whole in memory · sent on as a stream · broke off in the middle · nobody is there any more · too late. */
export type Outcome = Captured | { kind: 'streamed' } | { kind: 'broken' } | { kind: 'gone' } | { kind: 'late' };

export type Capture = { ended: Promise<Outcome>; breakOff: () => void };

type Open = { res: ServerResponse; headers: HeaderMap; chunks: Buffer[]; status: number; wroteHead: boolean; settle: (outcome: Outcome) => void };
type Callback = (error?: Error | null) => void;

/**
 * Holds back what a handler writes until it is whole, so that a page that fails half-way becomes a proper error page, and
 * an answer can be compressed, kept and given the headers it lacks. Downloads (not text) go straight through.
 * @param onStream writes the head of a download; its body follows by itself
 * @param milliseconds after which it is `late`; whatever the handler writes from then on is dropped
 */
export function capture(res: ServerResponse, milliseconds: number, onStream: (status: number, headers: HeaderMap) => void): Capture {
	const { promise: ended, resolve } = Promise.withResolvers<Outcome>();
	const timer = setTimeout(() => settle({ kind: 'late' }), milliseconds);
	let isSettled = false;
	res.once('close', gone);
	takeOver({ res, headers: new Map(), chunks: [], status: 0, wroteHead: false, settle }, onStream);
	return { ended, breakOff: () => settle({ kind: 'broken' }) };

	function gone(): void {
		settle({ kind: 'gone' });
	}

	function settle(outcome: Outcome): void {
		if (isSettled) return;
		isSettled = true;
		clearTimeout(timer);
		res.off('close', gone);
		if (outcome.kind === 'late' || outcome.kind === 'gone') goDeaf(res);
		else giveBack(res);
		resolve(outcome);
	}
}

function takeOver(open: Open, onStream: (status: number, headers: HeaderMap) => void): void {
	const { res, chunks } = open;
	Object.assign(res, {
		writeHead(status: number, reason?: string | OutgoingHttpHeaders | string[], headers?: OutgoingHttpHeaders | string[]) {
			readHeadInto(open, status, typeof reason === 'string' ? headers : (reason ?? headers));
			if (isDownload(open.headers)) {
				open.settle({ kind: 'streamed' });
				onStream(open.status, open.headers);
			}
			return res;
		},
		write(chunk: string | Uint8Array, encoding?: BufferEncoding | Callback, callback?: Callback) {
			chunks.push(toBuffer(chunk, encoding));
			const done = typeof encoding === 'function' ? encoding : callback;
			if (done) process.nextTick(done);
			return true;
		},
		end(chunk?: string | Uint8Array | Callback, encoding?: BufferEncoding | Callback) {
			if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') chunks.push(toBuffer(chunk, encoding));
			if (!open.wroteHead) readSetHeaders(open);
			const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
			open.settle({ kind: 'whole', status: open.status || res.statusCode, headers: open.headers, body, wroteHead: open.wroteHead });
			return res;
		},
		destroy() {
			open.settle({ kind: 'broken' });
			return res;
		},
	});
}

function readHeadInto(open: Open, status: number, given: OutgoingHttpHeaders | string[] | undefined): void {
	open.status = status;
	open.wroteHead = true;
	readSetHeaders(open);
	if (Array.isArray(given)) {
		for (let i = 0; i < given.length; i += 2) open.headers.set(String(given[i]).toLowerCase(), String(given[i + 1]));
		return;
	}
	for (const [name, value] of Object.entries(given ?? {})) setHeader(open.headers, name, value);
}

function readSetHeaders(open: Open): void {
	for (const [name, value] of Object.entries(open.res.getHeaders())) {
		setHeader(open.headers, name, value);
		open.res.removeHeader(name);
	}
}

function setHeader(headers: HeaderMap, name: string, value: OutgoingHttpHeaders[string]): void {
	if (value !== undefined) headers.set(name.toLowerCase(), Array.isArray(value) ? value : String(value));
}

function isDownload(headers: HeaderMap): boolean {
	const type = String(headers.get('content-type') ?? 'text/');
	return !/^(?:text\/(?!csv)|application\/(?:json|xml|ld\+json))/.test(type);
}

function toBuffer(chunk: string | Uint8Array, encoding: unknown): Buffer {
	if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
	return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** The methods were laid over those of the prototype; without them the response is itself again. */
function giveBack(res: ServerResponse): void {
	for (const name of ['writeHead', 'write', 'end', 'destroy']) Reflect.deleteProperty(res, name);
}

function goDeaf(res: ServerResponse): void {
	Object.assign(res, { writeHead: () => res, write: () => true, end: () => res, destroy: () => res });
}
