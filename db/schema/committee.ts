import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const bankHoliday = sqliteTable('bank_holiday', {
	day: text('day').primaryKey(),
	title: text('title').notNull(),
	addedAt: integer('added_at').notNull(),
});

export const meeting = sqliteTable('meeting', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	kind: text('kind', { enum: ['ordinary', 'between', 'review'] }).notNull(),
	heldOn: text('held_on').notNull(),
	place: text('place').notNull().default(''),
	calledBy: text('called_by').notNull(),
	calledAt: integer('called_at').notNull(),
	papersOn: text('papers_on').notNull(),
	papersSentAt: integer('papers_sent_at'),
	openedAt: integer('opened_at'),
	closedAt: integer('closed_at'),
	calledOffAt: integer('called_off_at'),
	minutes: text('minutes'),
	minutesApprovedAt: integer('minutes_approved_at'),
	minutesApprovedIn: text('minutes_approved_in'),
	version: integer('version').notNull().default(1),
	shortNotice: text('short_notice'),
});

export const meetingMember = sqliteTable(
	'meeting_member',
	{
		meetingId: text('meeting_id').notNull(),
		personId: text('person_id').notNull(),
		seat: text('seat', { enum: ['chair', 'member', 'lay', 'secretary'] }).notNull(),
		attended: integer('attended'),
	},
	(t) => [primaryKey({ columns: [t.meetingId, t.personId] })],
);

export const meetingItem = sqliteTable('meeting_item', {
	id: text('id').primaryKey(),
	meetingId: text('meeting_id').notNull(),
	position: integer('position').notNull(),
	kind: text('kind', { enum: ['application', 'review', 'condition', 'audit', 'minutes', 'business'] }).notNull(),
	applicationId: text('application_id'),
	subjectId: text('subject_id'),
	title: text('title').notNull(),
	openedAt: integer('opened_at'),
	revealedAt: integer('revealed_at'),
	resolvedAt: integer('resolved_at'),
	resolution: text('resolution').notNull().default(''),
	removedAt: integer('removed_at'),
	version: integer('version').notNull().default(1),
	chairId: text('chair_id'),
	lateBecause: text('late_because'),
});

export const meetingInterest = sqliteTable(
	'meeting_interest',
	{
		itemId: text('item_id').notNull(),
		personId: text('person_id').notNull(),
		declared: text('declared', { enum: ['none', 'minor', 'recuse'] }).notNull(),
		words: text('words').notNull().default(''),
		isFound: integer('is_found').notNull().default(0),
		declaredAt: integer('declared_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.itemId, t.personId] })],
);

export const vote = sqliteTable(
	'vote',
	{
		itemId: text('item_id').notNull(),
		personId: text('person_id').notNull(),
		isCasting: integer('is_casting').notNull().default(0),
		choice: text('choice', {
			enum: ['award', 'award_with_conditions', 'decline', 'defer', 'uphold', 'quash', 'vary', 'agree', 'disagree', 'abstain'],
		}).notNull(),
		reasons: text('reasons').notNull().default('[]'),
		words: text('words').notNull().default(''),
		castAt: integer('cast_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.itemId, t.personId, t.isCasting] })],
);

export const decision = sqliteTable('decision', {
	id: text('id').primaryKey(),
	applicationId: text('application_id').notNull(),
	itemId: text('item_id').notNull(),
	outcome: text('outcome', { enum: ['awarded', 'awarded_with_conditions', 'declined', 'upheld', 'quashed', 'varied'] }).notNull(),
	reasons: text('reasons').notNull(),
	words: text('words').notNull(),
	decidedOn: text('decided_on').notNull(),
	decidedAt: integer('decided_at').notNull(),
	againFromOn: text('again_from_on'),
	awardId: text('award_id'),
	overturnedAt: integer('overturned_at'),
	overturnedBy: text('overturned_by'),
	variedTo: text('varied_to', { enum: ['awarded', 'awarded_with_conditions', 'declined'] }),
	termFromOn: text('term_from_on'),
	termToOn: text('term_to_on'),
});

export const decisionCondition = sqliteTable('decision_condition', {
	id: text('id').primaryKey(),
	decisionId: text('decision_id').notNull(),
	words: text('words').notNull(),
	dueOn: text('due_on').notNull(),
	evidence: text('evidence').notNull().default(''),
	fileId: text('file_id'),
	evidenceAt: integer('evidence_at'),
	metAt: integer('met_at'),
	missedAt: integer('missed_at'),
	judgedBy: text('judged_by'),
	version: integer('version').notNull().default(1),
	judgement: text('judgement').notNull().default(''),
});

export const decisionReview = sqliteTable('decision_review', {
	id: text('id').primaryKey(),
	applicationId: text('application_id').notNull(),
	decisionId: text('decision_id').notNull(),
	grounds: text('grounds').notNull(),
	words: text('words').notNull(),
	fileId: text('file_id'),
	requestedAt: integer('requested_at').notNull(),
});

export const meetingAdvice = sqliteTable(
	'meeting_advice',
	{
		itemId: text('item_id').notNull(),
		personId: text('person_id').notNull(),
		words: text('words').notNull(),
		writtenAt: integer('written_at').notNull(),
	},
	(t) => [primaryKey({ columns: [t.itemId, t.personId] })],
);

export const decisionUndo = sqliteTable('decision_undo', {
	id: text('id').primaryKey(),
	decisionId: text('decision_id').notNull(),
	reason: text('reason').notNull(),
	askedBy: text('asked_by').notNull(),
	askedAt: integer('asked_at').notNull(),
	confirmedBy: text('confirmed_by'),
	confirmedAt: integer('confirmed_at'),
	refusedAt: integer('refused_at'),
});

export const standardsDraft = sqliteTable('standards_draft', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	basedOn: text('based_on').notNull(),
	data: text('data').notNull(),
	createdAt: integer('created_at').notNull(),
	publishedAt: integer('published_at'),
	discardedAt: integer('discarded_at'),
	version: integer('version').notNull().default(1),
});
