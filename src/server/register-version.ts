import type { Db } from '#db/client.ts';

/**
 * Tells kept pages when what the public sees has changed, by this process or another. The number itself is read only when any
 * commit has been made at all, so that bookkeeping (a job's run, a rate limit) throws no page away.
 * @returns a function that costs about a microsecond
 */
export function registerVersion(db: Db): () => string {
	// data_version sees the commits of other connections only, total_changes this one's own only.
	const others = db.sql.prepare('PRAGMA data_version').pluck();
	const own = db.sql.prepare('SELECT total_changes()').pluck();
	const version = db.sql.prepare('SELECT version FROM public_state').pluck();
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
