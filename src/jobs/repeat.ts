/**
 * Does `work` again and again, with a pause after each time. What it throws is its own to catch.
 * @param pause milliseconds
 * @returns stop: it does not begin again; resolves when the running one has ended
 */
export function repeat(work: () => Promise<void>, pause: number): { stop(): Promise<void> } {
	let isStopped = false;
	let running: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout;
	const next = (wait: number) => {
		timer = setTimeout(() => {
			running = work().finally(() => isStopped || next(pause));
		}, wait).unref();
	};
	next(Math.min(pause, FIRST_MS));
	return {
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}

const FIRST_MS = 1000;
