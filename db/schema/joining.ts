import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const CATEGORIES = ['trainee', 'basic', 'plus', 'organisation'] as const;

export const membershipApplication = sqliteTable('membership_application', {
	id: text('id').primaryKey(),
	reference: text('reference'),
	personId: text('person_id').notNull(),
	state: text('state', {
		enum: ['draft', 'submitted', 'more_wanted', 'decline_proposed', 'admitted', 'joined', 'declined', 'withdrawn', 'closed'],
	}).notNull(),
	answers: text('answers').notNull(),
	frozen: text('frozen'),
	begunOn: text('begun_on').notNull(),
	touchedOn: text('touched_on').notNull(),
	submittedOn: text('submitted_on'),
	submittedAt: integer('submitted_at'),
	promisedDays: integer('promised_days'),
	pausedOn: text('paused_on'),
	pausedDays: integer('paused_days').notNull().default(0),
	removedMatch: text('removed_match', { enum: ['none', 'name', 'name_and_birth'] })
		.notNull()
		.default('none'),
	question: text('question'),
	reply: text('reply'),
	declineReason: text('decline_reason'),
	proposedBy: text('proposed_by'),
	decidedBy: text('decided_by'),
	decidedAt: integer('decided_at'),
	version: integer('version').notNull().default(1),
});

export const membershipPurchase = sqliteTable('membership_purchase', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: ['join', 'renew', 'rejoin', 'grade'] }).notNull(),
	category: text('category', { enum: CATEGORIES }).notNull(),
	employer: text('employer'),
	periodId: text('period_id'),
	applicationId: text('application_id'),
	invoiceId: text('invoice_id'),
	askedOn: text('asked_on').notNull(),
	doneOn: text('done_on'),
	cancelledOn: text('cancelled_on'),
});

export const membershipCredit = sqliteTable('membership_credit', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	pence: integer('pence').notNull(),
	purchaseId: text('purchase_id').notNull(),
	enteredOn: text('entered_on').notNull(),
});

export const membershipLeaveRequest = sqliteTable('membership_leave_request', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	reason: text('reason').notNull(),
	state: text('state', { enum: ['asked', 'approved', 'refused', 'withdrawn'] }).notNull(),
	askedAt: integer('asked_at').notNull(),
	decidedBy: text('decided_by'),
	decidedAt: integer('decided_at'),
	decisionReason: text('decision_reason'),
	version: integer('version').notNull().default(1),
});

export const membershipResignation = sqliteTable('membership_resignation', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: ['resigned', 'retired'] }).notNull(),
	leavesOn: text('leaves_on').notNull(),
	askedAt: integer('asked_at').notNull(),
	heldOn: text('held_on'),
	releasedOn: text('released_on'),
	withdrawnOn: text('withdrawn_on'),
	effectiveOn: text('effective_on'),
});

export const removedPerson = sqliteTable('removed_person', {
	matchHash: text('match_hash').primaryKey(),
	kind: text('kind', { enum: ['name', 'name_and_birth'] }).notNull(),
	keptSinceOn: text('kept_since_on').notNull(),
});
