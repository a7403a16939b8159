-- What comes after a case: how long what was said is kept, what is learned from it, and who from outside looks at how it went. Words stand in the
-- vault (0025) as everywhere; the one exception are words about what was learned, once two people have cleared them for everybody.

-- Cases whose time to be looked at has come, as the job marked them: once for each day on which it came.
CREATE TABLE concern_review_due (
	concern_id TEXT NOT NULL REFERENCES concern (id),
	due_on TEXT NOT NULL,
	class TEXT NOT NULL CHECK (class IN ('not_taken_forward', 'no_case', 'upheld', 'removed')),
	marked_at INTEGER NOT NULL,
	PRIMARY KEY (concern_id, due_on)
) STRICT, WITHOUT ROWID;

-- Kept longer than its class, until a day and for a reason that can be counted.
CREATE TABLE concern_retained (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	until_on TEXT NOT NULL,
	because TEXT NOT NULL CHECK (because IN ('court_or_inquiry', 'another_case', 'protects_others', 'asked_by_a_side', 'order_may_be_reviewed')),
	decided_by TEXT NOT NULL REFERENCES person (id),
	decided_on TEXT NOT NULL,
	decided_at INTEGER NOT NULL,
	CHECK (until_on > decided_on)
) STRICT;
CREATE INDEX concern_retained_concern ON concern_retained (concern_id, decided_at);
CREATE TRIGGER concern_retained_kept BEFORE DELETE ON concern_retained BEGIN SELECT RAISE(ABORT, 'why something was kept longer is kept'); END;
CREATE TRIGGER concern_retained_interest BEFORE INSERT ON concern_retained
	WHEN EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.decided_by)
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;

-- A hold on the case, or on anybody on file who has to do with it.
CREATE VIEW concern_held AS
	SELECT id AS concern_id FROM concern WHERE has_legal_hold = 1 AND reference IS NOT NULL
	UNION SELECT c.id FROM legal_hold h JOIN concern c ON c.respondent_id = h.person_id WHERE h.lifted_at IS NULL AND c.reference IS NOT NULL
	UNION SELECT c.id FROM legal_hold h JOIN concern c ON c.complainant_id = h.person_id WHERE h.lifted_at IS NULL AND c.reference IS NOT NULL
	UNION SELECT p.concern_id FROM legal_hold h JOIN concern_party p ON p.person_id = h.person_id WHERE h.lifted_at IS NULL;
CREATE TRIGGER concern_step_held BEFORE INSERT ON concern_step
	WHEN NEW.kind = 'destroyed' AND EXISTS (SELECT 1 FROM concern_held WHERE concern_id = NEW.concern_id)
	BEGIN SELECT RAISE(ABORT, 'a legal hold keeps everything'); END;
CREATE TRIGGER vault_held BEFORE UPDATE OF destroyed_at ON vault
	WHEN NEW.destroyed_at IS NOT NULL AND EXISTS (SELECT 1 FROM concern_held WHERE concern_id = NEW.id)
	BEGIN SELECT RAISE(ABORT, 'a legal hold keeps everything'); END;
-- What was said in a case is destroyed by two people, never by one and never by itself.
CREATE TRIGGER concern_step_destroyed_by_two BEFORE INSERT ON concern_step
	WHEN NEW.kind = 'destroyed' AND NOT EXISTS (SELECT 1 FROM concern_proposal p WHERE p.concern_id = NEW.concern_id AND p.kind = 'destroyed'
		AND p.result = 'agreed' AND p.settled_by = NEW.by_person AND p.proposed_by <> NEW.by_person)
	BEGIN SELECT RAISE(ABORT, 'two people destroy what was said'); END;
CREATE TRIGGER concern_proposal_interest BEFORE INSERT ON concern_proposal
	WHEN EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.proposed_by)
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;
-- As in 0026; once all was destroyed the sides are named no more, neither by what they opened.
DROP TRIGGER concern_read_fixed;
CREATE TRIGGER concern_read_fixed BEFORE UPDATE ON concern_read
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
		AND NOT (NEW.person_id IS NULL AND OLD.capacity IN ('complainant', 'respondent', 'supporter', 'representative', 'witness')
			AND OLD.id = NEW.id AND OLD.concern_id = NEW.concern_id AND OLD.capacity = NEW.capacity AND OLD.what = NEW.what AND OLD.at = NEW.at
			AND EXISTS (SELECT 1 FROM vault v WHERE v.id = OLD.concern_id AND v.destroyed_at IS NOT NULL))
	BEGIN SELECT RAISE(ABORT, 'who read what is never changed'); END;

-- What was learned from a case, for everybody: one writes it without anybody in it (sealed, at `learning:<id>`), another clears it.
CREATE TABLE concern_learning (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	proposed_by TEXT NOT NULL REFERENCES person (id),
	proposed_at INTEGER NOT NULL,
	settled_by TEXT REFERENCES person (id),
	settled_at INTEGER,
	result TEXT CHECK (result IN ('cleared', 'refused', 'taken_back')),
	-- The year in whose report it stands, and its words: only when it was cleared.
	year INTEGER,
	words TEXT,
	CHECK ((settled_at IS NULL) = (result IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
	CHECK (result IS NOT 'cleared' OR settled_by <> proposed_by),
	CHECK ((result IS 'cleared') = (words IS NOT NULL) AND (words IS NULL) = (year IS NULL))
) STRICT;
CREATE UNIQUE INDEX concern_learning_open ON concern_learning (concern_id) WHERE settled_at IS NULL;
CREATE INDEX concern_learning_year ON concern_learning (year) WHERE year IS NOT NULL;
CREATE TRIGGER concern_learning_settled BEFORE UPDATE OF words, year, result, concern_id ON concern_learning WHEN OLD.result IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'what was cleared is never changed'); END;

-- A case in words that name nobody, for a reviewer from outside: written by one (sealed, at `pack:summary:<id>`), checked by another.
CREATE TABLE concern_summary (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	written_by TEXT NOT NULL REFERENCES person (id),
	written_at INTEGER NOT NULL,
	checked_by TEXT REFERENCES person (id),
	checked_at INTEGER,
	result TEXT CHECK (result IN ('checked', 'refused')),
	CHECK ((checked_at IS NULL) = (result IS NULL) AND (checked_at IS NULL) = (checked_by IS NULL)),
	CHECK (checked_by IS NULL OR checked_by <> written_by)
) STRICT;
CREATE UNIQUE INDEX concern_summary_open ON concern_summary (concern_id) WHERE checked_at IS NULL;

-- A room for a reviewer from outside: a sample of closed cases, drawn by a seed that anybody can repeat it with, for thirty days at most.
CREATE TABLE concern_room (
	id TEXT PRIMARY KEY,
	reviewer_id TEXT NOT NULL REFERENCES person (id),
	made_by TEXT NOT NULL REFERENCES person (id),
	made_at INTEGER NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	seed TEXT NOT NULL CHECK (length(seed) BETWEEN 8 AND 100),
	-- How many were asked for, how many could be drawn, and SHA-256 over their references.
	size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 50),
	eligible INTEGER NOT NULL CHECK (eligible > 0),
	digest TEXT NOT NULL CHECK (length(digest) = 64),
	ended_at INTEGER,
	CHECK (until_on >= from_on AND julianday(until_on) - julianday(from_on) <= 30),
	CHECK (reviewer_id <> made_by)
) STRICT;
CREATE INDEX concern_room_reviewer ON concern_room (reviewer_id, until_on);
CREATE TABLE concern_room_case (
	room_id TEXT NOT NULL REFERENCES concern_room (id),
	no INTEGER NOT NULL CHECK (no > 0),
	concern_id TEXT NOT NULL REFERENCES concern (id),
	PRIMARY KEY (room_id, no),
	UNIQUE (room_id, concern_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX concern_room_case_concern ON concern_room_case (concern_id);
CREATE TRIGGER concern_room_case_closed BEFORE INSERT ON concern_room_case
	WHEN NOT EXISTS (SELECT 1 FROM concern WHERE id = NEW.concern_id AND phase = 'closed')
	BEGIN SELECT RAISE(ABORT, 'only closed cases are looked at from outside'); END;
CREATE TRIGGER concern_room_case_interest BEFORE INSERT ON concern_room_case
	WHEN EXISTS (SELECT 1 FROM concern_room r JOIN concern_interest i ON i.concern_id = NEW.concern_id AND i.other_id IN (r.reviewer_id, r.made_by)
		WHERE r.id = NEW.room_id)
	BEGIN SELECT RAISE(ABORT, 'nobody looks at a concern of their own circle'); END;
