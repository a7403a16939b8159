-- Files are looked at by a scanner before anyone may open them, and again when it has learnt more; what is over its time goes, class by class,
-- once an officer has said so; and what someone asks to be erased goes by command, seen by two.

-- The last time a scanner came to an answer; until then nobody opens the file.
ALTER TABLE stored_file ADD COLUMN scanned_at INTEGER;
ALTER TABLE stored_file ADD COLUMN scanned_by TEXT CHECK (scanned_by IN ('none', 'clamd'));
ALTER TABLE stored_file ADD COLUMN scan_tried_at INTEGER;
-- Found to be harmful: kept sealed for whoever looks into it, opened by nobody.
ALTER TABLE stored_file ADD COLUMN quarantined_at INTEGER;
ALTER TABLE stored_file ADD COLUMN quarantine_finding TEXT CHECK ((quarantine_finding IS NULL) = (quarantined_at IS NULL));
UPDATE stored_file SET scanned_at = created_at, scanned_by = 'none';
CREATE INDEX stored_file_unscanned ON stored_file (created_at) WHERE scanned_at IS NULL AND deleted_at IS NULL;
CREATE INDEX stored_file_quarantined ON stored_file (quarantined_at) WHERE quarantined_at IS NOT NULL AND deleted_at IS NULL;

-- While one stands, nothing about that person is destroyed or erased.
CREATE TABLE legal_hold (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	because TEXT NOT NULL CHECK (length(because) BETWEEN 1 AND 2000),
	placed_by TEXT NOT NULL,
	placed_at INTEGER NOT NULL,
	lifted_by TEXT,
	lifted_at INTEGER,
	lifted_because TEXT,
	CHECK ((lifted_by IS NULL) = (lifted_at IS NULL) AND (lifted_at IS NULL) = (lifted_because IS NULL))
) STRICT;
CREATE UNIQUE INDEX legal_hold_standing ON legal_hold (person_id) WHERE lifted_at IS NULL;

-- An officer has seen what would go of one class under one version of the rules, and said that it may, from then on.
CREATE TABLE retention_confirmation (
	class TEXT NOT NULL,
	rules_version TEXT NOT NULL,
	rows_shown INTEGER NOT NULL CHECK (rows_shown >= 0),
	confirmed_by TEXT NOT NULL,
	confirmed_at INTEGER NOT NULL,
	PRIMARY KEY (class, rules_version)
) STRICT;

-- What was destroyed, in counts.
CREATE TABLE retention_done (
	id TEXT PRIMARY KEY,
	class TEXT NOT NULL,
	rules_version TEXT NOT NULL,
	table_name TEXT NOT NULL,
	done_on TEXT NOT NULL,
	row_count INTEGER NOT NULL CHECK (row_count > 0)
) STRICT;
CREATE INDEX retention_done_day ON retention_done (done_on);

-- The erasing of one person at their own request: one of the office proposes it, another carries it out.
CREATE TABLE erasure (
	id TEXT PRIMARY KEY,
	request_id TEXT NOT NULL UNIQUE REFERENCES data_request (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	-- Which plan was looked at: its digest, so that a plan that has changed is looked at again.
	plan_digest TEXT NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at INTEGER NOT NULL,
	carried_out_by TEXT,
	carried_out_at INTEGER,
	row_count INTEGER,
	CHECK ((carried_out_by IS NULL) = (carried_out_at IS NULL) AND (carried_out_at IS NULL) = (row_count IS NULL)),
	CHECK (carried_out_by IS NOT proposed_by)
) STRICT;

-- A destruction puts a row here and takes it out again in its own transaction: only then do the rules below let go.
CREATE TABLE destruction_open (only INTEGER PRIMARY KEY CHECK (only = 1)) STRICT;

DROP TRIGGER membership_application_frozen;
CREATE TRIGGER membership_application_frozen BEFORE UPDATE OF frozen, reference ON membership_application
	WHEN OLD.frozen IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was sent and agreed to is never rewritten'); END;
DROP TRIGGER supervision_relation_kept;
CREATE TRIGGER supervision_relation_kept BEFORE DELETE ON supervision_relation
	WHEN OLD.agreed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'who supervised whom is kept'); END;
DROP TRIGGER supervision_entry_kept;
CREATE TRIGGER supervision_entry_kept BEFORE DELETE ON supervision_entry
	WHEN OLD.confirmed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a confirmed session is never deleted'); END;
DROP TRIGGER supervision_entry_year_delete;
CREATE TRIGGER supervision_entry_year_delete BEFORE DELETE ON supervision_entry
	WHEN OLD.is_draft = 0 AND NOT EXISTS (SELECT 1 FROM destruction_open)
		AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = OLD.person_id AND OLD.held_on BETWEEN y.from_on AND y.to_on)
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
DROP TRIGGER cpd_year_kept;
CREATE TRIGGER cpd_year_kept BEFORE DELETE ON cpd_year WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a declared year is kept'); END;
DROP TRIGGER cpd_entry_year_delete;
CREATE TRIGGER cpd_entry_year_delete BEFORE DELETE ON cpd_entry
	WHEN OLD.frozen_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
DROP TRIGGER consent_no_delete;
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what someone agreed to is never deleted: it is withdrawn'); END;
DROP TRIGGER person_check_no_delete;
CREATE TRIGGER person_check_no_delete BEFORE DELETE ON person_check WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a check is never deleted: a newer one takes its place'); END;
DROP TRIGGER person_note_no_delete;
CREATE TRIGGER person_note_no_delete BEFORE DELETE ON person_note WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a note is never deleted: it is retracted'); END;
DROP TRIGGER payment_no_update;
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a payment is a fact: refund it'); END;
DROP TRIGGER refund_no_update;
CREATE TRIGGER refund_no_update BEFORE UPDATE ON refund WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a refund is a fact'); END;
