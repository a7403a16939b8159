import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const FILE_PURPOSES = [
	'cpd_evidence',
	'supervision_evidence',
	'photo',
	'change_evidence',
	'application_evidence',
	'concession_evidence',
	'other',
] as const;
export const FILE_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;

export const storedFile = sqliteTable('stored_file', {
	id: text('id').primaryKey(),
	purpose: text('purpose', { enum: FILE_PURPOSES }).notNull(),
	ownerPersonId: text('owner_person_id').notNull(),
	name: text('name').notNull(),
	type: text('type', { enum: FILE_TYPES }).notNull(),
	bytes: integer('bytes').notNull(),
	sha256: text('sha256').notNull(),
	sealedSha256: text('sealed_sha256').notNull(),
	sealedAs: text('sealed_as', { enum: ['aes-256-gcm/v1'] }).notNull(),
	hints: text('hints').notNull().default('[]'),
	createdAt: integer('created_at').notNull(),
	attachedType: text('attached_type'),
	attachedId: text('attached_id'),
	attachedAt: integer('attached_at'),
	deletedAt: integer('deleted_at'),
	deletedBecause: text('deleted_because', { enum: ['owner', 'never_used', 'retention', 'erasure', 'not_in_backup'] }),
	scannedAt: integer('scanned_at'),
	scannedBy: text('scanned_by', { enum: ['none', 'clamd'] }),
	scanTriedAt: integer('scan_tried_at'),
	quarantinedAt: integer('quarantined_at'),
	quarantineFinding: text('quarantine_finding'),
});

export const dataRequest = sqliteTable('data_request', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: ['correction', 'erasure'] }).notNull(),
	said: text('said').notNull(),
	repeatKey: text('repeat_key').notNull(),
	askedAt: integer('asked_at').notNull(),
	acknowledgeByOn: text('acknowledge_by_on').notNull(),
	dueOn: text('due_on').notNull(),
	acknowledgedAt: integer('acknowledged_at'),
	extendedBecause: text('extended_because'),
	outcome: text('outcome', { enum: ['done', 'partly', 'refused', 'withdrawn'] }),
	answer: text('answer'),
	answeredAt: integer('answered_at'),
	version: integer('version').notNull().default(1),
});
