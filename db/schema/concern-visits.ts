import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const concernVisit = sqliteTable('concern_visit', {
	idHash: text('id_hash').primaryKey(),
	concernId: text('concern_id').notNull(),
	begunAt: integer('begun_at').notNull(),
	seenAt: integer('seen_at').notNull(),
});
