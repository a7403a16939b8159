import { readFileSync } from 'node:fs';
import { freeSpace } from '#core/free-space.ts';
import { jobHealth } from '#jobs/health.ts';
import type { Exchange } from './exchange.ts';
import { addBaseline, type HeaderMap } from './headers.ts';
import { sendWhole } from './respond.ts';
import type { Running } from './running.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

/** For machines that watch the site: 200 when it can serve people, 503 when not. Says nothing that is not public. */
export function answerHealth(exchange: Exchange, running: Running): void {
	const { db, gazetteer, settings } = running.deps;
	const database = succeeds(() => db.sql.prepare('SELECT count(*) FROM sqlite_schema').get());
	const places = succeeds(() => gazetteer());
	const ok = database && places && running.isOpen();
	const headers: HeaderMap = new Map([
		['content-type', 'application/json; charset=utf-8'],
		['cache-control', 'no-store'],
	]);
	// A late job is told and not a reason to take the site away from people who look for help.
	const jobs = database ? jobHealth(db, running.deps.clock.now()) : null;
	const { freeBytes, isLow } = freeSpace(settings);
	const disk = { freeMegabytes: freeBytes === null ? null : Math.floor(freeBytes / 1_048_576), takesFiles: !isLow };
	const body = JSON.stringify({ ok, version, database, gazetteer: places, disk, jobs });
	sendWhole(exchange, ok ? 200 : 503, addBaseline(headers, running.isHttps), Buffer.from(body));
}

function succeeds(work: () => unknown): boolean {
	try {
		return work() !== null;
	} catch {
		return false;
	}
}
