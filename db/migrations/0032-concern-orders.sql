-- Orders and sanctions (src/features/complaints/order-*, sanction-*, condition-*, notice-*): from what a panel decided, through a draft that one
-- writes and another publishes, to the entry on the register, and what is due while it lasts. Facts only: how an order stands on a day follows from
-- them. The public text is public; every other word of an order stands in the vault, at `order:<id>` and `condition:<id>`.

CREATE TABLE concern_order (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	-- What was decided: the step, and which of its orders.
	step_no INTEGER NOT NULL,
	item INTEGER NOT NULL CHECK (item >= 0),
	-- A review that goes on with an order or changes it writes a new version; the old one stays as it was.
	version INTEGER NOT NULL CHECK (version > 0),
	follows_id TEXT REFERENCES concern_order (id),
	kind TEXT NOT NULL CHECK (kind IN ('interim_suspension', 'interim_conditions', 'warning', 'undertakings', 'conditions', 'suspension', 'removal',
		'voluntary_removal', 'award_withdrawn')),
	award_id TEXT REFERENCES award (id),
	-- From the day of publication on; null: until it is ended.
	months INTEGER CHECK (months > 0),
	review_months INTEGER CHECK (review_months > 0),
	public_text TEXT NOT NULL CHECK (length(public_text) <= 6000),
	drafted_by TEXT NOT NULL REFERENCES person (id),
	drafted_at INTEGER NOT NULL,
	-- The legal check.
	checked_by TEXT REFERENCES person (id),
	checked_at INTEGER,
	dropped_at INTEGER,
	published_by TEXT REFERENCES person (id),
	published_at INTEGER,
	from_on TEXT,
	to_on TEXT,
	review_on TEXT,
	display_until_on TEXT,
	register_order_id TEXT UNIQUE REFERENCES register_order (id),
	closed_how TEXT CHECK (closed_how IN ('met', 'not_met', 'lifted', 'restored')),
	closed_on TEXT,
	-- The day on which an appeal set it aside after it was published. That a version gave way to the next is told by that one.
	set_aside_on TEXT,
	FOREIGN KEY (concern_id, step_no) REFERENCES concern_step (concern_id, no),
	CHECK ((version = 1) = (follows_id IS NULL)),
	CHECK ((kind = 'award_withdrawn') = (award_id IS NOT NULL)),
	CHECK ((checked_by IS NULL) = (checked_at IS NULL)),
	CHECK ((published_by IS NULL) = (published_at IS NULL) AND (published_by IS NULL) = (register_order_id IS NULL)
		AND (published_by IS NULL) = (from_on IS NULL)),
	-- Whoever wrote it neither checks nor publishes it.
	CHECK (published_by IS NULL OR published_by <> drafted_by),
	CHECK (checked_by IS NULL OR checked_by <> drafted_by),
	-- An interim order protects at once: it has a fixed text and waits for no legal check.
	CHECK (published_by IS NULL OR checked_by IS NOT NULL OR kind IN ('interim_suspension', 'interim_conditions')),
	CHECK (published_by IS NULL OR dropped_at IS NULL),
	CHECK (published_by IS NOT NULL OR (closed_how IS NULL AND set_aside_on IS NULL)),
	CHECK ((closed_how IS NULL) = (closed_on IS NULL)),
	CHECK (to_on IS NULL OR to_on >= from_on),
	CHECK (review_on IS NULL OR review_on > from_on),
	CHECK (kind NOT LIKE 'interim%' OR (months IS NOT NULL AND months <= 18 AND review_months IS NOT NULL AND review_months <= 6)),
	CHECK (kind <> 'suspension' OR (months IS NOT NULL AND months <= 12))
) STRICT;
CREATE UNIQUE INDEX concern_order_once ON concern_order (concern_id, step_no, item, version) WHERE dropped_at IS NULL;
CREATE UNIQUE INDEX concern_order_follows ON concern_order (follows_id) WHERE dropped_at IS NULL AND follows_id IS NOT NULL;
CREATE INDEX concern_order_open ON concern_order (review_on, to_on) WHERE closed_how IS NULL AND set_aside_on IS NULL AND dropped_at IS NULL;
CREATE TRIGGER concern_order_decided BEFORE INSERT ON concern_order WHEN NOT EXISTS (SELECT 1 FROM concern_step s
		WHERE s.concern_id = NEW.concern_id AND s.no = NEW.step_no AND ((s.by_side = 'panel' AND s.kind IN ('sanction_decided', 'interim_decided',
			'appeal_decided')) OR (s.kind = 'resolution_agreed' AND NEW.kind = 'undertakings')))
	BEGIN SELECT RAISE(ABORT, 'an order follows from a decision of a panel'); END;
CREATE TRIGGER concern_order_line BEFORE INSERT ON concern_order WHEN NEW.follows_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM concern_order o
		WHERE o.id = NEW.follows_id AND o.concern_id = NEW.concern_id AND o.step_no = NEW.step_no AND o.item = NEW.item
			AND o.version = NEW.version - 1 AND o.published_by IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'a version follows the one before it'); END;
CREATE TRIGGER concern_order_published BEFORE UPDATE OF concern_id, step_no, item, version, follows_id, kind, award_id, months, review_months,
		public_text, drafted_at, checked_at, published_at, from_on, to_on, review_on, display_until_on, register_order_id ON concern_order
	WHEN OLD.published_by IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END;
CREATE TRIGGER concern_order_hands BEFORE UPDATE OF drafted_by, checked_by, published_by ON concern_order
	WHEN OLD.published_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_merge
		WHERE loser_id IN (OLD.drafted_by, OLD.checked_by, OLD.published_by) AND winner_id IN (NEW.drafted_by, NEW.checked_by, NEW.published_by))
	BEGIN SELECT RAISE(ABORT, 'who published it is never changed'); END;
CREATE TRIGGER concern_order_closed BEFORE UPDATE OF closed_how, closed_on, set_aside_on ON concern_order
	WHEN (OLD.closed_how IS NOT NULL AND (OLD.closed_how IS NOT NEW.closed_how OR OLD.closed_on IS NOT NEW.closed_on))
		OR (OLD.set_aside_on IS NOT NULL AND OLD.set_aside_on IS NOT NEW.set_aside_on)
	BEGIN SELECT RAISE(ABORT, 'an order is closed once'); END;
CREATE TRIGGER concern_order_kept BEFORE DELETE ON concern_order BEGIN SELECT RAISE(ABORT, 'an order is never deleted'); END;
CREATE TRIGGER concern_order_interest BEFORE INSERT ON concern_order
	WHEN EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id AND i.other_id = NEW.drafted_by)
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;
CREATE TRIGGER concern_order_interest_later BEFORE UPDATE OF drafted_by, checked_by, published_by ON concern_order
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE winner_id IN (NEW.drafted_by, NEW.checked_by, NEW.published_by))
		AND EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = NEW.concern_id
			AND i.other_id IN (NEW.drafted_by, coalesce(NEW.checked_by, ''), coalesce(NEW.published_by, '')))
	BEGIN SELECT RAISE(ABORT, 'nobody works on a concern of their own circle'); END;

-- What ends an order otherwise than by its last day, a review or an appeal: one proposes it with reasons (`order:<id>` in the vault), another agrees.
CREATE TABLE concern_order_end (
	id TEXT PRIMARY KEY,
	order_id TEXT NOT NULL REFERENCES concern_order (id),
	kind TEXT NOT NULL CHECK (kind IN ('met', 'not_met', 'restored')),
	proposed_by TEXT NOT NULL REFERENCES person (id),
	proposed_at INTEGER NOT NULL,
	settled_by TEXT REFERENCES person (id),
	settled_at INTEGER,
	result TEXT CHECK (result IN ('agreed', 'refused', 'taken_back')),
	CHECK ((settled_at IS NULL) = (result IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
	CHECK (result IS NOT 'agreed' OR settled_by <> proposed_by)
) STRICT;
CREATE UNIQUE INDEX concern_order_end_open ON concern_order_end (order_id) WHERE settled_at IS NULL;

-- A condition as a task: what has to be done stands in the vault at `condition:<id>`, what the public reads of it here; nothing where it is of health.
CREATE TABLE concern_condition (
	id TEXT PRIMARY KEY,
	order_id TEXT NOT NULL REFERENCES concern_order (id),
	-- The same condition in the version before.
	from_id TEXT REFERENCES concern_condition (id),
	no INTEGER NOT NULL CHECK (no > 0),
	is_health INTEGER NOT NULL CHECK (is_health IN (0, 1)),
	public_text TEXT NOT NULL CHECK (length(public_text) <= 1000),
	-- Who looks after it.
	monitor_id TEXT NOT NULL REFERENCES person (id),
	-- Null: it lasts as long as the order and asks for no evidence.
	due_on TEXT,
	UNIQUE (order_id, no),
	CHECK (is_health = 0 OR public_text = '')
) STRICT;
CREATE INDEX concern_condition_due ON concern_condition (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX concern_condition_from ON concern_condition (from_id) WHERE from_id IS NOT NULL;
CREATE TRIGGER concern_condition_published BEFORE INSERT ON concern_condition
	WHEN EXISTS (SELECT 1 FROM concern_order WHERE id = NEW.order_id AND published_by IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END;
CREATE TRIGGER concern_condition_fixed BEFORE UPDATE OF order_id, no, is_health, public_text, due_on ON concern_condition
	WHEN EXISTS (SELECT 1 FROM concern_order WHERE id = OLD.order_id AND published_by IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END;
CREATE TRIGGER concern_condition_kept BEFORE DELETE ON concern_condition
	WHEN EXISTS (SELECT 1 FROM concern_order WHERE id = OLD.order_id AND published_by IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'a condition is never deleted'); END;

-- What was done about a condition: shown by the therapist, judged by who looks after it. Words at `condition:<condition>:<no>`.
CREATE TABLE concern_condition_act (
	condition_id TEXT NOT NULL REFERENCES concern_condition (id),
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('shown', 'accepted', 'not_enough', 'breach')),
	at INTEGER NOT NULL,
	on_day TEXT NOT NULL,
	-- Null: the therapist.
	by_person TEXT REFERENCES person (id),
	file_id TEXT REFERENCES concern_file (id),
	PRIMARY KEY (condition_id, no),
	CHECK ((kind = 'shown') = (by_person IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER concern_condition_act_fixed BEFORE UPDATE OF condition_id, no, kind, at, on_day ON concern_condition_act
	BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
CREATE TRIGGER concern_condition_act_kept BEFORE DELETE ON concern_condition_act BEGIN SELECT RAISE(ABORT, 'what was done is kept'); END;

-- Which reminders went when, so that none goes twice and none is left out.
CREATE TABLE concern_order_notice (
	-- Of an order or of a condition.
	about_id TEXT NOT NULL,
	what TEXT NOT NULL CHECK (what IN ('review', 'publish', 'condition', 'judge')),
	on_day TEXT NOT NULL,
	PRIMARY KEY (about_id, what, on_day)
) STRICT, WITHOUT ROWID;

-- What the public is told where an order that was published is set aside on appeal.
CREATE VIEW public_order_correction AS
	SELECT r.person_id, o.kind, o.from_on, o.set_aside_on AS corrected_on FROM concern_order o JOIN register_order r ON r.id = o.register_order_id
	WHERE o.set_aside_on IS NOT NULL;

INSERT INTO rule_set (kind, version, from_on, data) VALUES ('concern_orders', '2026-1', '2000-01-01', '{
	"heldByAppeal":{"interim_suspension":false,"interim_conditions":false,"undertakings":false,"warning":true,"conditions":true,"suspension":true,
		"removal":true,"voluntary_removal":true,"award_withdrawn":true},
	"warningMonths":[12,60],"reviewBeforeEndDays":42,"conditionNoticeDays":[30,14,3],"judgeDays":14,"correctionMonths":6}');
