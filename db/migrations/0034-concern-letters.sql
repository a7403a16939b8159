-- Letters to the sides of a concern, and bundles for its panels (src/features/complaints/letter-*, bundle-*). Words of a letter stand in the vault of
-- the concern at `letter:<id>`; what was sent, and every bundle, is a sealed document of the concern (0028).

-- A letter tells one side of one step. Drafted, read by a second person where the rules ask for two, sent once and never changed.
CREATE TABLE concern_letter (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	step_no INTEGER NOT NULL,
	side TEXT NOT NULL CHECK (side IN ('complainant', 'respondent')),
	needs_two INTEGER NOT NULL CHECK (needs_two IN (0, 1)),
	-- Counts every change of its words, so that nobody approves or sends what they have not seen.
	version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
	made_by TEXT NOT NULL REFERENCES person (id),
	made_at INTEGER NOT NULL,
	-- Whoever wrote its words last.
	changed_by TEXT NOT NULL REFERENCES person (id),
	changed_at INTEGER NOT NULL,
	approved_by TEXT REFERENCES person (id),
	approved_at INTEGER,
	-- `message`: kept in the lane of the side, which is told that something waits; `post`: kept there too, and printed.
	way TEXT CHECK (way IN ('message', 'post')),
	sent_by TEXT REFERENCES person (id),
	sent_at INTEGER,
	sent_on TEXT,
	file_id TEXT REFERENCES concern_file (id),
	dropped_at INTEGER,
	FOREIGN KEY (concern_id, step_no) REFERENCES concern_step (concern_id, no),
	CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
	CHECK ((sent_at IS NULL) = (sent_by IS NULL) AND (sent_at IS NULL) = (way IS NULL) AND (sent_at IS NULL) = (file_id IS NULL)
		AND (sent_at IS NULL) = (sent_on IS NULL)),
	CHECK (sent_at IS NULL OR dropped_at IS NULL),
	CHECK (sent_at IS NULL OR needs_two = 0 OR approved_at IS NOT NULL)
) STRICT;
CREATE INDEX concern_letter_concern ON concern_letter (concern_id, made_at);
-- One draft at a time for one side about one step.
CREATE UNIQUE INDEX concern_letter_open ON concern_letter (concern_id, step_no, side) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE TRIGGER concern_letter_fixed BEFORE UPDATE OF id, concern_id, step_no, side, needs_two, made_at ON concern_letter
	BEGIN SELECT RAISE(ABORT, 'a letter stays what it is about'); END;
CREATE TRIGGER concern_letter_sent BEFORE UPDATE ON concern_letter
	WHEN OLD.sent_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id IN (OLD.made_by, OLD.changed_by, OLD.approved_by, OLD.sent_by)
		AND winner_id IN (NEW.made_by, NEW.changed_by, NEW.approved_by, NEW.sent_by))
	BEGIN SELECT RAISE(ABORT, 'a letter that was sent is never changed'); END;
CREATE TRIGGER concern_letter_kept BEFORE DELETE ON concern_letter BEGIN SELECT RAISE(ABORT, 'that there was a letter is kept'); END;
-- Nobody approves their own words.
CREATE TRIGGER concern_letter_approved BEFORE UPDATE OF approved_by ON concern_letter
	WHEN NEW.approved_by IS NOT NULL AND OLD.approved_by IS NULL AND NEW.approved_by = NEW.changed_by
	BEGIN SELECT RAISE(ABORT, 'a second person approves a letter'); END;
CREATE TRIGGER concern_letter_interest BEFORE INSERT ON concern_letter
	WHEN EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.made_by)
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;

-- What a panel reads, in one document. Made in a thread of its own; a later one is a new version, and the old are kept.
CREATE TABLE concern_bundle (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	purpose TEXT NOT NULL CHECK (purpose IN ('screening', 'interim', 'hearing', 'health', 'appeal')),
	version INTEGER NOT NULL CHECK (version > 0),
	-- Which messages and documents go in: their keys, in order. How many steps there were: what came later is not in it.
	chosen TEXT NOT NULL CHECK (json_valid(chosen)),
	steps INTEGER NOT NULL CHECK (steps > 0),
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	-- How far it is: documents done, of how many. `begun_at`: of the last try.
	begun_at INTEGER,
	done INTEGER NOT NULL DEFAULT 0 CHECK (done >= 0),
	total INTEGER NOT NULL CHECK (total >= 0),
	tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
	made_at INTEGER,
	failed_at INTEGER,
	pages INTEGER CHECK (pages > 0),
	file_id TEXT REFERENCES concern_file (id),
	UNIQUE (concern_id, purpose, version),
	CHECK ((made_at IS NULL) = (file_id IS NULL) AND (made_at IS NULL) = (pages IS NULL)),
	CHECK (made_at IS NULL OR failed_at IS NULL)
) STRICT;
CREATE INDEX concern_bundle_waiting ON concern_bundle (asked_at) WHERE made_at IS NULL AND failed_at IS NULL;
CREATE TRIGGER concern_bundle_fixed BEFORE UPDATE OF id, concern_id, purpose, version, chosen, steps, asked_at ON concern_bundle
	BEGIN SELECT RAISE(ABORT, 'a bundle stays what it was asked for'); END;
CREATE TRIGGER concern_bundle_made BEFORE UPDATE OF made_at, pages, file_id ON concern_bundle WHEN OLD.made_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a bundle is made once'); END;
CREATE TRIGGER concern_bundle_kept BEFORE DELETE ON concern_bundle BEGIN SELECT RAISE(ABORT, 'what a panel had is kept'); END;
CREATE TRIGGER concern_bundle_interest BEFORE INSERT ON concern_bundle
	WHEN EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.asked_by)
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;

-- Letters about these steps are sent when a second person has read them.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('concern_letters', '2026-1', '2000-01-01', '{
	"twoPeople":["disclosed","interim_asked","interim_decided","referred","no_case","advised","listed","adjourned","sanction_decided","appeal_decided"]}');
