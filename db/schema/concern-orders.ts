import { integer, primaryKey, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core';

export const concernOrder = sqliteTable('concern_order', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	stepNo: integer('step_no').notNull(),
	item: integer('item').notNull(),
	version: integer('version').notNull(),
	followsId: text('follows_id'),
	kind: text('kind', {
		enum: [
			'interim_suspension',
			'interim_conditions',
			'warning',
			'undertakings',
			'conditions',
			'suspension',
			'removal',
			'voluntary_removal',
			'award_withdrawn',
		],
	}).notNull(),
	awardId: text('award_id'),
	months: integer('months'),
	reviewMonths: integer('review_months'),
	publicText: text('public_text').notNull(),
	draftedBy: text('drafted_by').notNull(),
	draftedAt: integer('drafted_at').notNull(),
	checkedBy: text('checked_by'),
	checkedAt: integer('checked_at'),
	droppedAt: integer('dropped_at'),
	publishedBy: text('published_by'),
	publishedAt: integer('published_at'),
	fromOn: text('from_on'),
	toOn: text('to_on'),
	reviewOn: text('review_on'),
	displayUntilOn: text('display_until_on'),
	registerOrderId: text('register_order_id'),
	closedHow: text('closed_how', { enum: ['met', 'not_met', 'lifted', 'restored'] }),
	closedOn: text('closed_on'),
	setAsideOn: text('set_aside_on'),
});

export const concernOrderEnd = sqliteTable('concern_order_end', {
	id: text('id').primaryKey(),
	orderId: text('order_id').notNull(),
	kind: text('kind', { enum: ['met', 'not_met', 'restored'] }).notNull(),
	proposedBy: text('proposed_by').notNull(),
	proposedAt: integer('proposed_at').notNull(),
	settledBy: text('settled_by'),
	settledAt: integer('settled_at'),
	result: text('result', { enum: ['agreed', 'refused', 'taken_back'] }),
});

export const concernCondition = sqliteTable('concern_condition', {
	id: text('id').primaryKey(),
	orderId: text('order_id').notNull(),
	fromId: text('from_id'),
	no: integer('no').notNull(),
	isHealth: integer('is_health').notNull(),
	publicText: text('public_text').notNull(),
	monitorId: text('monitor_id').notNull(),
	dueOn: text('due_on'),
});

export const concernConditionAct = sqliteTable(
	'concern_condition_act',
	{
		conditionId: text('condition_id').notNull(),
		no: integer('no').notNull(),
		kind: text('kind', { enum: ['shown', 'accepted', 'not_enough', 'breach'] }).notNull(),
		at: integer('at').notNull(),
		onDay: text('on_day').notNull(),
		byPerson: text('by_person'),
		fileId: text('file_id'),
	},
	(t) => [primaryKey({ columns: [t.conditionId, t.no] })],
);

export const concernOrderNotice = sqliteTable(
	'concern_order_notice',
	{
		aboutId: text('about_id').notNull(),
		what: text('what', { enum: ['review', 'publish', 'condition', 'judge'] }).notNull(),
		onDay: text('on_day').notNull(),
	},
	(t) => [primaryKey({ columns: [t.aboutId, t.what, t.onDay] })],
);

export const publicOrderCorrection = sqliteView('public_order_correction', {
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: concernOrder.kind.enumValues }).notNull(),
	fromOn: text('from_on'),
	correctedOn: text('corrected_on'),
}).existing();
