-- Training: courses and who attended them; supervised cases without anything about a client; what a supervisor heard, rated and signed.

-- The lead trainer is a person on file, or somebody outside.
CREATE TABLE course (
	id TEXT PRIMARY KEY,
	reference TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
	provider TEXT NOT NULL CHECK (length(provider) BETWEEN 1 AND 200),
	lead_id TEXT REFERENCES person (id),
	lead_name TEXT CHECK (length(lead_name) BETWEEN 1 AND 200),
	kind TEXT NOT NULL CHECK (kind IN ('practitioner', 'adolescent', 'supervisor', 'refresher', 'counselling', 'bipolar')),
	minutes INTEGER NOT NULL CHECK (minutes BETWEEN 15 AND 120000),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	repeat_key TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	created_by TEXT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (to_on >= from_on),
	CHECK ((lead_id IS NULL) = (lead_name IS NOT NULL))
) STRICT;
CREATE INDEX course_days ON course (from_on);
CREATE INDEX course_lead ON course (lead_id) WHERE lead_id IS NOT NULL;

-- For which days a course is approved; days include the last. Renewing is one more row, ending early a day and a reason.
CREATE TABLE course_approval (
	id TEXT PRIMARY KEY,
	course_id TEXT NOT NULL REFERENCES course (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	-- Who decided, in words, such as the committee and its meeting.
	decided_at_words TEXT NOT NULL CHECK (length(decided_at_words) BETWEEN 1 AND 300),
	noted_by TEXT NOT NULL,
	noted_at INTEGER NOT NULL,
	-- The first day on which it no longer holds.
	ended_on TEXT,
	ended_because TEXT,
	ended_by TEXT,
	CHECK (to_on >= from_on),
	CHECK ((ended_on IS NULL) = (ended_because IS NULL) AND (ended_on IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX course_approval_begins ON course_approval (course_id, from_on) WHERE ended_on IS NULL;
CREATE TRIGGER course_approval_kept BEFORE DELETE ON course_approval BEGIN SELECT RAISE(ABORT, 'an approval is ended, never deleted'); END;
CREATE TRIGGER course_approval_fixed BEFORE UPDATE ON course_approval
	WHEN OLD.ended_on IS NOT NULL OR OLD.from_on IS NOT NEW.from_on OR OLD.to_on IS NOT NEW.to_on OR OLD.course_id IS NOT NEW.course_id
		OR OLD.decided_at_words IS NOT NEW.decided_at_words
	BEGIN SELECT RAISE(ABORT, 'an approval is ended, never rewritten'); END;

-- Who was there: recorded by the lead trainer, or claimed with evidence and decided on by the office.
CREATE TABLE course_attendance (
	id TEXT PRIMARY KEY,
	reference TEXT NOT NULL UNIQUE,
	course_id TEXT NOT NULL REFERENCES course (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	how TEXT NOT NULL CHECK (how IN ('lead', 'claim')),
	-- How much of the course they were there for.
	minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 120000),
	noted_at INTEGER NOT NULL,
	noted_by TEXT NOT NULL,
	outcome TEXT CHECK (outcome IN ('confirmed', 'refused')),
	decided_at INTEGER,
	decided_by TEXT,
	reason TEXT,
	-- Recorded by mistake, or a claim that its owner took back.
	retracted_at INTEGER,
	retracted_by TEXT,
	retracted_because TEXT,
	CHECK ((outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL)),
	CHECK (outcome IS NOT 'refused' OR reason IS NOT NULL),
	CHECK (how = 'claim' OR outcome IS 'confirmed'),
	-- Nobody says of themselves that they were there.
	CHECK (decided_by IS NULL OR decided_by <> person_id),
	CHECK ((retracted_at IS NULL) = (retracted_by IS NULL) AND (retracted_at IS NULL) = (retracted_because IS NULL))
) STRICT;
CREATE UNIQUE INDEX course_attendance_live ON course_attendance (course_id, person_id) WHERE retracted_at IS NULL AND outcome IS NOT 'refused';
CREATE INDEX course_attendance_person ON course_attendance (person_id);
CREATE INDEX course_attendance_waiting ON course_attendance (noted_at) WHERE outcome IS NULL AND retracted_at IS NULL;
CREATE TRIGGER course_attendance_kept BEFORE DELETE ON course_attendance WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'an attendance is retracted, never deleted'); END;
CREATE TRIGGER course_attendance_fixed BEFORE UPDATE ON course_attendance
	WHEN OLD.course_id IS NOT NEW.course_id OR OLD.minutes IS NOT NEW.minutes OR OLD.how IS NOT NEW.how OR OLD.retracted_at IS NOT NULL
		OR (OLD.outcome IS NOT NULL AND OLD.outcome IS NOT NEW.outcome)
		OR (OLD.person_id IS NOT NEW.person_id AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id))
	BEGIN SELECT RAISE(ABORT, 'an attendance is retracted, never rewritten'); END;

-- A supervised case. What is known of it stands in versions: each that was signed stays as it was signed.
CREATE TABLE training_case (
	id TEXT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	relation_id TEXT NOT NULL REFERENCES supervision_relation (id),
	repeat_key TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX training_case_person ON training_case (person_id);
CREATE INDEX training_case_relation ON training_case (relation_id);

CREATE TABLE training_case_facts (
	case_id TEXT NOT NULL REFERENCES training_case (id),
	number INTEGER NOT NULL CHECK (number >= 1),
	setting TEXT NOT NULL CHECK (setting IN ('nhs_talking_therapies', 'nhs_secondary', 'nhs_inpatient', 'nhs_perinatal', 'nhs_young_people', 'university', 'third_sector', 'private', 'other')),
	age_band TEXT NOT NULL CHECK (age_band IN ('under_12', '12_17', '18_24', '25_64', '65_over')),
	focal_area TEXT NOT NULL CHECK (focal_area IN ('grief', 'role_dispute', 'role_transition', 'interpersonal_sensitivity')),
	began_on TEXT NOT NULL,
	ended_on TEXT,
	sessions_planned INTEGER NOT NULL CHECK (sessions_planned BETWEEN 1 AND 60),
	sessions_held INTEGER NOT NULL CHECK (sessions_held BETWEEN 0 AND 100),
	sessions_supervised INTEGER NOT NULL CHECK (sessions_supervised BETWEEN 0 AND sessions_held),
	recordings_made INTEGER NOT NULL CHECK (recordings_made BETWEEN 0 AND sessions_held),
	-- First and last value of each outcome measure.
	measures TEXT NOT NULL CHECK (json_valid(measures)),
	ending TEXT CHECK (ending IN ('completed', 'agreed_earlier', 'stopped_coming', 'referred_on', 'other')),
	-- General words on the focus, searched for anything about a client before they are kept.
	note TEXT NOT NULL CHECK (length(note) <= 2000),
	written_at INTEGER NOT NULL,
	PRIMARY KEY (case_id, number),
	CHECK (ended_on IS NULL OR ended_on >= began_on),
	CHECK ((ended_on IS NULL) = (ending IS NULL))
) STRICT, WITHOUT ROWID;

-- A recording that the supervisor heard, and how they rated it on one version of the scale. The recording itself is never here.
CREATE TABLE training_rating (
	id TEXT PRIMARY KEY,
	case_id TEXT NOT NULL REFERENCES training_case (id),
	relation_id TEXT NOT NULL REFERENCES supervision_relation (id),
	session_on TEXT NOT NULL,
	phase TEXT NOT NULL CHECK (phase IN ('early', 'middle', 'late')),
	at_random INTEGER NOT NULL CHECK (at_random IN (0, 1)),
	scale_version TEXT NOT NULL,
	scores TEXT NOT NULL CHECK (json_valid(scores)),
	rated_at INTEGER NOT NULL,
	-- The key of the supervisor, or `link` for one without an account.
	rated_by TEXT NOT NULL,
	repeat_key TEXT NOT NULL UNIQUE,
	retracted_at INTEGER,
	retracted_because TEXT,
	CHECK ((retracted_at IS NULL) = (retracted_because IS NULL))
) STRICT;
CREATE INDEX training_rating_case ON training_rating (case_id);

CREATE TABLE training_report (
	id TEXT PRIMARY KEY,
	case_id TEXT NOT NULL REFERENCES training_case (id),
	facts_number INTEGER NOT NULL,
	relation_id TEXT NOT NULL REFERENCES supervision_relation (id),
	decision TEXT NOT NULL CHECK (decision IN ('in_progress', 'passed', 'further_work', 'failed', 'discontinued')),
	strengths TEXT NOT NULL CHECK (length(strengths) BETWEEN 1 AND 8000),
	concerns TEXT NOT NULL CHECK (length(concerns) <= 8000),
	competence TEXT NOT NULL CHECK (length(competence) BETWEEN 1 AND 8000),
	conflict TEXT NOT NULL CHECK (length(conflict) <= 4000),
	has_conflict INTEGER NOT NULL CHECK (has_conflict IN (0, 1)),
	-- The words above the signature, as they stood, and their version.
	statement TEXT NOT NULL,
	statement_version TEXT NOT NULL,
	signed_name TEXT NOT NULL CHECK (length(signed_name) BETWEEN 1 AND 200),
	signed_at INTEGER NOT NULL,
	signed_by TEXT NOT NULL,
	-- The report that this one takes the place of, and why.
	replaces_id TEXT UNIQUE REFERENCES training_report (id),
	reason TEXT,
	repeat_key TEXT NOT NULL UNIQUE,
	FOREIGN KEY (case_id, facts_number) REFERENCES training_case_facts (case_id, number),
	CHECK ((replaces_id IS NULL) = (reason IS NULL)),
	CHECK (has_conflict = 0 OR conflict <> '')
) STRICT;
CREATE UNIQUE INDEX training_report_first ON training_report (case_id) WHERE replaces_id IS NULL;
CREATE INDEX training_report_case ON training_report (case_id, signed_at);

-- Links for a supervisor to one case. Opening one does nothing; posting its page exchanges the token for a cookie of half an hour;
-- signing the report uses it up.
CREATE TABLE training_link (
	token_hash TEXT PRIMARY KEY,
	case_id TEXT NOT NULL REFERENCES training_case (id),
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	exchange_hash TEXT UNIQUE,
	exchanged_at INTEGER,
	used_at INTEGER,
	withdrawn_at INTEGER,
	CHECK ((exchange_hash IS NULL) = (exchanged_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX training_link_live ON training_link (case_id) WHERE used_at IS NULL AND withdrawn_at IS NULL;

-- The office opened a case, with the reason it gave: once a reader, case and day.
CREATE TABLE training_case_read (
	reader_id TEXT NOT NULL REFERENCES person (id),
	case_id TEXT NOT NULL REFERENCES training_case (id),
	day TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
	PRIMARY KEY (reader_id, case_id, day)
) STRICT, WITHOUT ROWID;

-- The relation is the trainee's own, and stays once the supervisor has signed: a judgement is never shopped for.
CREATE TRIGGER training_case_own_relation BEFORE INSERT ON training_case
	WHEN NOT EXISTS (SELECT 1 FROM supervision_relation r WHERE r.id = NEW.relation_id AND r.supervisee_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'a case is supervised by a supervisor of one’s own'); END;
CREATE TRIGGER training_case_parties BEFORE UPDATE ON training_case
	WHEN (OLD.person_id IS NOT NEW.person_id AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id))
		OR OLD.code IS NOT NEW.code
		OR (OLD.relation_id IS NOT NEW.relation_id AND (
			EXISTS (SELECT 1 FROM training_report WHERE case_id = OLD.id) OR EXISTS (SELECT 1 FROM training_rating WHERE case_id = OLD.id)
			OR NOT EXISTS (SELECT 1 FROM supervision_relation r WHERE r.id = NEW.relation_id AND r.supervisee_id = NEW.person_id)))
	BEGIN SELECT RAISE(ABORT, 'who supervised a case is kept'); END;
CREATE TRIGGER training_case_kept BEFORE DELETE ON training_case
	WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
		AND (EXISTS (SELECT 1 FROM training_report WHERE case_id = OLD.id) OR EXISTS (SELECT 1 FROM training_rating WHERE case_id = OLD.id))
	BEGIN SELECT RAISE(ABORT, 'a case that a supervisor rated or signed is never deleted'); END;
-- What was signed stays as it was; a correction is the next version.
CREATE TRIGGER training_case_facts_next BEFORE INSERT ON training_case_facts
	WHEN NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM training_report WHERE case_id = NEW.case_id AND facts_number = NEW.number - 1)
	BEGIN SELECT RAISE(ABORT, 'a new version begins once the last one was signed'); END;
CREATE TRIGGER training_case_facts_fixed BEFORE UPDATE ON training_case_facts
	WHEN OLD.case_id IS NOT NEW.case_id OR OLD.number IS NOT NEW.number
		OR EXISTS (SELECT 1 FROM training_report WHERE case_id = OLD.case_id AND facts_number = OLD.number)
	BEGIN SELECT RAISE(ABORT, 'what was signed is never changed'); END;
CREATE TRIGGER training_case_facts_kept BEFORE DELETE ON training_case_facts
	WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
		AND EXISTS (SELECT 1 FROM training_report WHERE case_id = OLD.case_id AND facts_number = OLD.number)
	BEGIN SELECT RAISE(ABORT, 'what was signed is never deleted'); END;

-- Only the supervisor of the case rates and signs: by their account, or with a link to this case in hand.
CREATE TRIGGER training_rating_supervisor BEFORE INSERT ON training_rating
	WHEN NOT EXISTS (SELECT 1 FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id
		WHERE c.id = NEW.case_id AND r.id = NEW.relation_id AND r.agreed_at IS NOT NULL AND NEW.rated_by <> c.person_id
			AND (NEW.rated_by = r.supervisor_id OR (NEW.rated_by = 'link' AND EXISTS (SELECT 1 FROM training_link l
				WHERE l.case_id = c.id AND l.exchanged_at IS NOT NULL AND l.used_at IS NULL AND l.withdrawn_at IS NULL))))
	BEGIN SELECT RAISE(ABORT, 'only the supervisor of a case rates it'); END;
CREATE TRIGGER training_rating_fixed BEFORE UPDATE ON training_rating
	WHEN OLD.retracted_at IS NOT NULL OR NEW.retracted_at IS NULL
		OR OLD.case_id IS NOT NEW.case_id OR OLD.relation_id IS NOT NEW.relation_id OR OLD.session_on IS NOT NEW.session_on OR OLD.phase IS NOT NEW.phase
		OR OLD.at_random IS NOT NEW.at_random OR OLD.scale_version IS NOT NEW.scale_version OR OLD.scores IS NOT NEW.scores
		OR OLD.rated_at IS NOT NEW.rated_at OR OLD.rated_by IS NOT NEW.rated_by
	BEGIN SELECT RAISE(ABORT, 'a rating is retracted by its supervisor, never changed'); END;
CREATE TRIGGER training_rating_kept BEFORE DELETE ON training_rating WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a rating is never deleted'); END;
CREATE TRIGGER training_report_supervisor BEFORE INSERT ON training_report
	WHEN NOT EXISTS (SELECT 1 FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id
		WHERE c.id = NEW.case_id AND r.id = NEW.relation_id AND r.agreed_at IS NOT NULL AND NEW.signed_by <> c.person_id
			AND (NEW.signed_by = r.supervisor_id OR (NEW.signed_by = 'link' AND EXISTS (SELECT 1 FROM training_link l
				WHERE l.case_id = c.id AND l.exchanged_at IS NOT NULL AND l.used_at = NEW.signed_at))))
	BEGIN SELECT RAISE(ABORT, 'only the supervisor of a case signs its report'); END;
CREATE TRIGGER training_report_newest BEFORE INSERT ON training_report
	WHEN NEW.facts_number <> (SELECT max(number) FROM training_case_facts WHERE case_id = NEW.case_id)
		OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM training_report WHERE id = NEW.replaces_id AND case_id = NEW.case_id))
	BEGIN SELECT RAISE(ABORT, 'a report is signed on the newest version of its case'); END;
CREATE TRIGGER training_report_fixed BEFORE UPDATE ON training_report
	BEGIN SELECT RAISE(ABORT, 'a signed report is never changed: a newer one takes its place'); END;
CREATE TRIGGER training_report_kept BEFORE DELETE ON training_report WHEN NOT EXISTS (SELECT 1 FROM destruction_open)
	BEGIN SELECT RAISE(ABORT, 'a signed report is never deleted'); END;

-- Defaults, to be confirmed by the organisation (domain.md §1.2: figures of older IPT UK and partner texts).
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('training', '2026-1', '2000-01-01',
	'{"cases":4,"sessionsPlanned":16,"sessionsSupervised":12,"recordingsRated":3,"recordingsAtRandom":true,"isDefault":true,
	"source":"Default, to be confirmed: older texts of IPT UK and its partners (four cases; 12 of 16 sessions supervised; three recordings a case, chosen at random by the supervisor)."}');
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('rating_scale', '2026-1', '2000-01-01',
	'{"name":"IPT adherence and quality","from":1,"to":5,"passTenths":30,"isDefault":true,
	"source":"Default, to be confirmed: one to five, passed with an average of 3.0, as the IPT Institute publishes for its own scale; the items are ours.",
	"items":[
		{"key":"structure","label":"Keeps to the phase of therapy and its tasks"},
		{"key":"focus","label":"Keeps the work on the agreed focal area"},
		{"key":"links","label":"Links symptoms and mood to relationships and events"},
		{"key":"affect","label":"Helps feelings to be noticed and said"},
		{"key":"communication","label":"Looks closely at what was said between people"},
		{"key":"options","label":"Helps to find and try other ways"},
		{"key":"alliance","label":"Builds a warm, active alliance"},
		{"key":"time","label":"Works with the time limit and the ending"}
	]}');
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('outcome_measures', '2026-1', '2000-01-01',
	'{"measures":[
		{"key":"phq9","name":"PHQ-9","from":0,"to":27},
		{"key":"gad7","name":"GAD-7","from":0,"to":21},
		{"key":"rcads","name":"RCADS (total)","from":0,"to":141},
		{"key":"mfq","name":"MFQ","from":0,"to":66},
		{"key":"bdi2","name":"BDI-II","from":0,"to":63},
		{"key":"hamd17","name":"HAM-D 17","from":0,"to":52},
		{"key":"epds","name":"EPDS","from":0,"to":30},
		{"key":"wsas","name":"WSAS","from":0,"to":40},
		{"key":"core10","name":"CORE-10","from":0,"to":40}
	]}');
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('training_signing', '2026-1', '2000-01-01',
	'{"linkDays":14,"askAgainDays":7,
	"statement":"I supervised this case. I heard the recordings that I rated. What I have written is my own judgement, it holds nothing that could show who a client is, and I have declared every interest that could sway it. I know that those who assess an application will read it."}');
