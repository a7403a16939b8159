import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const consent = sqliteTable('consent', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	purpose: text('purpose').notNull(),
	version: text('version').notNull(),
	givenAt: integer('given_at').notNull(),
	recordedBy: text('recorded_by').notNull(),
	endedAt: integer('ended_at'),
	endReason: text('end_reason', { enum: ['withdrawn', 'replaced'] }),
});
