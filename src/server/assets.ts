import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { addBaseline, type HeaderMap } from './headers.ts';
import { addVariant, type StoredBody, storeBody } from './stored-body.ts';

const TYPES: Record<string, string> = {
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.webp': 'image/webp',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.txt': 'text/plain; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.xml': 'application/xml; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.pdf': 'application/pdf',
};
const BEST_QUALITY = 9;
const MOST_BYTES = 64 * 1024 * 1024;

export type Assets = ReadonlyMap<string, StoredBody>;

/**
 * Reads all public files into memory, by their exact address: no part of a request ever becomes a file name.
 * sirv 3.0.2, tried first, ends the process on `Range: bytes=9-2`, and on a file that a new build has taken away.
 * @throws Error when the folder is missing, or holds more than belongs into memory
 */
export function loadAssets(folder: string, isHttps: boolean): Assets {
	const assets = new Map<string, StoredBody>();
	let total = 0;
	for (const name of publicFiles(folder)) {
		const file = join(folder, name);
		const body = readFileSync(file);
		total += body.length;
		if (total > MOST_BYTES) throw new Error(`The public files in ${folder} have more than ${MOST_BYTES / 1024 / 1024} MB.`);
		const address = `/${name.split(/[\\/]/).map(encodeURIComponent).join('/')}`;
		const stored = storeBody(body, assetHeaders(address, isHttps), BEST_QUALITY, null);
		if (existsSync(`${file}.br`)) addVariant(stored, 'br', readFileSync(`${file}.br`));
		if (existsSync(`${file}.gz`)) addVariant(stored, 'gzip', readFileSync(`${file}.gz`));
		assets.set(address, stored);
	}
	return assets;
}

function publicFiles(folder: string): string[] {
	const all = readdirSync(folder, { recursive: true }) as string[];
	// Compressed forms made by the build stand beside the file and have no address of their own.
	const isForm = (name: string) => /\.(?:br|gz)$/.test(name) && all.includes(name.slice(0, -3));
	const isPublic = (name: string) => !isForm(name) && !name.split(/[\\/]/).some((part) => part.startsWith('.') && part !== '.well-known');
	return all.filter((name) => isPublic(name) && statSync(join(folder, name)).isFile());
}

/** Names below `/_astro/` carry a hash of their content and never change; all else may be asked for again after an hour. */
function assetHeaders(address: string, isHttps: boolean): HeaderMap {
	const age = address.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
	const headers: HeaderMap = new Map([
		['content-type', TYPES[extname(address).toLowerCase()] ?? 'application/octet-stream'],
		['cache-control', age],
	]);
	return addBaseline(headers, isHttps);
}
