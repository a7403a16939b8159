import type { Exchange } from './exchange.ts';
import type { Limits } from './limits.ts';

const EVERY_MS = 100;
/** With so few people waiting, a pause was a pause and not a crowd. */
const A_CROWD = 16;

/** Requests being rendered, bodies on their way, forms with files by address, and how late timers run. */
export type Load = { inFlight: number; receiving: number; uploads: Map<string, number>; lagMs: number };

/** Measures how late timers run, smoothed over about half a second so that one slow task does not turn people away. */
export function watchLoad(): { load: Load; stop: () => void } {
	const load: Load = { inFlight: 0, receiving: 0, uploads: new Map(), lagMs: 0 };
	let expected = performance.now() + EVERY_MS;
	const timer = setInterval(() => {
		const late = Math.max(0, performance.now() - expected);
		load.lagMs = load.lagMs * 0.7 + late * 0.3;
		expected = performance.now() + EVERY_MS;
	}, EVERY_MS).unref();
	return { load, stop: () => clearInterval(timer) };
}

/** Is it kinder to say "try again" at once than to let one more wait? */
export function isOverloaded(load: Load, limits: Limits): boolean {
	return load.inFlight >= limits.inFlight || (load.lagMs > limits.eventLoopLagMs && load.inFlight >= A_CROWD);
}

export function isReceivingTooMuch(load: Load, limits: Limits, { isUpload, clientIp }: Exchange): boolean {
	if (load.receiving >= limits.receiving) return true;
	if (!isUpload) return false;
	const all = [...load.uploads.values()].reduce((sum, n) => sum + n, 0);
	return all >= limits.uploads || (load.uploads.get(clientIp) ?? 0) >= limits.uploadsOfOne;
}

/**
 * Counts a request while it is rendered. As long as its body is on its way it counts apart: those who send slowly cannot use
 * up the places of those who read.
 * @returns to be called once when it is over
 */
export function takePlace(load: Load, { req, head, isUpload, clientIp }: Exchange): () => void {
	if (isUpload) countUpload(load, clientIp, 1);
	let place: 'inFlight' | 'receiving' = head.hasBody && !req.complete ? 'receiving' : 'inFlight';
	load[place] += 1;
	const arrived = () => {
		load[place] -= 1;
		place = 'inFlight';
		load[place] += 1;
	};
	if (place === 'receiving') req.once('end', arrived);
	return () => {
		if (isUpload) countUpload(load, clientIp, -1);
		load[place] -= 1;
		req.off('end', arrived);
	};
}

function countUpload({ uploads }: Load, clientIp: string, change: 1 | -1): void {
	const count = (uploads.get(clientIp) ?? 0) + change;
	if (count === 0) uploads.delete(clientIp);
	else uploads.set(clientIp, count);
}
