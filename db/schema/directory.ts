import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const listing = sqliteTable('listing', {
	personId: text('person_id').primaryKey(),
	slug: text('slug').notNull(),
	about: text('about').notNull().default(''),
	website: text('website'),
	phone: text('phone'),
	feeFromPence: integer('fee_from_pence'),
	feeToPence: integer('fee_to_pence'),
	sessionMinutes: integer('session_minutes'),
	online: integer('online').notNull().default(0),
	inPerson: integer('in_person').notNull().default(0),
	enquiriesOpen: integer('enquiries_open').notNull().default(1),
	availability: text('availability', { enum: ['taking', 'waiting', 'full', 'away', 'not_said'] })
		.notNull()
		.default('not_said'),
	waitingWeeks: integer('waiting_weeks'),
	awayUntilOn: text('away_until_on'),
	availabilityConfirmedOn: text('availability_confirmed_on'),
	confirmedOn: text('confirmed_on'),
	photo: text('photo'),
	publishedOn: text('published_on'),
	withdrawnOn: text('withdrawn_on'),
	version: integer('version').notNull().default(1),
});

export const listingRequest = sqliteTable('listing_request', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	field: text('field', { enum: ['website', 'practice_names'] }).notNull(),
	wanted: text('wanted').notNull(),
	askedAt: integer('asked_at').notNull(),
	decidedAt: integer('decided_at'),
	decidedBy: text('decided_by'),
	decision: text('decision', { enum: ['approved', 'sent_back', 'replaced'] }),
	word: text('word'),
});

export const availabilityLink = sqliteTable('availability_link', {
	tokenHash: text('token_hash').primaryKey(),
	personId: text('person_id').notNull(),
	month: text('month').notNull(),
	createdAt: integer('created_at').notNull(),
	withdrawnAt: integer('withdrawn_at'),
});

export const listingFormerSlug = sqliteTable('listing_former_slug', {
	slug: text('slug').primaryKey(),
	personId: text('person_id').notNull(),
});

export const listingOption = sqliteTable(
	'listing_option',
	{
		personId: text('person_id').notNull(),
		option: text('option').notNull(),
	},
	(t) => [primaryKey({ columns: [t.personId, t.option] })],
);

export const listingConsent = sqliteTable(
	'listing_consent',
	{
		personId: text('person_id').notNull(),
		field: text('field').notNull(),
		wording: text('wording').notNull(),
		givenAt: integer('given_at').notNull(),
		withdrawnAt: integer('withdrawn_at'),
	},
	(t) => [primaryKey({ columns: [t.personId, t.field, t.givenAt] })],
);

export const practicePlace = sqliteTable('practice_place', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	position: integer('position').notNull(),
	practiceName: text('practice_name'),
	town: text('town').notNull(),
	district: text('district').notNull(),
	postcode: text('postcode'),
	nation: text('nation').notNull(),
	latitude: real('latitude').notNull(),
	longitude: real('longitude').notNull(),
	precision: text('precision', { enum: ['postcode', 'sector', 'district', 'area', 'town'] }).notNull(),
	stepFree: integer('step_free').notNull().default(0),
});

export const enquiry = sqliteTable('enquiry', {
	id: text('id').primaryKey(),
	reference: text('reference').notNull(),
	personId: text('person_id').notNull(),
	createdAt: integer('created_at').notNull(),
	senderName: text('sender_name'),
	senderEmail: text('sender_email'),
	senderPhone: text('sender_phone'),
	replyBy: text('reply_by', { enum: ['email', 'phone', 'text'] }).notNull(),
	safeTimes: text('safe_times'),
	message: text('message'),
	tokenHash: text('token_hash').notNull(),
	repeatKey: text('repeat_key').notNull(),
	answeredAt: integer('answered_at'),
	answer: text('answer', { enum: ['replied', 'cannot_help'] }),
	answerDueOn: text('answer_due_on').notNull(),
	enquirerToldAt: integer('enquirer_told_at'),
	purgeOn: text('purge_on').notNull(),
	purgedAt: integer('purged_at'),
});

export const finder = sqliteTable('finder', {
	no: integer('no').primaryKey(),
	personId: text('person_id').notNull(),
	slug: text('slug').notNull(),
	shownFromOn: text('shown_from_on').notNull(),
	shownToOn: text('shown_to_on').notNull(),
	flags: integer('flags').notNull(),
	turn: integer('turn').notNull(),
	card: text('card').notNull(),
});

export const finderKey = sqliteTable(
	'finder_key',
	{
		key: text('key').notNull(),
		no: integer('no').notNull(),
	},
	(t) => [primaryKey({ columns: [t.key, t.no] })],
);

export const finderDue = sqliteTable('finder_due', {
	personId: text('person_id').primaryKey(),
	dueOn: text('due_on').notNull(),
});
