import { existsSync } from 'node:fs';
import type { Clock } from '#core/clock.ts';
import type { Log } from '#core/log.ts';
import { buildDefaultGazetteer, type Gazetteer, gazetteerChanged, openGazetteer } from '#db/gazetteer/index.ts';

const LOOK_EVERY_MS = 1000;

/**
 * Opens the gazetteer, building the embedded one when there is none yet, and follows the file when an import swaps it.
 * The old one is left to the garbage collector: a request may still be reading it.
 * @throws Error for people when the file is damaged
 */
export function followGazetteer(file: string, clock: Clock, log: Log): () => Gazetteer {
	if (!existsSync(file)) buildDefaultGazetteer(file, { now: clock.now() });
	let current = openGazetteer(file);
	let lookedAt = performance.now();
	return () => {
		if (performance.now() - lookedAt < LOOK_EVERY_MS) return current;
		lookedAt = performance.now();
		try {
			if (gazetteerChanged(current)) current = openGazetteer(file);
		} catch (error) {
			log.error({ err: error }, 'the new gazetteer cannot be opened; the old one stays in use');
		}
		return current;
	};
}
