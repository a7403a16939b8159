-- Concerns that came another way than by the website (src/features/complaints/typed-*): an officer types what was said, and nothing is sent before
-- whoever said it has confirmed it. Keys, days and closed lists only; what was typed stands in the vault, at `draft:<part>`.
CREATE TABLE concern_typed (
	concern_id TEXT PRIMARY KEY REFERENCES concern (id) ON DELETE CASCADE,
	typed_by TEXT NOT NULL REFERENCES person (id),
	-- The same form twice begins one.
	repeat_key TEXT NOT NULL UNIQUE,
	-- The day of the call, the letter or the mail.
	came_on TEXT NOT NULL,
	-- When the officer gave the person their key: read out, or posted.
	key_given_at INTEGER,
	-- When the person opened it with that key, and chose a passphrase. From here on it is theirs, and no officer reads it before it is sent.
	opened_at INTEGER,
	-- Confirmed otherwise than online: how and on which day, recorded by one and checked by another.
	confirmed_how TEXT CHECK (confirmed_how IN ('telephone', 'letter', 'own_motion')),
	confirmed_on TEXT,
	recorded_by TEXT REFERENCES person (id),
	recorded_at INTEGER,
	checked_by TEXT REFERENCES person (id),
	checked_at INTEGER,
	CHECK ((confirmed_how IS NULL) = (confirmed_on IS NULL) AND (confirmed_how IS NULL) = (recorded_by IS NULL) AND (recorded_by IS NULL) = (recorded_at IS NULL)),
	CHECK ((checked_by IS NULL) = (checked_at IS NULL)),
	-- Whoever typed it or wrote down that it was confirmed never checks it.
	CHECK (checked_by IS NULL OR (recorded_by IS NOT NULL AND checked_by <> recorded_by AND checked_by <> typed_by))
) STRICT;
CREATE INDEX concern_typed_by ON concern_typed (typed_by);
-- Who of the office read it before it was sent; it goes with a draft that is never sent, and into the record of the case with one that is.
CREATE TABLE concern_typed_look (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id) ON DELETE CASCADE,
	person_id TEXT NOT NULL REFERENCES person (id),
	what TEXT NOT NULL CHECK (what IN ('typed', 'checked')),
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_typed_look_concern ON concern_typed_look (concern_id, at);

-- A message to the person who raised it that did not arrive: somebody telephones, or writes another way. Nothing here leads to the message: that is
-- found out with the key of the case (src/features/complaints/way-unreached.ts). How they were reached stands in the vault, at `reached:<id>`.
CREATE TABLE concern_unreached (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	noted_on TEXT NOT NULL,
	settled_how TEXT CHECK (settled_how IN ('telephone', 'post', 'supporter', 'waits')),
	settled_by TEXT REFERENCES person (id),
	settled_at INTEGER,
	CHECK ((settled_how IS NULL) = (settled_by IS NULL) AND (settled_how IS NULL) = (settled_at IS NULL))
) STRICT;
CREATE INDEX concern_unreached_open ON concern_unreached (concern_id) WHERE settled_at IS NULL;

-- What a concern about the organisation is about: whoever holds, or in the year before held, a role in that part of it, works on it in no way.
CREATE TABLE concern_organisation (
	concern_id TEXT PRIMARY KEY REFERENCES concern (id) ON DELETE CASCADE,
	part TEXT NOT NULL CHECK (part IN ('office', 'decisions', 'rules', 'concerns', 'other'))
) STRICT;
CREATE TABLE concern_organisation_role (
	part TEXT NOT NULL CHECK (part IN ('office', 'decisions', 'rules', 'concerns', 'other')),
	role TEXT NOT NULL,
	PRIMARY KEY (part, role)
) STRICT, WITHOUT ROWID;
INSERT INTO concern_organisation_role (part, role) VALUES
	('office', 'registrar'), ('office', 'membership_officer'), ('office', 'finance'), ('office', 'administrator'),
	('decisions', 'committee'), ('decisions', 'assessor'), ('decisions', 'auditor'), ('decisions', 'registrar'),
	('rules', 'registrar'), ('rules', 'committee'), ('concerns', 'administrator'), ('concerns', 'registrar');

DROP VIEW concern_interest;
-- What stands between somebody and a concern, found from the record: a side of it, a supervisor, supervisee or practice of one, one who wrote of
-- one, and whoever has a part in what a concern about the organisation is about.
CREATE VIEW concern_interest AS
	SELECT id AS concern_id, respondent_id AS other_id, 'party' AS reason FROM concern WHERE respondent_id IS NOT NULL
	UNION ALL SELECT id, complainant_id, 'party' FROM concern WHERE complainant_id IS NOT NULL
	UNION ALL SELECT concern_id, person_id, 'party' FROM concern_party WHERE person_id IS NOT NULL
	UNION ALL SELECT c.id, i.other_id, i.reason FROM concern c JOIN interest i ON i.person_id = c.respondent_id
	UNION ALL SELECT c.id, i.other_id, i.reason FROM concern c JOIN interest i ON i.person_id = c.complainant_id
	UNION ALL SELECT o.concern_id, g.person_id, 'office' FROM concern_organisation o JOIN concern c ON c.id = o.concern_id
		JOIN concern_organisation_role r ON r.part = o.part JOIN role_grant g ON g.role = r.role
		WHERE g.to_on IS NULL OR g.to_on >= date(c.begun_at / 1000, 'unixepoch', '-1 year');

-- The clocks of concerns about the organisation (domain.md §3.3: acknowledged in five working days, answered in twenty), and who may appeal against
-- what, to be confirmed by the organisation.
INSERT INTO rule_set (kind, version, from_on, data) VALUES
	('concerns_organisation', '2026-1', '2000-01-01', '{"acknowledgeWorkingDays":5,"answerWorkingDays":20}'),
	('concern_appeals', '2026-1', '2000-01-01',
		'{"complainant":["declined","no_case","advice","not_upheld","partly_upheld","upheld","resolved"],"respondent":["advice","partly_upheld","upheld"]}');
