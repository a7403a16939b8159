import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const registration = sqliteTable('registration', {
	personId: text('person_id').primaryKey(),
	number: text('number').notNull(),
	sequence: integer('sequence').notNull(),
	registeredOn: text('registered_on').notNull(),
});

export const award = sqliteTable('award', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	level: text('level', { enum: ['practitioner', 'supervisor', 'trainer', 'organisation'] }).notNull(),
	kind: text('kind', { enum: ['adult', 'adolescent', 'counselling', 'bipolar', 'perinatal', 'eating', 'group'] }).notNull(),
	standardsVersion: text('standards_version').notNull(),
	awardedOn: text('awarded_on').notNull(),
	endedOn: text('ended_on'),
	endReason: text('end_reason', { enum: ['given_up', 'not_renewed', 'withdrawn'] }),
});

export const awardTerm = sqliteTable('award_term', {
	id: text('id').primaryKey(),
	awardId: text('award_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	cutReason: text('cut_reason', { enum: ['given_up', 'not_renewed', 'withdrawn'] }),
	toldToOn: text('told_to_on'),
});

export const registerOrder = sqliteTable('register_order', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	kind: text('kind', {
		enum: [
			'interim_suspension',
			'interim_conditions',
			'warning',
			'undertakings',
			'conditions',
			'suspension',
			'removal',
			'voluntary_removal',
			'award_withdrawn',
		],
	}).notNull(),
	awardId: text('award_id'),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on'),
	reviewOn: text('review_on'),
	publicText: text('public_text').notNull().default(''),
	outcome: text('outcome', { enum: ['met', 'not_met', 'revoked'] }),
	outcomeOn: text('outcome_on'),
	displayUntilOn: text('display_until_on'),
});
