import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const concernFileGone = sqliteTable('concern_file_gone', {
	sealedSha256: text('sealed_sha256').primaryKey(),
	goneAt: integer('gone_at').notNull(),
});
