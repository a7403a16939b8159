import type { IncomingMessage, ServerResponse } from 'node:http';
import { safePath } from '#core/log.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { gates, type Verdict } from './gates.ts';
import { answerHealth } from './health.ts';
import { answerFromMemory, answerPage } from './pages.ts';
import { refusals } from './refusals.ts';
import { readHead } from './request-head.ts';
import { redirect, refuse } from './respond.ts';
import type { Running } from './running.ts';
import { sendStored } from './stored-body.ts';

/** Doors of Astro that we do not use, so nobody else shall. */
const CLOSED = /^\/(?:_image|_server-islands|_actions)(?:\/|$)/;

/** Answers one request. Never throws and never rejects: what goes wrong is an error page and a line in the log. */
export function answer(req: IncomingMessage, res: ServerResponse, running: Running): void {
	const startedAt = performance.now();
	endLongConnection(res);
	// Whoever leaves in the middle of a download must not end the program.
	res.on('error', () => undefined);
	const head = readHead(req.rawHeaders);
	const exchange = openExchange(req, res, head, startedAt);
	try {
		if (answerFromMemory(exchange, running)) return;
	} catch (error) {
		return fail(exchange, running, error);
	}
	res.once('close', () => logAnswer(exchange, running));
	passOn(exchange, running).catch((error: unknown) => fail(exchange, running, error));
}

function fail(exchange: Exchange, running: Running, error: unknown): void {
	running.deps.log.log.error({ request: exchange.requestId, err: error }, 'a request could not be answered');
	refuse(exchange, refusals.failed, running.isHttps);
}

/** At the limit of requests Node announces the end of the connection, but leaves it open and answers 503 from then on. */
function endLongConnection(res: ServerResponse & { maxRequestsOnConnectionReached?: boolean }): void {
	if (res.maxRequestsOnConnectionReached) res.shouldKeepAlive = false;
}

async function passOn(exchange: Exchange, running: Running): Promise<void> {
	for (const gate of gates) {
		const verdict = gate(exchange, running);
		if (verdict) return turnAway(exchange, running, verdict);
	}
	const { path } = exchange;
	if (path === '/health') return answerHealth(exchange, running);
	if (CLOSED.test(path)) return refuse(exchange, refusals.notFound, running.isHttps);
	if (await answerFile(exchange, running)) return;
	return answerPage(exchange, running);
}

function turnAway(exchange: Exchange, running: Running, verdict: NonNullable<Verdict>): void {
	if ('goTo' in verdict) redirect(exchange, verdict.status, verdict.goTo, running.isHttps);
	else refuse(exchange, verdict, running.isHttps);
}

async function answerFile(exchange: Exchange, running: Running): Promise<boolean> {
	const file = exchange.req.method === 'POST' ? undefined : running.assets.get(exchange.path);
	if (!file) {
		const isMissing = exchange.path.startsWith('/_astro/');
		if (isMissing) refuse(exchange, refusals.notFound, running.isHttps);
		return isMissing;
	}
	const sent = await sendStored(exchange.res, file, exchange.head, 0);
	exchange.bytes = sent.bytes;
	return true;
}

/** 499: the client left before it had its answer. */
function logAnswer({ req, res, requestId, startedAt, path, bytes }: Exchange, running: Running): void {
	const status = res.writableFinished ? res.statusCode : 499;
	const ms = performance.now() - startedAt;
	running.deps.log.access({ requestId, method: req.method ?? '', path: safePath(path || (req.url ?? '')), status, ms, bytes });
}
