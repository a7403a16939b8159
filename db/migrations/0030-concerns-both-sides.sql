-- Both sides of a concern: what is laid before each with what is covered in it, the therapist's replies, and terms to settle it.
-- No words here: they stand in the vault of the concern.

-- What is laid before one side: chosen by one person, checked by another, given when it was approved. The copy with what is covered stands at
-- `pack:<id>:<n>`, one for each item; what the second person said at `pack:<id>:check`.
CREATE TABLE concern_pack (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	no INTEGER NOT NULL CHECK (no > 0),
	side TEXT NOT NULL CHECK (side IN ('complainant', 'respondent')),
	made_by TEXT NOT NULL REFERENCES person (id),
	made_at INTEGER NOT NULL,
	-- Counts every change, so that nobody approves what they have not seen.
	version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
	sent_at INTEGER,
	checked_by TEXT REFERENCES person (id),
	checked_at INTEGER,
	result TEXT CHECK (result IN ('approved', 'sent_back')),
	given_by TEXT REFERENCES person (id),
	given_at INTEGER,
	given_on TEXT,
	dropped_at INTEGER,
	UNIQUE (concern_id, no),
	CHECK ((checked_by IS NULL) = (checked_at IS NULL) AND (checked_by IS NULL) = (result IS NULL)),
	CHECK (checked_by IS NULL OR checked_by <> made_by),
	CHECK (result IS NOT 'approved' OR sent_at IS NOT NULL),
	CHECK ((given_at IS NULL) = (given_on IS NULL) AND (given_at IS NULL) = (given_by IS NULL)),
	CHECK (given_at IS NULL OR result = 'approved'),
	CHECK (given_at IS NULL OR dropped_at IS NULL)
) STRICT;
CREATE INDEX concern_pack_given ON concern_pack (concern_id, side, given_at) WHERE given_at IS NOT NULL;
CREATE UNIQUE INDEX concern_pack_open ON concern_pack (concern_id, side) WHERE given_at IS NULL AND dropped_at IS NULL;
CREATE TRIGGER concern_pack_fixed BEFORE UPDATE ON concern_pack
	WHEN OLD.given_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_merge
		WHERE loser_id IN (OLD.made_by, OLD.checked_by, OLD.given_by) AND winner_id IN (NEW.made_by, NEW.checked_by, NEW.given_by))
	BEGIN SELECT RAISE(ABORT, 'what was laid before a side is never changed'); END;
CREATE TRIGGER concern_pack_kept BEFORE DELETE ON concern_pack BEGIN SELECT RAISE(ABORT, 'what was made for a side is kept'); END;

-- `source_id`: an allegation, a message, a reply or a file; null for the statement.
CREATE TABLE concern_pack_item (
	id TEXT PRIMARY KEY,
	pack_id TEXT NOT NULL REFERENCES concern_pack (id),
	n INTEGER NOT NULL CHECK (n > 0),
	kind TEXT NOT NULL CHECK (kind IN ('statement', 'allegation', 'reply', 'message', 'file')),
	source_id TEXT,
	by_person TEXT NOT NULL REFERENCES person (id),
	added_at INTEGER NOT NULL,
	UNIQUE (pack_id, n),
	CHECK ((source_id IS NULL) = (kind = 'statement'))
) STRICT;
CREATE UNIQUE INDEX concern_pack_item_once ON concern_pack_item (pack_id, kind, coalesce(source_id, ''));

-- What is covered: from which letter to which of the original, and why.
CREATE TABLE concern_pack_mark (
	id TEXT PRIMARY KEY,
	item_id TEXT NOT NULL REFERENCES concern_pack_item (id) ON DELETE CASCADE,
	from_at INTEGER NOT NULL CHECK (from_at >= 0),
	to_at INTEGER NOT NULL,
	because TEXT NOT NULL CHECK (because IN ('third_party', 'health', 'address', 'safety', 'privilege')),
	by_person TEXT NOT NULL REFERENCES person (id),
	marked_at INTEGER NOT NULL,
	CHECK (to_at > from_at)
) STRICT;
CREATE INDEX concern_pack_mark_item ON concern_pack_mark (item_id, from_at);

-- Whoever chose, covered or uncovered something in it: they never check it.
CREATE TABLE concern_pack_maker (
	pack_id TEXT NOT NULL REFERENCES concern_pack (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	PRIMARY KEY (pack_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER concern_pack_maker_kept BEFORE DELETE ON concern_pack_maker BEGIN SELECT RAISE(ABORT, 'who made it is kept'); END;
CREATE TRIGGER concern_pack_checked BEFORE UPDATE OF result ON concern_pack
	WHEN NEW.result IS NOT NULL AND (OLD.sent_at IS NULL
		OR EXISTS (SELECT 1 FROM concern_pack_maker m WHERE m.pack_id = NEW.id AND m.person_id = NEW.checked_by))
	BEGIN SELECT RAISE(ABORT, 'a second person checks it'); END;
-- Once it waits for the second person, or was approved, it stands still.
CREATE TRIGGER concern_pack_item_still BEFORE INSERT ON concern_pack_item
	WHEN EXISTS (SELECT 1 FROM concern_pack p WHERE p.id = NEW.pack_id AND p.sent_at IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'it waits for a second person, or was approved'); END;
CREATE TRIGGER concern_pack_item_gone BEFORE DELETE ON concern_pack_item
	WHEN EXISTS (SELECT 1 FROM concern_pack p WHERE p.id = OLD.pack_id AND p.sent_at IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'it waits for a second person, or was approved'); END;
CREATE TRIGGER concern_pack_mark_still BEFORE INSERT ON concern_pack_mark
	WHEN EXISTS (SELECT 1 FROM concern_pack p JOIN concern_pack_item i ON i.pack_id = p.id WHERE i.id = NEW.item_id AND p.sent_at IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'it waits for a second person, or was approved'); END;
CREATE TRIGGER concern_pack_mark_gone BEFORE DELETE ON concern_pack_mark
	WHEN EXISTS (SELECT 1 FROM concern_pack p JOIN concern_pack_item i ON i.pack_id = p.id WHERE i.id = OLD.item_id AND p.sent_at IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'it waits for a second person, or was approved'); END;

-- A document with something covered in it, of which the original stays shut.
CREATE TABLE concern_redacted_file (
	file_id TEXT PRIMARY KEY REFERENCES concern_file (id),
	original_id TEXT NOT NULL REFERENCES concern_file (id),
	because TEXT NOT NULL CHECK (because IN ('third_party', 'health', 'address', 'safety', 'privilege')),
	made_by TEXT NOT NULL REFERENCES person (id),
	made_at INTEGER NOT NULL,
	CHECK (file_id <> original_id)
) STRICT;
CREATE INDEX concern_redacted_file_original ON concern_redacted_file (original_id);

-- A reply of the therapist that was sent; its words at `reply:<no>`, those to each allegation at `reply:<no>:<allegation>`. Before that: `reply:draft`.
CREATE TABLE concern_reply (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	no INTEGER NOT NULL CHECK (no > 0),
	sent_at INTEGER NOT NULL,
	sent_on TEXT NOT NULL,
	UNIQUE (concern_id, no)
) STRICT;
CREATE TABLE concern_reply_answer (
	reply_id TEXT NOT NULL REFERENCES concern_reply (id),
	allegation_id TEXT NOT NULL REFERENCES concern_allegation (id),
	answer TEXT NOT NULL CHECK (answer IN ('admitted', 'not_admitted', 'no_answer')),
	PRIMARY KEY (reply_id, allegation_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER concern_reply_fixed BEFORE UPDATE ON concern_reply BEGIN SELECT RAISE(ABORT, 'a reply that was sent is never changed'); END;
CREATE TRIGGER concern_reply_answer_fixed BEFORE UPDATE ON concern_reply_answer BEGIN SELECT RAISE(ABORT, 'a reply that was sent is never changed'); END;

-- The therapist asks for time; pausing is the lead's. The words of both stand with the messages.
CREATE TABLE concern_time_request (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	asked_at INTEGER NOT NULL,
	answered_at INTEGER,
	answered_by TEXT REFERENCES person (id),
	result TEXT CHECK (result IN ('granted', 'not_granted')),
	CHECK ((answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (result IS NULL))
) STRICT;
CREATE UNIQUE INDEX concern_time_request_open ON concern_time_request (concern_id) WHERE answered_at IS NULL;

-- Terms on which a concern could be settled, at `proposal:settle:<id>`. Each side agrees by itself; neither sees what the other said before its own.
CREATE TABLE concern_offer (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	no INTEGER NOT NULL CHECK (no > 0),
	made_by TEXT NOT NULL REFERENCES person (id),
	made_at INTEGER NOT NULL,
	-- For how many months the therapist undertakes something; null: nothing is undertaken.
	undertaking_months INTEGER CHECK (undertaking_months BETWEEN 1 AND 36),
	complainant TEXT CHECK (complainant IN ('agreed', 'not_these', 'stop')),
	complainant_at INTEGER,
	respondent TEXT CHECK (respondent IN ('agreed', 'not_these', 'stop')),
	respondent_at INTEGER,
	-- Whose answer somebody of the office wrote down, from the telephone.
	complainant_by TEXT REFERENCES person (id),
	respondent_by TEXT REFERENCES person (id),
	ended_at INTEGER,
	UNIQUE (concern_id, no),
	CHECK ((complainant IS NULL) = (complainant_at IS NULL)),
	CHECK ((respondent IS NULL) = (respondent_at IS NULL)),
	CHECK (complainant_by IS NULL OR complainant IS NOT NULL),
	CHECK (respondent_by IS NULL OR respondent IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX concern_offer_open ON concern_offer (concern_id) WHERE ended_at IS NULL;
