-- Invoices and what was paid on them. Facts only: how an invoice stands is computed (src/features/payments/standing.ts). Money: integer pence.

CREATE TABLE invoice (
	id TEXT PRIMARY KEY,
	-- INV-2026-00001: counted per year, without gaps; an invoice is never deleted, only voided.
	number TEXT NOT NULL UNIQUE,
	year INTEGER NOT NULL,
	sequence INTEGER NOT NULL CHECK (sequence > 0),
	person_id TEXT NOT NULL REFERENCES person (id),
	purpose TEXT NOT NULL CHECK (purpose IN ('membership', 'application', 'other')),
	-- The record that it pays for, in the words of the purpose.
	subject_id TEXT NOT NULL,
	total_pence INTEGER NOT NULL CHECK (total_pence > 0),
	issued_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	issued_at INTEGER NOT NULL,
	-- When it was first paid in full: the moment at which what it pays for was granted, once.
	settled_at INTEGER,
	voided_at INTEGER,
	voided_on TEXT,
	void_reason TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	UNIQUE (year, sequence),
	CHECK ((voided_at IS NULL) = (voided_on IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX invoice_person ON invoice (person_id, issued_at);
CREATE INDEX invoice_subject ON invoice (purpose, subject_id);
CREATE INDEX invoice_open ON invoice (due_on) WHERE settled_at IS NULL AND voided_at IS NULL;
CREATE INDEX invoice_issued ON invoice (issued_on);
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'invoices are never deleted'); END;
CREATE TRIGGER invoice_fixed BEFORE UPDATE OF number, year, sequence, total_pence, issued_on, purpose ON invoice
	BEGIN SELECT RAISE(ABORT, 'an invoice that was issued is not rewritten: void it and issue another'); END;

-- A line may be negative: a concession stands as its own line.
CREATE TABLE invoice_line (
	invoice_id TEXT NOT NULL REFERENCES invoice (id),
	position INTEGER NOT NULL,
	label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
	pence INTEGER NOT NULL,
	PRIMARY KEY (invoice_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line BEGIN SELECT RAISE(ABORT, 'lines of an invoice are never changed'); END;
CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line BEGIN SELECT RAISE(ABORT, 'lines of an invoice are never deleted'); END;

-- One visit to a payment page. The amount is what was owed when it was opened.
CREATE TABLE checkout (
	id TEXT PRIMARY KEY,
	invoice_id TEXT NOT NULL REFERENCES invoice (id),
	provider TEXT NOT NULL CHECK (provider IN ('demo', 'stripe')),
	provider_reference TEXT,
	url TEXT,
	pence INTEGER NOT NULL CHECK (pence > 0),
	opened_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	-- The newest attempt that failed; trying again on the same page is allowed.
	failed_at INTEGER,
	ended_at INTEGER,
	outcome TEXT CHECK (outcome IN ('paid', 'cancelled', 'expired')),
	CHECK ((ended_at IS NULL) = (outcome IS NULL)),
	UNIQUE (provider, provider_reference)
) STRICT;
CREATE INDEX checkout_invoice ON checkout (invoice_id, opened_at);

CREATE TABLE payment (
	id TEXT PRIMARY KEY,
	invoice_id TEXT NOT NULL REFERENCES invoice (id),
	provider TEXT NOT NULL CHECK (provider IN ('offline', 'demo', 'stripe')),
	way TEXT NOT NULL CHECK (way IN ('bank_transfer', 'cheque', 'card')),
	-- What the bank statement says, the number of a cheque, or the provider's own key of the payment.
	reference TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 255),
	checkout_id TEXT REFERENCES checkout (id),
	pence INTEGER NOT NULL CHECK (pence > 0),
	received_on TEXT NOT NULL,
	recorded_at INTEGER NOT NULL,
	recorded_by TEXT NOT NULL,
	repeat_key TEXT NOT NULL UNIQUE,
	CHECK ((provider = 'offline') = (way <> 'card'))
) STRICT;
CREATE INDEX payment_invoice ON payment (invoice_id, recorded_at);
CREATE UNIQUE INDEX payment_provider_reference ON payment (provider, reference) WHERE provider <> 'offline';
CREATE INDEX payment_received ON payment (received_on);
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is a fact: refund it'); END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is a fact: refund it'); END;

CREATE TABLE refund (
	id TEXT PRIMARY KEY,
	payment_id TEXT NOT NULL REFERENCES payment (id),
	pence INTEGER NOT NULL CHECK (pence > 0),
	reason TEXT NOT NULL,
	-- What shows that the money went back: the provider's key of the refund, or the reference of our transfer.
	reference TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 255),
	refunded_on TEXT NOT NULL,
	recorded_at INTEGER NOT NULL,
	recorded_by TEXT NOT NULL,
	repeat_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX refund_payment ON refund (payment_id);
CREATE INDEX refund_reference ON refund (reference);
CREATE TRIGGER refund_no_update BEFORE UPDATE ON refund BEGIN SELECT RAISE(ABORT, 'a refund is a fact'); END;
CREATE TRIGGER refund_no_delete BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'a refund is a fact'); END;
CREATE TRIGGER refund_at_most_paid BEFORE INSERT ON refund
	WHEN NEW.pence + coalesce((SELECT sum(pence) FROM refund WHERE payment_id = NEW.payment_id), 0) > (SELECT pence FROM payment WHERE id = NEW.payment_id)
	BEGIN SELECT RAISE(ABORT, 'never more is refunded than was paid'); END;

-- What a provider told us, and what we took it for. Of what it sent, only what counts is kept: no names, no card details.
CREATE TABLE payment_event (
	id TEXT PRIMARY KEY,
	provider TEXT NOT NULL CHECK (provider IN ('offline', 'demo', 'stripe')),
	provider_event_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	happened_at INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	times_received INTEGER NOT NULL DEFAULT 1,
	invoice_id TEXT REFERENCES invoice (id),
	checkout_id TEXT REFERENCES checkout (id),
	reference TEXT,
	pence INTEGER,
	currency TEXT,
	taken_for TEXT NOT NULL CHECK (taken_for IN ('payment', 'failure', 'end', 'refund', 'nothing')),
	-- Why finance should look at it; null when all is plain.
	look TEXT,
	looked_at INTEGER,
	looked_by TEXT,
	look_note TEXT,
	UNIQUE (provider, provider_event_id),
	CHECK ((looked_at IS NULL) = (look_note IS NULL) AND (looked_at IS NULL) = (looked_by IS NULL))
) STRICT;
CREATE INDEX payment_event_look ON payment_event (received_at) WHERE look IS NOT NULL AND looked_at IS NULL;
CREATE INDEX payment_event_invoice ON payment_event (invoice_id);

-- A reduced fee, granted by the office from a day on. Days include the last.
CREATE TABLE concession (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	reason TEXT NOT NULL,
	granted_at INTEGER NOT NULL,
	granted_by TEXT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX concession_person ON concession (person_id, from_on);

-- Defaults, to be confirmed by the organisation. Pence for a year; a concession takes this many per cent off.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('fees', '2026-1', '2000-01-01',
	'{"categories":{"trainee":4500,"basic":7500,"plus":9500,"organisation":6000},"concessionPercent":50,"proRata":"months","dueDays":30}');
