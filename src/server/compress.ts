import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'identity' | 'gzip' | 'br';

/** Below this, compression costs more than it saves. */
export const WORTH_COMPRESSING = 1024;

const COMPRESSIBLE = /^(?:text\/|application\/(?:json|javascript|xml|manifest\+json|ld\+json|atom\+xml|rss\+xml)|image\/svg\+xml)/;
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const known = new Map<string, Encoding>();

/** The best encoding that an Accept-Encoding header allows. */
export function bestEncoding(accept: string): Encoding {
	const before = known.get(accept);
	if (before) return before;
	const best = choose(accept);
	if (known.size < 200) known.set(accept, best);
	return best;
}

export function isCompressible(contentType: string, length: number): boolean {
	return length >= WORTH_COMPRESSING && COMPRESSIBLE.test(contentType);
}

/** Compresses off the main thread. Quality 4 is brotli's best trade for a page made once; files that are kept can have 9. */
export function compress(body: Buffer, encoding: 'gzip' | 'br', quality: number): Promise<Buffer> {
	if (encoding === 'gzip') return gzipped(body, { level: Math.min(quality + 1, 9) });
	return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
}

function choose(accept: string): Encoding {
	const allowed = new Set<string>();
	for (const part of accept.toLowerCase().split(',')) {
		const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
		if (!parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) allowed.add(name);
	}
	if (allowed.has('br')) return 'br';
	return allowed.has('gzip') ? 'gzip' : 'identity';
}
