export type Turns = { atOnce: number; mostWaiting: number; running: number; waiting: (() => void)[] };

/** Work that must not crowd the machine: so many at once, so many that wait. */
export function openTurns(atOnce: number, mostWaiting: number): Turns {
	return { atOnce, mostWaiting, running: 0, waiting: [] };
}

/** Does `work` when its turn comes. Null at once when too many wait already. */
export async function inTurn<T>(turns: Turns, work: () => Promise<T>): Promise<T | null> {
	if (turns.running < turns.atOnce) turns.running += 1;
	else if (turns.waiting.length >= turns.mostWaiting) return null;
	else await new Promise<void>((begin) => turns.waiting.push(begin));
	try {
		return await work();
	} finally {
		const begin = turns.waiting.shift();
		if (begin) begin();
		else turns.running -= 1;
	}
}
