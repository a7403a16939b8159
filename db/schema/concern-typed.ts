import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const PARTS = ['office', 'decisions', 'rules', 'concerns', 'other'] as const;

export const concernTyped = sqliteTable('concern_typed', {
	concernId: text('concern_id').primaryKey(),
	typedBy: text('typed_by').notNull(),
	repeatKey: text('repeat_key').notNull(),
	cameOn: text('came_on').notNull(),
	keyGivenAt: integer('key_given_at'),
	openedAt: integer('opened_at'),
	confirmedHow: text('confirmed_how', { enum: ['telephone', 'letter', 'own_motion'] }),
	confirmedOn: text('confirmed_on'),
	recordedBy: text('recorded_by'),
	recordedAt: integer('recorded_at'),
	checkedBy: text('checked_by'),
	checkedAt: integer('checked_at'),
});

export const concernTypedLook = sqliteTable('concern_typed_look', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	personId: text('person_id').notNull(),
	what: text('what', { enum: ['typed', 'checked'] }).notNull(),
	at: integer('at').notNull(),
});

export const concernUnreached = sqliteTable('concern_unreached', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	notedOn: text('noted_on').notNull(),
	settledHow: text('settled_how', { enum: ['telephone', 'post', 'supporter', 'waits'] }),
	settledBy: text('settled_by'),
	settledAt: integer('settled_at'),
});

export const concernOrganisation = sqliteTable('concern_organisation', {
	concernId: text('concern_id').primaryKey(),
	part: text('part', { enum: PARTS }).notNull(),
});

export const concernOrganisationRole = sqliteTable(
	'concern_organisation_role',
	{ part: text('part', { enum: PARTS }).notNull(), role: text('role').notNull() },
	(t) => [primaryKey({ columns: [t.part, t.role] })],
);
