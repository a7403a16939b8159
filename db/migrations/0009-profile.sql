-- The member's own side of a listing: versions for two tabs, changes that an officer looks at, monthly links about availability.

ALTER TABLE listing ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- A change to a checked part of a listing (rule set 'listing'), until an officer has looked at it.
CREATE TABLE listing_request (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	field TEXT NOT NULL CHECK (field IN ('website', 'practice_names')),
	wanted TEXT NOT NULL CHECK (json_valid(wanted)),
	asked_at INTEGER NOT NULL,
	decided_at INTEGER,
	decided_by TEXT,
	decision TEXT CHECK (decision IN ('approved', 'sent_back', 'replaced')),
	word TEXT,
	CHECK ((decided_at IS NULL) = (decision IS NULL))
) STRICT;
CREATE INDEX listing_request_person ON listing_request (person_id, field);
CREATE INDEX listing_request_open ON listing_request (asked_at) WHERE decided_at IS NULL;

-- One link a month and person, until the next one is sent.
CREATE TABLE availability_link (
	token_hash TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	month TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	withdrawn_at INTEGER,
	UNIQUE (person_id, month)
) STRICT, WITHOUT ROWID;

INSERT INTO rule_set (kind, version, from_on, data) VALUES ('listing', '2026-1', '2000-01-01', '{"checked":["website","practice_names"],"askFromDay":1,"askToDay":14}');
