import type { Db } from '#db/client.ts';

/**
 * Tells kept pages when what the public sees has changed, by this process or another. The number itself is read only when any
 * commit has been made at all, so that bookkeeping (a job's run, a rate limit) throws no page away.
 * @returns a function that looks once in a turn of the event loop, so that a burst of requests costs one look: a change is seen
 * by every request of the next turn
 */
export function registerVersion(db: Db): () => string {
	const look = versionReader(db);
	let current: string | null = null;
	const forget = () => {
		current = null;
	};
	return () => {
		if (current === null) {
			current = look();
			setImmediate(forget);
		}
		return current;
	};
}

function versionReader({ sql }: Db): () => string {
	// data_version sees the commits of other connections only, total_changes this one's own only.
	const others = sql.prepare('PRAGMA data_version').pluck();
	const own = sql.prepare('SELECT total_changes()').pluck();
	const version = sql.prepare('SELECT version FROM public_state').pluck();
	let seen = '';
	let current = '';
	return () => {
		const state = `${others.get()} ${own.get()}`;
		if (state !== seen) {
			seen = state;
			current = String(version.get());
		}
		return current;
	};
}
