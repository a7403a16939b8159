import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const consent = sqliteTable('consent', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	purpose: text('purpose').notNull(),
	version: text('version').notNull(),
	givenAt: integer('given_at').notNull(),
	recordedBy: text('recorded_by').notNull(),
	endedAt: integer('ended_at'),
	endReason: text('end_reason', { enum: ['withdrawn', 'replaced'] }),
});

export const personCheck = sqliteTable('person_check', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: ['core_registration', 'insurance', 'record_check'] }).notNull(),
	body: text('body').notNull(),
	type: text('type', { enum: ['own', 'employer', 'basic', 'standard', 'enhanced', 'enhanced_barred', 'pvg'] }),
	reference: text('reference'),
	outcome: text('outcome', { enum: ['confirmed', 'restricted', 'not_found', 'could_not_check'] }).notNull(),
	how: text('how', { enum: ['register_page', 'document_seen', 'programme', 'told_by_body', 'declared', 'imported'] }).notNull(),
	datedOn: text('dated_on'),
	checkedOn: text('checked_on').notNull(),
	checkedBy: text('checked_by').notNull(),
	validToOn: text('valid_to_on'),
	nextCheckOn: text('next_check_on'),
	dueOn: text('due_on'),
	recordedAt: integer('recorded_at').notNull(),
	supersededAt: integer('superseded_at'),
});

export const personNote = sqliteTable('person_note', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	createdAt: integer('created_at').notNull(),
	retractedAt: integer('retracted_at'),
	retractedBy: text('retracted_by'),
	retractReason: text('retract_reason'),
	repeatKey: text('repeat_key').notNull(),
	version: integer('version').notNull().default(1),
});

export const personNoteText = sqliteTable(
	'person_note_text',
	{
		noteId: text('note_id').notNull(),
		version: integer('version').notNull(),
		text: text('text').notNull(),
		writtenAt: integer('written_at').notNull(),
		writtenBy: text('written_by').notNull(),
	},
	(t) => [primaryKey({ columns: [t.noteId, t.version] })],
);

export const letter = sqliteTable('letter', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	template: text('template').notNull(),
	way: text('way', { enum: ['mail', 'print'] }).notNull(),
	subject: text('subject').notNull(),
	body: text('body').notNull(),
	writtenAt: integer('written_at').notNull(),
	writtenBy: text('written_by').notNull(),
	repeatKey: text('repeat_key').notNull(),
});

export const personDeath = sqliteTable('person_death', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	diedOn: text('died_on').notNull(),
	evidence: text('evidence').notNull(),
	recordedAt: integer('recorded_at').notNull(),
	recordedBy: text('recorded_by').notNull(),
	confirmedAt: integer('confirmed_at'),
	confirmedBy: text('confirmed_by'),
	takenBackAt: integer('taken_back_at'),
	takenBackBy: text('taken_back_by'),
	takeBackReason: text('take_back_reason'),
	version: integer('version').notNull().default(1),
});

export const changeRequest = sqliteTable('change_request', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: ['name', 'birth_date'] }).notNull(),
	givenNames: text('given_names'),
	familyName: text('family_name'),
	fromOn: text('from_on'),
	formerIsShown: integer('former_is_shown'),
	bornOn: text('born_on'),
	evidence: text('evidence').notNull(),
	askedBy: text('asked_by').notNull(),
	askedAt: integer('asked_at').notNull(),
	state: text('state', { enum: ['asked', 'approved', 'refused', 'withdrawn'] }).notNull(),
	decidedBy: text('decided_by'),
	decidedAt: integer('decided_at'),
	decisionReason: text('decision_reason'),
	version: integer('version').notNull().default(1),
});

export const personMerge = sqliteTable('person_merge', {
	loserId: text('loser_id').primaryKey(),
	winnerId: text('winner_id').notNull(),
	mergedAt: integer('merged_at').notNull(),
	mergedBy: text('merged_by').notNull(),
	reason: text('reason').notNull(),
});

export const mergedFile = sqliteTable('merged_file', {
	fileId: text('file_id').primaryKey(),
	personId: text('person_id').notNull(),
});

export const personMergeRow = sqliteTable('person_merge_row', {
	id: integer('id').primaryKey(),
	loserId: text('loser_id').notNull(),
	tableName: text('table_name').notNull(),
	columnName: text('column_name').notNull(),
	what: text('what', { enum: ['moved', 'stayed', 'changed'] }).notNull(),
	rowBefore: text('row_before').notNull(),
});

export const registrationFormer = sqliteTable('registration_former', {
	number: text('number').primaryKey(),
	sequence: integer('sequence').notNull(),
	personId: text('person_id').notNull(),
	registeredOn: text('registered_on').notNull(),
	mergedOn: text('merged_on').notNull(),
});

export const fileRead = sqliteTable(
	'file_read',
	{
		readerId: text('reader_id').notNull(),
		personId: text('person_id').notNull(),
		day: text('day').notNull(),
	},
	(t) => [primaryKey({ columns: [t.readerId, t.personId, t.day] })],
);

export const claimInvitation = sqliteTable('claim_invitation', {
	personId: text('person_id').primaryKey(),
	invitedAt: integer('invited_at').notNull(),
	invitedBy: text('invited_by').notNull(),
});

export const personUnmerge = sqliteTable('person_unmerge', {
	id: text('id').primaryKey(),
	loserId: text('loser_id').notNull(),
	winnerId: text('winner_id').notNull(),
	mergedAt: integer('merged_at').notNull(),
	mergedBy: text('merged_by').notNull(),
	mergeReason: text('merge_reason').notNull(),
	reason: text('reason').notNull(),
	askedAt: integer('asked_at').notNull(),
	askedBy: text('asked_by').notNull(),
	doneAt: integer('done_at'),
	doneBy: text('done_by'),
	droppedAt: integer('dropped_at'),
	droppedBy: text('dropped_by'),
	version: integer('version').notNull().default(1),
});
