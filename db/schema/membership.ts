import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const person = sqliteTable('person', {
	id: text('id').primaryKey(),
	title: text('title'),
	gender: text('gender', { enum: ['woman', 'man', 'non-binary', 'another'] }),
	email: text('email'),
	phone: text('phone'),
	diedOn: text('died_on'),
	bornOn: text('born_on'),
	importKey: text('import_key'),
	createdAt: integer('created_at').notNull(),
	version: integer('version').notNull().default(1),
});

export const personName = sqliteTable('person_name', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	givenNames: text('given_names').notNull(),
	familyName: text('family_name').notNull(),
	fromOn: text('from_on'),
	toOn: text('to_on'),
	shownWhenFormer: integer('shown_when_former').notNull().default(0),
});

export const nameKey = sqliteTable(
	'name_key',
	{
		key: text('key').notNull(),
		nameId: text('name_id').notNull(),
		personId: text('person_id').notNull(),
	},
	(t) => [primaryKey({ columns: [t.key, t.nameId] })],
);

export const nameSound = sqliteTable(
	'name_sound',
	{
		sound: text('sound').notNull(),
		nameId: text('name_id').notNull(),
		personId: text('person_id').notNull(),
	},
	(t) => [primaryKey({ columns: [t.sound, t.nameId] })],
);

export const coreProfession = sqliteTable('core_profession', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	body: text('body').notNull(),
	reference: text('reference'),
	standing: text('standing', { enum: ['registered', 'restricted', 'not_found', 'could_not_check'] }).notNull(),
	checkedOn: text('checked_on'),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on'),
});

export const membershipPeriod = sqliteTable('membership_period', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	category: text('category', { enum: ['trainee', 'basic', 'plus', 'organisation'] }).notNull(),
	fromOn: text('from_on').notNull(),
	paidToOn: text('paid_to_on').notNull(),
	endedOn: text('ended_on'),
	endReason: text('end_reason', { enum: ['resigned', 'retired', 'lapsed', 'removed', 'died'] }),
	employer: text('employer'),
	purchaseId: text('purchase_id'),
});

export const membershipLeave = sqliteTable('membership_leave', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
});
