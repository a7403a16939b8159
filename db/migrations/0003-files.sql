-- Files that people put here, and what they ask about their own data.
-- A file's content stands sealed in DATA_DIR/files under the SHA-256 of its sealed bytes; this row says whose and what it is.

CREATE TABLE stored_file (
	id TEXT PRIMARY KEY,
	purpose TEXT NOT NULL CHECK (purpose IN ('cpd_evidence', 'supervision_evidence', 'photo', 'change_evidence', 'application_evidence', 'concession_evidence', 'other')),
	owner_person_id TEXT NOT NULL REFERENCES person (id),
	-- As its owner called it, cleaned: shown to people, never used as a path.
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
	type TEXT NOT NULL CHECK (type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
	bytes INTEGER NOT NULL CHECK (bytes > 0),
	-- Of the content, which is compared when it is read.
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	-- Of the sealed bytes: the name of the file, so that a copy can be proved without a key.
	sealed_sha256 TEXT NOT NULL UNIQUE CHECK (length(sealed_sha256) = 64),
	sealed_as TEXT NOT NULL CHECK (sealed_as IN ('aes-256-gcm/v1')),
	-- What in it looks like a client's: kinds only, never the words.
	hints TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(hints)),
	created_at INTEGER NOT NULL,
	-- What it belongs to. Until then it is only kept, for a day, so that a form with a mistake need not be given it twice.
	attached_type TEXT,
	attached_id TEXT,
	attached_at INTEGER,
	deleted_at INTEGER,
	deleted_because TEXT CHECK (deleted_because IN ('owner', 'never_used', 'retention', 'erasure', 'not_in_backup')),
	CHECK ((attached_type IS NULL) = (attached_id IS NULL) AND (attached_type IS NULL) = (attached_at IS NULL)),
	CHECK ((deleted_at IS NULL) = (deleted_because IS NULL))
) STRICT;
CREATE INDEX stored_file_owner ON stored_file (owner_person_id);
CREATE INDEX stored_file_attached ON stored_file (attached_type, attached_id);
CREATE INDEX stored_file_waiting ON stored_file (created_at) WHERE attached_at IS NULL AND deleted_at IS NULL;

-- Requests of a person about their own data. Days are the last on which the answer is in time.
CREATE TABLE data_request (
	id TEXT PRIMARY KEY,
	reference TEXT NOT NULL UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('correction', 'erasure')),
	said TEXT NOT NULL CHECK (length(said) BETWEEN 1 AND 8000),
	repeat_key TEXT NOT NULL UNIQUE,
	asked_at INTEGER NOT NULL,
	acknowledge_by_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	acknowledged_at INTEGER,
	-- Hard or many requests may take up to two months more; the person is told why within the first month.
	extended_because TEXT,
	outcome TEXT CHECK (outcome IN ('done', 'partly', 'refused', 'withdrawn')),
	answer TEXT,
	answered_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((outcome IS NULL) = (answered_at IS NULL)),
	CHECK (outcome IS NULL OR outcome = 'withdrawn' OR answer IS NOT NULL)
) STRICT;
CREATE INDEX data_request_person ON data_request (person_id);
CREATE INDEX data_request_open ON data_request (due_on) WHERE answered_at IS NULL;

-- What someone did themselves belongs to what is held about them.
CREATE INDEX audit_event_actor ON audit_event (actor, seq) WHERE substr(actor, 1, 7) = 'person:';

-- How long each class of data is kept, in months after `from`. Defaults, to be confirmed by the organisation and its adviser.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('retention', '2026-1', '2000-01-01',
	'{"classes":{
		"register":{"label":"Register entry and awards","from":"never","months":null,"because":"the register must be able to say what it said on any past day"},
		"membership":{"label":"Membership and contact details","from":"membership_end","months":72,"because":"questions about your membership can come up after it ends"},
		"listing":{"label":"Directory listing","from":"membership_end","months":1,"because":"nobody needs it once you are no longer listed"},
		"cpd":{"label":"CPD and supervision log","from":"record","months":72,"because":"a later audit or re-accreditation may look back"},
		"evidence":{"label":"Files you gave us","from":"membership_end","months":72,"because":"they prove what was decided on them"},
		"payments":{"label":"Invoices, payments and receipts","from":"record","months":84,"because":"tax and company law ask for six years after the year of the payment"},
		"security":{"label":"Signing in, devices, links","from":"record","months":12,"because":"we must be able to see misuse"},
		"messages":{"label":"Messages we sent you","from":"record","months":12,"because":"to answer questions about what you were told"},
		"enquiries":{"label":"Enquiries to you from the public","from":"record","months":1,"because":"what people write to a therapist is deleted after 30 days"},
		"requests":{"label":"Your requests about your data","from":"record","months":72,"because":"we must be able to show that we answered"},
		"roles":{"label":"Roles you held for us","from":"record","months":120,"because":"who could decide what must stay provable"},
		"audit":{"label":"Record of changes","from":"record","months":120,"because":"it proves that the register was not altered; names in it can be erased earlier"}
	}}');
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('data-requests', '2026-1', '2000-01-01',
	'{"answerMonths":1,"extensionMonths":2,"acknowledgeDays":5}');
