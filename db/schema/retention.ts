import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const legalHold = sqliteTable('legal_hold', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	because: text('because').notNull(),
	placedBy: text('placed_by').notNull(),
	placedAt: integer('placed_at').notNull(),
	liftedBy: text('lifted_by'),
	liftedAt: integer('lifted_at'),
	liftedBecause: text('lifted_because'),
});

export const retentionConfirmation = sqliteTable(
	'retention_confirmation',
	{
		class: text('class').notNull(),
		rulesVersion: text('rules_version').notNull(),
		rowsShown: integer('rows_shown').notNull(),
		confirmedBy: text('confirmed_by').notNull(),
		confirmedAt: integer('confirmed_at').notNull(),
	},
	(table) => [primaryKey({ columns: [table.class, table.rulesVersion] })],
);

export const retentionDone = sqliteTable('retention_done', {
	id: text('id').primaryKey(),
	class: text('class').notNull(),
	rulesVersion: text('rules_version').notNull(),
	tableName: text('table_name').notNull(),
	doneOn: text('done_on').notNull(),
	rowCount: integer('row_count').notNull(),
});

export const erasure = sqliteTable('erasure', {
	id: text('id').primaryKey(),
	requestId: text('request_id').notNull(),
	personId: text('person_id').notNull(),
	planDigest: text('plan_digest').notNull(),
	proposedBy: text('proposed_by').notNull(),
	proposedAt: integer('proposed_at').notNull(),
	carriedOutBy: text('carried_out_by'),
	carriedOutAt: integer('carried_out_at'),
	rowCount: integer('row_count'),
});

export const destructionOpen = sqliteTable('destruction_open', { only: integer('only').primaryKey() });
