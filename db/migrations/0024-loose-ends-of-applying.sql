-- Requests whose message came back, for the office's first page: few of many.
CREATE INDEX accreditation_request_failed ON accreditation_request (failed_at) WHERE ended_at IS NULL AND failed_at IS NOT NULL;

-- The next scale on which recordings are rated, while it is worked on; published it becomes a row of rule_set.
CREATE TABLE rating_scale_draft (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
	based_on TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	created_at INTEGER NOT NULL,
	published_at INTEGER,
	discarded_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
