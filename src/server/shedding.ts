import { LIMITS } from './limits.ts';

const EVERY_MS = 100;
/** With so few people waiting, a pause was a pause and not a crowd. */
const A_CROWD = 16;

export type Load = { inFlight: number; lagMs: number };

/** Measures how late timers run, smoothed over about half a second so that one slow task does not turn people away. */
export function watchLoad(): { load: Load; stop: () => void } {
	const load: Load = { inFlight: 0, lagMs: 0 };
	let expected = performance.now() + EVERY_MS;
	const timer = setInterval(() => {
		const late = Math.max(0, performance.now() - expected);
		load.lagMs = load.lagMs * 0.7 + late * 0.3;
		expected = performance.now() + EVERY_MS;
	}, EVERY_MS).unref();
	return { load, stop: () => clearInterval(timer) };
}

/** Is it kinder to say "try again" at once than to let one more wait? */
export function isOverloaded(load: Load): boolean {
	return load.inFlight >= LIMITS.inFlight || (load.lagMs > LIMITS.eventLoopLagMs && load.inFlight >= A_CROWD);
}
