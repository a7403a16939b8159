-- Applications, decisions, renewals and audits: what is over its time or erased goes while a row stands in destruction_open (0012), and what
-- belonged to one of two files of one person goes over to the other, and back.

-- Every file that was brought into another, with the file that stands now, however many were brought together one after the other: a copy of
-- person_merge, made anew with each of its rows, so that ties between people are found in one step.
CREATE TABLE merged_file (
	file_id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_file_person ON merged_file (person_id);
CREATE VIEW standing_file AS
	WITH RECURSIVE way (file_id, person_id, far) AS (
		SELECT loser_id, winner_id, 1 FROM person_merge
		UNION ALL SELECT w.file_id, m.winner_id, w.far + 1 FROM way w JOIN person_merge m ON m.loser_id = w.person_id WHERE w.far < 20
	)
	SELECT file_id, person_id FROM way w WHERE NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id = w.person_id);
INSERT INTO merged_file (file_id, person_id) SELECT file_id, person_id FROM standing_file;
CREATE TRIGGER merged_file_more AFTER INSERT ON person_merge BEGIN
	DELETE FROM merged_file;
	INSERT INTO merged_file (file_id, person_id) SELECT file_id, person_id FROM standing_file;
END;
CREATE TRIGGER merged_file_less AFTER DELETE ON person_merge BEGIN
	DELETE FROM merged_file;
	INSERT INTO merged_file (file_id, person_id) SELECT file_id, person_id FROM standing_file;
END;

-- As in 0014, and also where a practice stayed with a file that was brought into another.
DROP VIEW interest;
CREATE VIEW interest AS
	SELECT supervisee_id AS person_id, supervisor_id AS other_id, 'supervisor' AS reason FROM supervision_relation
		WHERE agreed_at IS NOT NULL AND supervisor_id IS NOT NULL
	UNION ALL SELECT supervisor_id, supervisee_id, 'supervisee' FROM supervision_relation WHERE agreed_at IS NOT NULL AND supervisor_id IS NOT NULL
	UNION ALL SELECT a.person_id, b.person_id, 'practice' FROM practice_place a JOIN practice_place b ON b.person_id <> a.person_id
		AND ((a.postcode IS NOT NULL AND a.postcode = b.postcode)
			OR (a.practice_name IS NOT NULL AND lower(trim(a.practice_name)) = lower(trim(b.practice_name)) AND a.town = b.town))
	UNION ALL SELECT f.person_id, b.person_id, 'practice' FROM merged_file f JOIN practice_place a ON a.person_id = f.file_id
		JOIN practice_place b ON b.person_id <> f.person_id
		AND ((a.postcode IS NOT NULL AND a.postcode = b.postcode)
			OR (a.practice_name IS NOT NULL AND lower(trim(a.practice_name)) = lower(trim(b.practice_name)) AND a.town = b.town))
	UNION ALL SELECT a.person_id, f.person_id, 'practice' FROM merged_file f JOIN practice_place b ON b.person_id = f.file_id
		JOIN practice_place a ON a.person_id <> f.person_id
		AND ((a.postcode IS NOT NULL AND a.postcode = b.postcode)
			OR (a.practice_name IS NOT NULL AND lower(trim(a.practice_name)) = lower(trim(b.practice_name)) AND a.town = b.town))
	UNION ALL SELECT f.person_id, g.person_id, 'practice' FROM merged_file f JOIN practice_place a ON a.person_id = f.file_id
		JOIN practice_place b JOIN merged_file g ON g.file_id = b.person_id AND g.person_id <> f.person_id
		AND ((a.postcode IS NOT NULL AND a.postcode = b.postcode)
			OR (a.practice_name IS NOT NULL AND lower(trim(a.practice_name)) = lower(trim(b.practice_name)) AND a.town = b.town));

-- A vote goes over with its file; nothing but the key changes.
DROP TRIGGER vote_fixed;
CREATE TRIGGER vote_fixed BEFORE UPDATE ON vote
	WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
		AND (NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
			OR OLD.choice IS NOT NEW.choice OR OLD.item_id IS NOT NEW.item_id OR OLD.is_casting IS NOT NEW.is_casting
			OR OLD.reasons IS NOT NEW.reasons OR OLD.words IS NOT NEW.words OR OLD.cast_at IS NOT NEW.cast_at)
	BEGIN SELECT RAISE(ABORT, 'a vote that was cast is never changed'); END;
-- Whoever voted, also while a destruction is open, and how, stays.
CREATE TRIGGER vote_choice_fixed BEFORE UPDATE OF choice, is_casting, item_id, cast_at ON vote
	WHEN EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a vote that was cast is never changed'); END;
DROP TRIGGER cpd_audit_ask_interest;
CREATE TRIGGER cpd_audit_ask_interest BEFORE UPDATE OF first_by, second_by ON cpd_audit_ask
	WHEN EXISTS (SELECT 1 FROM cpd_audit a WHERE a.id = NEW.audit_id AND (a.person_id IN (NEW.first_by, NEW.second_by)
		OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = a.person_id AND i.other_id IN (NEW.first_by, NEW.second_by))))
		AND NOT EXISTS (SELECT 1 FROM person_merge WHERE (loser_id = OLD.first_by AND winner_id = NEW.first_by AND OLD.second_by IS NEW.second_by)
			OR (loser_id = OLD.second_by AND winner_id = NEW.second_by AND OLD.first_by IS NEW.first_by))
	BEGIN SELECT RAISE(ABORT, 'nobody decides for their own circle'); END;

DROP TRIGGER accreditation_submission_fixed;
CREATE TRIGGER accreditation_submission_fixed BEFORE UPDATE ON accreditation_submission WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was sent is never rewritten'); END;
DROP TRIGGER accreditation_request_answered;
CREATE TRIGGER accreditation_request_answered BEFORE UPDATE OF answer, ended_at, ending, to_name, to_email, to_person_id, by_hand_by ON accreditation_request
	WHEN OLD.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
		AND NOT (OLD.to_person_id IS NOT NEW.to_person_id
			AND EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.to_person_id AND winner_id = NEW.to_person_id))
	BEGIN SELECT RAISE(ABORT, 'an answer is never rewritten'); END;
DROP TRIGGER accreditation_assessor_sealed;
CREATE TRIGGER accreditation_assessor_sealed BEFORE UPDATE OF recommendation, summary, sealed_at, declared, declared_words ON accreditation_assessor
	WHEN OLD.sealed_at IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM destruction_open)
		OR OLD.recommendation IS NOT NEW.recommendation OR OLD.sealed_at IS NOT NEW.sealed_at OR OLD.declared IS NOT NEW.declared)
	BEGIN SELECT RAISE(ABORT, 'a sealed sheet is never changed'); END;
DROP TRIGGER accreditation_mark_update;
CREATE TRIGGER accreditation_mark_update BEFORE UPDATE ON accreditation_mark
	WHEN (SELECT sealed_at FROM accreditation_assessor WHERE id = OLD.assessor_id) IS NOT NULL
		AND (NOT EXISTS (SELECT 1 FROM destruction_open) OR OLD.mark IS NOT NEW.mark OR OLD.reason IS NOT NEW.reason)
	BEGIN SELECT RAISE(ABORT, 'a sealed sheet is never changed'); END;
DROP TRIGGER accreditation_item_answered;
CREATE TRIGGER accreditation_item_answered BEFORE UPDATE OF answer, file_id, question, answered_at ON accreditation_item
	WHEN OLD.answered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'an answer is never rewritten'); END;
DROP TRIGGER meeting_minutes_fixed;
CREATE TRIGGER meeting_minutes_fixed BEFORE UPDATE OF minutes ON meeting
	WHEN OLD.minutes_approved_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'approved minutes are never rewritten'); END;
DROP TRIGGER decision_fixed;
CREATE TRIGGER decision_fixed BEFORE UPDATE OF application_id, item_id, outcome, reasons, words, decided_on, decided_at ON decision
	WHEN NOT EXISTS (SELECT 1 FROM destruction_open) OR OLD.application_id IS NOT NEW.application_id OR OLD.item_id IS NOT NEW.item_id
		OR OLD.outcome IS NOT NEW.outcome OR OLD.reasons IS NOT NEW.reasons OR OLD.decided_on IS NOT NEW.decided_on OR OLD.decided_at IS NOT NEW.decided_at
	BEGIN SELECT RAISE(ABORT, 'a decision is never rewritten'); END;
DROP TRIGGER decision_review_fixed;
CREATE TRIGGER decision_review_fixed BEFORE UPDATE ON decision_review WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was asked is never rewritten'); END;
DROP TRIGGER renewal_submission_fixed;
CREATE TRIGGER renewal_submission_fixed BEFORE UPDATE ON renewal_submission WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was sent is never rewritten'); END;
DROP TRIGGER cpd_audit_answer_fixed;
CREATE TRIGGER cpd_audit_answer_fixed BEFORE UPDATE ON cpd_audit_answer WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'what was sent is never rewritten'); END;
DROP TRIGGER upkeep_item_judged;
CREATE TRIGGER upkeep_item_judged BEFORE UPDATE OF words, answer, judgement ON upkeep_item
	WHEN OLD.judged_at IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM destruction_open) OR OLD.judgement IS NOT NEW.judgement)
	BEGIN SELECT RAISE(ABORT, 'what was judged is never rewritten'); END;
