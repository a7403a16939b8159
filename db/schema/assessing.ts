import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const accreditationAssessor = sqliteTable('accreditation_assessor', {
	id: text('id').primaryKey(),
	applicationId: text('application_id').notNull(),
	personId: text('person_id').notNull(),
	place: integer('place').notNull(),
	isBlind: integer('is_blind').notNull().default(0),
	assignedBy: text('assigned_by').notNull(),
	assignedAt: integer('assigned_at').notNull(),
	declaredAt: integer('declared_at'),
	declared: text('declared', { enum: ['none', 'minor', 'recuse'] }),
	declaredWords: text('declared_words'),
	recommendation: text('recommendation', { enum: ['award', 'award_with_conditions', 'decline'] }),
	summary: text('summary').notNull().default(''),
	sealedAt: integer('sealed_at'),
	endedAt: integer('ended_at'),
	endReason: text('end_reason', { enum: ['recused', 'replaced', 'left', 'superseded'] }),
	version: integer('version').notNull().default(1),
});

export const accreditationMark = sqliteTable(
	'accreditation_mark',
	{
		assessorId: text('assessor_id').notNull(),
		section: text('section').notNull(),
		criterion: text('criterion').notNull(),
		mark: text('mark', { enum: ['met', 'fixable', 'declining'] }).notNull(),
		reason: text('reason'),
		words: text('words').notNull().default(''),
		changedAt: integer('changed_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.assessorId, t.section, t.criterion] })],
);

export const accreditationReconciliation = sqliteTable(
	'accreditation_reconciliation',
	{
		applicationId: text('application_id').notNull(),
		no: integer('no').notNull(),
		recommendation: text('recommendation', { enum: ['award', 'award_with_conditions', 'decline'] }).notNull(),
		words: text('words').notNull(),
		differences: text('differences').notNull(),
		writtenBy: text('written_by'),
		writtenAt: integer('written_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.applicationId, t.no] })],
);

export const accreditationReturn = sqliteTable('accreditation_return', {
	id: text('id').primaryKey(),
	applicationId: text('application_id').notNull(),
	submission: integer('submission').notNull(),
	section: text('section').notNull(),
	words: text('words').notNull(),
	dueOn: text('due_on').notNull(),
	returnedBy: text('returned_by').notNull(),
	returnedAt: integer('returned_at').notNull(),
});

export const accreditationHold = sqliteTable(
	'accreditation_hold',
	{
		applicationId: text('application_id').notNull(),
		no: integer('no').notNull(),
		words: text('words').notNull(),
		untilOn: text('until_on').notNull(),
		heldBy: text('held_by').notNull(),
		heldAt: integer('held_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.applicationId, t.no] })],
);
