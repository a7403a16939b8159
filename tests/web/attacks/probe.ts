import { request } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { get } from '#tests/helpers/html.ts';
import type { Site } from '#tests/helpers/site.ts';
import { intruders, misshapen } from './markup.ts';
import { MARK } from './nasty.ts';

/** Longest time for an answer, on a machine that does other things too. */
const MOST_MS = 2000;

export type Reply = { status: number; headers: Record<string, string | string[] | undefined>; body: string; ms: number };

/** One GET with the address exactly as given: `fetch` would tidy it up. */
export function probe(origin: string, address: string): Promise<Reply> {
	const { hostname, port } = new URL(origin);
	const begun = performance.now();
	return new Promise((resolve, reject) => {
		const req = request({ hostname, port, path: address, headers: { host: `${hostname}:${port}` } }, (res) => {
			const parts: Buffer[] = [];
			res.on('data', (part: Buffer) => parts.push(part));
			res.once('end', () =>
				resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(parts).toString(), ms: performance.now() - begun }),
			);
		});
		req.once('error', reject).end();
	});
}

/** What is wrong with an answer, whatever was asked; empty when nothing is. */
export function faults(address: string, { status, headers, body, ms }: Reply): string[] {
	const shown = address.length > 120 ? `${address.slice(0, 120)}…` : address;
	const wrong: string[] = [];
	const type = String(headers['content-type'] ?? '');
	if (status >= 500) wrong.push(`status ${status}`);
	if (ms > MOST_MS) wrong.push(`${Math.round(ms)} ms`);
	if (status >= 300 && status < 400) wrong.push(...wrongLocation(String(headers.location)));
	else if (type.startsWith('text/html')) wrong.push(...misshapen(body).map((what) => `misshapen: ${what}`), ...intruders(body));
	else if (type.includes('json')) wrong.push(...(isJson(body) ? [] : ['no JSON']));
	else if (type.includes('xml')) wrong.push(...(/<\/(?:urlset|sitemapindex)>\s*$/.test(body) && !body.includes(MARK) ? [] : ['no sitemap']));
	else if (!/^(?:text\/(?:plain|vcard)|image\/webp)/.test(type)) wrong.push(`type ${type}`);
	if (headers['set-cookie'] !== undefined) wrong.push('a cookie');
	if (/\n\s+at .+:\d+:\d+|SQLITE_|node:internal/.test(body)) wrong.push('a stack');
	return wrong.map((what) => `${shown}: ${what}`);
}

/** A redirect stays on this site and is one line of plain characters. */
function wrongLocation(location: string): string[] {
	return /^\/(?![/\\])[\x21-\x7e]*$/.test(location) ? [] : [`leads to ${location}`];
}

function isJson(text: string): boolean {
	try {
		return typeof JSON.parse(text) === 'object';
	} catch {
		return false;
	}
}

/** Sends every address, a few at once, and gathers what was wrong, as far as one can read. */
export async function faultsOf<T>(items: readonly T[], ask: (item: T) => Promise<string[]>, atOnce = 6): Promise<string[]> {
	const found: string[] = [];
	const queue = [...items];
	const work = async () => {
		for (let item = queue.shift(); item !== undefined; item = queue.shift()) found.push(...(await ask(item)));
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return found.slice(0, 30);
}

/** Slugs of therapists who are listed and can be written to today. */
export function slugsOf(site: Pick<Site, 'dataDir'>, most: number): string[] {
	const text = `SELECT f.slug FROM finder f JOIN listing l ON l.person_id = f.person_id JOIN person p ON p.id = f.person_id
		WHERE l.enquiries_open = 1 AND p.email IS NOT NULL AND f.shown_to_on > '2027-01-31' ORDER BY f.slug LIMIT ?`;
	return reading(site, (db) => db.prepare(text).pluck().all(most) as string[]);
}

/** Looks into the register of a running site, on a connection of its own. */
export function reading<T>(site: Pick<Site, 'dataDir'>, read: (db: Database.Database) => T): T {
	const db = new Database(join(site.dataDir, 'register.db'), { readonly: true });
	try {
		return read(db);
	} finally {
		db.close();
	}
}

/** A register number from the register's own pages. */
export async function aNumber(site: Pick<Site, 'origin'>): Promise<string> {
	const { text } = await get(`${site.origin}/register?name=an`);
	return /\/register\/(IPT-\d+)/.exec(text)?.[1] ?? '';
}
