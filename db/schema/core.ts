import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const auditEvent = sqliteTable('audit_event', {
	seq: integer('seq').primaryKey(),
	recordedAt: integer('recorded_at').notNull(),
	processId: text('process_id').notNull(),
	process: text('process').notNull(),
	kind: text('kind').notNull(),
	actor: text('actor').notNull(),
	reason: text('reason'),
	subjectType: text('subject_type').notNull(),
	subjectId: text('subject_id').notNull(),
	data: text('data').notNull(),
	personalDigest: text('personal_digest'),
	previousMac: text('previous_mac').notNull(),
	mac: text('mac').notNull(),
});

export const auditPersonal = sqliteTable('audit_personal', {
	seq: integer('seq').primaryKey(),
	salt: text('salt').notNull(),
	data: text('data').notNull(),
});

export const outbox = sqliteTable('outbox', {
	id: text('id').primaryKey(),
	kind: text('kind').notNull(),
	dedupeKey: text('dedupe_key').notNull(),
	processId: text('process_id').notNull(),
	toAddress: text('to_address'),
	subject: text('subject').notNull(),
	body: text('body'),
	createdAt: integer('created_at').notNull(),
	dueAt: integer('due_at').notNull(),
	attempts: integer('attempts').notNull().default(0),
	claimedUntil: integer('claimed_until'),
	sentAt: integer('sent_at'),
	failedAt: integer('failed_at'),
	lastError: text('last_error'),
	purgeOn: text('purge_on'),
	purgedAt: integer('purged_at'),
});

export const jobRun = sqliteTable('job_run', {
	id: text('id').primaryKey(),
	job: text('job').notNull(),
	startedAt: integer('started_at').notNull(),
	endedAt: integer('ended_at'),
	outcome: text('outcome', { enum: ['done', 'failed'] }),
	note: text('note'),
});

export const rateWindow = sqliteTable('rate_window', {
	key: text('key').primaryKey(),
	startedAt: integer('started_at').notNull(),
	hits: integer('hits').notNull(),
});

export const ruleSet = sqliteTable(
	'rule_set',
	{
		kind: text('kind').notNull(),
		version: text('version').notNull(),
		fromOn: text('from_on').notNull(),
		data: text('data').notNull(),
	},
	(t) => [primaryKey({ columns: [t.kind, t.version] })],
);

export const publicState = sqliteTable('public_state', {
	id: integer('id').primaryKey(),
	version: integer('version').notNull(),
});
