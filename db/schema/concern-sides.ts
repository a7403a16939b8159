import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const REASONS = ['third_party', 'health', 'address', 'safety', 'privilege'] as const;
const ANSWERS = ['agreed', 'not_these', 'stop'] as const;

export const concernPack = sqliteTable('concern_pack', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	no: integer('no').notNull(),
	side: text('side', { enum: ['complainant', 'respondent'] }).notNull(),
	madeBy: text('made_by').notNull(),
	madeAt: integer('made_at').notNull(),
	version: integer('version').notNull().default(1),
	sentAt: integer('sent_at'),
	checkedBy: text('checked_by'),
	checkedAt: integer('checked_at'),
	result: text('result', { enum: ['approved', 'sent_back'] }),
	givenBy: text('given_by'),
	givenAt: integer('given_at'),
	givenOn: text('given_on'),
	droppedAt: integer('dropped_at'),
});

export const concernPackItem = sqliteTable('concern_pack_item', {
	id: text('id').primaryKey(),
	packId: text('pack_id').notNull(),
	n: integer('n').notNull(),
	kind: text('kind', { enum: ['statement', 'allegation', 'reply', 'message', 'file'] }).notNull(),
	sourceId: text('source_id'),
	byPerson: text('by_person').notNull(),
	addedAt: integer('added_at').notNull(),
});

export const concernPackMark = sqliteTable('concern_pack_mark', {
	id: text('id').primaryKey(),
	itemId: text('item_id').notNull(),
	fromAt: integer('from_at').notNull(),
	toAt: integer('to_at').notNull(),
	because: text('because', { enum: REASONS }).notNull(),
	byPerson: text('by_person').notNull(),
	markedAt: integer('marked_at').notNull(),
});

export const concernPackMaker = sqliteTable('concern_pack_maker', { packId: text('pack_id').notNull(), personId: text('person_id').notNull() }, (t) => [
	primaryKey({ columns: [t.packId, t.personId] }),
]);

export const concernRedactedFile = sqliteTable('concern_redacted_file', {
	fileId: text('file_id').primaryKey(),
	originalId: text('original_id').notNull(),
	because: text('because', { enum: REASONS }).notNull(),
	madeBy: text('made_by').notNull(),
	madeAt: integer('made_at').notNull(),
});

export const concernReply = sqliteTable('concern_reply', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	no: integer('no').notNull(),
	sentAt: integer('sent_at').notNull(),
	sentOn: text('sent_on').notNull(),
});

export const concernReplyAnswer = sqliteTable(
	'concern_reply_answer',
	{
		replyId: text('reply_id').notNull(),
		allegationId: text('allegation_id').notNull(),
		answer: text('answer', { enum: ['admitted', 'not_admitted', 'no_answer'] }).notNull(),
	},
	(t) => [primaryKey({ columns: [t.replyId, t.allegationId] })],
);

export const concernTimeRequest = sqliteTable('concern_time_request', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	askedAt: integer('asked_at').notNull(),
	answeredAt: integer('answered_at'),
	answeredBy: text('answered_by'),
	result: text('result', { enum: ['granted', 'not_granted'] }),
});

export const concernOffer = sqliteTable('concern_offer', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	no: integer('no').notNull(),
	madeBy: text('made_by').notNull(),
	madeAt: integer('made_at').notNull(),
	undertakingMonths: integer('undertaking_months'),
	complainant: text('complainant', { enum: ANSWERS }),
	complainantAt: integer('complainant_at'),
	respondent: text('respondent', { enum: ANSWERS }),
	respondentAt: integer('respondent_at'),
	complainantBy: text('complainant_by'),
	respondentBy: text('respondent_by'),
	endedAt: integer('ended_at'),
});
