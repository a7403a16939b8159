import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Kinds of activity (domain.md §6.6). */
export const CPD_CATEGORIES = [
	'ipt_training_event',
	'ipt_national_meeting',
	'ipt_regional_or_sig_meeting',
	'refresher',
	'supervision_cpd',
	'trainer_cpd',
	'other_professional_training',
	'reading_research',
	'writing_publication',
	'teaching_presenting',
	'peer_group_case_discussion',
	'service_development_committee',
	'safeguarding',
	'edi',
	'personal_development',
] as const;

export const cpdGroup = sqliteTable('cpd_group', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	title: text('title').notNull(),
	every: text('every', { enum: ['week', 'month'] }).notNull(),
	minutes: integer('minutes').notNull(),
	category: text('category', { enum: CPD_CATEGORIES }).notNull(),
	isIpt: integer('is_ipt').notNull(),
	createdAt: integer('created_at').notNull(),
	endedAt: integer('ended_at'),
});

export const cpdEntry = sqliteTable('cpd_entry', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: ['activity', 'brought_forward'] }).notNull(),
	isDraft: integer('is_draft').notNull(),
	title: text('title').notNull(),
	beganOn: text('began_on'),
	doneOn: text('done_on'),
	minutes: integer('minutes'),
	category: text('category', { enum: CPD_CATEGORIES }),
	isIpt: integer('is_ipt').notNull().default(0),
	isSkills: integer('is_skills').notNull().default(0),
	iptMinutes: integer('ipt_minutes'),
	provider: text('provider').notNull().default(''),
	mode: text('mode', { enum: ['in_person', 'online', 'recorded', 'own_time'] }),
	learned: text('learned').notNull().default(''),
	changed: text('changed').notNull().default(''),
	effect: text('effect').notNull().default(''),
	groupId: text('group_id'),
	occasion: text('occasion'),
	source: text('source'),
	repeatKey: text('repeat_key').notNull(),
	createdAt: integer('created_at').notNull(),
	changedAt: integer('changed_at').notNull(),
	deletedAt: integer('deleted_at'),
	frozenAt: integer('frozen_at'),
	version: integer('version').notNull().default(1),
});

export const cpdRulesDraft = sqliteTable('cpd_rules_draft', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	basedOn: text('based_on').notNull(),
	data: text('data').notNull(),
	trial: text('trial'),
	trialOf: integer('trial_of'),
	createdAt: integer('created_at').notNull(),
	publishedAt: integer('published_at'),
	discardedAt: integer('discarded_at'),
	version: integer('version').notNull().default(1),
});
