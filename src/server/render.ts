import { type Captured, capture, type Outcome } from './capture.ts';
import { bestEncoding, compress, isCompressible } from './compress.ts';
import type { ServerLocals } from './deps.ts';
import type { Exchange } from './exchange.ts';
import { addBaseline, addVary, flatHeaders, type HeaderMap, tidyHeaders } from './headers.ts';
import { withoutFullPostcodeInLocation } from './postcode-guard.ts';
import { refusals } from './refusals.ts';
import { refuse, sendWhole } from './respond.ts';
import type { Running } from './running.ts';
import { takePlace } from './shedding.ts';

const PAGE_QUALITY = 4;

/** Has Astro make the page, and waits until it is whole. */
export async function renderPage(exchange: Exchange, running: Running): Promise<Outcome> {
	const { req, res } = exchange;
	const { ended, breakOff } = capture(res, running.limits.answerMs + (exchange.isUpload ? running.limits.uploadMs : 0), (status, headers) => {
		res.writeHead(status, flatHeaders(finishHeaders(exchange, running, headers, status)));
	});
	const leave = takePlace(running.load, exchange);
	const work = async () => running.deps.handler(req, res, () => answerNotFound(exchange), localsFor(exchange, running));
	work().catch((error: unknown) => {
		running.deps.log.log.error({ request: exchange.requestId, err: error }, 'a page could not be made');
		breakOff();
	});
	const outcome = await ended;
	leave();
	return outcome;
}

/** Sends what came of a render: the page, or an error page in its place. */
export async function sendOutcome(exchange: Exchange, running: Running, outcome: Outcome): Promise<void> {
	if (outcome.kind === 'late') return refuse(exchange, refusals.tooSlow, running.isHttps);
	if (outcome.kind === 'broken') return refuse(exchange, refusals.failed, running.isHttps);
	if (outcome.kind !== 'whole') return;
	// The adapter's own bare answers: nothing of ours has run, so no page was made.
	if (!outcome.wroteHead && outcome.status === 404) return refuse(exchange, refusals.notFound, running.isHttps);
	if (!outcome.wroteHead && outcome.status >= 500) return refuse(exchange, refusals.failed, running.isHttps);
	const headers = finishHeaders(exchange, running, outcome.headers, outcome.status);
	headers.set('x-request-id', exchange.requestId);
	sendWhole(exchange, outcome.status, headers, await fittingBody(exchange, outcome, headers));
}

/** Headers as they go out. `x-page-cache` is a word between the page and us. */
export function finishHeaders(exchange: Exchange, running: Running, headers: HeaderMap, status: number): HeaderMap {
	headers.delete('x-page-cache');
	const location = headers.get('location');
	if (typeof location === 'string') headers.set('location', withoutFullPostcodeInLocation(location));
	return addBaseline(tidyHeaders(headers, status, exchange.head.hasCookie), running.isHttps);
}

/**
 * Compressed, if the client takes it and no cookie came: the length of a compressed page gives away secrets on it to
 * someone who can add text of their own (BREACH).
 */
async function fittingBody(exchange: Exchange, page: Captured, headers: HeaderMap): Promise<Buffer> {
	const isText = isCompressible(String(headers.get('content-type')), page.body.length);
	if (!isText || exchange.head.hasCookie || headers.has('content-encoding')) return page.body;
	addVary(headers, 'Accept-Encoding');
	const encoding = bestEncoding(exchange.head.acceptEncoding);
	if (encoding === 'identity' || exchange.req.method === 'HEAD') return page.body;
	headers.set('content-encoding', encoding);
	return compress(page.body, encoding, PAGE_QUALITY);
}

function localsFor(exchange: Exchange, { deps }: Running): ServerLocals {
	const { db, keys, settings, clock, travel, log, gazetteer } = deps;
	const server = {
		db,
		keys,
		settings,
		clock,
		travel,
		log: log.log,
		get gazetteer() {
			return gazetteer();
		},
	};
	return { requestId: exchange.requestId, clientIp: exchange.clientIp, server };
}

function answerNotFound({ res }: Exchange): void {
	res.statusCode = 404;
	res.end();
}
