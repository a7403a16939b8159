import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STALE_MS = 10 * 60_000;

/** Runs `make` in one worker at a time: others wait for it and find its work done (`isDone`). */
export async function once(lock: string, isDone: () => boolean, make: () => Promise<void>): Promise<void> {
	// Without its folder the lock could never be taken, and a new clone would wait for ever.
	mkdirSync(dirname(lock), { recursive: true });
	while (!isDone()) {
		if (!takes(lock)) {
			await sleep(200);
			continue;
		}
		try {
			if (!isDone()) await make();
		} finally {
			rmdirSync(lock);
		}
	}
}

function takes(lock: string): boolean {
	try {
		mkdirSync(lock);
		return true;
	} catch {
		if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > STALE_MS) rmdirSync(lock);
		return false;
	}
}
