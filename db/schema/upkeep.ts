import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sampleDraw = sqliteTable('sample_draw', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	purpose: text('purpose', { enum: ['audit', 'renewal'] }).notNull(),
	drawnOn: text('drawn_on').notNull(),
	seed: text('seed').notNull(),
	percent: integer('percent').notNull(),
	eligibleCount: integer('eligible_count').notNull(),
	drawnCount: integer('drawn_count').notNull(),
	digest: text('digest').notNull(),
	cut: text('cut'),
	drawnBy: text('drawn_by').notNull(),
	drawnAt: integer('drawn_at').notNull(),
});

export const renewal = sqliteTable('renewal', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	personId: text('person_id').notNull(),
	awardId: text('award_id').notNull(),
	termToOn: text('term_to_on').notNull(),
	route: text('route').notNull(),
	standardsVersion: text('standards_version').notNull(),
	begunAt: integer('begun_at').notNull(),
	phase: text('phase', {
		enum: ['window_open', 'submitted', 'in_assessment', 'information', 'panel', 'conditional', 'confirmed', 'refused', 'closed'],
	}).notNull(),
	dueOn: text('due_on').notNull(),
	isSampled: integer('is_sampled').notNull(),
	isDrawn: integer('is_drawn').notNull(),
	steps: integer('steps').notNull(),
});

export const renewalStep = sqliteTable(
	'renewal_step',
	{
		renewalId: text('renewal_id').notNull(),
		no: integer('no').notNull(),
		kind: text('kind', {
			enum: [
				'opened',
				'submitted',
				'drawn',
				'assigned',
				'unassigned',
				'information_requested',
				'information_answered',
				'information_overdue',
				'confirmed',
				'conditional',
				'task_met',
				'task_missed',
				'put_to_committee',
				'refused',
				'extended',
				'closed',
			],
		}).notNull(),
		at: integer('at').notNull(),
		onDay: text('on_day').notNull(),
		byPerson: text('by_person'),
		data: text('data').notNull(),
		processId: text('process_id').notNull(),
	},
	(t) => [primaryKey({ columns: [t.renewalId, t.no] })],
);

export const renewalSubmission = sqliteTable(
	'renewal_submission',
	{
		renewalId: text('renewal_id').notNull(),
		no: integer('no').notNull(),
		content: text('content').notNull(),
		declaration: text('declaration').notNull(),
		digest: text('digest').notNull(),
		submittedAt: integer('submitted_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.renewalId, t.no] })],
);

export const renewalSupport = sqliteTable('renewal_support', {
	id: text('id').primaryKey(),
	renewalId: text('renewal_id').notNull(),
	personId: text('person_id').notNull(),
	askedAt: integer('asked_at').notNull(),
	answeredAt: integer('answered_at'),
	answer: text('answer', { enum: ['supports', 'has_concerns', 'cannot_say'] }),
	words: text('words').notNull().default(''),
});

export const renewalExtension = sqliteTable('renewal_extension', {
	id: text('id').primaryKey(),
	renewalId: text('renewal_id'),
	dueFromOn: text('due_from_on'),
	dueToOn: text('due_to_on'),
	untilOn: text('until_on'),
	months: integer('months'),
	reason: text('reason').notNull(),
	publicNote: text('public_note'),
	askedBy: text('asked_by').notNull(),
	askedAt: integer('asked_at').notNull(),
	needsSecond: integer('needs_second').notNull(),
	confirmedBy: text('confirmed_by'),
	confirmedAt: integer('confirmed_at'),
	refusedAt: integer('refused_at'),
	extendedCount: integer('extended_count'),
});

export const annualDeclaration = sqliteTable('annual_declaration', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	year: integer('year').notNull(),
	wording: text('wording').notNull(),
	practises: integer('practises').notNull(),
	hasChanges: integer('has_changes').notNull(),
	changes: text('changes').notNull().default(''),
	declaredAt: integer('declared_at').notNull(),
});

export const upkeepReviewer = sqliteTable('upkeep_reviewer', {
	id: text('id').primaryKey(),
	renewalId: text('renewal_id'),
	auditId: text('audit_id'),
	personId: text('person_id').notNull(),
	place: integer('place').notNull(),
	assignedBy: text('assigned_by').notNull(),
	assignedAt: integer('assigned_at').notNull(),
	declaredAt: integer('declared_at'),
	declared: text('declared', { enum: ['none', 'minor', 'recuse'] }),
	declaredWords: text('declared_words').notNull().default(''),
	endedAt: integer('ended_at'),
	endReason: text('end_reason', { enum: ['recused', 'replaced'] }),
});

export const upkeepItem = sqliteTable('upkeep_item', {
	id: text('id').primaryKey(),
	renewalId: text('renewal_id'),
	auditId: text('audit_id'),
	kind: text('kind', { enum: ['question', 'task'] }).notNull(),
	round: integer('round').notNull(),
	words: text('words').notNull(),
	dueOn: text('due_on').notNull(),
	askedBy: text('asked_by').notNull(),
	askedAt: integer('asked_at').notNull(),
	answer: text('answer').notNull().default(''),
	answeredAt: integer('answered_at'),
	judgedBy: text('judged_by'),
	judgedAt: integer('judged_at'),
	judgement: text('judgement', { enum: ['met', 'missed'] }),
	version: integer('version').notNull().default(1),
});

export const upkeepWords = sqliteTable('upkeep_words', {
	id: text('id').primaryKey(),
	renewalId: text('renewal_id'),
	auditId: text('audit_id'),
	stepNo: integer('step_no').notNull(),
	words: text('words').notNull(),
	writtenBy: text('written_by').notNull(),
	writtenAt: integer('written_at').notNull(),
});
