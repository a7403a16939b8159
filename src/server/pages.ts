import type { IncomingMessage } from 'node:http';
import { safePath } from '#core/log.ts';
import type { Outcome } from './capture.ts';
import type { Exchange } from './exchange.ts';
import { currentGeneration, findPage, findSpelling, type Kept, keepPage, rememberSpelling } from './page-cache.ts';
import { canonicalAddress, mayShare } from './page-key.ts';
import { refusals } from './refusals.ts';
import { finishHeaders, renderPage, sendOutcome } from './render.ts';
import type { RequestHead } from './request-head.ts';
import { refuse } from './respond.ts';
import type { Running } from './running.ts';
import { isOverloaded, isReceivingTooMuch } from './shedding.ts';
import { type Sent, sendStored, storeBody } from './stored-body.ts';

const PAGE_QUALITY = 4;

/**
 * The short way: an anonymous request for an address that went through all gates before and whose page is kept.
 * @returns false when the request has to go the long way
 */
export function answerFromMemory(exchange: Exchange, running: Running): boolean {
	const { req, res, head, requestId, startedAt } = exchange;
	if (!isAnonymousRead(req, head) || head.hosts !== 1 || !running.allowedHosts.has(head.host ?? '') || !running.isOpen()) return false;
	const now = running.deps.clock.now();
	const kept = findSpelling(running.pages, req.url ?? '', now);
	if (!kept) return false;
	const log = ({ status, bytes }: Sent) =>
		running.deps.log.access({ requestId, method: req.method ?? '', path: kept.logPath, status, bytes, ms: performance.now() - startedAt });
	const sent = sendStored(res, kept.stored, head, now);
	if (sent instanceof Promise) sent.then(log, () => res.destroy());
	else log(sent);
	return true;
}

/** Answers with a page: kept, being made for someone else at this moment, or made now. */
export async function answerPage(exchange: Exchange, running: Running): Promise<void> {
	if (!isAnonymousRead(exchange.req, exchange.head)) return answerAlone(exchange, running);
	const canonical = canonicalAddress(exchange.path, exchange.query);
	const generation = currentGeneration(running.pages, running.deps.clock.now());
	const key = `${generation} ${canonical}`;
	const kept = findPage(running.pages, canonical, running.deps.clock.now()) ?? (await running.pages.pending.get(key));
	if (kept) return sendKept(exchange, running, canonical, kept);
	if (exchange.req.method === 'HEAD' || running.pages.pending.has(key)) return answerAlone(exchange, running);
	if (isOverloaded(running.load, running.limits)) return refuse(exchange, refusals.busy, running.isHttps);
	return answerForAll(exchange, running, { canonical, generation, key });
}

async function answerAlone(exchange: Exchange, running: Running): Promise<void> {
	const isTooMuch = isOverloaded(running.load, running.limits) || (exchange.head.hasBody && isReceivingTooMuch(running.load, running.limits, exchange));
	if (isTooMuch) return refuse(exchange, refusals.busy, running.isHttps);
	return sendOutcome(exchange, running, await renderPage(exchange, running));
}

async function answerForAll(exchange: Exchange, running: Running, place: { canonical: string; generation: string; key: string }): Promise<void> {
	const { pages } = running;
	const rendering = renderPage(exchange, running);
	const sharing = rendering.then((outcome) => keepable(exchange, running, outcome)).catch(() => null);
	pages.pending.set(place.key, sharing);
	const kept = await sharing;
	pages.pending.delete(place.key);
	if (!kept) return sendOutcome(exchange, running, await rendering);
	keepPage(pages, place.canonical, kept, place.generation);
	return sendKept(exchange, running, place.canonical, kept);
}

/** A page may be kept when it says so itself, is public, and hands nobody a cookie. */
function keepable(exchange: Exchange, running: Running, outcome: Outcome): Kept | null {
	if (outcome.kind !== 'whole' || outcome.status !== 200 || outcome.headers.has('set-cookie')) return null;
	if (!String(outcome.headers.get('cache-control')).includes('public')) return null;
	if (!mayShare(String(outcome.headers.get('x-page-cache')), exchange.query)) return null;
	const headers = finishHeaders(exchange, running, outcome.headers, 200);
	const stored = storeBody(outcome.body, headers, PAGE_QUALITY, running.deps.clock.now());
	return { stored, logPath: safePath(exchange.path) };
}

async function sendKept(exchange: Exchange, running: Running, canonical: string, kept: Kept): Promise<void> {
	rememberSpelling(running.pages, exchange.req.url ?? '', canonical);
	const sent = await sendStored(exchange.res, kept.stored, exchange.head, running.deps.clock.now());
	exchange.bytes = sent.bytes;
}

function isAnonymousRead(req: IncomingMessage, head: RequestHead): boolean {
	return !head.hasCookie && !head.hasBody && (req.method === 'GET' || req.method === 'HEAD');
}
