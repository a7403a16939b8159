-- Staying accredited: re-accreditation and the way back after a lapse; CPD audits. Facts only: each case is the sequence of its steps, never
-- changed; where it stands follows from them and a day (src/features/accreditation/renewal-state.ts, audit-state.ts).

-- A sample drawn by a seed that is published with it, so that anyone can repeat it (src/features/accreditation/draw-sample.ts).
CREATE TABLE sample_draw (
	id TEXT PRIMARY KEY,
	-- DRAW-2026-01
	reference TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL CHECK (purpose IN ('audit', 'renewal')),
	drawn_on TEXT NOT NULL,
	seed TEXT NOT NULL CHECK (length(seed) BETWEEN 16 AND 64),
	percent INTEGER NOT NULL CHECK (percent BETWEEN 1 AND 100),
	eligible_count INTEGER NOT NULL CHECK (eligible_count >= 0),
	drawn_count INTEGER NOT NULL CHECK (drawn_count BETWEEN 0 AND eligible_count),
	-- SHA-256 over the sorted register numbers of everyone who could be drawn, each followed by a line feed.
	digest TEXT NOT NULL,
	-- The sum of the last number that was drawn; null when nobody was.
	cut TEXT,
	drawn_by TEXT NOT NULL REFERENCES person (id),
	drawn_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sample_draw_day ON sample_draw (purpose, drawn_on);
CREATE TRIGGER sample_draw_fixed BEFORE UPDATE OF reference, purpose, drawn_on, seed, percent, eligible_count, drawn_count, digest, cut ON sample_draw
	BEGIN SELECT RAISE(ABORT, 'a draw is never changed'); END;
CREATE TRIGGER sample_draw_kept BEFORE DELETE ON sample_draw BEGIN SELECT RAISE(ABORT, 'a draw is kept'); END;

-- One for each period of accreditation of a person that comes to its end; their other awards go with it.
CREATE TABLE renewal (
	id TEXT PRIMARY KEY,
	-- REN-2026-0001
	reference TEXT NOT NULL UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	-- The award that leads, and the last day it was confirmed for when this began.
	award_id TEXT NOT NULL REFERENCES award (id),
	term_to_on TEXT NOT NULL,
	route TEXT NOT NULL,
	standards_version TEXT NOT NULL,
	begun_at INTEGER NOT NULL,
	-- A checked copy of what follows from the steps, for queues; what follows from the day (late, expired) is asked for with the day.
	phase TEXT NOT NULL CHECK (phase IN ('window_open', 'submitted', 'in_assessment', 'information', 'panel', 'conditional', 'confirmed', 'refused', 'closed')),
	due_on TEXT NOT NULL,
	is_sampled INTEGER NOT NULL CHECK (is_sampled IN (0, 1)),
	is_drawn INTEGER NOT NULL CHECK (is_drawn IN (0, 1)),
	steps INTEGER NOT NULL CHECK (steps > 0),
	UNIQUE (award_id, term_to_on)
) STRICT;
CREATE UNIQUE INDEX renewal_open ON renewal (person_id) WHERE phase NOT IN ('confirmed', 'refused', 'closed');
CREATE INDEX renewal_queue ON renewal (phase, due_on, id);
CREATE TRIGGER renewal_fixed BEFORE UPDATE OF reference, award_id, term_to_on, route, standards_version, begun_at ON renewal
	BEGIN SELECT RAISE(ABORT, 'a renewal keeps what it began with'); END;
CREATE TRIGGER renewal_kept BEFORE DELETE ON renewal BEGIN SELECT RAISE(ABORT, 'a renewal is kept'); END;

CREATE TABLE renewal_step (
	renewal_id TEXT NOT NULL REFERENCES renewal (id),
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('opened', 'submitted', 'drawn', 'assigned', 'unassigned', 'information_requested', 'information_answered',
		'information_overdue', 'confirmed', 'conditional', 'task_met', 'task_missed', 'put_to_committee', 'refused', 'extended', 'closed')),
	at INTEGER NOT NULL,
	on_day TEXT NOT NULL,
	by_person TEXT REFERENCES person (id),
	-- Keys and days, never a personal value.
	data TEXT NOT NULL CHECK (json_valid(data)),
	process_id TEXT NOT NULL,
	PRIMARY KEY (renewal_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER renewal_step_order BEFORE INSERT ON renewal_step
	WHEN NEW.no <> 1 + (SELECT coalesce(max(no), 0) FROM renewal_step WHERE renewal_id = NEW.renewal_id)
	BEGIN SELECT RAISE(ABORT, 'steps follow one another'); END;
CREATE TRIGGER renewal_step_fixed BEFORE UPDATE ON renewal_step
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.by_person AND winner_id = NEW.by_person)
	BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER renewal_step_kept BEFORE DELETE ON renewal_step BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;
-- Nobody confirms, extends or judges for themselves or their own circle.
CREATE TRIGGER renewal_step_interest BEFORE INSERT ON renewal_step
	WHEN NEW.kind NOT IN ('opened', 'submitted', 'information_answered') AND EXISTS (SELECT 1 FROM renewal r WHERE r.id = NEW.renewal_id
		AND (r.person_id = NEW.by_person OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = r.person_id AND i.other_id = NEW.by_person)))
		AND NOT (NEW.kind = 'extended' AND json_extract(NEW.data, '$.mass') IS NOT NULL)
		AND NOT (NEW.kind = 'drawn')
		AND NOT (NEW.kind = 'unassigned' AND json_extract(NEW.data, '$.because') = 'recused')
	BEGIN SELECT RAISE(ABORT, 'nobody decides for their own circle'); END;
-- Only the committee refuses: by an item of a meeting that was resolved.
CREATE TRIGGER renewal_step_refused BEFORE INSERT ON renewal_step
	WHEN NEW.kind = 'refused' AND NOT EXISTS (SELECT 1 FROM meeting_item i WHERE i.kind = 'audit' AND i.subject_id = NEW.renewal_id
		AND i.resolved_at IS NOT NULL AND i.removed_at IS NULL)
	BEGIN SELECT RAISE(ABORT, 'only the committee refuses'); END;

-- What was sent for re-accreditation, word for word.
CREATE TABLE renewal_submission (
	renewal_id TEXT NOT NULL REFERENCES renewal (id),
	no INTEGER NOT NULL CHECK (no > 0),
	content TEXT NOT NULL CHECK (json_valid(content)),
	declaration TEXT NOT NULL,
	digest TEXT NOT NULL,
	submitted_at INTEGER NOT NULL,
	PRIMARY KEY (renewal_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER renewal_submission_fixed BEFORE UPDATE ON renewal_submission BEGIN SELECT RAISE(ABORT, 'what was sent is never rewritten'); END;

-- The word of a supervisor or referee, where the standards ask for one: given in their own account, or typed from a letter by the office.
CREATE TABLE renewal_support (
	id TEXT PRIMARY KEY,
	renewal_id TEXT NOT NULL REFERENCES renewal (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	answered_at INTEGER,
	answer TEXT CHECK (answer IN ('supports', 'has_concerns', 'cannot_say')),
	words TEXT NOT NULL DEFAULT '',
	UNIQUE (renewal_id, person_id),
	CHECK ((answered_at IS NULL) = (answer IS NULL))
) STRICT;
CREATE INDEX renewal_support_person ON renewal_support (person_id);
CREATE TRIGGER renewal_support_own BEFORE INSERT ON renewal_support
	WHEN EXISTS (SELECT 1 FROM renewal r WHERE r.id = NEW.renewal_id AND r.person_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'nobody speaks for themselves'); END;

-- More time. Alone up to the months of the rules; beyond them a second person confirms. A mass extension is one of these for everyone at once.
CREATE TABLE renewal_extension (
	id TEXT PRIMARY KEY,
	-- Null for a mass extension, which says for whom by the days on which accreditation ends.
	renewal_id TEXT REFERENCES renewal (id),
	due_from_on TEXT,
	due_to_on TEXT,
	-- Of one person the new last day; of many by how many months it moves.
	until_on TEXT,
	months INTEGER CHECK (months BETWEEN 1 AND 24),
	reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
	-- Said to everyone, of a mass extension.
	public_note TEXT,
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	needs_second INTEGER NOT NULL CHECK (needs_second IN (0, 1)),
	confirmed_by TEXT REFERENCES person (id),
	confirmed_at INTEGER,
	refused_at INTEGER,
	extended_count INTEGER,
	CHECK ((renewal_id IS NULL) = (until_on IS NULL)),
	CHECK ((renewal_id IS NULL) = (months IS NOT NULL AND due_from_on IS NOT NULL AND due_to_on IS NOT NULL AND public_note IS NOT NULL)),
	CHECK (confirmed_by IS NULL OR needs_second = 0 OR confirmed_by <> asked_by)
) STRICT;
CREATE INDEX renewal_extension_renewal ON renewal_extension (renewal_id);
CREATE INDEX renewal_extension_open ON renewal_extension (asked_at) WHERE confirmed_at IS NULL AND refused_at IS NULL;

-- What everyone accredited says once a year, in the words it had.
CREATE TABLE annual_declaration (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	year INTEGER NOT NULL,
	wording TEXT NOT NULL,
	practises INTEGER NOT NULL CHECK (practises IN (0, 1)),
	has_changes INTEGER NOT NULL CHECK (has_changes IN (0, 1)),
	changes TEXT NOT NULL DEFAULT '',
	declared_at INTEGER NOT NULL,
	UNIQUE (person_id, year)
) STRICT;

CREATE TABLE cpd_audit (
	id TEXT PRIMARY KEY,
	-- AUD-2026-0001
	reference TEXT NOT NULL UNIQUE,
	person_id TEXT NOT NULL REFERENCES person (id),
	draw_id TEXT REFERENCES sample_draw (id),
	-- Why, of a targeted one: said to the member.
	because TEXT,
	-- The CPD year that is looked at.
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	begun_at INTEGER NOT NULL,
	phase TEXT NOT NULL CHECK (phase IN ('selected', 'notified', 'responding', 'in_review', 'information', 'action_plan', 'satisfied', 'not_satisfied', 'referred', 'excused')),
	due_on TEXT,
	is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
	steps INTEGER NOT NULL CHECK (steps > 0),
	CHECK ((draw_id IS NULL) = (because IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX cpd_audit_open ON cpd_audit (person_id) WHERE is_final = 0;
CREATE UNIQUE INDEX cpd_audit_drawn ON cpd_audit (draw_id, person_id) WHERE draw_id IS NOT NULL;
CREATE INDEX cpd_audit_queue ON cpd_audit (phase, due_on, id);
CREATE TRIGGER cpd_audit_fixed BEFORE UPDATE OF reference, draw_id, from_on, to_on, begun_at ON cpd_audit
	BEGIN SELECT RAISE(ABORT, 'an audit keeps what it began with'); END;
CREATE TRIGGER cpd_audit_kept BEFORE DELETE ON cpd_audit BEGIN SELECT RAISE(ABORT, 'an audit is kept'); END;

CREATE TABLE cpd_audit_step (
	audit_id TEXT NOT NULL REFERENCES cpd_audit (id),
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('selected', 'notified', 'began', 'submitted', 'extended', 'excused', 'assigned', 'unassigned',
		'information_requested', 'information_answered', 'information_overdue', 'satisfied', 'action_plan', 'task_met', 'task_missed',
		'found_short', 'found_otherwise', 'not_satisfied', 'referred', 'resolved')),
	at INTEGER NOT NULL,
	on_day TEXT NOT NULL,
	by_person TEXT REFERENCES person (id),
	data TEXT NOT NULL CHECK (json_valid(data)),
	process_id TEXT NOT NULL,
	PRIMARY KEY (audit_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cpd_audit_step_order BEFORE INSERT ON cpd_audit_step
	WHEN NEW.no <> 1 + (SELECT coalesce(max(no), 0) FROM cpd_audit_step WHERE audit_id = NEW.audit_id)
	BEGIN SELECT RAISE(ABORT, 'steps follow one another'); END;
CREATE TRIGGER cpd_audit_step_fixed BEFORE UPDATE ON cpd_audit_step
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.by_person AND winner_id = NEW.by_person)
	BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER cpd_audit_step_kept BEFORE DELETE ON cpd_audit_step BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;
-- Nobody chooses somebody of their own circle for a reason; a lot is nobody's choice.
CREATE TRIGGER cpd_audit_step_interest BEFORE INSERT ON cpd_audit_step
	WHEN NEW.kind NOT IN ('notified', 'began', 'submitted', 'information_answered') AND EXISTS (SELECT 1 FROM cpd_audit a WHERE a.id = NEW.audit_id
		AND (NEW.kind <> 'selected' OR a.draw_id IS NULL) AND (a.person_id = NEW.by_person OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = a.person_id AND i.other_id = NEW.by_person)))
		AND NOT (NEW.kind = 'unassigned' AND json_extract(NEW.data, '$.because') = 'recused')
	BEGIN SELECT RAISE(ABORT, 'nobody decides for their own circle'); END;
-- Not satisfied: somebody else than the one who found it short agrees.
CREATE TRIGGER cpd_audit_step_second BEFORE INSERT ON cpd_audit_step
	WHEN NEW.kind = 'not_satisfied' AND (NEW.by_person IS NULL OR NEW.by_person IS (SELECT s.by_person FROM cpd_audit_step s
		WHERE s.audit_id = NEW.audit_id AND s.kind = 'found_short' ORDER BY s.no DESC LIMIT 1))
	BEGIN SELECT RAISE(ABORT, 'a second auditor agrees'); END;
CREATE TRIGGER cpd_audit_step_resolved BEFORE INSERT ON cpd_audit_step
	WHEN NEW.kind = 'resolved' AND NOT EXISTS (SELECT 1 FROM meeting_item i WHERE i.kind = 'audit' AND i.subject_id = NEW.audit_id
		AND i.resolved_at IS NOT NULL AND i.removed_at IS NULL)
	BEGIN SELECT RAISE(ABORT, 'only the committee resolves what was referred to it'); END;

-- What a member asks for during an audit: more time, or to be excused. An excuse is agreed to by two of the office.
CREATE TABLE cpd_audit_ask (
	id TEXT PRIMARY KEY,
	audit_id TEXT NOT NULL REFERENCES cpd_audit (id),
	kind TEXT NOT NULL CHECK (kind IN ('time', 'excuse')),
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
	until_on TEXT,
	asked_at INTEGER NOT NULL,
	first_by TEXT REFERENCES person (id),
	first_at INTEGER,
	second_by TEXT REFERENCES person (id),
	decided_at INTEGER,
	decision TEXT CHECK (decision IN ('agreed', 'refused')),
	answer TEXT NOT NULL DEFAULT '',
	CHECK ((kind = 'time') = (until_on IS NOT NULL)),
	CHECK ((decided_at IS NULL) = (decision IS NULL)),
	CHECK (second_by IS NULL OR second_by <> first_by),
	CHECK (decision IS NOT 'agreed' OR kind = 'time' OR (first_by IS NOT NULL AND second_by IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX cpd_audit_ask_open ON cpd_audit_ask (audit_id) WHERE decided_at IS NULL;
CREATE TRIGGER cpd_audit_ask_interest BEFORE UPDATE OF first_by, second_by ON cpd_audit_ask
	WHEN EXISTS (SELECT 1 FROM cpd_audit a WHERE a.id = NEW.audit_id AND (a.person_id IN (NEW.first_by, NEW.second_by)
		OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = a.person_id AND i.other_id IN (NEW.first_by, NEW.second_by))))
	BEGIN SELECT RAISE(ABORT, 'nobody decides for their own circle'); END;

-- What a member sent for an audit: the log is there already, this says what of it and what else.
CREATE TABLE cpd_audit_answer (
	audit_id TEXT NOT NULL REFERENCES cpd_audit (id),
	no INTEGER NOT NULL CHECK (no > 0),
	words TEXT NOT NULL DEFAULT '',
	-- What the log of that year held when it was sent, as a sum, and the figures by its rules.
	digest TEXT NOT NULL,
	content TEXT NOT NULL CHECK (json_valid(content)),
	sent_at INTEGER NOT NULL,
	PRIMARY KEY (audit_id, no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cpd_audit_answer_fixed BEFORE UPDATE ON cpd_audit_answer BEGIN SELECT RAISE(ABORT, 'what was sent is never rewritten'); END;

-- Who looks at a renewal or an audit: never somebody of the member's own circle, never one who stepped back. Place 2: the second auditor.
CREATE TABLE upkeep_reviewer (
	id TEXT PRIMARY KEY,
	renewal_id TEXT REFERENCES renewal (id),
	audit_id TEXT REFERENCES cpd_audit (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	place INTEGER NOT NULL CHECK (place IN (1, 2)),
	assigned_by TEXT NOT NULL,
	assigned_at INTEGER NOT NULL,
	declared_at INTEGER,
	declared TEXT CHECK (declared IN ('none', 'minor', 'recuse')),
	declared_words TEXT NOT NULL DEFAULT '',
	ended_at INTEGER,
	end_reason TEXT CHECK (end_reason IN ('recused', 'replaced')),
	CHECK ((renewal_id IS NULL) <> (audit_id IS NULL)),
	CHECK ((declared_at IS NULL) = (declared IS NULL)),
	CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX upkeep_reviewer_renewal ON upkeep_reviewer (renewal_id, place) WHERE ended_at IS NULL AND renewal_id IS NOT NULL;
CREATE UNIQUE INDEX upkeep_reviewer_audit ON upkeep_reviewer (audit_id, place) WHERE ended_at IS NULL AND audit_id IS NOT NULL;
CREATE UNIQUE INDEX upkeep_reviewer_once ON upkeep_reviewer (coalesce(renewal_id, audit_id), person_id) WHERE ended_at IS NULL;
CREATE INDEX upkeep_reviewer_person ON upkeep_reviewer (person_id) WHERE ended_at IS NULL;
CREATE TRIGGER upkeep_reviewer_interest BEFORE INSERT ON upkeep_reviewer
	WHEN EXISTS (SELECT 1 FROM (SELECT id, person_id FROM renewal UNION ALL SELECT id, person_id FROM cpd_audit) k
		WHERE k.id = coalesce(NEW.renewal_id, NEW.audit_id) AND (k.person_id = NEW.person_id
			OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = k.person_id AND i.other_id = NEW.person_id)))
		OR EXISTS (SELECT 1 FROM renewal_support s WHERE s.renewal_id = NEW.renewal_id AND s.person_id = NEW.person_id)
		OR EXISTS (SELECT 1 FROM upkeep_reviewer e WHERE e.person_id = NEW.person_id AND e.end_reason = 'recused'
			AND coalesce(e.renewal_id, e.audit_id) = coalesce(NEW.renewal_id, NEW.audit_id))
	BEGIN SELECT RAISE(ABORT, 'nobody assesses their own circle'); END;

-- What a member is asked (`question`) or has to do by a day (`task`), one by one.
CREATE TABLE upkeep_item (
	id TEXT PRIMARY KEY,
	renewal_id TEXT REFERENCES renewal (id),
	audit_id TEXT REFERENCES cpd_audit (id),
	kind TEXT NOT NULL CHECK (kind IN ('question', 'task')),
	round INTEGER NOT NULL CHECK (round > 0),
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
	due_on TEXT NOT NULL,
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	answer TEXT NOT NULL DEFAULT '',
	answered_at INTEGER,
	judged_by TEXT REFERENCES person (id),
	judged_at INTEGER,
	judgement TEXT CHECK (judgement IN ('met', 'missed')),
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((renewal_id IS NULL) <> (audit_id IS NULL)),
	CHECK ((judged_at IS NULL) = (judgement IS NULL)),
	CHECK (kind = 'task' OR judgement IS NULL)
) STRICT;
CREATE INDEX upkeep_item_renewal ON upkeep_item (renewal_id) WHERE renewal_id IS NOT NULL;
CREATE INDEX upkeep_item_audit ON upkeep_item (audit_id) WHERE audit_id IS NOT NULL;
CREATE TRIGGER upkeep_item_judged BEFORE UPDATE OF words, answer, judgement ON upkeep_item WHEN OLD.judged_at IS NOT NULL AND NEW.words <> '(erased)'
	BEGIN SELECT RAISE(ABORT, 'what was judged is never rewritten'); END;

-- Why somebody took a step, in their own words.
CREATE TABLE upkeep_words (
	id TEXT PRIMARY KEY,
	renewal_id TEXT REFERENCES renewal (id),
	audit_id TEXT REFERENCES cpd_audit (id),
	step_no INTEGER NOT NULL,
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
	written_by TEXT NOT NULL REFERENCES person (id),
	written_at INTEGER NOT NULL,
	CHECK ((renewal_id IS NULL) <> (audit_id IS NULL))
) STRICT;
CREATE INDEX upkeep_words_renewal ON upkeep_words (renewal_id) WHERE renewal_id IS NOT NULL;
CREATE INDEX upkeep_words_audit ON upkeep_words (audit_id) WHERE audit_id IS NOT NULL;

-- Whoever is of the member's circle, or looked at the file, does not vote on it.
CREATE TRIGGER vote_free_upkeep BEFORE INSERT ON vote
	WHEN EXISTS (SELECT 1 FROM meeting_item m JOIN (SELECT id, person_id FROM renewal UNION ALL SELECT id, person_id FROM cpd_audit) k ON k.id = m.subject_id
		WHERE m.id = NEW.item_id AND m.kind = 'audit' AND (k.person_id = NEW.person_id
			OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = k.person_id AND i.other_id = NEW.person_id)
			OR EXISTS (SELECT 1 FROM renewal_support s WHERE s.renewal_id = k.id AND s.person_id = NEW.person_id)
			OR EXISTS (SELECT 1 FROM upkeep_reviewer e WHERE coalesce(e.renewal_id, e.audit_id) = k.id AND e.person_id = NEW.person_id)))
	BEGIN SELECT RAISE(ABORT, 'who takes part in a decision is free of interests'); END;

-- The late window is the time for which an award goes on being told after its last day: sixty days, a default to be confirmed. A version of
-- its own, so that what the register says about earlier days stays as it was.
INSERT INTO rule_set (kind, version, from_on, data)
	SELECT 'register', '2026-2', '2026-11-01', json_set(data, '$.awardGraceDays', 60) FROM rule_set WHERE kind = 'register' AND version = '2026-1';

INSERT INTO rule_set (kind, version, from_on, data) VALUES ('renewal', '2026-1', '2000-01-01', json('{
	"note": "Every figure is a default to be confirmed by the organisation: IPT UK’s own numbers were not found.",
	"windowMonths": 6,
	"reminderMonths": [6, 3, 1],
	"reminderDays": [14],
	"reactivateMonths": 24,
	"samplePercent": 10,
	"riskAuditYears": 5,
	"extensionAloneMonths": 6,
	"extensionMostMonths": 24,
	"informationRounds": 3,
	"informationDays": 21,
	"conditionMostMonths": 12,
	"batchMost": 200,
	"annual": "I am in practice or on agreed leave. I keep to the code of ethics, to the CPD and to the supervision that are asked for. My practice is insured, by me or by my employer. I have told you of every conviction, caution, finding or investigation that concerns my work.",
	"declaration": "What I have sent is true and complete, as far as I know. It says nothing that tells who a client is. I agree that the office and an assessor read it together with my CPD and supervision logs of this time. I know that an award confirmed on something untrue can be taken back.",
	"audit": {
		"percentLeast": 10,
		"percentMost": 20,
		"minMonths": 12,
		"againAfterYears": 3,
		"answerDays": 42,
		"reminderDays": [28, 14, 5],
		"extensionMostDays": 42,
		"referAfterDays": 14,
		"queryDays": 21,
		"sayDays": 28,
		"reviewWorkingDays": 20,
		"planMostMonths": 6
	}
}'));
