import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const COURSE_KINDS = ['practitioner', 'adolescent', 'supervisor', 'refresher', 'counselling', 'bipolar'] as const;
export const CASE_SETTINGS = [
	'nhs_talking_therapies',
	'nhs_secondary',
	'nhs_inpatient',
	'nhs_perinatal',
	'nhs_young_people',
	'university',
	'third_sector',
	'private',
	'other',
] as const;
export const AGE_BANDS = ['under_12', '12_17', '18_24', '25_64', '65_over'] as const;
/** The four of IPT (domain.md §6.5). */
export const FOCAL_AREAS = ['grief', 'role_dispute', 'role_transition', 'interpersonal_sensitivity'] as const;
export const CASE_ENDINGS = ['completed', 'agreed_earlier', 'stopped_coming', 'referred_on', 'other'] as const;
export const CASE_DECISIONS = ['in_progress', 'passed', 'further_work', 'failed', 'discontinued'] as const;
export const SESSION_PHASES = ['early', 'middle', 'late'] as const;

export const course = sqliteTable('course', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	title: text('title').notNull(),
	provider: text('provider').notNull(),
	leadId: text('lead_id'),
	leadName: text('lead_name'),
	kind: text('kind', { enum: COURSE_KINDS }).notNull(),
	minutes: integer('minutes').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	repeatKey: text('repeat_key').notNull(),
	createdAt: integer('created_at').notNull(),
	createdBy: text('created_by').notNull(),
	version: integer('version').notNull().default(1),
});

export const courseApproval = sqliteTable('course_approval', {
	id: text('id').primaryKey(),
	courseId: text('course_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	decidedAtWords: text('decided_at_words').notNull(),
	notedBy: text('noted_by').notNull(),
	notedAt: integer('noted_at').notNull(),
	endedOn: text('ended_on'),
	endedBecause: text('ended_because'),
	endedBy: text('ended_by'),
});

export const courseAttendance = sqliteTable('course_attendance', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	courseId: text('course_id').notNull(),
	personId: text('person_id').notNull(),
	how: text('how', { enum: ['lead', 'claim'] }).notNull(),
	minutes: integer('minutes').notNull(),
	notedAt: integer('noted_at').notNull(),
	notedBy: text('noted_by').notNull(),
	outcome: text('outcome', { enum: ['confirmed', 'refused'] }),
	decidedAt: integer('decided_at'),
	decidedBy: text('decided_by'),
	reason: text('reason'),
	retractedAt: integer('retracted_at'),
	retractedBy: text('retracted_by'),
	retractedBecause: text('retracted_because'),
});

export const trainingCase = sqliteTable('training_case', {
	id: text('id').primaryKey(),
	code: text('code').notNull(),
	personId: text('person_id').notNull(),
	relationId: text('relation_id').notNull(),
	repeatKey: text('repeat_key').notNull(),
	createdAt: integer('created_at').notNull(),
	version: integer('version').notNull().default(1),
});

export const trainingCaseFacts = sqliteTable(
	'training_case_facts',
	{
		caseId: text('case_id').notNull(),
		number: integer('number').notNull(),
		setting: text('setting', { enum: CASE_SETTINGS }).notNull(),
		ageBand: text('age_band', { enum: AGE_BANDS }).notNull(),
		focalArea: text('focal_area', { enum: FOCAL_AREAS }).notNull(),
		beganOn: text('began_on').notNull(),
		endedOn: text('ended_on'),
		sessionsPlanned: integer('sessions_planned').notNull(),
		sessionsHeld: integer('sessions_held').notNull(),
		sessionsSupervised: integer('sessions_supervised').notNull(),
		recordingsMade: integer('recordings_made').notNull(),
		measures: text('measures').notNull(),
		ending: text('ending', { enum: CASE_ENDINGS }),
		note: text('note').notNull(),
		writtenAt: integer('written_at').notNull(),
	},
	(table) => [primaryKey({ columns: [table.caseId, table.number] })],
);

export const trainingRating = sqliteTable('training_rating', {
	id: text('id').primaryKey(),
	caseId: text('case_id').notNull(),
	relationId: text('relation_id').notNull(),
	sessionOn: text('session_on').notNull(),
	phase: text('phase', { enum: SESSION_PHASES }).notNull(),
	atRandom: integer('at_random').notNull(),
	scaleVersion: text('scale_version').notNull(),
	scores: text('scores').notNull(),
	ratedAt: integer('rated_at').notNull(),
	ratedBy: text('rated_by').notNull(),
	repeatKey: text('repeat_key').notNull(),
	retractedAt: integer('retracted_at'),
	retractedBecause: text('retracted_because'),
});

export const trainingReport = sqliteTable('training_report', {
	id: text('id').primaryKey(),
	caseId: text('case_id').notNull(),
	factsNumber: integer('facts_number').notNull(),
	relationId: text('relation_id').notNull(),
	decision: text('decision', { enum: CASE_DECISIONS }).notNull(),
	strengths: text('strengths').notNull(),
	concerns: text('concerns').notNull(),
	competence: text('competence').notNull(),
	conflict: text('conflict').notNull(),
	hasConflict: integer('has_conflict').notNull(),
	statement: text('statement').notNull(),
	statementVersion: text('statement_version').notNull(),
	signedName: text('signed_name').notNull(),
	signedAt: integer('signed_at').notNull(),
	signedBy: text('signed_by').notNull(),
	replacesId: text('replaces_id'),
	reason: text('reason'),
	repeatKey: text('repeat_key').notNull(),
});

export const trainingLink = sqliteTable('training_link', {
	tokenHash: text('token_hash').primaryKey(),
	caseId: text('case_id').notNull(),
	createdAt: integer('created_at').notNull(),
	expiresAt: integer('expires_at').notNull(),
	exchangeHash: text('exchange_hash'),
	exchangedAt: integer('exchanged_at'),
	usedAt: integer('used_at'),
	withdrawnAt: integer('withdrawn_at'),
});

export const trainingCaseRead = sqliteTable(
	'training_case_read',
	{
		readerId: text('reader_id').notNull(),
		caseId: text('case_id').notNull(),
		day: text('day').notNull(),
		reason: text('reason').notNull(),
	},
	(table) => [primaryKey({ columns: [table.readerId, table.caseId, table.day] })],
);

export const ratingScaleDraft = sqliteTable('rating_scale_draft', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	basedOn: text('based_on').notNull(),
	data: text('data').notNull(),
	createdAt: integer('created_at').notNull(),
	publishedAt: integer('published_at'),
	discardedAt: integer('discarded_at'),
	version: integer('version').notNull().default(1),
});
