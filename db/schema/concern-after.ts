import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const concernReviewDue = sqliteTable(
	'concern_review_due',
	{
		concernId: text('concern_id').notNull(),
		dueOn: text('due_on').notNull(),
		class: text('class', { enum: ['not_taken_forward', 'no_case', 'upheld', 'removed'] }).notNull(),
		markedAt: integer('marked_at').notNull(),
	},
	(table) => [primaryKey({ columns: [table.concernId, table.dueOn] })],
);

export const concernRetained = sqliteTable('concern_retained', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	untilOn: text('until_on').notNull(),
	because: text('because', { enum: ['court_or_inquiry', 'another_case', 'protects_others', 'asked_by_a_side', 'order_may_be_reviewed'] }).notNull(),
	decidedBy: text('decided_by').notNull(),
	decidedOn: text('decided_on').notNull(),
	decidedAt: integer('decided_at').notNull(),
});

export const concernLearning = sqliteTable('concern_learning', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	proposedBy: text('proposed_by').notNull(),
	proposedAt: integer('proposed_at').notNull(),
	settledBy: text('settled_by'),
	settledAt: integer('settled_at'),
	result: text('result', { enum: ['cleared', 'refused', 'taken_back'] }),
	year: integer('year'),
	words: text('words'),
});

export const concernSummary = sqliteTable('concern_summary', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	writtenBy: text('written_by').notNull(),
	writtenAt: integer('written_at').notNull(),
	checkedBy: text('checked_by'),
	checkedAt: integer('checked_at'),
	result: text('result', { enum: ['checked', 'refused'] }),
});

export const concernRoom = sqliteTable('concern_room', {
	id: text('id').primaryKey(),
	reviewerId: text('reviewer_id').notNull(),
	madeBy: text('made_by').notNull(),
	madeAt: integer('made_at').notNull(),
	fromOn: text('from_on').notNull(),
	untilOn: text('until_on').notNull(),
	seed: text('seed').notNull(),
	size: integer('size').notNull(),
	eligible: integer('eligible').notNull(),
	digest: text('digest').notNull(),
	endedAt: integer('ended_at'),
});

export const concernRoomCase = sqliteTable(
	'concern_room_case',
	{ roomId: text('room_id').notNull(), no: integer('no').notNull(), concernId: text('concern_id').notNull() },
	(table) => [primaryKey({ columns: [table.roomId, table.no] })],
);
