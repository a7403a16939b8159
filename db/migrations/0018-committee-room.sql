-- The committee room: what it needs beside the tables of 0014.

-- Why the papers come later than they should; null when they come in time.
ALTER TABLE meeting ADD COLUMN short_notice TEXT;
-- Who chairs this item where the chair takes no part in it or is away.
ALTER TABLE meeting_item ADD COLUMN chair_id TEXT REFERENCES person (id);
-- Why it came on after the papers were due; null when in time.
ALTER TABLE meeting_item ADD COLUMN late_because TEXT;
CREATE INDEX meeting_item_application ON meeting_item (application_id) WHERE application_id IS NOT NULL;
-- What a review changed the decision to; the period of an award that the decision gave.
ALTER TABLE decision ADD COLUMN varied_to TEXT CHECK (varied_to IN ('awarded', 'awarded_with_conditions', 'declined'));
ALTER TABLE decision ADD COLUMN term_from_on TEXT;
ALTER TABLE decision ADD COLUMN term_to_on TEXT;
-- Why an officer judged a condition as they did.
ALTER TABLE decision_condition ADD COLUMN judgement TEXT NOT NULL DEFAULT '';

-- An applicant asks for a review, once for each decision.
CREATE TABLE decision_review (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	decision_id TEXT NOT NULL UNIQUE REFERENCES decision (id),
	-- Of: procedure, new_evidence, error.
	grounds TEXT NOT NULL CHECK (json_valid(grounds) AND json_array_length(grounds) > 0),
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 8000),
	file_id TEXT,
	requested_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_review_application ON decision_review (application_id);
CREATE TRIGGER decision_review_fixed BEFORE UPDATE ON decision_review BEGIN SELECT RAISE(ABORT, 'what was asked is never rewritten'); END;

-- An assessor advises the committee in writing; they have no vote.
CREATE TABLE meeting_advice (
	item_id TEXT NOT NULL REFERENCES meeting_item (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 8000),
	written_at INTEGER NOT NULL,
	PRIMARY KEY (item_id, person_id)
) STRICT, WITHOUT ROWID;

-- A recusal stands, and so does what the record found.
CREATE TRIGGER meeting_interest_stands BEFORE UPDATE OF declared, is_found ON meeting_interest
	WHEN OLD.declared = 'recuse' AND (NEW.declared <> 'recuse' OR NEW.is_found < OLD.is_found)
	BEGIN SELECT RAISE(ABORT, 'who stepped back stays away'); END;
CREATE TRIGGER meeting_interest_kept BEFORE DELETE ON meeting_interest BEGIN SELECT RAISE(ABORT, 'what was declared is kept'); END;

-- Votes are cast while the vote is open; the casting vote comes after, from whoever chairs the item.
CREATE TRIGGER vote_open BEFORE INSERT ON vote
	WHEN NEW.is_casting = 0 AND NOT EXISTS (SELECT 1 FROM meeting_item i WHERE i.id = NEW.item_id
		AND i.opened_at IS NOT NULL AND i.revealed_at IS NULL AND i.removed_at IS NULL)
	BEGIN SELECT RAISE(ABORT, 'a vote is cast while voting is open'); END;
CREATE TRIGGER vote_casting BEFORE INSERT ON vote
	WHEN NEW.is_casting = 1 AND NOT EXISTS (SELECT 1 FROM meeting_item i JOIN meeting_member m ON m.meeting_id = i.meeting_id AND m.person_id = NEW.person_id
		WHERE i.id = NEW.item_id AND i.revealed_at IS NOT NULL AND i.resolved_at IS NULL AND i.removed_at IS NULL
			AND (i.chair_id = NEW.person_id OR (i.chair_id IS NULL AND m.seat = 'chair')))
	BEGIN SELECT RAISE(ABORT, 'a casting vote is the chair’s, after the votes were opened'); END;

-- A decision follows from votes that were opened, by a quorum with lay members (both of the standards the application keeps).
CREATE TRIGGER decision_quorum BEFORE INSERT ON decision
	WHEN EXISTS (SELECT 1 FROM meeting_item i
		JOIN accreditation_application a ON a.id = i.application_id
		JOIN rule_set r ON r.kind = 'standards' AND r.version = a.standards_version
		WHERE i.id = NEW.item_id AND (i.application_id <> NEW.application_id OR i.revealed_at IS NULL OR i.resolved_at IS NOT NULL
			OR (SELECT count(*) FROM vote v JOIN meeting_interest d ON d.item_id = v.item_id AND d.person_id = v.person_id AND d.declared <> 'recuse'
				WHERE v.item_id = i.id AND v.is_casting = 0)
				< json_extract(r.data, CASE i.kind WHEN 'review' THEN '$.committee.reviewQuorum' ELSE '$.committee.quorum' END)
			OR (SELECT count(*) FROM vote v JOIN meeting_member m ON m.meeting_id = i.meeting_id AND m.person_id = v.person_id AND m.seat = 'lay'
				JOIN meeting_interest d ON d.item_id = v.item_id AND d.person_id = v.person_id AND d.declared <> 'recuse'
				WHERE v.item_id = i.id AND v.is_casting = 0) < json_extract(r.data, '$.committee.layAtLeast')))
	BEGIN SELECT RAISE(ABORT, 'a decision needs a quorum with a lay member'); END;

CREATE TRIGGER meeting_minutes_fixed BEFORE UPDATE OF minutes ON meeting WHEN OLD.minutes_approved_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'approved minutes are never rewritten'); END;
CREATE TRIGGER meeting_kept BEFORE DELETE ON meeting BEGIN SELECT RAISE(ABORT, 'a meeting is kept'); END;
CREATE TRIGGER meeting_item_kept BEFORE DELETE ON meeting_item BEGIN SELECT RAISE(ABORT, 'an item of a meeting is kept'); END;
