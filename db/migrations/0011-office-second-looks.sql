-- What staff ask for about somebody else's way in, or take apart again, waits for a second member of staff.

-- A change of address that staff asked for has no day until somebody else has confirmed it. What was open is asked of a second person too.
CREATE TABLE email_change_new (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	old_email TEXT NOT NULL,
	new_email TEXT NOT NULL,
	asked_by TEXT NOT NULL CHECK (asked_by IN ('owner', 'staff')),
	asked_at INTEGER NOT NULL,
	-- Who of the staff asked and why, and who confirmed it: keys of persons.
	requested_by TEXT,
	reason TEXT,
	seconded_by TEXT,
	seconded_at INTEGER,
	effective_at INTEGER,
	confirmed_at INTEGER,
	done_at INTEGER,
	cancelled_at INTEGER,
	CHECK ((seconded_by IS NULL) = (seconded_at IS NULL)),
	CHECK (seconded_by IS NULL OR (requested_by IS NOT NULL AND seconded_by <> requested_by)),
	CHECK (asked_by = 'staff' OR (effective_at IS NOT NULL AND requested_by IS NULL AND reason IS NULL))
) STRICT;
INSERT INTO email_change_new (id, account_id, old_email, new_email, asked_by, asked_at, requested_by, reason, effective_at, confirmed_at, done_at, cancelled_at)
	SELECT id, account_id, old_email, new_email, asked_by, asked_at,
		CASE asked_by WHEN 'staff' THEN (SELECT substr(e.actor, 8) FROM audit_event e JOIN account a ON a.person_id = e.subject_id
			WHERE a.id = account_id AND e.kind = 'account.email_change_asked' AND e.recorded_at = asked_at AND e.actor LIKE 'person:%') END,
		CASE asked_by WHEN 'staff' THEN (SELECT e.reason FROM audit_event e JOIN account a ON a.person_id = e.subject_id
			WHERE a.id = account_id AND e.kind = 'account.email_change_asked' AND e.recorded_at = asked_at AND e.actor LIKE 'person:%') END,
		CASE WHEN asked_by = 'owner' OR done_at IS NOT NULL OR cancelled_at IS NOT NULL THEN effective_at END, confirmed_at, done_at, cancelled_at
	FROM email_change;
-- Nobody could be told apart from the one who asked: such a change is asked for anew.
UPDATE email_change_new SET cancelled_at = asked_at WHERE asked_by = 'staff' AND requested_by IS NULL AND done_at IS NULL AND cancelled_at IS NULL;
DROP TABLE email_change;
ALTER TABLE email_change_new RENAME TO email_change;
CREATE INDEX email_change_account ON email_change (account_id);
CREATE INDEX email_change_waiting ON email_change (asked_at) WHERE asked_by = 'staff' AND effective_at IS NULL AND cancelled_at IS NULL;
CREATE TRIGGER email_change_second BEFORE UPDATE ON email_change
	WHEN NEW.asked_by = 'staff' AND NEW.seconded_by IS NULL
		AND ((NEW.effective_at IS NOT NULL AND OLD.effective_at IS NULL) OR (NEW.done_at IS NOT NULL AND OLD.done_at IS NULL))
	BEGIN SELECT RAISE(ABORT, 'a second member of staff confirms a change of address first'); END;
CREATE TRIGGER email_change_asked BEFORE INSERT ON email_change
	WHEN NEW.asked_by = 'staff' AND (NEW.requested_by IS NULL OR NEW.reason IS NULL OR NEW.effective_at IS NOT NULL OR NEW.seconded_by IS NOT NULL OR NEW.done_at IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'a change of address by staff begins with somebody who asks, and waits'); END;
CREATE TRIGGER email_change_asked_fixed BEFORE UPDATE OF requested_by, asked_by, new_email, account_id ON email_change
	BEGIN SELECT RAISE(ABORT, 'who asked for a change of address, and for which, is not rewritten'); END;
CREATE TRIGGER email_change_not_own BEFORE UPDATE OF seconded_by ON email_change
	WHEN NEW.seconded_by = (SELECT person_id FROM account WHERE id = NEW.account_id)
	BEGIN SELECT RAISE(ABORT, 'nobody confirms the change of their own address'); END;

-- What a refund of a membership fee means for the membership, as finance chose it. A refund without a row was made at the provider: nobody chose.
CREATE TABLE refund_choice (
	refund_id TEXT PRIMARY KEY REFERENCES refund (id),
	membership TEXT NOT NULL CHECK (membership IN ('stays', 'ends')),
	-- The first day without membership.
	ends_on TEXT,
	chosen_at INTEGER NOT NULL,
	chosen_by TEXT NOT NULL,
	CHECK ((membership = 'ends') = (ends_on IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER refund_choice_no_update BEFORE UPDATE ON refund_choice BEGIN SELECT RAISE(ABORT, 'what was chosen with a refund is a fact'); END;
CREATE TRIGGER refund_choice_no_delete BEFORE DELETE ON refund_choice BEGIN SELECT RAISE(ABORT, 'what was chosen with a refund is a fact'); END;

-- Fees that are being worked on. Once published they are a row of rule_set and this one only tells where it came from.
CREATE TABLE fee_draft (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
	based_on TEXT NOT NULL,
	from_on TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	created_at INTEGER NOT NULL,
	published_at INTEGER,
	discarded_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (published_at IS NULL OR discarded_at IS NULL)
) STRICT;

-- Two files that were brought together by mistake are taken apart again: asked for by one officer, done by another.
CREATE TABLE person_unmerge (
	id TEXT PRIMARY KEY,
	loser_id TEXT NOT NULL REFERENCES person (id),
	winner_id TEXT NOT NULL REFERENCES person (id),
	-- The merge that it undoes, as it stood.
	merged_at INTEGER NOT NULL,
	merged_by TEXT NOT NULL,
	merge_reason TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
	asked_at INTEGER NOT NULL,
	asked_by TEXT NOT NULL,
	done_at INTEGER,
	done_by TEXT,
	dropped_at INTEGER,
	dropped_by TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((done_at IS NULL) = (done_by IS NULL) AND (dropped_at IS NULL) = (dropped_by IS NULL)),
	CHECK (done_at IS NULL OR dropped_at IS NULL),
	CHECK (done_by IS NULL OR done_by <> asked_by),
	CHECK (loser_id <> winner_id)
) STRICT;
CREATE UNIQUE INDEX person_unmerge_open ON person_unmerge (loser_id) WHERE done_at IS NULL AND dropped_at IS NULL;
CREATE INDEX person_unmerge_winner ON person_unmerge (winner_id);
