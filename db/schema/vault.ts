import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const vault = sqliteTable('vault', {
	id: text('id').primaryKey(),
	madeAt: integer('made_at').notNull(),
	destroyedAt: integer('destroyed_at'),
	destroyedBecause: text('destroyed_because'),
});

export const vaultKey = sqliteTable(
	'vault_key',
	{
		vaultId: text('vault_id').notNull(),
		version: integer('version').notNull(),
		wrappedBy: integer('wrapped_by').notNull(),
		wrapped: blob('wrapped').$type<Buffer>().notNull(),
		madeAt: integer('made_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.vaultId, t.version] })],
);

export const vaultText = sqliteTable(
	'vault_text',
	{
		vaultId: text('vault_id').notNull(),
		place: text('place').notNull(),
		version: integer('version').notNull(),
		sealed: blob('sealed').$type<Buffer>().notNull(),
		writtenAt: integer('written_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.vaultId, t.place] })],
);

export const vaultRotation = sqliteTable('vault_rotation', {
	wrappedBy: integer('wrapped_by').primaryKey(),
	begunAt: integer('begun_at').notNull(),
	doneAt: integer('done_at'),
	vaults: integer('vaults').notNull().default(0),
	texts: integer('texts').notNull().default(0),
});
