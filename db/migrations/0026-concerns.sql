-- Concerns and complaints. Facts only: a concern is the sequence of its steps, never changed; where it stands and what is due follows from them
-- (src/features/complaints/state.ts, promises.ts). What anybody wrote stands in the vault of the concern (0025), never here: the columns of these
-- tables hold keys, days and closed lists.

CREATE TABLE concern (
	-- Also the key of its vault.
	id TEXT PRIMARY KEY REFERENCES vault (id),
	-- CON-2026-0007, from the moment it is sent.
	reference TEXT UNIQUE,
	about TEXT NOT NULL CHECK (about IN ('therapist', 'organisation')),
	way TEXT NOT NULL CHECK (way IN ('online', 'telephone', 'letter', 'email', 'own_motion')),
	source TEXT CHECK (source IN ('client', 'former_client', 'carer_family', 'colleague', 'employer', 'supervisor_or_trainer', 'other_body', 'police',
		'on_behalf', 'self_declaration', 'own_motion', 'unnamed')),
	begun_at INTEGER NOT NULL,
	-- What opens it without an account: a keyed hash of the case key, and a slow hash of the passphrase.
	case_key_hash TEXT UNIQUE,
	passphrase_hash TEXT,
	-- Who it is about, once somebody knows: on the register, or on file.
	respondent_id TEXT REFERENCES person (id),
	-- Who raised it, where they have an account and said so.
	complainant_id TEXT REFERENCES person (id),
	-- Of one by telephone or letter: the officer who typed it; it is sent when the person has confirmed it.
	typed_by TEXT REFERENCES person (id),
	rules_version TEXT NOT NULL,
	-- Checked copies of what follows from the steps, for queues.
	phase TEXT NOT NULL CHECK (phase IN ('enquiry', 'received', 'triage', 'awaiting_complainant', 'preliminary', 'early_resolution', 'investigation',
		'decision_to_refer', 'hearing', 'outcome', 'appeal', 'closed', 'dropped')),
	due_on TEXT,
	is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1)),
	is_urgent INTEGER NOT NULL DEFAULT 0 CHECK (is_urgent IN (0, 1)),
	has_legal_hold INTEGER NOT NULL DEFAULT 0 CHECK (has_legal_hold IN (0, 1)),
	owner_id TEXT REFERENCES person (id),
	steps INTEGER NOT NULL CHECK (steps > 0),
	CHECK ((reference IS NULL) = (phase IN ('enquiry', 'dropped'))),
	CHECK (respondent_id IS NULL OR respondent_id IS NOT complainant_id OR source = 'self_declaration')
) STRICT;
CREATE INDEX concern_queue ON concern (phase, due_on, id);
CREATE INDEX concern_respondent ON concern (respondent_id) WHERE respondent_id IS NOT NULL;
CREATE INDEX concern_complainant ON concern (complainant_id) WHERE complainant_id IS NOT NULL;
CREATE INDEX concern_owner ON concern (owner_id, phase, due_on) WHERE owner_id IS NOT NULL;
CREATE TRIGGER concern_reference BEFORE UPDATE OF reference ON concern WHEN OLD.reference IS NOT NULL AND OLD.reference IS NOT NEW.reference
	BEGIN SELECT RAISE(ABORT, 'a reference is given once'); END;
CREATE TRIGGER concern_fixed BEFORE UPDATE OF about, way, begun_at, rules_version ON concern
	BEGIN SELECT RAISE(ABORT, 'a concern keeps what it began with'); END;
CREATE TRIGGER concern_kept BEFORE DELETE ON concern WHEN OLD.reference IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'that there was a concern is kept'); END;

CREATE TABLE concern_step (
	concern_id TEXT NOT NULL REFERENCES concern (id),
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('begun', 'sent', 'acknowledged', 'assigned', 'owner_changed', 'accepted', 'redirected', 'declined',
		'asked', 'answered', 'went_on', 'disclosed', 'replied', 'resolution_begun', 'resolution_agreed', 'resolution_failed', 'reported',
		'referred', 'no_case', 'advised', 'listed', 'adjourned', 'facts_found', 'breach_found', 'sanction_decided', 'appealed', 'appeal_decided',
		'closed', 'reopened', 'updated', 'paused', 'resumed', 'flagged', 'unflagged', 'interim_asked', 'interim_decided', 'interim_ended',
		'withdrawn', 'legal_hold_begun', 'legal_hold_ended', 'dropped', 'destroyed')),
	at INTEGER NOT NULL,
	on_day TEXT NOT NULL,
	-- Somebody of the office or a panel; null for the complainant, the respondent's own acts and the system: `by_side` says which.
	by_person TEXT REFERENCES person (id),
	by_side TEXT NOT NULL CHECK (by_side IN ('complainant', 'respondent', 'office', 'panel', 'system')),
	-- Keys and days, never a word of anybody.
	data TEXT NOT NULL CHECK (json_valid(data)),
	process_id TEXT NOT NULL,
	PRIMARY KEY (concern_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER concern_step_order BEFORE INSERT ON concern_step
	WHEN NEW.no <> 1 + (SELECT coalesce(max(no), 0) FROM concern_step WHERE concern_id = NEW.concern_id)
	BEGIN SELECT RAISE(ABORT, 'steps follow one another'); END;
CREATE TRIGGER concern_step_fixed BEFORE UPDATE ON concern_step
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.by_person AND winner_id = NEW.by_person)
	BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER concern_step_kept BEFORE DELETE ON concern_step
	WHEN EXISTS (SELECT 1 FROM concern WHERE id = OLD.concern_id AND reference IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;

-- Everybody who has to do with it and is no worker of the office: names and addresses stand in the vault, at `party:<id>`.
CREATE TABLE concern_party (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	kind TEXT NOT NULL CHECK (kind IN ('witness', 'supporter', 'representative', 'employer', 'other_body')),
	-- Where they are on file.
	person_id TEXT REFERENCES person (id),
	-- Whose: a supporter or representative speaks for one side.
	side TEXT CHECK (side IN ('complainant', 'respondent')),
	agreed_at INTEGER,
	added_at INTEGER NOT NULL,
	left_at INTEGER
) STRICT;
CREATE INDEX concern_party_concern ON concern_party (concern_id);
CREATE INDEX concern_party_person ON concern_party (person_id) WHERE person_id IS NOT NULL;

-- What stands between somebody and a concern, found from the record: a side of it, a supervisor, supervisee or practice of one, one who wrote of one.
CREATE VIEW concern_interest AS
	SELECT id AS concern_id, respondent_id AS other_id, 'party' AS reason FROM concern WHERE respondent_id IS NOT NULL
	UNION ALL SELECT id, complainant_id, 'party' FROM concern WHERE complainant_id IS NOT NULL
	UNION ALL SELECT concern_id, person_id, 'party' FROM concern_party WHERE person_id IS NOT NULL
	UNION ALL SELECT c.id, i.other_id, i.reason FROM concern c JOIN interest i ON i.person_id = c.respondent_id
	UNION ALL SELECT c.id, i.other_id, i.reason FROM concern c JOIN interest i ON i.person_id = c.complainant_id;

-- Sealed to named people for a time. Whoever is not here does not know that it exists.
CREATE TABLE concern_access (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	capacity TEXT NOT NULL CHECK (capacity IN ('owner', 'caseworker', 'lay_screener', 'investigator', 'facilitator', 'monitor', 'secretary',
		'panel', 'adviser', 'reviewer', 'break_glass')),
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	granted_by TEXT REFERENCES person (id),
	-- What they said before it opened; null: the gate is shut.
	declared TEXT CHECK (declared IN ('none', 'minor', 'recuse')),
	declared_at INTEGER,
	ended_at INTEGER,
	end_reason TEXT CHECK (end_reason IN ('recused', 'released', 'replaced', 'over')),
	CHECK (until_at > from_at),
	CHECK ((declared IS NULL) = (declared_at IS NULL)),
	CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
	-- The glass is broken for two hours at most, whatever the rules say.
	CHECK (capacity <> 'break_glass' OR until_at - from_at <= 7200000)
) STRICT;
CREATE UNIQUE INDEX concern_access_once ON concern_access (concern_id, person_id, capacity) WHERE ended_at IS NULL AND capacity <> 'break_glass';
CREATE INDEX concern_access_person ON concern_access (person_id, concern_id) WHERE ended_at IS NULL;
CREATE TRIGGER concern_access_interest BEFORE INSERT ON concern_access
	WHEN EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;
CREATE TRIGGER concern_access_recused BEFORE INSERT ON concern_access
	WHEN EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = NEW.concern_id AND a.person_id = NEW.person_id AND a.end_reason = 'recused')
	BEGIN SELECT RAISE(ABORT, 'whoever stepped back does not come back'); END;
CREATE TRIGGER concern_access_fixed BEFORE UPDATE OF concern_id, capacity, from_at, granted_by ON concern_access
	BEGIN SELECT RAISE(ABORT, 'who was let in, and as what, is never changed'); END;
CREATE TRIGGER concern_access_kept BEFORE DELETE ON concern_access BEGIN SELECT RAISE(ABORT, 'who was let in is kept'); END;
-- Nobody takes a step on a concern of their own circle, or after they stepped back.
CREATE TRIGGER concern_step_interest BEFORE INSERT ON concern_step
	WHEN NEW.by_person IS NOT NULL AND NEW.by_side IN ('office', 'panel') AND NEW.kind NOT IN ('begun', 'sent')
		AND (EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.by_person)
			OR EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = NEW.concern_id AND a.person_id = NEW.by_person AND a.end_reason = 'recused'))
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;

-- A step that two people take: one proposes it with its words (`proposal:<id>` in the vault), another agrees, and then it is taken.
CREATE TABLE concern_proposal (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	kind TEXT NOT NULL CHECK (kind IN ('accepted', 'redirected', 'declined', 'flagged', 'reopened', 'legal_hold_ended', 'destroyed')),
	data TEXT NOT NULL CHECK (json_valid(data)),
	proposed_by TEXT NOT NULL REFERENCES person (id),
	proposed_at INTEGER NOT NULL,
	settled_by TEXT REFERENCES person (id),
	settled_at INTEGER,
	result TEXT CHECK (result IN ('agreed', 'refused', 'taken_back')),
	CHECK ((settled_at IS NULL) = (result IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
	CHECK (result IS NOT 'agreed' OR settled_by <> proposed_by)
) STRICT;
CREATE UNIQUE INDEX concern_proposal_open ON concern_proposal (concern_id, kind) WHERE settled_at IS NULL;
-- Whether a concern is for us is never decided without somebody from outside the profession.
CREATE TRIGGER concern_step_screened BEFORE INSERT ON concern_step
	WHEN NEW.kind IN ('accepted', 'redirected', 'declined') AND NOT EXISTS (SELECT 1 FROM concern_proposal p
		JOIN concern_access a ON a.concern_id = p.concern_id AND a.capacity = 'lay_screener' AND a.ended_at IS NULL
			AND a.person_id IN (p.proposed_by, p.settled_by)
		WHERE p.concern_id = NEW.concern_id AND p.kind = NEW.kind AND p.result = 'agreed')
	BEGIN SELECT RAISE(ABORT, 'a lay screener takes part'); END;

-- Every opening of something of a concern. The reason for a broken glass stands in the vault, at `glass:<id>`.
CREATE TABLE concern_read (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	-- Null: the complainant themselves, by their case key.
	person_id TEXT REFERENCES person (id),
	capacity TEXT NOT NULL,
	what TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_read_concern ON concern_read (concern_id, at);
CREATE TRIGGER concern_read_fixed BEFORE UPDATE ON concern_read
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'who read what is never changed'); END;
CREATE TRIGGER concern_read_kept BEFORE DELETE ON concern_read BEGIN SELECT RAISE(ABORT, 'who read what is kept'); END;

-- Words between the office and one side; the other side never sees them. They stand in the vault, at `message:<id>`.
CREATE TABLE concern_message (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	side TEXT NOT NULL CHECK (side IN ('complainant', 'respondent')),
	is_from_office INTEGER NOT NULL CHECK (is_from_office IN (0, 1)),
	by_person TEXT REFERENCES person (id),
	sent_at INTEGER NOT NULL,
	read_at INTEGER,
	repeat_key TEXT NOT NULL UNIQUE,
	CHECK (is_from_office = 0 OR by_person IS NOT NULL)
) STRICT;
CREATE INDEX concern_message_lane ON concern_message (concern_id, side, sent_at);

-- What is said to have happened, piece by piece; its words at `allegation:<id>`, the reasons of its finding at `finding:<id>`.
CREATE TABLE concern_allegation (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	no INTEGER NOT NULL CHECK (no > 0),
	category TEXT NOT NULL CHECK (category IN ('communication', 'confidentiality', 'boundaries_non_sexual', 'boundaries_sexual', 'competence_scope',
		'assessment_risk', 'record_keeping', 'fees_contract', 'ending_therapy', 'discrimination', 'advertising_title_misuse', 'dishonesty',
		'supervision_training_conduct', 'health', 'conviction_caution', 'other_body_decision', 'failure_to_cooperate')),
	standard TEXT NOT NULL DEFAULT 'balance' CHECK (standard IN ('balance', 'certificate')),
	added_by TEXT NOT NULL REFERENCES person (id),
	added_at INTEGER NOT NULL,
	finding TEXT CHECK (finding IN ('admitted', 'proved', 'not_proved', 'withdrawn')),
	found_at INTEGER,
	UNIQUE (concern_id, no),
	CHECK ((finding IS NULL) = (found_at IS NULL))
) STRICT;

-- A file: its content is sealed with a key of its own, which stands in the vault at `file:<id>:key`; its name at `file:<id>:name`.
CREATE TABLE concern_file (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	-- Who may open it: the side that gave it and the people of the case; `office`: the people of the case only.
	lane TEXT NOT NULL CHECK (lane IN ('complainant', 'respondent', 'office')),
	kind TEXT NOT NULL CHECK (kind IN ('evidence', 'statement', 'letter', 'redacted', 'bundle', 'report')),
	type TEXT NOT NULL CHECK (type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
	bytes INTEGER NOT NULL CHECK (bytes > 0),
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	sealed_sha256 TEXT NOT NULL UNIQUE CHECK (length(sealed_sha256) = 64),
	by_person TEXT REFERENCES person (id),
	added_at INTEGER NOT NULL,
	scanned_at INTEGER,
	scanned_by TEXT,
	scan_tried_at INTEGER,
	quarantined_at INTEGER,
	removed_at INTEGER
) STRICT;
CREATE INDEX concern_file_concern ON concern_file (concern_id, added_at);
CREATE INDEX concern_file_unscanned ON concern_file (scan_tried_at) WHERE scanned_at IS NULL AND removed_at IS NULL;

-- Answered apart and only by who wishes to.
CREATE TABLE concern_equality (
	id TEXT PRIMARY KEY,
	-- The month in which it was answered; nothing leads from here to a concern.
	month TEXT NOT NULL,
	side TEXT NOT NULL CHECK (side IN ('complainant', 'respondent')),
	answers TEXT NOT NULL CHECK (json_valid(answers))
) STRICT;

INSERT INTO rule_set (kind, version, from_on, data) VALUES ('concerns', '2026-1', '2000-01-01', '{
	"acknowledgeWorkingDays":2,"triageWorkingDays":10,"updateDays":28,"askWorkingDays":20,"replyDays":28,"resolutionWorkingDays":40,
	"investigationWorkingDays":60,"panelMonths":6,"hearingMonths":6,"hearingNoticeDays":28,"appealDays":28,"publishWorkingDays":5,
	"reopenMonths":12,"draftDays":90,"draftReminderDays":83,"timeLimitYears":3,"breakGlassHours":2,"accessDays":180,
	"interimReviewMonths":6,"interimMostMonths":18,"suspensionMostMonths":12,"reviewNoticeDays":[60,30,14],
	"showMetMonths":6,"showNotMetMonths":60,"showRemovedMonths":60,"restoreAfterMonths":60,"smallNumber":5,
	"keepMonths":{"not_taken_forward":36,"no_case":72,"upheld":84,"removed":null}}');
