-- The way in without an account (src/features/complaints/key-*): somebody who has opened their concern with its case key and passphrase. It is
-- no session of a member and leads to nothing else. What they write before they send it stands in the vault, at `draft:<part>`.
CREATE TABLE concern_visit (
	-- SHA-256 of the cookie.
	id_hash TEXT PRIMARY KEY CHECK (length(id_hash) = 64),
	concern_id TEXT NOT NULL REFERENCES concern (id) ON DELETE CASCADE,
	begun_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX concern_visit_concern ON concern_visit (concern_id);
CREATE INDEX concern_visit_seen ON concern_visit (seen_at);
