-- Joining, renewing, leaving. Where a membership stands is computed from dated facts (src/features/membership/status.ts).

-- Private: shown to nobody but the person and the office, used to tell two people of one name apart.
ALTER TABLE person ADD COLUMN born_on TEXT;

-- What a period was bought with: one purchase adds one period, however often its payment is reported.
ALTER TABLE membership_period ADD COLUMN purchase_id TEXT;
CREATE UNIQUE INDEX membership_period_purchase ON membership_period (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX membership_period_paid_to ON membership_period (paid_to_on, id);

CREATE TABLE membership_application (
	id TEXT PRIMARY KEY,
	-- MEM-2026-0001, from the moment it is sent.
	reference TEXT UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'more_wanted', 'decline_proposed', 'admitted', 'joined', 'declined', 'withdrawn', 'closed')),
	-- What was typed, step by step, as it was typed; and what was sent, with the words that were agreed to, never changed afterwards.
	answers TEXT NOT NULL CHECK (json_valid(answers)),
	frozen TEXT CHECK (json_valid(frozen)),
	begun_on TEXT NOT NULL,
	touched_on TEXT NOT NULL,
	submitted_on TEXT,
	submitted_at INTEGER,
	-- The promise that was made when it was sent; the days we waited for the applicant do not count.
	promised_days INTEGER,
	paused_on TEXT,
	paused_days INTEGER NOT NULL DEFAULT 0,
	-- A name (and birth date) of someone who was removed. It refuses nobody by itself.
	removed_match TEXT NOT NULL DEFAULT 'none' CHECK (removed_match IN ('none', 'name', 'name_and_birth')),
	question TEXT,
	reply TEXT,
	decline_reason TEXT,
	proposed_by TEXT,
	decided_by TEXT,
	decided_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((state = 'draft' OR state IN ('closed', 'withdrawn')) OR (reference IS NOT NULL AND frozen IS NOT NULL AND submitted_on IS NOT NULL)),
	-- Nobody declines alone.
	CHECK (state <> 'declined' OR (proposed_by IS NOT NULL AND decided_by IS NOT NULL AND proposed_by <> decided_by))
) STRICT;
CREATE UNIQUE INDEX membership_application_open ON membership_application (person_id)
	WHERE state IN ('draft', 'submitted', 'more_wanted', 'decline_proposed', 'admitted');
CREATE INDEX membership_application_state ON membership_application (state, touched_on);
CREATE INDEX membership_application_person ON membership_application (person_id, begun_on);
CREATE TRIGGER membership_application_frozen BEFORE UPDATE OF frozen, reference ON membership_application WHEN OLD.frozen IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'what was sent and agreed to is never rewritten'); END;

-- What somebody asked to buy, from asking to payment: a first membership, the next period, a return, another grade.
CREATE TABLE membership_purchase (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('join', 'renew', 'rejoin', 'grade')),
	category TEXT NOT NULL CHECK (category IN ('trainee', 'basic', 'plus', 'organisation')),
	employer TEXT,
	-- The period that is renewed or changed; the application that led here.
	period_id TEXT REFERENCES membership_period (id),
	application_id TEXT REFERENCES membership_application (id),
	invoice_id TEXT UNIQUE REFERENCES invoice (id),
	asked_on TEXT NOT NULL,
	done_on TEXT,
	cancelled_on TEXT,
	CHECK (done_on IS NULL OR cancelled_on IS NULL),
	CHECK (category <> 'organisation' OR employer IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX membership_purchase_open ON membership_purchase (person_id) WHERE done_on IS NULL AND cancelled_on IS NULL;

-- From moving to a cheaper grade, for the next fee: what was entered, and what was used, in pence. The sum is what is left.
CREATE TABLE membership_credit (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	pence INTEGER NOT NULL CHECK (pence <> 0),
	purchase_id TEXT NOT NULL REFERENCES membership_purchase (id),
	entered_on TEXT NOT NULL
) STRICT;
CREATE INDEX membership_credit_person ON membership_credit (person_id);

-- Leave is recorded at once when it is short; longer leave waits here for an officer.
CREATE TABLE membership_leave_request (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
	asked_at INTEGER NOT NULL,
	decided_by TEXT,
	decided_at INTEGER,
	decision_reason TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (to_on >= from_on)
) STRICT;
CREATE UNIQUE INDEX membership_leave_request_open ON membership_leave_request (person_id) WHERE state = 'asked';
CREATE INDEX membership_leave_request_state ON membership_leave_request (state, asked_at);

-- Asked to leave. `held_on`: not before an open case has come to its end.
CREATE TABLE membership_resignation (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('resigned', 'retired')),
	-- The first day without membership that was asked for.
	leaves_on TEXT NOT NULL,
	asked_at INTEGER NOT NULL,
	held_on TEXT,
	released_on TEXT,
	withdrawn_on TEXT,
	-- The first day without membership as it then was; set when nothing holds it.
	effective_on TEXT
) STRICT;
CREATE INDEX membership_resignation_person ON membership_resignation (person_id, asked_at);
CREATE INDEX membership_resignation_held ON membership_resignation (held_on) WHERE effective_on IS NULL AND withdrawn_on IS NULL;

-- A keyed hash of folded name and birth date of everyone who was removed: kept when all else is erased, so that nobody comes back unseen.
CREATE TABLE removed_person (
	match_hash TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('name', 'name_and_birth')),
	kept_since_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Defaults, to be confirmed by the organisation. Days and months; admitDays are calendar days.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('membership', '2026-1', '2000-01-01',
	'{"admitDays":7,"termMonths":12,"windowDays":60,"reminderDays":[60,30,14,3,0],"draftDays":60,"draftReminderDays":[30,14],"payDays":30,"rejoinMonths":12,"leaveFreeMonths":6,"leaveMostMonths":24}');

-- The words that an applicant agrees to. A new version is a new row; what somebody agreed to stays with their application.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('declarations', '2026-1', '2000-01-01', '[
{"key":"conduct","title":"Code of conduct","text":"I have read the summary of the code of conduct. I agree to keep to the code for as long as I am a member, and to answer openly if someone raises a concern about my work.","explain":null},
{"key":"insurance","title":"Insurance","text":"I am covered by professional indemnity insurance for all the work I do with clients, by my own policy or through my employer, or I see no clients at present. I will tell the office if that changes.","explain":null},
{"key":"convictions","title":"Convictions and cautions","text":"I have no criminal conviction, caution or pending charge that the law allows a body like this one to ask about.","explain":"If you cannot say this, tell us what happened and when. It does not rule you out. A membership officer reads it, nobody else."},
{"key":"registers","title":"Other registers","text":"No other register, regulator or professional body has refused me, removed me, suspended me or put conditions on my practice, and none is looking into a concern about me now.","explain":"If you cannot say this, tell us which body, what happened and when. It does not rule you out. A membership officer reads it, nobody else."}
]');
