import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const messageSetAside = sqliteTable('message_set_aside', {
	messageId: text('message_id').primaryKey(),
	setAsideAt: integer('set_aside_at').notNull(),
	setAsideBy: text('set_aside_by').notNull(),
	reason: text('reason').notNull(),
});

export const notSamePerson = sqliteTable(
	'not_same_person',
	{
		firstId: text('first_id').notNull(),
		secondId: text('second_id').notNull(),
		saidAt: integer('said_at').notNull(),
		saidBy: text('said_by').notNull(),
		reason: text('reason').notNull(),
	},
	(t) => [primaryKey({ columns: [t.firstId, t.secondId] })],
);
