/** Where the time comes from. The demonstration and the tests can move it. */
export type Clock = { now(): number };

/** The machine's own clock, in milliseconds UTC. */
export const machineClock: Clock = { now: () => Date.now() };

/** A clock that starts at `instant` and runs on with the machine's. */
export function clockFrom(instant: number): Clock {
	const offset = instant - Date.now();
	return { now: () => Date.now() + offset };
}

/** The clock of an installation: one that begins at a chosen instant (demonstration and tests), else the machine's. */
export function clockOf(beginning: number | null): Clock {
	return beginning === null ? machineClock : clockFrom(beginning);
}
