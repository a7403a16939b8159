-- What became of messages, and what the office did about those that reached nobody.

CREATE INDEX outbox_process ON outbox (process_id);
CREATE INDEX outbox_mailbox ON outbox (lower(to_address)) WHERE to_address IS NOT NULL;

-- A message that was given up, and about which nothing more is to be done.
CREATE TABLE message_set_aside (
	message_id TEXT PRIMARY KEY REFERENCES outbox (id),
	set_aside_at INTEGER NOT NULL,
	set_aside_by TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500)
) STRICT, WITHOUT ROWID;
