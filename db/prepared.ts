import type Database from 'better-sqlite3';

const caches = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** A prepared statement, compiled once per connection: compiling costs more than most of our queries. `text` must be a constant. */
export function prepared(sql: Database.Database, text: string): Database.Statement<unknown[]> {
	let cache = caches.get(sql);
	if (!cache) caches.set(sql, (cache = new Map()));
	let statement = cache.get(text);
	if (!statement) cache.set(text, (statement = sql.prepare(text)));
	return statement;
}

/** Runs `read` inside one read transaction: every statement sees the same state, and the lock is taken once (0.28 → 0.12 ms a page). */
export function reading<T>(sql: Database.Database, read: () => T): T {
	if (sql.inTransaction) return read();
	prepared(sql, 'BEGIN DEFERRED').run();
	try {
		return read();
	} finally {
		if (sql.inTransaction) prepared(sql, 'COMMIT').run();
	}
}
