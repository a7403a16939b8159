import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const invoice = sqliteTable('invoice', {
	id: text('id').primaryKey(),
	number: text('number').notNull(),
	year: integer('year').notNull(),
	sequence: integer('sequence').notNull(),
	personId: text('person_id').notNull(),
	purpose: text('purpose', { enum: ['membership', 'application', 'other'] }).notNull(),
	subjectId: text('subject_id').notNull(),
	totalPence: integer('total_pence').notNull(),
	issuedOn: text('issued_on').notNull(),
	dueOn: text('due_on').notNull(),
	issuedAt: integer('issued_at').notNull(),
	settledAt: integer('settled_at'),
	voidedAt: integer('voided_at'),
	voidedOn: text('voided_on'),
	voidReason: text('void_reason'),
	version: integer('version').notNull().default(1),
});

export const invoiceLine = sqliteTable(
	'invoice_line',
	{
		invoiceId: text('invoice_id').notNull(),
		position: integer('position').notNull(),
		label: text('label').notNull(),
		pence: integer('pence').notNull(),
	},
	(t) => [primaryKey({ columns: [t.invoiceId, t.position] })],
);

export const checkout = sqliteTable('checkout', {
	id: text('id').primaryKey(),
	invoiceId: text('invoice_id').notNull(),
	provider: text('provider', { enum: ['demo', 'stripe'] }).notNull(),
	providerReference: text('provider_reference'),
	url: text('url'),
	pence: integer('pence').notNull(),
	openedAt: integer('opened_at').notNull(),
	expiresAt: integer('expires_at').notNull(),
	failedAt: integer('failed_at'),
	endedAt: integer('ended_at'),
	outcome: text('outcome', { enum: ['paid', 'cancelled', 'expired'] }),
});

export const payment = sqliteTable('payment', {
	id: text('id').primaryKey(),
	invoiceId: text('invoice_id').notNull(),
	provider: text('provider', { enum: ['offline', 'demo', 'stripe'] }).notNull(),
	way: text('way', { enum: ['bank_transfer', 'cheque', 'card'] }).notNull(),
	reference: text('reference').notNull(),
	checkoutId: text('checkout_id'),
	pence: integer('pence').notNull(),
	receivedOn: text('received_on').notNull(),
	recordedAt: integer('recorded_at').notNull(),
	recordedBy: text('recorded_by').notNull(),
	repeatKey: text('repeat_key').notNull(),
});

export const refund = sqliteTable('refund', {
	id: text('id').primaryKey(),
	paymentId: text('payment_id').notNull(),
	pence: integer('pence').notNull(),
	reason: text('reason').notNull(),
	reference: text('reference').notNull(),
	refundedOn: text('refunded_on').notNull(),
	recordedAt: integer('recorded_at').notNull(),
	recordedBy: text('recorded_by').notNull(),
	repeatKey: text('repeat_key').notNull(),
});

export const paymentEvent = sqliteTable('payment_event', {
	id: text('id').primaryKey(),
	provider: text('provider', { enum: ['offline', 'demo', 'stripe'] }).notNull(),
	providerEventId: text('provider_event_id').notNull(),
	kind: text('kind').notNull(),
	happenedAt: integer('happened_at').notNull(),
	receivedAt: integer('received_at').notNull(),
	timesReceived: integer('times_received').notNull().default(1),
	invoiceId: text('invoice_id'),
	checkoutId: text('checkout_id'),
	reference: text('reference'),
	pence: integer('pence'),
	currency: text('currency'),
	takenFor: text('taken_for', { enum: ['payment', 'failure', 'end', 'refund', 'nothing'] }).notNull(),
	look: text('look'),
	lookedAt: integer('looked_at'),
	lookedBy: text('looked_by'),
	lookNote: text('look_note'),
});

export const concession = sqliteTable('concession', {
	id: text('id').primaryKey(),
	personId: text('person_id').notNull(),
	fromOn: text('from_on').notNull(),
	toOn: text('to_on').notNull(),
	reason: text('reason').notNull(),
	grantedAt: integer('granted_at').notNull(),
	grantedBy: text('granted_by').notNull(),
	version: integer('version').notNull().default(1),
});

export const refundChoice = sqliteTable('refund_choice', {
	refundId: text('refund_id').primaryKey(),
	membership: text('membership', { enum: ['stays', 'ends'] }).notNull(),
	endsOn: text('ends_on'),
	chosenAt: integer('chosen_at').notNull(),
	chosenBy: text('chosen_by').notNull(),
});

export const feeDraft = sqliteTable('fee_draft', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	basedOn: text('based_on').notNull(),
	fromOn: text('from_on').notNull(),
	data: text('data').notNull(),
	createdAt: integer('created_at').notNull(),
	publishedAt: integer('published_at'),
	discardedAt: integer('discarded_at'),
	version: integer('version').notNull().default(1),
});
