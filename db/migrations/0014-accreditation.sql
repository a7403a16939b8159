-- Applications for accreditation: from the first question to the decision and what follows from it.
-- Facts only: an application is the sequence of its steps (accreditation_step, never changed); where it stands follows from them
-- (src/features/accreditation/state.ts). Instants *_at: milliseconds UTC. Days *_on: London.

-- Days on which the office is closed besides weekends: working days are counted without them. The office adds those of the next years.
CREATE TABLE bank_holiday (
	day TEXT PRIMARY KEY,
	title TEXT NOT NULL,
	added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- England and Wales, as published at gov.uk/bank-holidays; 2028 follows from the rules.
INSERT INTO bank_holiday (day, title, added_at) VALUES
	('2025-01-01', 'New Year’s Day', 0), ('2025-04-18', 'Good Friday', 0), ('2025-04-21', 'Easter Monday', 0), ('2025-05-05', 'Early May bank holiday', 0),
	('2025-05-26', 'Spring bank holiday', 0), ('2025-08-25', 'Summer bank holiday', 0), ('2025-12-25', 'Christmas Day', 0), ('2025-12-26', 'Boxing Day', 0),
	('2026-01-01', 'New Year’s Day', 0), ('2026-04-03', 'Good Friday', 0), ('2026-04-06', 'Easter Monday', 0), ('2026-05-04', 'Early May bank holiday', 0),
	('2026-05-25', 'Spring bank holiday', 0), ('2026-08-31', 'Summer bank holiday', 0), ('2026-12-25', 'Christmas Day', 0), ('2026-12-28', 'Boxing Day (substitute)', 0),
	('2027-01-01', 'New Year’s Day', 0), ('2027-03-26', 'Good Friday', 0), ('2027-03-29', 'Easter Monday', 0), ('2027-05-03', 'Early May bank holiday', 0),
	('2027-05-31', 'Spring bank holiday', 0), ('2027-08-30', 'Summer bank holiday', 0), ('2027-12-27', 'Christmas Day (substitute)', 0), ('2027-12-28', 'Boxing Day (substitute)', 0),
	('2028-01-03', 'New Year’s Day (substitute)', 0), ('2028-04-14', 'Good Friday', 0), ('2028-04-17', 'Easter Monday', 0), ('2028-05-01', 'Early May bank holiday', 0),
	('2028-05-29', 'Spring bank holiday', 0), ('2028-08-28', 'Summer bank holiday', 0), ('2028-12-25', 'Christmas Day', 0), ('2028-12-26', 'Boxing Day', 0);

-- What somebody is to somebody else, found from the record: they may not assess or decide about each other.
CREATE VIEW interest AS
	SELECT supervisee_id AS person_id, supervisor_id AS other_id, 'supervisor' AS reason FROM supervision_relation
		WHERE agreed_at IS NOT NULL AND supervisor_id IS NOT NULL
	UNION ALL SELECT supervisor_id, supervisee_id, 'supervisee' FROM supervision_relation WHERE agreed_at IS NOT NULL AND supervisor_id IS NOT NULL
	UNION ALL SELECT a.person_id, b.person_id, 'practice' FROM practice_place a JOIN practice_place b ON b.person_id <> a.person_id
		AND ((a.postcode IS NOT NULL AND a.postcode = b.postcode)
			OR (a.practice_name IS NOT NULL AND lower(trim(a.practice_name)) = lower(trim(b.practice_name)) AND a.town = b.town));

CREATE TABLE accreditation_application (
	id TEXT PRIMARY KEY,
	-- ACC-2026-0001, from the moment it is sent.
	reference TEXT UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	-- A route of the standard set that it began under, which it keeps.
	route TEXT NOT NULL,
	standards_version TEXT NOT NULL,
	-- The award that it renews, brings back or extends.
	award_id TEXT REFERENCES award (id),
	begun_at INTEGER NOT NULL,
	-- A checked copy of what follows from the steps, for queues; a nightly job compares it with the function and finds no difference.
	phase TEXT NOT NULL CHECK (phase IN ('draft', 'checks', 'assessment', 'waiting_on_applicant', 'verification', 'panel', 'decided', 'review', 'withdrawn', 'closed')),
	turn TEXT NOT NULL CHECK (turn IN ('applicant', 'office', 'assessors', 'third_party', 'committee', 'reviewers', 'nobody')),
	outcome TEXT CHECK (outcome IN ('awarded', 'awarded_with_conditions', 'declined')),
	phase_from_on TEXT NOT NULL,
	due_on TEXT,
	held_until_on TEXT,
	-- How many steps there are: whoever acts says how many they saw.
	steps INTEGER NOT NULL CHECK (steps > 0)
) STRICT;
CREATE UNIQUE INDEX accreditation_application_open ON accreditation_application (person_id, route)
	WHERE phase NOT IN ('decided', 'withdrawn', 'closed');
CREATE INDEX accreditation_application_person ON accreditation_application (person_id, begun_at);
CREATE INDEX accreditation_application_queue ON accreditation_application (phase, due_on, id);
CREATE INDEX accreditation_application_turn ON accreditation_application (turn, due_on, id) WHERE phase NOT IN ('draft', 'decided', 'withdrawn', 'closed');
CREATE TRIGGER accreditation_application_fixed BEFORE UPDATE OF route, standards_version, begun_at ON accreditation_application
	BEGIN SELECT RAISE(ABORT, 'an application keeps the route and the standards it began under'); END;
CREATE TRIGGER accreditation_application_reference BEFORE UPDATE OF reference ON accreditation_application
	WHEN OLD.reference IS NOT NULL AND OLD.reference IS NOT NEW.reference
	BEGIN SELECT RAISE(ABORT, 'a reference is given once'); END;
CREATE TRIGGER accreditation_application_kept BEFORE DELETE ON accreditation_application WHEN OLD.reference IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'what was sent is kept'); END;

CREATE TABLE accreditation_step (
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('begun', 'submitted', 'returned', 'accepted', 'assigned', 'unassigned', 'sheet_sealed', 'reconciled',
		'information_requested', 'information_answered', 'information_overdue', 'information_extended', 'request_made', 'request_settled',
		'put_to_panel', 'deferred', 'decided', 'condition_met', 'condition_missed', 'review_requested', 'review_decided',
		'withdrawn', 'closed', 'held', 'released', 'rolled_back')),
	at INTEGER NOT NULL,
	on_day TEXT NOT NULL,
	-- Nobody: the system, or somebody outside by their link.
	by_person TEXT REFERENCES person (id),
	-- Keys and days, never a personal value.
	data TEXT NOT NULL CHECK (json_valid(data)),
	process_id TEXT NOT NULL,
	-- What followed from it, and the phase and the turn that ended with it, with their first days: checked copies, so that figures over all
	-- applications need no replay.
	phase TEXT NOT NULL CHECK (phase IN ('draft', 'checks', 'assessment', 'waiting_on_applicant', 'verification', 'panel', 'decided', 'review', 'withdrawn', 'closed')),
	turn TEXT NOT NULL CHECK (turn IN ('applicant', 'office', 'assessors', 'third_party', 'committee', 'reviewers', 'nobody')),
	left_phase TEXT CHECK (left_phase IN ('draft', 'checks', 'assessment', 'waiting_on_applicant', 'verification', 'panel', 'decided', 'review', 'withdrawn', 'closed')),
	left_phase_on TEXT,
	left_turn TEXT CHECK (left_turn IN ('applicant', 'office', 'assessors', 'third_party', 'committee', 'reviewers', 'nobody')),
	left_turn_on TEXT,
	PRIMARY KEY (application_id, no),
	CHECK ((left_phase IS NULL) = (left_phase_on IS NULL)),
	CHECK ((left_turn IS NULL) = (left_turn_on IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX accreditation_step_day ON accreditation_step (on_day, kind);
CREATE INDEX accreditation_step_left_phase ON accreditation_step (on_day, left_phase, left_phase_on) WHERE left_phase IS NOT NULL;
CREATE INDEX accreditation_step_left_turn ON accreditation_step (on_day, left_turn, left_turn_on, left_phase) WHERE left_turn IS NOT NULL;
CREATE TRIGGER accreditation_step_order BEFORE INSERT ON accreditation_step
	WHEN NEW.no <> 1 + (SELECT coalesce(max(no), 0) FROM accreditation_step WHERE application_id = NEW.application_id)
	BEGIN SELECT RAISE(ABORT, 'steps follow one another'); END;
CREATE TRIGGER accreditation_step_fixed BEFORE UPDATE ON accreditation_step
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.by_person AND winner_id = NEW.by_person)
	BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER accreditation_step_kept BEFORE DELETE ON accreditation_step
	WHEN (SELECT reference FROM accreditation_application WHERE id = OLD.application_id) IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;

-- What is being typed, section by section, until it is sent (`eligibility` is one too).
CREATE TABLE accreditation_answer (
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	section TEXT NOT NULL,
	answers TEXT NOT NULL CHECK (json_valid(answers)),
	changed_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (application_id, section)
) STRICT, WITHOUT ROWID;

-- Evidence chosen for a section: a file, or something that is on record already and may be used again with the applicant's agreement.
CREATE TABLE accreditation_evidence (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	section TEXT NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('file', 'course', 'case', 'cpd_entry', 'cpd_year', 'supervision', 'earlier_application')),
	-- The key of the record; of a file, that of the stored file.
	source_id TEXT NOT NULL,
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 400),
	-- What it said when the application was sent.
	snapshot TEXT CHECK (json_valid(snapshot)),
	consented_at INTEGER NOT NULL,
	removed_at INTEGER,
	-- A later scan found the file harmful.
	failed_scan_at INTEGER
) STRICT;
CREATE UNIQUE INDEX accreditation_evidence_once ON accreditation_evidence (application_id, section, source, source_id) WHERE removed_at IS NULL;
CREATE INDEX accreditation_evidence_source ON accreditation_evidence (source, source_id);

-- What was sent, word for word, each time it was sent.
CREATE TABLE accreditation_submission (
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	no INTEGER NOT NULL CHECK (no > 0),
	content TEXT NOT NULL CHECK (json_valid(content)),
	declaration TEXT NOT NULL,
	digest TEXT NOT NULL,
	submitted_at INTEGER NOT NULL,
	PRIMARY KEY (application_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER accreditation_submission_fixed BEFORE UPDATE ON accreditation_submission BEGIN SELECT RAISE(ABORT, 'what was sent is never rewritten'); END;
CREATE TRIGGER accreditation_submission_kept BEFORE DELETE ON accreditation_submission BEGIN SELECT RAISE(ABORT, 'what was sent is kept'); END;

-- One lifecycle for every word we ask of somebody else: referees, supervisors, outside bodies (workflows.md §6.2a).
CREATE TABLE accreditation_request (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	kind TEXT NOT NULL CHECK (kind IN ('reference', 'supervisor_report', 'outside_body')),
	-- Of two references, the first or the second.
	place INTEGER NOT NULL CHECK (place > 0),
	to_name TEXT NOT NULL CHECK (length(to_name) BETWEEN 1 AND 200),
	to_email TEXT,
	to_person_id TEXT REFERENCES person (id),
	-- What is asked of an outside body; how the applicant knows the referee.
	about TEXT NOT NULL DEFAULT '',
	made_at INTEGER NOT NULL,
	made_by TEXT NOT NULL,
	due_on TEXT NOT NULL,
	token_hash TEXT UNIQUE,
	exchange_hash TEXT UNIQUE,
	exchanged_at INTEGER,
	sent_at INTEGER,
	failed_at INTEGER,
	opened_at INTEGER,
	more_time_at INTEGER,
	ended_at INTEGER,
	ending TEXT CHECK (ending IN ('answered', 'declined', 'wrong_person', 'expired', 'cancelled')),
	-- By hand: what a letter in the post brought, typed by the office.
	by_hand_by TEXT,
	answer TEXT CHECK (json_valid(answer)),
	judged_at INTEGER,
	judged_by TEXT REFERENCES person (id),
	judgement TEXT CHECK (judgement IN ('accepted', 'queried', 'rejected')),
	judgement_words TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((ended_at IS NULL) = (ending IS NULL)),
	CHECK (ending IS NOT 'answered' OR answer IS NOT NULL),
	CHECK ((judged_at IS NULL) = (judgement IS NULL)),
	CHECK ((exchange_hash IS NULL) = (exchanged_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX accreditation_request_open ON accreditation_request (application_id, kind, place) WHERE ended_at IS NULL;
CREATE INDEX accreditation_request_application ON accreditation_request (application_id, made_at);
CREATE INDEX accreditation_request_due ON accreditation_request (due_on) WHERE ended_at IS NULL;
CREATE INDEX accreditation_request_person ON accreditation_request (to_person_id) WHERE to_person_id IS NOT NULL;
CREATE TRIGGER accreditation_request_answered BEFORE UPDATE OF answer, ended_at, ending, to_name, to_email, to_person_id, by_hand_by ON accreditation_request
	WHEN OLD.ended_at IS NOT NULL AND NOT (OLD.to_person_id IS NOT NEW.to_person_id
		AND EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.to_person_id AND winner_id = NEW.to_person_id))
	BEGIN SELECT RAISE(ABORT, 'an answer is never rewritten'); END;

-- Who assesses. `place`: first, second, or a third who marks blind.
CREATE TABLE accreditation_assessor (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 3),
	is_blind INTEGER NOT NULL DEFAULT 0 CHECK (is_blind IN (0, 1)),
	assigned_by TEXT NOT NULL,
	assigned_at INTEGER NOT NULL,
	-- What was said before the file opened. A recusal ends the assignment.
	declared_at INTEGER,
	declared TEXT CHECK (declared IN ('none', 'minor', 'recuse')),
	declared_words TEXT,
	recommendation TEXT CHECK (recommendation IN ('award', 'award_with_conditions', 'decline')),
	summary TEXT NOT NULL DEFAULT '',
	sealed_at INTEGER,
	ended_at INTEGER,
	-- `superseded`: something new came in, and the same person marks on a fresh sheet.
	end_reason TEXT CHECK (end_reason IN ('recused', 'replaced', 'left', 'superseded')),
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((declared_at IS NULL) = (declared IS NULL)),
	CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
	CHECK (sealed_at IS NULL OR (recommendation IS NOT NULL AND declared IN ('none', 'minor')))
) STRICT;
CREATE UNIQUE INDEX accreditation_assessor_once ON accreditation_assessor (application_id, person_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX accreditation_assessor_place ON accreditation_assessor (application_id, place) WHERE ended_at IS NULL;
CREATE INDEX accreditation_assessor_person ON accreditation_assessor (person_id, assigned_at);
CREATE TRIGGER accreditation_assessor_interest BEFORE INSERT ON accreditation_assessor
	WHEN EXISTS (SELECT 1 FROM accreditation_application a WHERE a.id = NEW.application_id AND (a.person_id = NEW.person_id
		OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = a.person_id AND i.other_id = NEW.person_id)
		OR EXISTS (SELECT 1 FROM accreditation_request r WHERE r.application_id = a.id AND r.to_person_id = NEW.person_id)
		OR EXISTS (SELECT 1 FROM accreditation_assessor e WHERE e.application_id = a.id AND e.person_id = NEW.person_id AND e.end_reason = 'recused')
		OR EXISTS (SELECT 1 FROM decision d JOIN vote v ON v.item_id = d.item_id WHERE d.application_id = a.id AND v.person_id = NEW.person_id)))
	BEGIN SELECT RAISE(ABORT, 'nobody assesses their own circle'); END;
CREATE TRIGGER accreditation_assessor_sealed BEFORE UPDATE OF recommendation, summary, sealed_at, declared, declared_words ON accreditation_assessor
	WHEN OLD.sealed_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a sealed sheet is never changed'); END;

CREATE TABLE accreditation_mark (
	assessor_id TEXT NOT NULL REFERENCES accreditation_assessor (id),
	section TEXT NOT NULL,
	criterion TEXT NOT NULL,
	mark TEXT NOT NULL CHECK (mark IN ('met', 'fixable', 'declining')),
	-- A coded reason of the standard set, of the kind that the mark names.
	reason TEXT,
	words TEXT NOT NULL DEFAULT '',
	changed_at INTEGER NOT NULL,
	PRIMARY KEY (assessor_id, section, criterion),
	CHECK ((mark = 'met') = (reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER accreditation_mark_insert BEFORE INSERT ON accreditation_mark
	WHEN (SELECT sealed_at FROM accreditation_assessor WHERE id = NEW.assessor_id) IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a sealed sheet is never changed'); END;
CREATE TRIGGER accreditation_mark_update BEFORE UPDATE ON accreditation_mark
	WHEN (SELECT sealed_at FROM accreditation_assessor WHERE id = OLD.assessor_id) IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a sealed sheet is never changed'); END;
CREATE TRIGGER accreditation_mark_delete BEFORE DELETE ON accreditation_mark
	WHEN (SELECT sealed_at FROM accreditation_assessor WHERE id = OLD.assessor_id) IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a sealed sheet is never changed'); END;

-- What two sheets that differ were brought together to, in writing.
CREATE TABLE accreditation_reconciliation (
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	no INTEGER NOT NULL CHECK (no > 0),
	recommendation TEXT NOT NULL CHECK (recommendation IN ('award', 'award_with_conditions', 'decline')),
	words TEXT NOT NULL,
	-- By criterion: the mark that both stand behind, and why.
	differences TEXT NOT NULL CHECK (json_valid(differences)),
	-- Nobody: the sheets agreed, and the system said so.
	written_by TEXT REFERENCES person (id),
	written_at INTEGER NOT NULL,
	PRIMARY KEY (application_id, no)
) STRICT, WITHOUT ROWID;

-- What the applicant is asked for, item by item, in at most three rounds.
CREATE TABLE accreditation_item (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 3),
	section TEXT NOT NULL,
	criterion TEXT,
	-- Only what can be mended is asked for.
	reason TEXT NOT NULL,
	question TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 4000),
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	due_on TEXT NOT NULL,
	answer TEXT NOT NULL DEFAULT '',
	file_id TEXT,
	answered_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX accreditation_item_application ON accreditation_item (application_id, round);
CREATE TRIGGER accreditation_item_answered BEFORE UPDATE OF answer, file_id, question, answered_at ON accreditation_item WHEN OLD.answered_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'an answer is never rewritten'); END;

-- The committee room.
CREATE TABLE meeting (
	id TEXT PRIMARY KEY,
	-- MTG-2026-03, counted per year.
	reference TEXT NOT NULL UNIQUE,
	-- `between`: by the same rules, without coming together. `review`: of those who had no part in the first decision.
	kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'between', 'review')),
	held_on TEXT NOT NULL,
	place TEXT NOT NULL DEFAULT '',
	called_by TEXT NOT NULL REFERENCES person (id),
	called_at INTEGER NOT NULL,
	papers_on TEXT NOT NULL,
	papers_sent_at INTEGER,
	opened_at INTEGER,
	closed_at INTEGER,
	called_off_at INTEGER,
	minutes TEXT,
	minutes_approved_at INTEGER,
	minutes_approved_in TEXT REFERENCES meeting (id),
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (closed_at IS NULL OR opened_at IS NOT NULL),
	CHECK ((minutes_approved_at IS NULL) = (minutes_approved_in IS NULL)),
	CHECK (minutes_approved_in IS NULL OR minutes_approved_in <> id)
) STRICT;
CREATE INDEX meeting_held ON meeting (held_on);

CREATE TABLE meeting_member (
	meeting_id TEXT NOT NULL REFERENCES meeting (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	seat TEXT NOT NULL CHECK (seat IN ('chair', 'member', 'lay', 'secretary')),
	attended INTEGER CHECK (attended IN (0, 1)),
	PRIMARY KEY (meeting_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX meeting_member_chair ON meeting_member (meeting_id) WHERE seat = 'chair';
CREATE INDEX meeting_member_person ON meeting_member (person_id);

CREATE TABLE meeting_item (
	id TEXT PRIMARY KEY,
	meeting_id TEXT NOT NULL REFERENCES meeting (id),
	position INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('application', 'review', 'condition', 'audit', 'minutes', 'business')),
	application_id TEXT REFERENCES accreditation_application (id),
	-- Of other business, and of what stands in another table.
	subject_id TEXT,
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
	opened_at INTEGER,
	revealed_at INTEGER,
	resolved_at INTEGER,
	resolution TEXT NOT NULL DEFAULT '',
	removed_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	UNIQUE (meeting_id, position),
	CHECK ((kind IN ('application', 'review', 'condition')) = (application_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX meeting_item_open ON meeting_item (application_id) WHERE application_id IS NOT NULL AND resolved_at IS NULL AND removed_at IS NULL;
CREATE INDEX meeting_item_meeting ON meeting_item (meeting_id, position);

-- Said anew for every item, before it opens to the one who says it.
CREATE TABLE meeting_interest (
	item_id TEXT NOT NULL REFERENCES meeting_item (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	declared TEXT NOT NULL CHECK (declared IN ('none', 'minor', 'recuse')),
	words TEXT NOT NULL DEFAULT '',
	-- Found by the system, not said by the person.
	is_found INTEGER NOT NULL DEFAULT 0 CHECK (is_found IN (0, 1)),
	declared_at INTEGER NOT NULL,
	PRIMARY KEY (item_id, person_id)
) STRICT, WITHOUT ROWID;

-- Sealed when cast; opened together. The chair's casting vote is a second row.
CREATE TABLE vote (
	item_id TEXT NOT NULL REFERENCES meeting_item (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	is_casting INTEGER NOT NULL DEFAULT 0 CHECK (is_casting IN (0, 1)),
	choice TEXT NOT NULL CHECK (choice IN ('award', 'award_with_conditions', 'decline', 'defer', 'uphold', 'quash', 'vary', 'agree', 'disagree', 'abstain')),
	reasons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reasons)),
	words TEXT NOT NULL DEFAULT '',
	cast_at INTEGER NOT NULL,
	PRIMARY KEY (item_id, person_id, is_casting)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER vote_fixed BEFORE UPDATE ON vote
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'a vote that was cast is never changed'); END;
CREATE TRIGGER vote_kept BEFORE DELETE ON vote BEGIN SELECT RAISE(ABORT, 'a vote that was cast is kept'); END;
CREATE TRIGGER vote_free BEFORE INSERT ON vote
	WHEN EXISTS (SELECT 1 FROM meeting_interest d WHERE d.item_id = NEW.item_id AND d.person_id = NEW.person_id AND d.declared = 'recuse')
		OR NOT EXISTS (SELECT 1 FROM meeting_interest d WHERE d.item_id = NEW.item_id AND d.person_id = NEW.person_id)
		OR NOT EXISTS (SELECT 1 FROM meeting_item i JOIN meeting_member m ON m.meeting_id = i.meeting_id
			WHERE i.id = NEW.item_id AND m.person_id = NEW.person_id AND m.seat <> 'secretary' AND m.attended = 1)
		OR EXISTS (SELECT 1 FROM meeting_item i JOIN accreditation_application a ON a.id = i.application_id
			WHERE i.id = NEW.item_id AND (a.person_id = NEW.person_id
				OR EXISTS (SELECT 1 FROM interest n WHERE n.person_id = a.person_id AND n.other_id = NEW.person_id)
				OR EXISTS (SELECT 1 FROM accreditation_request r WHERE r.application_id = a.id AND r.to_person_id = NEW.person_id)
				OR EXISTS (SELECT 1 FROM accreditation_assessor e WHERE e.application_id = a.id AND e.person_id = NEW.person_id)
				-- Whoever decided once takes no part in the review; after one, neither those it overruled nor those who reviewed decide.
				OR EXISTS (SELECT 1 FROM decision c JOIN vote v ON v.item_id = c.item_id
					WHERE c.application_id = a.id AND v.person_id = NEW.person_id AND c.item_id <> i.id
						AND (i.kind = 'review' OR c.overturned_by LIKE 'review:%'))
				OR EXISTS (SELECT 1 FROM meeting_item r JOIN vote v ON v.item_id = r.id
					WHERE r.application_id = a.id AND r.kind = 'review' AND r.resolved_at IS NOT NULL AND v.person_id = NEW.person_id)))
	BEGIN SELECT RAISE(ABORT, 'who takes part in a decision is free of interests and present'); END;

CREATE TABLE decision (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	item_id TEXT NOT NULL UNIQUE REFERENCES meeting_item (id),
	outcome TEXT NOT NULL CHECK (outcome IN ('awarded', 'awarded_with_conditions', 'declined', 'upheld', 'quashed', 'varied')),
	-- Coded reasons of the standard set, and the committee's own words, which the letter says.
	reasons TEXT NOT NULL CHECK (json_valid(reasons)),
	words TEXT NOT NULL,
	decided_on TEXT NOT NULL,
	decided_at INTEGER NOT NULL,
	-- When one may apply again after a refusal; null: at any time.
	again_from_on TEXT,
	award_id TEXT REFERENCES award (id),
	-- Set aside by a review (`review:`), undone as a mistake (`undo:`) or replaced by a later one (`decision:`) of that key: the row stays.
	overturned_at INTEGER,
	overturned_by TEXT,
	CHECK ((overturned_at IS NULL) = (overturned_by IS NULL)),
	CHECK (outcome IN ('awarded', 'upheld') OR length(words) > 0)
) STRICT;
CREATE INDEX decision_application ON decision (application_id, decided_at);
CREATE TRIGGER decision_fixed BEFORE UPDATE OF application_id, item_id, outcome, reasons, words, decided_on, decided_at ON decision
	BEGIN SELECT RAISE(ABORT, 'a decision is never rewritten'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'a decision is kept'); END;

CREATE TABLE decision_condition (
	id TEXT PRIMARY KEY,
	decision_id TEXT NOT NULL REFERENCES decision (id),
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
	due_on TEXT NOT NULL,
	evidence TEXT NOT NULL DEFAULT '',
	file_id TEXT,
	evidence_at INTEGER,
	met_at INTEGER,
	missed_at INTEGER,
	judged_by TEXT REFERENCES person (id),
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (met_at IS NULL OR missed_at IS NULL)
) STRICT;
CREATE INDEX decision_condition_decision ON decision_condition (decision_id);
CREATE INDEX decision_condition_due ON decision_condition (due_on) WHERE met_at IS NULL AND missed_at IS NULL;

-- A mistake is undone by a named command: one asks, with a reason; another confirms.
CREATE TABLE decision_undo (
	id TEXT PRIMARY KEY,
	decision_id TEXT NOT NULL REFERENCES decision (id),
	reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	confirmed_by TEXT REFERENCES person (id),
	confirmed_at INTEGER,
	refused_at INTEGER,
	CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL AND refused_at IS NULL)),
	CHECK (confirmed_by IS NULL OR confirmed_by <> asked_by)
) STRICT;
CREATE UNIQUE INDEX decision_undo_open ON decision_undo (decision_id) WHERE confirmed_at IS NULL AND refused_at IS NULL;
CREATE UNIQUE INDEX decision_undo_once ON decision_undo (decision_id) WHERE confirmed_at IS NOT NULL;

-- The next standard set while it is worked on; published it becomes a row of rule_set.
CREATE TABLE standards_draft (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
	based_on TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	created_at INTEGER NOT NULL,
	published_at INTEGER,
	discarded_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Default, to be confirmed: why someone was accredited is kept as long as the register speaks of it.
UPDATE rule_set SET data = json_set(data, '$.classes.accreditation', json('{"label":"Applications for accreditation and decisions","from":"membership_end","months":72,"because":"So that a decision can be explained, reviewed or put right"}'))
	WHERE kind = 'retention';
