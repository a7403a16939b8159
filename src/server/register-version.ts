import type { Db } from '#db/client.ts';

/**
 * Tells kept pages when the register has changed, by this process or another.
 * @returns a function that costs about a microsecond
 */
export function registerVersion(db: Db): () => string {
	// data_version sees the commits of other connections only, total_changes this one's own only.
	const others = db.sql.prepare('PRAGMA data_version').pluck();
	const own = db.sql.prepare('SELECT total_changes()').pluck();
	return () => `${others.get()} ${own.get()}`;
}
