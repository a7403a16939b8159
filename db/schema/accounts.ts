import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const account = sqliteTable('account', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	email: text('email').notNull(),
	emailKey: text('email_key').notNull(),
	passwordHash: text('password_hash'),
	passwordSetAt: integer('password_set_at'),
	totpSealed: text('totp_sealed'),
	totpLastStep: integer('totp_last_step'),
	passkeyHandle: text('passkey_handle').notNull(),
	disabledAt: integer('disabled_at'),
	disabledReason: text('disabled_reason'),
	createdAt: integer('created_at').notNull(),
	version: integer('version').notNull().default(1),
});

export const session = sqliteTable('session', {
	idHash: text('id_hash').primaryKey(),
	accountId: text('account_id').notNull(),
	createdAt: integer('created_at').notNull(),
	lastSeenAt: integer('last_seen_at').notNull(),
	provedAt: integer('proved_at').notNull(),
	level: integer('level').$type<1 | 2>().notNull(),
	method: text('method', { enum: ['password', 'totp', 'passkey', 'recovery_code', 'demonstration'] }).notNull(),
	staffRoles: text('staff_roles').notNull(),
	deviceId: text('device_id'),
	deviceLabel: text('device_label').notNull(),
});

export const device = sqliteTable('device', {
	id: text('id').primaryKey(),
	tokenHash: text('token_hash').notNull(),
	accountId: text('account_id').notNull(),
	label: text('label').notNull(),
	firstSeenAt: integer('first_seen_at').notNull(),
	lastSeenAt: integer('last_seen_at').notNull(),
});

export const passkey = sqliteTable('passkey', {
	id: text('id').primaryKey(),
	accountId: text('account_id').notNull(),
	credentialId: text('credential_id').notNull(),
	publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
	counter: integer('counter').notNull(),
	transports: text('transports').notNull(),
	isBackedUp: integer('is_backed_up').notNull(),
	label: text('label').notNull(),
	createdAt: integer('created_at').notNull(),
	lastUsedAt: integer('last_used_at'),
});

export const recoveryCode = sqliteTable('recovery_code', {
	id: text('id').primaryKey(),
	accountId: text('account_id').notNull(),
	codeHash: text('code_hash').notNull(),
	usedAt: integer('used_at'),
});

export const passkeyChallenge = sqliteTable('passkey_challenge', {
	challengeHash: text('challenge_hash').primaryKey(),
	expiresAt: integer('expires_at').notNull(),
});

export const accountLink = sqliteTable('account_link', {
	tokenHash: text('token_hash').primaryKey(),
	purpose: text('purpose', { enum: ['join', 'claim', 'reset', 'new_email', 'keep_email'] }).notNull(),
	accountId: text('account_id'),
	personId: text('person_id'),
	email: text('email'),
	emailChangeId: text('email_change_id'),
	createdAt: integer('created_at').notNull(),
	expiresAt: integer('expires_at').notNull(),
	exchangeHash: text('exchange_hash'),
	exchangedAt: integer('exchanged_at'),
	usedAt: integer('used_at'),
	withdrawnAt: integer('withdrawn_at'),
});

export const emailChange = sqliteTable('email_change', {
	id: text('id').primaryKey(),
	accountId: text('account_id').notNull(),
	oldEmail: text('old_email').notNull(),
	newEmail: text('new_email').notNull(),
	askedBy: text('asked_by', { enum: ['owner', 'staff'] }).notNull(),
	askedAt: integer('asked_at').notNull(),
	requestedBy: text('requested_by'),
	reason: text('reason'),
	secondedBy: text('seconded_by'),
	secondedAt: integer('seconded_at'),
	effectiveAt: integer('effective_at'),
	confirmedAt: integer('confirmed_at'),
	doneAt: integer('done_at'),
	cancelledAt: integer('cancelled_at'),
});

export const roleGrant = sqliteTable('role_grant', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	role: text('role', {
		enum: [
			'assessor',
			'committee',
			'auditor',
			'membership_officer',
			'complaints_officer',
			'lay_panel_member',
			'registrar',
			'finance',
			'administrator',
			'external_reviewer',
		],
	}).notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on'),
	grantedBy: text('granted_by').notNull(),
	reason: text('reason').notNull(),
});
