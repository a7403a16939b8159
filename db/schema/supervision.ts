import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const supervisionRelation = sqliteTable('supervision_relation', {
	id: text('id').primaryKey(),
	superviseeId: text('supervisee_id').notNull(),
	supervisorId: text('supervisor_id'),
	outsideName: text('outside_name'),
	outsideProfession: text('outside_profession'),
	outsideEmail: text('outside_email'),
	outsideKey: text('outside_key'),
	askedBy: text('asked_by', { enum: ['supervisee', 'supervisor'] }).notNull(),
	askedAt: integer('asked_at').notNull(),
	fromOn: text('from_on').notNull(),
	agreedAt: integer('agreed_at'),
	refusedAt: integer('refused_at'),
	endedOn: text('ended_on'),
	endedBy: text('ended_by', { enum: ['supervisee', 'supervisor'] }),
	version: integer('version').notNull().default(1),
});

export const SUPERVISION_KINDS = ['individual', 'group', 'peer'] as const;
export const SUPERVISION_MODES = ['in_person', 'video', 'telephone'] as const;
export const SUPERVISION_MATERIAL = ['none', 'live', 'recorded'] as const;

export const supervisionEntry = sqliteTable('supervision_entry', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	relationId: text('relation_id'),
	isDraft: integer('is_draft').notNull(),
	heldOn: text('held_on'),
	minutes: integer('minutes'),
	ownMinutes: integer('own_minutes'),
	kind: text('kind', { enum: SUPERVISION_KINDS }).notNull(),
	groupSize: integer('group_size'),
	mode: text('mode', { enum: SUPERVISION_MODES }).notNull(),
	material: text('material', { enum: SUPERVISION_MATERIAL }).notNull(),
	note: text('note').notNull().default(''),
	correctsId: text('corrects_id'),
	disputedAt: integer('disputed_at'),
	dispute: text('dispute'),
	confirmedAt: integer('confirmed_at'),
	confirmedBy: text('confirmed_by'),
	repeatKey: text('repeat_key').notNull(),
	createdAt: integer('created_at').notNull(),
	changedAt: integer('changed_at').notNull(),
	version: integer('version').notNull().default(1),
});

export const supervisionLink = sqliteTable('supervision_link', {
	tokenHash: text('token_hash').primaryKey(),
	purpose: text('purpose', { enum: ['agree', 'confirm'] }).notNull(),
	relationId: text('relation_id').notNull(),
	createdAt: integer('created_at').notNull(),
	sentMonth: text('sent_month').notNull(),
	expiresAt: integer('expires_at').notNull(),
	exchangeHash: text('exchange_hash'),
	exchangedAt: integer('exchanged_at'),
	usedAt: integer('used_at'),
	withdrawnAt: integer('withdrawn_at'),
});

export const cpdYear = sqliteTable('cpd_year', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	rulesVersion: text('rules_version').notNull(),
	isMet: integer('is_met').notNull(),
	explanation: text('explanation').notNull(),
	content: text('content').notNull(),
	digest: text('digest').notNull(),
	declaredAt: integer('declared_at').notNull(),
});

export const calendarFeed = sqliteTable('calendar_feed', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	tokenHash: text('token_hash').notNull(),
	createdAt: integer('created_at').notNull(),
	revokedAt: integer('revoked_at'),
});
