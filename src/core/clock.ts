import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the time comes from. The demonstration and the tests can move it. */
export type Clock = { now(): number };

/** A clock that can be put forward, by milliseconds. */
export type MovableClock = Clock & { forward(by: number): void };

/** The machine's own clock, in milliseconds UTC. */
export const machineClock: Clock = { now: () => Date.now() };

/** A clock that starts at `instant` and runs on with the machine's. */
export function clockFrom(instant: number): Clock {
	const offset = instant - Date.now();
	return { now: () => Date.now() + offset };
}

/** The clock of an installation: the machine's, except in demonstration mode. */
export function clockOf(settings: { demo: boolean; demoNow: number | null; dataDir: string }): Clock {
	return settings.demo ? demonstrationClock(settings) : machineClock;
}

/**
 * The clock of a demonstration: it may begin at a chosen instant, and be put forward. How far is kept in `DATA_DIR/clock-moved`, so that
 * a restart and `npm run jobs` stand on the same day.
 */
export function demonstrationClock(settings: { demoNow: number | null; dataDir: string }): MovableClock {
	const file = join(settings.dataDir, 'clock-moved');
	const began = settings.demoNow === null ? machineClock : clockFrom(settings.demoNow);
	let moved = readMoved(file);
	return {
		now: () => began.now() + moved,
		forward(by) {
			if (!(by > 0)) throw new Error('A clock is only put forward.');
			moved += by;
			writeFileSync(`${file}.new`, `${moved}\n`, { mode: 0o600 });
			renameSync(`${file}.new`, file);
		},
	};
}

function readMoved(file: string): number {
	try {
		const moved = Number(readFileSync(file, 'utf8'));
		return Number.isSafeInteger(moved) && moved > 0 ? moved : 0;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return 0;
	}
}
