import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const cpdAudit = sqliteTable('cpd_audit', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	personId: text('person_id').notNull(),
	drawId: text('draw_id'),
	because: text('because'),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	begunAt: integer('begun_at').notNull(),
	phase: text('phase', {
		enum: ['selected', 'notified', 'responding', 'in_review', 'information', 'action_plan', 'satisfied', 'not_satisfied', 'referred', 'excused'],
	}).notNull(),
	dueOn: text('due_on'),
	isFinal: integer('is_final').notNull(),
	steps: integer('steps').notNull(),
});

export const cpdAuditStep = sqliteTable(
	'cpd_audit_step',
	{
		auditId: text('audit_id').notNull(),
		no: integer('no').notNull(),
		kind: text('kind', {
			enum: [
				'selected',
				'notified',
				'began',
				'submitted',
				'extended',
				'excused',
				'assigned',
				'unassigned',
				'information_requested',
				'information_answered',
				'information_overdue',
				'satisfied',
				'action_plan',
				'task_met',
				'task_missed',
				'found_short',
				'found_otherwise',
				'not_satisfied',
				'referred',
				'resolved',
			],
		}).notNull(),
		at: integer('at').notNull(),
		onDay: text('on_day').notNull(),
		byPerson: text('by_person'),
		data: text('data').notNull(),
		processId: text('process_id').notNull(),
	},
	(t) => [primaryKey({ columns: [t.auditId, t.no] })],
);

export const cpdAuditAsk = sqliteTable('cpd_audit_ask', {
	id: text('id').primaryKey(),
	auditId: text('audit_id').notNull(),
	kind: text('kind', { enum: ['time', 'excuse'] }).notNull(),
	words: text('words').notNull(),
	untilOn: text('until_on'),
	askedAt: integer('asked_at').notNull(),
	firstBy: text('first_by'),
	firstAt: integer('first_at'),
	secondBy: text('second_by'),
	decidedAt: integer('decided_at'),
	decision: text('decision', { enum: ['agreed', 'refused'] }),
	answer: text('answer').notNull().default(''),
});

export const cpdAuditDraft = sqliteTable('cpd_audit_draft', {
	auditId: text('audit_id').primaryKey(),
	words: text('words').notNull().default(''),
	version: integer('version').notNull(),
	savedAt: integer('saved_at').notNull(),
});

export const cpdAuditSay = sqliteTable(
	'cpd_audit_say',
	{
		auditId: text('audit_id').notNull(),
		no: integer('no').notNull(),
		words: text('words').notNull(),
		saidAt: integer('said_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.auditId, t.no] })],
);

export const cpdAuditAnswer = sqliteTable(
	'cpd_audit_answer',
	{
		auditId: text('audit_id').notNull(),
		no: integer('no').notNull(),
		words: text('words').notNull().default(''),
		digest: text('digest').notNull(),
		content: text('content').notNull(),
		sentAt: integer('sent_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.auditId, t.no] })],
);
