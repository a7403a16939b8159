import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const messageSetAside = sqliteTable('message_set_aside', {
	messageId: text('message_id').primaryKey(),
	setAsideAt: integer('set_aside_at').notNull(),
	setAsideBy: text('set_aside_by').notNull(),
	reason: text('reason').notNull(),
});
