import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { bestEncoding, compress, type Encoding, isCompressible } from './compress.ts';
import { addVary, flatHeaders, type HeaderMap } from './headers.ts';
import type { RequestHead } from './request-head.ts';

type Variant = { body: Buffer; headers: string[]; ageAt: number };

/** A finished answer in memory, with its headers laid out, in each encoding that somebody has asked for. */
export type StoredBody = {
	tag: string;
	/** Bytes of memory to reckon with: the body, its compressed forms, headers. */
	weight: number;
	body: Buffer;
	headers: readonly string[];
	quality: number;
	isCompressible: boolean;
	/** Milliseconds UTC when it was made; null for files, which do not age. */
	madeAt: number | null;
	ready: Map<Encoding, Variant>;
	coming: Map<Encoding, Promise<Variant>>;
};

/**
 * Lays an answer out for sending many times.
 * @param headers final, baseline included; `content-length`, `etag` and `content-encoding` are added here
 */
export function storeBody(body: Buffer, headers: HeaderMap, quality: number, madeAt: number | null): StoredBody {
	const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
	const isText = isCompressible(String(headers.get('content-type')), body.length);
	if (isText) addVary(headers, 'Accept-Encoding');
	headers.set('etag', `W/${tag}`);
	const weight = Math.ceil(body.length * (isText ? 1.6 : 1)) + 2000;
	const stored: StoredBody = { tag, weight, body, headers: flatHeaders(headers), quality, isCompressible: isText, madeAt, ready: new Map(), coming: new Map() };
	stored.ready.set('identity', layOut(stored, body, 'identity'));
	return stored;
}

/** Takes over a form that was compressed beforehand. */
export function addVariant(stored: StoredBody, encoding: 'gzip' | 'br', body: Buffer): void {
	if (stored.isCompressible) stored.ready.set(encoding, layOut(stored, body, encoding));
}

/**
 * Sends a stored answer: 304 when the client has it already. Synchronous when its encoding is ready.
 * @returns status and body bytes, for the log
 */
export function sendStored(res: ServerResponse, stored: StoredBody, head: RequestHead, now: number): Sent | Promise<Sent> {
	if (head.ifNoneMatch !== '' && matches(head.ifNoneMatch, stored.tag)) return sendNotModified(res, stored);
	const encoding = stored.isCompressible ? bestEncoding(head.acceptEncoding) : 'identity';
	const variant = stored.ready.get(encoding);
	if (variant) return send(res, stored, variant, now);
	return encode(stored, encoding).then((made) => send(res, stored, made, now));
}

export type Sent = { status: number; bytes: number };

function send(res: ServerResponse, stored: StoredBody, variant: Variant, now: number): Sent {
	if (stored.madeAt !== null) variant.headers[variant.ageAt] = String(Math.max(0, Math.floor((now - stored.madeAt) / 1000)));
	res.writeHead(200, variant.headers);
	res.end(variant.body);
	return { status: 200, bytes: variant.body.length };
}

function sendNotModified(res: ServerResponse, stored: StoredBody): Sent {
	res.writeHead(304, stored.headers as string[]);
	res.end();
	return { status: 304, bytes: 0 };
}

function encode(stored: StoredBody, encoding: Encoding): Promise<Variant> {
	const coming = stored.coming.get(encoding);
	if (coming) return coming;
	const made = compress(stored.body, encoding as 'gzip' | 'br', stored.quality).then((body) => {
		const variant = layOut(stored, body, encoding);
		stored.ready.set(encoding, variant);
		stored.coming.delete(encoding);
		return variant;
	});
	stored.coming.set(encoding, made);
	return made;
}

function layOut(stored: StoredBody, body: Buffer, encoding: Encoding): Variant {
	const headers = [...stored.headers, 'content-length', String(body.length)];
	if (encoding !== 'identity') headers.push('content-encoding', encoding);
	if (stored.madeAt !== null) headers.push('age', '0');
	return { body, headers, ageAt: headers.length - 1 };
}

function matches(ifNoneMatch: string, tag: string): boolean {
	return ifNoneMatch.trim() === '*' || ifNoneMatch.includes(tag);
}
