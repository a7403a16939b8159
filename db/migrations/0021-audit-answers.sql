-- What a member has written for an audit and not sent yet: nobody else reads it.
CREATE TABLE cpd_audit_draft (
	audit_id TEXT PRIMARY KEY REFERENCES cpd_audit (id),
	words TEXT NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
	version INTEGER NOT NULL CHECK (version > 0),
	saved_at INTEGER NOT NULL
) STRICT;

-- What a member says to a view of two auditors, or to a referral, before anything follows from it.
CREATE TABLE cpd_audit_say (
	audit_id TEXT NOT NULL REFERENCES cpd_audit (id),
	no INTEGER NOT NULL CHECK (no > 0),
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
	said_at INTEGER NOT NULL,
	PRIMARY KEY (audit_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cpd_audit_say_fixed BEFORE UPDATE ON cpd_audit_say WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END;
