-- Facts only: what someone's status is on a day is computed from these rows (src/features/register/status.ts).
-- Instants *_at: integer milliseconds UTC. Days *_on: text YYYY-MM-DD, Europe/London. Money: integer pence.

CREATE TABLE audit_event (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	recorded_at INTEGER NOT NULL,
	process_id TEXT NOT NULL,
	process TEXT NOT NULL,
	kind TEXT NOT NULL,
	actor TEXT NOT NULL,
	reason TEXT,
	subject_type TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	personal_digest TEXT,
	previous_mac TEXT NOT NULL,
	mac TEXT NOT NULL
) STRICT;
CREATE INDEX audit_event_subject ON audit_event (subject_type, subject_id, seq);
CREATE INDEX audit_event_process ON audit_event (process_id);
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;

-- Personal values of an event stand apart, so that erasing them leaves the chain whole: the chain holds their salted digest.
CREATE TABLE audit_personal (
	seq INTEGER PRIMARY KEY REFERENCES audit_event (seq),
	salt TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data))
) STRICT;

CREATE TABLE outbox (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL,
	dedupe_key TEXT NOT NULL UNIQUE,
	process_id TEXT NOT NULL,
	to_address TEXT,
	subject TEXT NOT NULL,
	body TEXT,
	created_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 0,
	claimed_until INTEGER,
	sent_at INTEGER,
	failed_at INTEGER,
	last_error TEXT,
	purge_on TEXT,
	purged_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND failed_at IS NULL;

CREATE INDEX outbox_purge ON outbox (purge_on) WHERE purged_at IS NULL;

CREATE TABLE job_run (
	id TEXT PRIMARY KEY,
	job TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	outcome TEXT CHECK (outcome IN ('done', 'failed')),
	note TEXT
) STRICT;
CREATE INDEX job_run_job ON job_run (job, started_at);

CREATE TABLE rate_window (
	key TEXT PRIMARY KEY,
	started_at INTEGER NOT NULL,
	hits INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Business numbers are data: one row per version, the newest whose from_on has come is in force.
CREATE TABLE rule_set (
	kind TEXT NOT NULL,
	version TEXT NOT NULL,
	from_on TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
	id TEXT PRIMARY KEY,
	title TEXT,
	gender TEXT CHECK (gender IN ('woman', 'man', 'non-binary', 'another')),
	email TEXT,
	phone TEXT,
	died_on TEXT,
	import_key TEXT UNIQUE,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX person_email ON person (email);

CREATE TABLE person_name (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	given_names TEXT NOT NULL CHECK (length(given_names) BETWEEN 1 AND 200),
	family_name TEXT NOT NULL CHECK (length(family_name) BETWEEN 1 AND 200),
	from_on TEXT,
	to_on TEXT,
	shown_when_former INTEGER NOT NULL DEFAULT 0 CHECK (shown_when_former IN (0, 1))
) STRICT;
CREATE INDEX person_name_person ON person_name (person_id);
CREATE UNIQUE INDEX person_name_current ON person_name (person_id) WHERE to_on IS NULL;

-- One row per word a name may be looked up by: the name turned so that the word comes first, folded.
CREATE TABLE name_key (
	key TEXT NOT NULL,
	name_id TEXT NOT NULL REFERENCES person_name (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	PRIMARY KEY (key, name_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_key_name ON name_key (name_id);

CREATE TABLE name_sound (
	sound TEXT NOT NULL,
	name_id TEXT NOT NULL REFERENCES person_name (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	PRIMARY KEY (sound, name_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_sound_name ON name_sound (name_id);

CREATE TABLE registration (
	person_id TEXT PRIMARY KEY REFERENCES person (id),
	number TEXT NOT NULL UNIQUE,
	sequence INTEGER NOT NULL UNIQUE,
	registered_on TEXT NOT NULL
) STRICT;

CREATE TABLE core_profession (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	body TEXT NOT NULL,
	reference TEXT,
	standing TEXT NOT NULL CHECK (standing IN ('registered', 'restricted', 'not_found', 'could_not_check')),
	checked_on TEXT,
	from_on TEXT NOT NULL,
	to_on TEXT
) STRICT;
CREATE INDEX core_profession_person ON core_profession (person_id);

CREATE TABLE membership_period (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	category TEXT NOT NULL CHECK (category IN ('trainee', 'basic', 'plus', 'organisation')),
	from_on TEXT NOT NULL,
	paid_to_on TEXT NOT NULL,
	ended_on TEXT,
	end_reason TEXT CHECK (end_reason IN ('resigned', 'retired', 'lapsed', 'removed', 'died')),
	employer TEXT,
	CHECK (paid_to_on >= from_on),
	CHECK ((ended_on IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE INDEX membership_period_person ON membership_period (person_id, from_on);

CREATE TABLE membership_leave (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX membership_leave_person ON membership_leave (person_id);

CREATE INDEX registration_registered ON registration (registered_on);

CREATE TABLE award (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	level TEXT NOT NULL CHECK (level IN ('practitioner', 'supervisor', 'trainer', 'organisation')),
	kind TEXT NOT NULL CHECK (kind IN ('adult', 'adolescent', 'counselling', 'bipolar', 'perinatal', 'eating', 'group')),
	standards_version TEXT NOT NULL,
	awarded_on TEXT NOT NULL,
	ended_on TEXT,
	end_reason TEXT CHECK (end_reason IN ('given_up', 'not_renewed', 'withdrawn')),
	CHECK ((ended_on IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX award_person ON award (person_id, level, kind, awarded_on);

-- One row per period an award was confirmed for: the first, then one per re-accreditation.
CREATE TABLE award_term (
	id TEXT PRIMARY KEY,
	award_id TEXT NOT NULL REFERENCES award (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX award_term_award ON award_term (award_id);

CREATE TABLE register_order (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('interim_suspension', 'interim_conditions', 'warning', 'undertakings', 'conditions', 'suspension', 'removal', 'voluntary_removal', 'award_withdrawn')),
	award_id TEXT REFERENCES award (id),
	from_on TEXT NOT NULL,
	to_on TEXT,
	review_on TEXT,
	public_text TEXT NOT NULL DEFAULT '',
	outcome TEXT CHECK (outcome IN ('met', 'not_met', 'revoked')),
	outcome_on TEXT,
	display_until_on TEXT,
	CHECK ((outcome IS NULL) = (outcome_on IS NULL)),
	CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;
CREATE INDEX register_order_person ON register_order (person_id);

CREATE TABLE listing (
	person_id TEXT PRIMARY KEY REFERENCES person (id),
	slug TEXT NOT NULL UNIQUE,
	about TEXT NOT NULL DEFAULT '',
	website TEXT,
	phone TEXT,
	fee_from_pence INTEGER CHECK (fee_from_pence >= 0),
	fee_to_pence INTEGER CHECK (fee_to_pence >= fee_from_pence),
	session_minutes INTEGER,
	online INTEGER NOT NULL DEFAULT 0 CHECK (online IN (0, 1)),
	in_person INTEGER NOT NULL DEFAULT 0 CHECK (in_person IN (0, 1)),
	enquiries_open INTEGER NOT NULL DEFAULT 1 CHECK (enquiries_open IN (0, 1)),
	availability TEXT NOT NULL DEFAULT 'not_said' CHECK (availability IN ('taking', 'waiting', 'full', 'away', 'not_said')),
	waiting_weeks INTEGER,
	away_until_on TEXT,
	availability_confirmed_on TEXT,
	confirmed_on TEXT,
	photo TEXT,
	published_on TEXT,
	withdrawn_on TEXT
) STRICT;

-- Addresses that once led to a listing go on leading to it.
CREATE TABLE listing_former_slug (
	slug TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE listing_option (
	person_id TEXT NOT NULL REFERENCES person (id),
	option TEXT NOT NULL,
	PRIMARY KEY (person_id, option)
) STRICT, WITHOUT ROWID;

-- What the person agreed to show; a field without a row in force is shown nowhere.
CREATE TABLE listing_consent (
	person_id TEXT NOT NULL REFERENCES person (id),
	field TEXT NOT NULL,
	wording TEXT NOT NULL,
	given_at INTEGER NOT NULL,
	withdrawn_at INTEGER,
	PRIMARY KEY (person_id, field, given_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE practice_place (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 3),
	practice_name TEXT,
	town TEXT NOT NULL,
	district TEXT NOT NULL,
	postcode TEXT,
	nation TEXT NOT NULL,
	latitude REAL NOT NULL,
	longitude REAL NOT NULL,
	precision TEXT NOT NULL CHECK (precision IN ('postcode', 'sector', 'district', 'area', 'town')),
	step_free INTEGER NOT NULL DEFAULT 0 CHECK (step_free IN (0, 1)),
	UNIQUE (person_id, position)
) STRICT;

CREATE TABLE enquiry (
	id TEXT PRIMARY KEY,
	reference TEXT NOT NULL UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	created_at INTEGER NOT NULL,
	sender_name TEXT,
	sender_email TEXT,
	sender_phone TEXT,
	reply_by TEXT NOT NULL CHECK (reply_by IN ('email', 'phone', 'text')),
	safe_times TEXT,
	message TEXT,
	token_hash TEXT NOT NULL UNIQUE,
	repeat_key TEXT NOT NULL UNIQUE,
	answered_at INTEGER,
	answer TEXT CHECK (answer IN ('replied', 'cannot_help')),
	answer_due_on TEXT NOT NULL,
	enquirer_told_at INTEGER,
	purge_on TEXT NOT NULL,
	purged_at INTEGER
) STRICT;
CREATE INDEX enquiry_open ON enquiry (answer_due_on) WHERE answered_at IS NULL AND enquirer_told_at IS NULL;
CREATE INDEX enquiry_purge ON enquiry (purge_on) WHERE purged_at IS NULL;
CREATE INDEX enquiry_person ON enquiry (person_id);

-- The finder is a checked copy of what the public views say, shaped for searching (src/features/directory/finder.ts).
CREATE TABLE finder (
	no INTEGER PRIMARY KEY,
	person_id TEXT NOT NULL UNIQUE REFERENCES person (id),
	slug TEXT NOT NULL,
	shown_from_on TEXT NOT NULL,
	shown_to_on TEXT NOT NULL,
	flags INTEGER NOT NULL,
	turn INTEGER NOT NULL,
	card TEXT NOT NULL CHECK (json_valid(card))
) STRICT;
CREATE INDEX finder_turn ON finder (turn, flags, no);
CREATE INDEX finder_shown_to ON finder (shown_to_on);
-- id = (no << 42) + (place << 40) + flags: reading a flag never needs a join (measured: a join costs up to 500 times more).
CREATE VIRTUAL TABLE finder_place USING rtree (id, south, north, west, east);
CREATE TABLE finder_key (
	key TEXT NOT NULL,
	no INTEGER NOT NULL,
	PRIMARY KEY (key, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX finder_key_no ON finder_key (no);
-- The day on which a person's entry must be looked at again because a date in their facts passes.
CREATE TABLE finder_due (
	person_id TEXT PRIMARY KEY REFERENCES person (id),
	due_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finder_due_on ON finder_due (due_on);

CREATE TABLE public_state (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	version INTEGER NOT NULL
) STRICT;
INSERT INTO public_state (id, version) VALUES (1, 1);

-- What the public side may read: publishable columns only.
CREATE VIEW public_register AS
	SELECT r.number, r.sequence, r.registered_on, r.person_id, p.title, p.died_on,
		n.given_names, n.family_name
	FROM registration r JOIN person p ON p.id = r.person_id JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL;
CREATE VIEW public_name AS
	SELECT id, person_id, given_names, family_name, from_on, to_on FROM person_name WHERE to_on IS NULL OR shown_when_former = 1;
CREATE VIEW public_name_key AS
	SELECT k.key, k.name_id, k.person_id FROM name_key k JOIN person_name n ON n.id = k.name_id WHERE n.to_on IS NULL OR n.shown_when_former = 1;
CREATE VIEW public_name_sound AS
	SELECT s.sound, s.name_id, s.person_id FROM name_sound s JOIN person_name n ON n.id = s.name_id WHERE n.to_on IS NULL OR n.shown_when_former = 1;
CREATE VIEW public_membership AS SELECT person_id, category, from_on, paid_to_on, ended_on, end_reason FROM membership_period;
CREATE VIEW public_leave AS SELECT person_id, from_on, to_on FROM membership_leave;
CREATE VIEW public_award AS SELECT id, person_id, level, kind, awarded_on, ended_on, end_reason FROM award;
CREATE VIEW public_award_term AS SELECT t.award_id, a.person_id, t.from_on, t.to_on FROM award_term t JOIN award a ON a.id = t.award_id;
CREATE VIEW public_order AS
	SELECT id, person_id, kind, award_id, from_on, to_on, review_on, public_text, outcome, outcome_on, display_until_on FROM register_order;
CREATE VIEW public_core_profession AS SELECT person_id, body, standing, checked_on, from_on, to_on FROM core_profession;
CREATE VIEW public_consent AS SELECT person_id, field FROM listing_consent WHERE withdrawn_at IS NULL;
CREATE VIEW public_listing AS
	SELECT l.person_id, l.slug, l.online, l.in_person, l.enquiries_open, l.session_minutes, l.confirmed_on, l.published_on, l.withdrawn_on,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'gender' AND c.withdrawn_at IS NULL) THEN p.gender END AS gender,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'about' AND c.withdrawn_at IS NULL) THEN l.about ELSE '' END AS about,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'website' AND c.withdrawn_at IS NULL) THEN l.website END AS website,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'phone' AND c.withdrawn_at IS NULL) THEN l.phone END AS phone,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'photo' AND c.withdrawn_at IS NULL) THEN l.photo END AS photo,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'fees' AND c.withdrawn_at IS NULL) THEN l.fee_from_pence END AS fee_from_pence,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'fees' AND c.withdrawn_at IS NULL) THEN l.fee_to_pence END AS fee_to_pence,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'availability' AND c.withdrawn_at IS NULL) THEN l.availability ELSE 'not_said' END AS availability,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'availability' AND c.withdrawn_at IS NULL) THEN l.waiting_weeks END AS waiting_weeks,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'availability' AND c.withdrawn_at IS NULL) THEN l.away_until_on END AS away_until_on,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'availability' AND c.withdrawn_at IS NULL) THEN l.availability_confirmed_on END AS availability_confirmed_on
	FROM listing l JOIN person p ON p.id = l.person_id
	WHERE l.published_on IS NOT NULL AND EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'listing' AND c.withdrawn_at IS NULL);
CREATE VIEW public_former_slug AS
	SELECT f.slug, f.person_id FROM listing_former_slug f
	WHERE EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = f.person_id AND c.field = 'listing' AND c.withdrawn_at IS NULL);
CREATE VIEW public_listing_option AS
	SELECT o.person_id, o.option FROM listing_option o
	WHERE EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = o.person_id AND c.field = 'listing' AND c.withdrawn_at IS NULL)
		AND (o.option <> 'concessions' OR EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = o.person_id AND c.field = 'fees' AND c.withdrawn_at IS NULL));
CREATE VIEW public_place AS
	SELECT pp.person_id, pp.position, pp.town, pp.district, pp.nation, pp.latitude, pp.longitude, pp.precision, pp.step_free,
		CASE WHEN EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = pp.person_id AND c.field = 'practice_name' AND c.withdrawn_at IS NULL) THEN pp.practice_name END AS practice_name
	FROM practice_place pp
	WHERE EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = pp.person_id AND c.field = 'places' AND c.withdrawn_at IS NULL);

INSERT INTO rule_set (kind, version, from_on, data) VALUES ('register', '2026-1', '2000-01-01',
	'{"membershipGraceDays":30,"awardGraceDays":28,"metShownMonths":6,"notMetShownYears":5,"removalShownYears":5,"lapseShownMonths":12,"availabilityFadesDays":60}');
