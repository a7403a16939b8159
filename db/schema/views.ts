import { integer, real, sqliteView, text } from 'drizzle-orm/sqlite-core';
import { listing, practicePlace } from './directory.ts';
import { coreProfession, membershipPeriod, person } from './membership.ts';
import { award, registerOrder } from './register.ts';

// What the public side may read (db/migrations). The closed lists are those of the tables behind the views.

export const publicRegister = sqliteView('public_register', {
	number: text('number').notNull(),
	sequence: integer('sequence').notNull(),
	registeredOn: text('registered_on').notNull(),
	personId: text('person_id').notNull(),
	title: text('title'),
	diedOn: text('died_on'),
	givenNames: text('given_names').notNull(),
	familyName: text('family_name').notNull(),
}).existing();

export const publicName = sqliteView('public_name', {
	id: text('id').notNull(),
	personId: text('person_id').notNull(),
	givenNames: text('given_names').notNull(),
	familyName: text('family_name').notNull(),
	fromOn: text('from_on'),
	toOn: text('to_on'),
}).existing();

export const publicNameKey = sqliteView('public_name_key', {
	key: text('key').notNull(),
	nameId: text('name_id').notNull(),
	personId: text('person_id').notNull(),
}).existing();

export const publicNameSound = sqliteView('public_name_sound', {
	sound: text('sound').notNull(),
	nameId: text('name_id').notNull(),
	personId: text('person_id').notNull(),
}).existing();

export const publicMembership = sqliteView('public_membership', {
	personId: text('person_id').notNull(),
	category: text('category', { enum: membershipPeriod.category.enumValues }).notNull(),
	fromOn: text('from_on').notNull(),
	paidToOn: text('paid_to_on').notNull(),
	endedOn: text('ended_on'),
	endReason: text('end_reason', { enum: membershipPeriod.endReason.enumValues }),
}).existing();

export const publicLeave = sqliteView('public_leave', {
	personId: text('person_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
}).existing();

export const publicAward = sqliteView('public_award', {
	id: text('id').notNull(),
	personId: text('person_id').notNull(),
	level: text('level', { enum: award.level.enumValues }).notNull(),
	kind: text('kind', { enum: award.kind.enumValues }).notNull(),
	awardedOn: text('awarded_on').notNull(),
	endedOn: text('ended_on'),
	endReason: text('end_reason', { enum: award.endReason.enumValues }),
}).existing();

export const publicAwardTerm = sqliteView('public_award_term', {
	awardId: text('award_id').notNull(),
	personId: text('person_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	cutReason: text('cut_reason', { enum: award.endReason.enumValues }),
	toldToOn: text('told_to_on'),
}).existing();

export const publicOrder = sqliteView('public_order', {
	id: text('id').notNull(),
	personId: text('person_id').notNull(),
	kind: text('kind', { enum: registerOrder.kind.enumValues }).notNull(),
	awardId: text('award_id'),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on'),
	reviewOn: text('review_on'),
	publicText: text('public_text').notNull(),
	outcome: text('outcome', { enum: registerOrder.outcome.enumValues }),
	outcomeOn: text('outcome_on'),
	displayUntilOn: text('display_until_on'),
}).existing();

export const publicCoreProfession = sqliteView('public_core_profession', {
	personId: text('person_id').notNull(),
	body: text('body').notNull(),
	standing: text('standing', { enum: coreProfession.standing.enumValues }).notNull(),
	checkedOn: text('checked_on'),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on'),
}).existing();

export const publicConsent = sqliteView('public_consent', {
	personId: text('person_id').notNull(),
	field: text('field').notNull(),
}).existing();

export const publicListing = sqliteView('public_listing', {
	personId: text('person_id').notNull(),
	slug: text('slug').notNull(),
	online: integer('online', { mode: 'boolean' }).notNull(),
	inPerson: integer('in_person', { mode: 'boolean' }).notNull(),
	enquiriesOpen: integer('enquiries_open', { mode: 'boolean' }).notNull(),
	sessionMinutes: integer('session_minutes'),
	confirmedOn: text('confirmed_on'),
	publishedOn: text('published_on').notNull(),
	withdrawnOn: text('withdrawn_on'),
	gender: text('gender', { enum: person.gender.enumValues }),
	about: text('about').notNull(),
	website: text('website'),
	phone: text('phone'),
	photo: text('photo'),
	feeFromPence: integer('fee_from_pence'),
	feeToPence: integer('fee_to_pence'),
	availability: text('availability', { enum: listing.availability.enumValues }).notNull(),
	waitingWeeks: integer('waiting_weeks'),
	awayUntilOn: text('away_until_on'),
	availabilityConfirmedOn: text('availability_confirmed_on'),
}).existing();

/** A number that was merged into another, and the number it leads to. */
export const publicFormerNumber = sqliteView('public_former_number', {
	former: text('former').notNull(),
	number: text('number').notNull(),
}).existing();

export const publicFormerSlug = sqliteView('public_former_slug', {
	slug: text('slug').notNull(),
	personId: text('person_id').notNull(),
}).existing();

export const publicListingOption = sqliteView('public_listing_option', {
	personId: text('person_id').notNull(),
	option: text('option').notNull(),
}).existing();

export const publicPlace = sqliteView('public_place', {
	personId: text('person_id').notNull(),
	position: integer('position').notNull(),
	town: text('town').notNull(),
	district: text('district').notNull(),
	nation: text('nation').notNull(),
	latitude: real('latitude').notNull(),
	longitude: real('longitude').notNull(),
	precision: text('precision', { enum: practicePlace.precision.enumValues }).notNull(),
	stepFree: integer('step_free', { mode: 'boolean' }).notNull(),
	practiceName: text('practice_name'),
}).existing();

/** Who holds which role from when to when (the last day included, null: open). Staff roles are granted; `member` and `trainee` follow from the membership. */
export const roleHeld = sqliteView('role_held', {
	personId: text('person_id').notNull(),
	role: text('role').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on'),
}).existing();

/** What people are to each other, found from the record: `otherId` is the supervisor, supervisee or colleague of `personId`. */
export const interest = sqliteView('interest', {
	personId: text('person_id').notNull(),
	otherId: text('other_id').notNull(),
	reason: text('reason').notNull(),
}).existing();

/** What stands between somebody and a concern, found from the record. */
export const concernInterest = sqliteView('concern_interest', {
	concernId: text('concern_id').notNull(),
	otherId: text('other_id').notNull(),
	reason: text('reason').notNull(),
}).existing();

/** Cases that a hold keeps, on them or on anybody in them. */
export const concernHeld = sqliteView('concern_held', { concernId: text('concern_id').notNull() }).existing();

export const standingFile = sqliteView('standing_file', {
	fileId: text('file_id').notNull(),
	personId: text('person_id').notNull(),
}).existing();
