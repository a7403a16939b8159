-- Supervision: who supervises whom, each session, and who confirmed it; the declared CPD year; calendar addresses.

-- Kept for ever once both agreed: conflicts of interest are looked up here. The supervisor is a registrant, or somebody outside.
CREATE TABLE supervision_relation (
	id TEXT PRIMARY KEY,
	supervisee_id TEXT NOT NULL REFERENCES person (id),
	supervisor_id TEXT REFERENCES person (id),
	outside_name TEXT CHECK (length(outside_name) BETWEEN 1 AND 200),
	outside_profession TEXT,
	outside_email TEXT,
	-- The address folded to one spelling.
	outside_key TEXT,
	asked_by TEXT NOT NULL CHECK (asked_by IN ('supervisee', 'supervisor')),
	asked_at INTEGER NOT NULL,
	-- The first day of the supervision.
	from_on TEXT NOT NULL,
	agreed_at INTEGER,
	-- Declined by the other, or taken back by the one who asked.
	refused_at INTEGER,
	-- The last day of the supervision.
	ended_on TEXT,
	ended_by TEXT CHECK (ended_by IN ('supervisee', 'supervisor')),
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((supervisor_id IS NULL) = (outside_name IS NOT NULL AND outside_profession IS NOT NULL AND outside_email IS NOT NULL AND outside_key IS NOT NULL)),
	CHECK (supervisor_id IS NULL OR (outside_name IS NULL AND outside_profession IS NULL AND outside_email IS NULL AND outside_key IS NULL)),
	CHECK (supervisor_id IS NULL OR supervisor_id <> supervisee_id),
	CHECK (supervisor_id IS NOT NULL OR asked_by = 'supervisee'),
	CHECK (agreed_at IS NULL OR refused_at IS NULL),
	CHECK ((ended_on IS NULL) = (ended_by IS NULL)),
	CHECK (ended_on IS NULL OR (agreed_at IS NOT NULL AND ended_on >= from_on))
) STRICT;
CREATE INDEX supervision_relation_supervisee ON supervision_relation (supervisee_id);
CREATE INDEX supervision_relation_supervisor ON supervision_relation (supervisor_id);
CREATE UNIQUE INDEX supervision_relation_open ON supervision_relation (supervisee_id, coalesce(supervisor_id, outside_key))
	WHERE refused_at IS NULL AND ended_on IS NULL;
CREATE TRIGGER supervision_relation_kept BEFORE DELETE ON supervision_relation WHEN OLD.agreed_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'who supervised whom is kept'); END;
-- In all that follows: when two files turn out to be of one person, their rows go over to the file that stays, and only then.
CREATE TRIGGER supervision_relation_parties BEFORE UPDATE ON supervision_relation
	WHEN (OLD.supervisee_id IS NOT NEW.supervisee_id
			AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.supervisee_id AND winner_id = NEW.supervisee_id))
		OR (OLD.supervisor_id IS NOT NEW.supervisor_id
			AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.supervisor_id AND winner_id = NEW.supervisor_id))
		OR OLD.outside_key IS NOT NEW.outside_key
		OR (OLD.agreed_at IS NOT NULL AND (OLD.agreed_at IS NOT NEW.agreed_at OR OLD.from_on IS NOT NEW.from_on))
		OR (OLD.ended_on IS NOT NULL AND OLD.ended_on IS NOT NEW.ended_on)
	BEGIN SELECT RAISE(ABORT, 'who supervised whom is kept'); END;

-- `minutes`: how long the session was. `own_minutes`: the member's share of it, by the rules of the day it was written.
CREATE TABLE supervision_entry (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	-- Only a session among peers may have nobody who could confirm it.
	relation_id TEXT REFERENCES supervision_relation (id),
	is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
	held_on TEXT,
	minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
	own_minutes INTEGER CHECK (own_minutes BETWEEN 0 AND minutes),
	kind TEXT NOT NULL CHECK (kind IN ('individual', 'group', 'peer')),
	group_size INTEGER CHECK (group_size BETWEEN 2 AND 50),
	mode TEXT NOT NULL CHECK (mode IN ('in_person', 'video', 'telephone')),
	material TEXT NOT NULL CHECK (material IN ('none', 'live', 'recorded')),
	note TEXT NOT NULL DEFAULT '',
	-- The confirmed entry that this one takes the place of, once it is confirmed too. No minutes: the session did not take place.
	corrects_id TEXT REFERENCES supervision_entry (id),
	-- The supervisor's word on what is not right, until the entry is changed.
	disputed_at INTEGER,
	dispute TEXT,
	confirmed_at INTEGER,
	-- The key of the supervisor, or `link` for somebody outside.
	confirmed_by TEXT,
	repeat_key TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (is_draft = 1 OR (held_on IS NOT NULL AND minutes IS NOT NULL AND own_minutes IS NOT NULL AND (relation_id IS NOT NULL OR kind = 'peer'))),
	CHECK (is_draft = 1 OR (kind = 'individual') = (group_size IS NULL)),
	CHECK (is_draft = 1 OR minutes > 0 OR corrects_id IS NOT NULL),
	CHECK ((disputed_at IS NULL) = (dispute IS NULL)),
	CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
	CHECK (confirmed_at IS NULL OR (is_draft = 0 AND disputed_at IS NULL AND relation_id IS NOT NULL)),
	-- Nobody confirms for themselves.
	CHECK (confirmed_by IS NULL OR confirmed_by <> person_id)
) STRICT;
CREATE INDEX supervision_entry_person ON supervision_entry (person_id, held_on, id, is_draft, own_minutes, confirmed_at, corrects_id);
CREATE INDEX supervision_entry_relation ON supervision_entry (relation_id, held_on);
CREATE INDEX supervision_entry_waiting ON supervision_entry (relation_id) WHERE is_draft = 0 AND confirmed_at IS NULL AND disputed_at IS NULL;
CREATE UNIQUE INDEX supervision_entry_corrects ON supervision_entry (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE TRIGGER supervision_entry_kept BEFORE DELETE ON supervision_entry WHEN OLD.confirmed_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'a confirmed session is never deleted'); END;
CREATE TRIGGER supervision_entry_fixed BEFORE UPDATE ON supervision_entry WHEN OLD.confirmed_at IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'a confirmed session is never changed'); END;

-- Links for a supervisor: to agree to a relation, to confirm what waits in one. Opening one does nothing; posting its page exchanges the
-- token for a cookie of half an hour; what is done with that uses it up.
CREATE TABLE supervision_link (
	token_hash TEXT PRIMARY KEY,
	purpose TEXT NOT NULL CHECK (purpose IN ('agree', 'confirm')),
	relation_id TEXT NOT NULL REFERENCES supervision_relation (id),
	created_at INTEGER NOT NULL,
	-- The month it was sent in, `2026-11`, London.
	sent_month TEXT NOT NULL,
	expires_at INTEGER NOT NULL,
	exchange_hash TEXT UNIQUE,
	exchanged_at INTEGER,
	used_at INTEGER,
	withdrawn_at INTEGER,
	CHECK ((exchange_hash IS NULL) = (exchanged_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX supervision_link_live ON supervision_link (relation_id, purpose) WHERE used_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX supervision_link_relation ON supervision_link (relation_id, sent_month);

-- A CPD year that its owner declared: what it held is kept as it was, with the digest that stands in the audit.
CREATE TABLE cpd_year (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	rules_version TEXT NOT NULL,
	is_met INTEGER NOT NULL CHECK (is_met IN (0, 1)),
	-- Said in the member's own words when the rules were not met.
	explanation TEXT NOT NULL,
	content TEXT NOT NULL CHECK (json_valid(content)),
	digest TEXT NOT NULL,
	declared_at INTEGER NOT NULL,
	UNIQUE (person_id, from_on),
	CHECK (to_on >= from_on)
) STRICT;
CREATE TRIGGER cpd_year_kept BEFORE DELETE ON cpd_year BEGIN SELECT RAISE(ABORT, 'a declared year is kept'); END;
CREATE TRIGGER cpd_year_fixed BEFORE UPDATE ON cpd_year
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'a declared year is never changed'); END;

-- What lies in a declared year stays as it is: nothing comes in, goes out or is rewritten. A supervisor may still confirm.
CREATE TRIGGER cpd_entry_year_insert BEFORE INSERT ON cpd_entry WHEN NEW.is_draft = 0
	AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = NEW.person_id AND NEW.done_on BETWEEN y.from_on AND y.to_on)
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
CREATE TRIGGER cpd_entry_year_update BEFORE UPDATE ON cpd_entry WHEN (OLD.frozen_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id))
	OR (NEW.is_draft = 0 AND NEW.frozen_at IS NULL
		AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = NEW.person_id AND NEW.done_on BETWEEN y.from_on AND y.to_on))
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
CREATE TRIGGER cpd_entry_year_delete BEFORE DELETE ON cpd_entry WHEN OLD.frozen_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
CREATE TRIGGER supervision_entry_year_insert BEFORE INSERT ON supervision_entry WHEN NEW.is_draft = 0
	AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = NEW.person_id AND NEW.held_on BETWEEN y.from_on AND y.to_on)
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
CREATE TRIGGER supervision_entry_year_update BEFORE UPDATE OF is_draft, held_on, minutes, own_minutes, kind, group_size, mode, material, note, relation_id
	ON supervision_entry WHEN (OLD.is_draft = 0
		AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = OLD.person_id AND OLD.held_on BETWEEN y.from_on AND y.to_on))
	OR (NEW.is_draft = 0 AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = NEW.person_id AND NEW.held_on BETWEEN y.from_on AND y.to_on))
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;
CREATE TRIGGER supervision_entry_year_delete BEFORE DELETE ON supervision_entry WHEN OLD.is_draft = 0
	AND EXISTS (SELECT 1 FROM cpd_year y WHERE y.person_id = OLD.person_id AND OLD.held_on BETWEEN y.from_on AND y.to_on)
	BEGIN SELECT RAISE(ABORT, 'that CPD year is declared'); END;

-- The secret address of someone's calendar of what is due; only its hash is kept.
CREATE TABLE calendar_feed (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	token_hash TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX calendar_feed_live ON calendar_feed (person_id) WHERE revoked_at IS NULL;

-- Defaults, to be confirmed by the organisation. `shares`: of a group's or peers' time each counts an equal part, or the whole.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('supervision', '2026-1', '2000-01-01',
	'{"gapWeeks":6,"linkDays":14,"mostMinutes":480,"mostInGroup":12,"monthsShown":6,"shares":{"group":"divided","peer":"divided"}}');
