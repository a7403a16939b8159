import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openLog } from '#core/log.ts';
import type { Gazetteer } from '#db/gazetteer/index.ts';
import { createServer } from '#server/create-server.ts';
import type { AstroHandler, Deps } from '#server/deps.ts';
import { LIMITS, type Limits } from '#server/limits.ts';
import { readSettings } from '#settings';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

export const HOST = 'localhost:4321';
export const ORIGIN = `http://${HOST}`;
export const CSS = `body { color: black }\n${'/* a long style sheet */\n'.repeat(100)}`;

export type Site = { port: number; server: Server; clock: { now(): number; time: number }; register: { version: string }; log(): string; folder: string };

/** The real server in this process with a small handler where Astro would be. */
export async function openSite(handler: AstroHandler, env: Record<string, string> = {}, limits: Partial<Limits> = {}): Promise<Site> {
	const folder = temporaryFolder();
	const assetsDir = writeAssets(folder.path);
	const settings = readSettings({ DATA_DIR: folder.path, ...env });
	const log = openLog('info', join(folder.path, 'test.log'));
	const clock = { time: Date.parse('2026-06-01T12:00:00Z'), now: () => clock.time };
	const register = { version: '1' };
	const keys = { audit: Buffer.alloc(32), secret: Buffer.alloc(32), vaultFolder: folder.path };
	const db = emptyRegister(folder.path);
	const deps: Deps = { settings, db, keys, gazetteer: () => ({}) as Gazetteer, log, clock, travel: null, handler, assetsDir, version: () => register.version };
	const server = createServer(deps, { ...LIMITS, ...limits });
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
		db.sql.close();
		folder.remove();
	});
	return {
		port: (server.address() as AddressInfo).port,
		server,
		clock,
		register,
		folder: folder.path,
		log: () => (log.flush(), readFileSync(join(folder.path, 'test.log'), 'utf8')),
	};
}

function writeAssets(folder: string): string {
	const assets = join(folder, 'client');
	mkdirSync(join(assets, '_astro'), { recursive: true });
	writeFileSync(join(assets, '_astro', 'page.B1a2CDef.css'), CSS);
	writeFileSync(join(assets, 'robots.txt'), 'User-agent: *\n');
	writeFileSync(join(assets, 'robots.txt.gz'), 'a form made by the build');
	writeFileSync(join(assets, '.secret'), 'hidden');
	return assets;
}

/** A handler that answers every address with a page that says what the handler saw. */
export const echo: AstroHandler = async (req, res, _next, locals) => {
	let body = '';
	for await (const chunk of req) body += chunk;
	res.writeHead(200, { 'content-type': 'text/html' });
	res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, clientIp: locals.clientIp, requestId: locals.requestId, body }));
};

export type Reply = { status: number; head: string; headers: Record<string, string>; body: string };

/** Sends bytes as they are and reads until the server closes, or is silent for a while. */
export function raw(port: number, text: string, quietMs = 150): Promise<string> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
		const done = () => (socket.destroy(), resolve(Buffer.concat(chunks).toString('latin1')));
		socket.setTimeout(quietMs + 350, done);
		socket.on('data', (chunk) => (chunks.push(chunk), socket.setTimeout(quietMs)));
		socket.on('close', done);
		socket.on('error', done);
	});
}

/** One request with exactly these header lines (Host is added unless given) on a connection of its own. */
export async function ask(site: Pick<Site, 'port'>, start: string, lines: string[] = [], body = ''): Promise<Reply> {
	const hasHost = lines.some((line) => /^host:/i.test(line));
	const all = [`${start} HTTP/1.1`, ...(hasHost ? [] : [`Host: ${HOST}`]), ...lines, 'Connection: close', '', body];
	return parse(await raw(site.port, all.join('\r\n')));
}

export function parse(text: string): Reply {
	const end = text.indexOf('\r\n\r\n');
	const head = text.slice(0, end);
	const headers: Record<string, string> = {};
	for (const line of head.split('\r\n').slice(1)) headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
	return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, headers, body: text.slice(end + 4) };
}

/** A form post from our own page. */
export function post(site: Pick<Site, 'port'>, path: string, body: string, lines: string[] = [`Origin: ${ORIGIN}`]): Promise<Reply> {
	const type = lines.some((line) => /^content-type:/i.test(line)) ? [] : ['Content-Type: application/x-www-form-urlencoded'];
	return ask(site, `POST ${path}`, [...type, `Content-Length: ${Buffer.byteLength(body)}`, ...lines], body);
}
