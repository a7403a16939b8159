import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const concernPanel = sqliteTable('concern_panel', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	no: integer('no').notNull(),
	kind: text('kind', { enum: ['screening', 'interim', 'hearing', 'health', 'appeal'] }).notNull(),
	rulesVersion: text('rules_version').notNull(),
	sitsOn: text('sits_on').notNull(),
	composedBy: text('composed_by').notNull(),
	composedAt: integer('composed_at').notNull(),
	decidedAt: integer('decided_at'),
	dissolvedAt: integer('dissolved_at'),
});

export const concernPanelSeat = sqliteTable('concern_panel_seat', {
	id: text('id').primaryKey(),
	panelId: text('panel_id').notNull(),
	personId: text('person_id').notNull(),
	accessId: text('access_id').notNull(),
	role: text('role', { enum: ['chair', 'member', 'adviser'] }).notNull(),
	isLay: integer('is_lay').notNull(),
	seatedOn: text('seated_on').notNull(),
});

export const concernPanelRound = sqliteTable('concern_panel_round', {
	id: text('id').primaryKey(),
	panelId: text('panel_id').notNull(),
	no: integer('no').notNull(),
	kind: text('kind', { enum: ['prospect', 'way', 'interim', 'interim_review', 'facts', 'breach', 'sanction', 'leave', 'filter', 'appeal'] }).notNull(),
	motion: text('motion').notNull(),
	present: text('present').notNull(),
	openedBy: text('opened_by').notNull(),
	openedAt: integer('opened_at').notNull(),
	countedAt: integer('counted_at'),
	counts: text('counts'),
	carried: text('carried'),
});

export const concernPanelVote = sqliteTable(
	'concern_panel_vote',
	{
		roundId: text('round_id').notNull(),
		seatId: text('seat_id').notNull(),
		isCasting: integer('is_casting').notNull(),
		castAt: integer('cast_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.roundId, t.seatId, t.isCasting] })],
);

export const concernInterimRequest = sqliteTable('concern_interim_request', {
	id: text('id').primaryKey(),
	concernId: text('concern_id').notNull(),
	askedBy: text('asked_by').notNull(),
	askedOn: text('asked_on').notNull(),
	askedAt: integer('asked_at').notNull(),
	settledBy: text('settled_by'),
	settledAt: integer('settled_at'),
	result: text('result', { enum: ['agreed', 'refused', 'taken_back'] }),
});
