-- A period of an award that was cut short: by what, and which last day was told while it ran. Nothing of it is told after the cut, and no grace
-- follows. So an award that was taken away and came back keeps the day since when it is held, and every day before stays as the register told it.
ALTER TABLE award_term ADD COLUMN cut_reason TEXT CHECK (cut_reason IN ('given_up', 'not_renewed', 'withdrawn'));
ALTER TABLE award_term ADD COLUMN told_to_on TEXT;
DROP VIEW public_award_term;
CREATE VIEW public_award_term AS SELECT t.award_id, a.person_id, t.from_on, t.to_on, t.cut_reason, t.told_to_on FROM award_term t JOIN award a ON a.id = t.award_id;

-- The word of a supervisor or referee who has no account here: by a link for them alone, or typed by the office from a letter.
CREATE TABLE renewal_request (
	id TEXT PRIMARY KEY,
	renewal_id TEXT NOT NULL REFERENCES renewal (id),
	to_name TEXT NOT NULL CHECK (length(to_name) BETWEEN 1 AND 200),
	to_email TEXT,
	-- Whoever on file has that address, so that conflicts of interest are found.
	to_person_id TEXT REFERENCES person (id),
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	due_on TEXT NOT NULL,
	sent_at INTEGER,
	token_hash TEXT UNIQUE,
	exchange_hash TEXT UNIQUE,
	exchanged_at INTEGER,
	opened_at INTEGER,
	failed_at INTEGER,
	more_time_at INTEGER,
	ended_at INTEGER,
	ending TEXT CHECK (ending IN ('answered', 'declined', 'wrong_person', 'expired', 'cancelled')),
	by_hand_by TEXT REFERENCES person (id),
	answer TEXT CHECK (answer IN ('supports', 'has_concerns', 'cannot_say')),
	words TEXT NOT NULL DEFAULT '',
	signed_name TEXT NOT NULL DEFAULT '',
	-- The words above the signature.
	statement TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((ended_at IS NULL) = (ending IS NULL)),
	CHECK ((ending IS 'answered') = (answer IS NOT NULL)),
	CHECK (by_hand_by IS NULL OR ending IS NOT NULL)
) STRICT;
CREATE INDEX renewal_request_renewal ON renewal_request (renewal_id);
CREATE INDEX renewal_request_person ON renewal_request (to_person_id) WHERE to_person_id IS NOT NULL;
CREATE INDEX renewal_request_open ON renewal_request (due_on) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX renewal_request_once ON renewal_request (renewal_id, lower(to_email)) WHERE ended_at IS NULL AND to_email IS NOT NULL;
CREATE TRIGGER renewal_request_own BEFORE INSERT ON renewal_request
	WHEN EXISTS (SELECT 1 FROM renewal r WHERE r.id = NEW.renewal_id AND r.person_id = NEW.to_person_id)
	BEGIN SELECT RAISE(ABORT, 'nobody speaks for themselves'); END;
CREATE TRIGGER renewal_request_fixed BEFORE UPDATE OF answer, words, ending, ended_at, signed_name, statement ON renewal_request
	WHEN OLD.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was said stands'); END;
CREATE TRIGGER renewal_request_kept BEFORE DELETE ON renewal_request WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was asked is kept'); END;

-- Whoever spoke for a member neither assesses nor decides.
CREATE TRIGGER upkeep_reviewer_spoke BEFORE INSERT ON upkeep_reviewer
	WHEN EXISTS (SELECT 1 FROM renewal_request s WHERE s.renewal_id = NEW.renewal_id AND s.to_person_id = NEW.person_id AND s.ending IS NOT 'wrong_person')
	BEGIN SELECT RAISE(ABORT, 'nobody assesses their own circle'); END;
CREATE TRIGGER vote_free_spoke BEFORE INSERT ON vote
	WHEN EXISTS (SELECT 1 FROM meeting_item m JOIN renewal_request s ON s.renewal_id = m.subject_id
		WHERE m.id = NEW.item_id AND m.kind = 'audit' AND s.to_person_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'who takes part in a decision is free of interests'); END;
