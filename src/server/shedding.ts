import type { Exchange } from './exchange.ts';
import type { Limits } from './limits.ts';

const EVERY_MS = 100;
/** With so few people waiting, a pause was a pause and not a crowd. */
const A_CROWD = 16;

/** Requests being rendered, bodies on their way, and how late timers run. */
export type Load = { inFlight: number; receiving: number; lagMs: number };

/** Measures how late timers run, smoothed over about half a second so that one slow task does not turn people away. */
export function watchLoad(): { load: Load; stop: () => void } {
	const load: Load = { inFlight: 0, receiving: 0, lagMs: 0 };
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

export function isReceivingTooMuch(load: Load, limits: Limits): boolean {
	return load.receiving >= limits.receiving;
}

/**
 * Counts a request while it is rendered. As long as its body is on its way it counts apart: those who send slowly cannot use
 * up the places of those who read.
 * @returns to be called once when it is over
 */
export function takePlace(load: Load, { req, head }: Exchange): () => void {
	let place: 'inFlight' | 'receiving' = head.hasBody && !req.complete ? 'receiving' : 'inFlight';
	load[place] += 1;
	const arrived = () => {
		load[place] -= 1;
		place = 'inFlight';
		load[place] += 1;
	};
	if (place === 'receiving') req.once('end', arrived);
	return () => {
		load[place] -= 1;
		req.off('end', arrived);
	};
}
