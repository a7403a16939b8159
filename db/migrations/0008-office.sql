-- The office's file on a person: what they agreed to, what was checked, noted, asked to be changed; and two files that were one person.

-- What each person agreed to, in which version, when, and when no longer. The words are in rule_set (kind `consent.<purpose>`), or in the
-- declarations of joining. What parts of a listing are shown stays in listing_consent: that is the fact, this ledger shows it beside the rest.
CREATE TABLE consent (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	purpose TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 60),
	version TEXT NOT NULL,
	given_at INTEGER NOT NULL,
	-- Who recorded it: person:<id> or system:<name>.
	recorded_by TEXT NOT NULL,
	ended_at INTEGER,
	-- `replaced`: agreed to in a newer version.
	end_reason TEXT CHECK (end_reason IN ('withdrawn', 'replaced')),
	CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX consent_in_force ON consent (person_id, purpose) WHERE ended_at IS NULL;
CREATE INDEX consent_person ON consent (person_id, given_at);
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'what someone agreed to is never deleted: it is withdrawn'); END;
CREATE TRIGGER consent_fixed BEFORE UPDATE OF purpose, version, given_at, recorded_by ON consent
	BEGIN SELECT RAISE(ABORT, 'what someone agreed to is never rewritten'); END;

-- Defaults, to be confirmed by the organisation. `isChoice`: may be withdrawn without leaving.
INSERT INTO rule_set (kind, version, from_on, data) VALUES
	('consent.privacy', '2026-1', '2000-01-01', '{"title":"Privacy notice","isChoice":false,"text":"I have read the privacy notice. I know what is kept about me, why, for how long, and what I can ask for."}'),
	('consent.reminders', '2026-1', '2000-01-01', '{"title":"Reminders by e-mail","isChoice":true,"text":"Remind me by e-mail of what falls due: CPD, insurance, checks and supervision. Messages that I need as a member, such as the end of my membership, come in any case."}'),
	('consent.supervisor', '2026-1', '2000-01-01', '{"title":"Sharing with my supervisor","isChoice":true,"text":"Show the supervisors whom I name my supervision log and how far I am, for as long as we work together."}'),
	('consent.news', '2026-1', '2000-01-01', '{"title":"News of training and events","isChoice":true,"text":"Send me news of training and events, a few times a year."}');

-- What the office looked at: registration with another body, insurance, a record check. One row a look; the newest of each stands, the
-- others are its history. Of a record check only type, body and date are kept: never the certificate, nor its number.
CREATE TABLE person_check (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('core_registration', 'insurance', 'record_check')),
	body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 100),
	type TEXT CHECK (type IN ('own', 'employer', 'basic', 'standard', 'enhanced', 'enhanced_barred', 'pvg')),
	-- A registration number. Not of insurance or record checks: we have no use for those.
	reference TEXT,
	outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'restricted', 'not_found', 'could_not_check')),
	how TEXT NOT NULL CHECK (how IN ('register_page', 'document_seen', 'programme', 'told_by_body', 'declared', 'imported')),
	-- The day that the document bears.
	dated_on TEXT,
	checked_on TEXT NOT NULL,
	checked_by TEXT NOT NULL,
	-- The last day that it covers; and the day on which the office looks again.
	valid_to_on TEXT,
	next_check_on TEXT,
	-- The earlier of the two.
	due_on TEXT,
	recorded_at INTEGER NOT NULL,
	superseded_at INTEGER,
	CHECK (kind = 'core_registration' OR reference IS NULL),
	CHECK (kind <> 'record_check' OR type IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX person_check_current ON person_check (person_id, kind, (CASE kind WHEN 'core_registration' THEN body ELSE '' END))
	WHERE superseded_at IS NULL;
CREATE INDEX person_check_due ON person_check (due_on, id) WHERE superseded_at IS NULL;
CREATE INDEX person_check_unsure ON person_check (due_on, id) WHERE superseded_at IS NULL AND outcome = 'could_not_check';
CREATE INDEX person_check_declared ON person_check (due_on, id) WHERE superseded_at IS NULL AND how = 'declared';
CREATE INDEX person_check_expiry ON person_check (valid_to_on) WHERE superseded_at IS NULL;
CREATE INDEX person_check_person ON person_check (person_id, recorded_at);
CREATE TRIGGER person_check_no_delete BEFORE DELETE ON person_check BEGIN SELECT RAISE(ABORT, 'a check is never deleted: a newer one takes its place'); END;

-- What was on file before there were checks.
INSERT INTO person_check (id, person_id, kind, body, reference, outcome, how, checked_on, checked_by, due_on, next_check_on, recorded_at)
	SELECT id, person_id, 'core_registration', body, reference, CASE standing WHEN 'registered' THEN 'confirmed' ELSE standing END, 'imported',
		coalesce(checked_on, from_on), 'system:import', date(coalesce(checked_on, from_on), '+12 months'), date(coalesce(checked_on, from_on), '+12 months'), 0
	FROM core_profession WHERE to_on IS NULL AND NOT EXISTS (
		SELECT 1 FROM core_profession o WHERE o.person_id = core_profession.person_id AND o.body = core_profession.body AND o.to_on IS NULL AND o.id > core_profession.id);

-- Defaults, to be confirmed by the organisation. Days before expiry on which a member is reminded; months after which the office looks
-- again, or after which a record check is too old; days after which what could not be checked is tried again; what is asked of which grade.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('checks', '2026-1', '2000-01-01',
	'{"reminderDays":[60,30,14,0],"recheckMonths":{"core_registration":12,"insurance":12,"record_check":36},"retryDays":14,"asked":{"core_registration":["basic","plus"],"insurance":["basic","plus","organisation"],"record_check":[]}}');

-- Notes are versions, never deleted; one that should not have been written is retracted, and says so.
CREATE TABLE person_note (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	created_at INTEGER NOT NULL,
	retracted_at INTEGER,
	retracted_by TEXT,
	retract_reason TEXT,
	repeat_key TEXT NOT NULL UNIQUE,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((retracted_at IS NULL) = (retracted_by IS NULL) AND (retracted_at IS NULL) = (retract_reason IS NULL))
) STRICT;
CREATE INDEX person_note_person ON person_note (person_id, created_at);
CREATE TABLE person_note_text (
	note_id TEXT NOT NULL REFERENCES person_note (id),
	version INTEGER NOT NULL,
	text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 8000),
	written_at INTEGER NOT NULL,
	written_by TEXT NOT NULL,
	PRIMARY KEY (note_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER person_note_no_delete BEFORE DELETE ON person_note BEGIN SELECT RAISE(ABORT, 'a note is never deleted: it is retracted'); END;

-- Letters as they were written: sent through the outbox, or printed.
CREATE TABLE letter (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	template TEXT NOT NULL,
	way TEXT NOT NULL CHECK (way IN ('mail', 'print')),
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	written_at INTEGER NOT NULL,
	written_by TEXT NOT NULL,
	repeat_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX letter_person ON letter (person_id, written_at);

-- A death takes effect at once and waits for a second look: by somebody else, who confirms it or takes it back.
CREATE TABLE person_death (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	died_on TEXT NOT NULL,
	evidence TEXT NOT NULL,
	recorded_at INTEGER NOT NULL,
	recorded_by TEXT NOT NULL,
	confirmed_at INTEGER,
	confirmed_by TEXT,
	taken_back_at INTEGER,
	taken_back_by TEXT,
	take_back_reason TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL) AND (taken_back_at IS NULL) = (taken_back_by IS NULL)),
	CHECK ((taken_back_at IS NULL) = (take_back_reason IS NULL)),
	CHECK (confirmed_by IS NULL OR confirmed_by <> recorded_by),
	CHECK (confirmed_at IS NULL OR taken_back_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX person_death_stands ON person_death (person_id) WHERE taken_back_at IS NULL;
CREATE INDEX person_death_waiting ON person_death (recorded_at) WHERE confirmed_at IS NULL AND taken_back_at IS NULL;

-- A new name or another birth date: asked for by the person or noted by the office, approved by an officer who did not ask.
CREATE TABLE change_request (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('name', 'birth_date')),
	given_names TEXT,
	family_name TEXT,
	from_on TEXT,
	former_is_shown INTEGER CHECK (former_is_shown IN (0, 1)),
	born_on TEXT,
	evidence TEXT NOT NULL CHECK (length(evidence) BETWEEN 1 AND 2000),
	asked_by TEXT NOT NULL,
	asked_at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
	decided_by TEXT,
	decided_at INTEGER,
	decision_reason TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((kind = 'name') = (given_names IS NOT NULL AND family_name IS NOT NULL AND from_on IS NOT NULL AND former_is_shown IS NOT NULL)),
	CHECK ((kind = 'birth_date') = (born_on IS NOT NULL)),
	CHECK ((state = 'asked') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
	CHECK (state NOT IN ('approved', 'refused') OR (decided_by <> asked_by AND decided_by <> person_id)),
	CHECK (state <> 'refused' OR decision_reason IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX change_request_open ON change_request (person_id, kind) WHERE state = 'asked';
CREATE INDEX change_request_waiting ON change_request (asked_at) WHERE state = 'asked';
CREATE INDEX change_request_person ON change_request (person_id, asked_at);

-- Two files that were one person. Everything of the second was moved to the first, row by row as listed here, with what a row said before it
-- was changed: the whole of it can be told, and taken back. The second file stays as a sign that points to the first.
CREATE TABLE person_merge (
	loser_id TEXT PRIMARY KEY REFERENCES person (id),
	winner_id TEXT NOT NULL REFERENCES person (id),
	merged_at INTEGER NOT NULL,
	merged_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	CHECK (loser_id <> winner_id)
) STRICT;
CREATE INDEX person_merge_winner ON person_merge (winner_id);
CREATE TABLE person_merge_row (
	id INTEGER PRIMARY KEY,
	loser_id TEXT NOT NULL REFERENCES person_merge (loser_id),
	table_name TEXT NOT NULL,
	column_name TEXT NOT NULL,
	what TEXT NOT NULL CHECK (what IN ('moved', 'stayed', 'changed')),
	row_before TEXT NOT NULL CHECK (json_valid(row_before))
) STRICT;
CREATE INDEX person_merge_row_loser ON person_merge_row (loser_id);
-- Numbers that were given to the second file: never given again, they lead to the number of the first.
CREATE TABLE registration_former (
	number TEXT PRIMARY KEY,
	sequence INTEGER NOT NULL UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	registered_on TEXT NOT NULL,
	merged_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX registration_former_person ON registration_former (person_id);
CREATE VIEW public_former_number AS
	SELECT f.number AS former, r.number FROM registration_former f JOIN registration r ON r.person_id = f.person_id;

-- Who has looked into whose file on a day: the reading is one event of the audit, and not one for every click.
CREATE TABLE file_read (
	reader_id TEXT NOT NULL REFERENCES person (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	day TEXT NOT NULL,
	PRIMARY KEY (reader_id, person_id, day)
) STRICT, WITHOUT ROWID;

-- Who was invited to take over their account in a batch: each person once, so that a batch that was cut off is simply run again.
CREATE TABLE claim_invitation (
	person_id TEXT PRIMARY KEY REFERENCES person (id),
	invited_at INTEGER NOT NULL,
	invited_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX person_name_order ON person_name (family_name, given_names, person_id) WHERE to_on IS NULL;
CREATE INDEX person_email_key ON person (lower(email));
CREATE INDEX person_born_on ON person (born_on) WHERE born_on IS NOT NULL;
CREATE INDEX core_profession_reference ON core_profession (reference) WHERE reference IS NOT NULL;
