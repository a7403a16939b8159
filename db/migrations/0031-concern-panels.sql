-- Panels that decide cases. What they decide is a step of the case (0026) with the panel's key; what each member voted, and every word, stands
-- in the vault: `vote:<panel>:<seat>:<round>`, `panel:<panel>:<part>`, `finding:<allegation>`, `interim:<request>`.

CREATE TABLE concern_panel (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	-- Its number in the case, for its address.
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('screening', 'interim', 'hearing', 'health', 'appeal')),
	rules_version TEXT NOT NULL,
	-- Nothing is put to the vote before this day. Of a hearing it is the day on which it was last listed.
	sits_on TEXT NOT NULL,
	composed_by TEXT NOT NULL REFERENCES person (id),
	composed_at INTEGER NOT NULL,
	decided_at INTEGER,
	dissolved_at INTEGER,
	UNIQUE (concern_id, no),
	CHECK (decided_at IS NULL OR dissolved_at IS NULL)
) STRICT;
-- One at a time; one about an interim order may sit beside another.
CREATE UNIQUE INDEX concern_panel_open ON concern_panel (concern_id, (kind = 'interim')) WHERE decided_at IS NULL AND dissolved_at IS NULL;
CREATE TRIGGER concern_panel_fixed BEFORE UPDATE OF concern_id, no, kind, rules_version, composed_at ON concern_panel
	BEGIN SELECT RAISE(ABORT, 'a panel keeps what it was made for'); END;
CREATE TRIGGER concern_panel_over BEFORE UPDATE ON concern_panel
	WHEN (OLD.decided_at IS NOT NULL OR OLD.dissolved_at IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.composed_by AND winner_id = NEW.composed_by)
	BEGIN SELECT RAISE(ABORT, 'a panel that has decided is over'); END;
CREATE TRIGGER concern_panel_kept BEFORE DELETE ON concern_panel BEGIN SELECT RAISE(ABORT, 'a panel is kept'); END;

-- Who was asked to sit. A seat is free again once its access has ended: whoever steps back leaves it.
CREATE TABLE concern_panel_seat (
	id TEXT PRIMARY KEY,
	panel_id TEXT NOT NULL REFERENCES concern_panel (id),
	person_id TEXT NOT NULL REFERENCES person (id),
	access_id TEXT NOT NULL UNIQUE REFERENCES concern_access (id),
	-- An adviser has no vote.
	role TEXT NOT NULL CHECK (role IN ('chair', 'member', 'adviser')),
	is_lay INTEGER NOT NULL CHECK (is_lay IN (0, 1)),
	seated_on TEXT NOT NULL,
	UNIQUE (panel_id, person_id),
	CHECK (role <> 'adviser' OR is_lay = 0)
) STRICT;
CREATE INDEX concern_panel_seat_person ON concern_panel_seat (person_id);
CREATE TRIGGER concern_panel_seat_open BEFORE INSERT ON concern_panel_seat
	WHEN NOT EXISTS (SELECT 1 FROM concern_panel p JOIN concern_access a ON a.concern_id = p.concern_id AND a.id = NEW.access_id
		WHERE p.id = NEW.panel_id AND p.decided_at IS NULL AND p.dissolved_at IS NULL AND a.person_id = NEW.person_id AND a.ended_at IS NULL
			AND a.capacity = CASE NEW.role WHEN 'adviser' THEN 'adviser' ELSE 'panel' END)
	BEGIN SELECT RAISE(ABORT, 'a seat is of a panel that sits, for somebody who was let in for it'); END;
CREATE TRIGGER concern_panel_seat_disjoint BEFORE INSERT ON concern_panel_seat
	WHEN EXISTS (SELECT 1 FROM concern_panel p JOIN concern_access a ON a.concern_id = p.concern_id AND a.person_id = NEW.person_id
			AND a.id <> NEW.access_id AND (a.declared IS NOT NULL OR a.ended_at IS NULL) WHERE p.id = NEW.panel_id)
		OR EXISTS (SELECT 1 FROM concern_panel p JOIN concern_step s ON s.concern_id = p.concern_id AND s.by_person = NEW.person_id WHERE p.id = NEW.panel_id)
		OR EXISTS (SELECT 1 FROM concern_panel p JOIN concern_proposal o ON o.concern_id = p.concern_id AND NEW.person_id IN (o.proposed_by, o.settled_by)
			WHERE p.id = NEW.panel_id)
		OR EXISTS (SELECT 1 FROM concern_panel p JOIN concern c ON c.id = p.concern_id WHERE p.id = NEW.panel_id AND c.typed_by = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'nobody of an earlier stage sits on a panel'); END;
CREATE TRIGGER concern_panel_seat_interest BEFORE INSERT ON concern_panel_seat
	WHEN EXISTS (SELECT 1 FROM concern_panel p JOIN concern_interest i ON i.concern_id = p.concern_id AND i.other_id = NEW.person_id WHERE p.id = NEW.panel_id)
	BEGIN SELECT RAISE(ABORT, 'nobody sits on a panel about their own circle'); END;
CREATE TRIGGER concern_panel_seat_chair BEFORE INSERT ON concern_panel_seat
	WHEN NEW.role = 'chair' AND EXISTS (SELECT 1 FROM concern_panel_seat s JOIN concern_access a ON a.id = s.access_id AND a.ended_at IS NULL
		WHERE s.panel_id = NEW.panel_id AND s.role = 'chair')
	BEGIN SELECT RAISE(ABORT, 'a panel has one chair'); END;
CREATE TRIGGER concern_panel_seat_lay BEFORE INSERT ON concern_panel_seat
	WHEN (NEW.is_lay = 1 AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = NEW.person_id AND g.role = 'lay_panel_member'
			AND g.from_on <= NEW.seated_on AND (g.to_on IS NULL OR g.to_on >= NEW.seated_on)))
		OR (NEW.is_lay = 1 AND EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = NEW.person_id AND g.role IN ('committee', 'assessor')
			AND g.from_on <= NEW.seated_on AND (g.to_on IS NULL OR g.to_on >= NEW.seated_on)))
		OR (NEW.is_lay = 0 AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = NEW.person_id AND g.role IN ('committee', 'assessor')
			AND g.from_on <= NEW.seated_on AND (g.to_on IS NULL OR g.to_on >= NEW.seated_on)))
	BEGIN SELECT RAISE(ABORT, 'whoever sits holds the role for it'); END;
CREATE TRIGGER concern_panel_seat_fixed BEFORE UPDATE ON concern_panel_seat
	WHEN NOT EXISTS (SELECT 1 FROM person_merge WHERE loser_id = OLD.person_id AND winner_id = NEW.person_id)
	BEGIN SELECT RAISE(ABORT, 'who was seated is never changed'); END;
CREATE TRIGGER concern_panel_seat_kept BEFORE DELETE ON concern_panel_seat BEGIN SELECT RAISE(ABORT, 'who was seated is kept'); END;
-- Whoever sits, or sat and knows the case from it, is nothing else in it.
CREATE TRIGGER concern_access_seated BEFORE INSERT ON concern_access
	WHEN NEW.capacity <> 'break_glass' AND EXISTS (SELECT 1 FROM concern_panel p JOIN concern_panel_seat s ON s.panel_id = p.id AND s.person_id = NEW.person_id
		JOIN concern_access a ON a.id = s.access_id AND (a.declared IS NOT NULL OR a.ended_at IS NULL) WHERE p.concern_id = NEW.concern_id)
	BEGIN SELECT RAISE(ABORT, 'whoever sits on a panel is nothing else in its case'); END;

-- One question, or one for each allegation, before the panel. `motion`: what is put to it, in keys and numbers. `present`: the seats that were there.
CREATE TABLE concern_panel_round (
	id TEXT PRIMARY KEY,
	panel_id TEXT NOT NULL REFERENCES concern_panel (id),
	no INTEGER NOT NULL CHECK (no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('prospect', 'way', 'interim', 'interim_review', 'facts', 'breach', 'sanction', 'leave', 'filter', 'appeal')),
	motion TEXT NOT NULL CHECK (json_valid(motion)),
	present TEXT NOT NULL CHECK (json_valid(present)),
	opened_by TEXT NOT NULL REFERENCES person (id),
	opened_at INTEGER NOT NULL,
	-- From here on the votes are counted: how many for what, and what is carried, once the chair has decided what was even.
	counted_at INTEGER,
	counts TEXT CHECK (json_valid(counts)),
	carried TEXT CHECK (json_valid(carried)),
	UNIQUE (panel_id, no),
	CHECK ((counted_at IS NULL) = (counts IS NULL)),
	CHECK (carried IS NULL OR counted_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX concern_panel_round_open ON concern_panel_round (panel_id) WHERE carried IS NULL;
CREATE TRIGGER concern_panel_round_sits BEFORE INSERT ON concern_panel_round
	WHEN EXISTS (SELECT 1 FROM concern_panel p WHERE p.id = NEW.panel_id AND (p.decided_at IS NOT NULL OR p.dissolved_at IS NOT NULL))
	BEGIN SELECT RAISE(ABORT, 'a panel that has decided is asked nothing more'); END;
CREATE TRIGGER concern_panel_round_asked BEFORE UPDATE OF panel_id, no, kind, motion, present, opened_at ON concern_panel_round
	BEGIN SELECT RAISE(ABORT, 'a question is never changed'); END;
CREATE TRIGGER concern_panel_round_counted BEFORE UPDATE OF counted_at, counts, carried ON concern_panel_round
	WHEN OLD.carried IS NOT NULL OR (OLD.counted_at IS NOT NULL AND (NEW.counts IS NOT OLD.counts OR NEW.counted_at IS NOT OLD.counted_at))
	BEGIN SELECT RAISE(ABORT, 'a count is never changed'); END;
CREATE TRIGGER concern_panel_round_kept BEFORE DELETE ON concern_panel_round BEGIN SELECT RAISE(ABORT, 'a question is kept'); END;

-- Nobody is let out because of how they may vote.
CREATE TRIGGER concern_access_of_seat BEFORE UPDATE OF ended_at ON concern_access
	WHEN OLD.ended_at IS NULL AND NEW.end_reason IN ('released', 'replaced') AND EXISTS (SELECT 1 FROM concern_panel_seat s
		JOIN concern_panel p ON p.id = s.panel_id AND p.decided_at IS NULL AND p.dissolved_at IS NULL
		JOIN concern_panel_round r ON r.panel_id = p.id WHERE s.access_id = OLD.id)
	BEGIN SELECT RAISE(ABORT, 'whoever sits on a panel that votes is not let out'); END;

-- That a seat has voted; what, stands sealed in the vault.
CREATE TABLE concern_panel_vote (
	round_id TEXT NOT NULL REFERENCES concern_panel_round (id),
	seat_id TEXT NOT NULL REFERENCES concern_panel_seat (id),
	is_casting INTEGER NOT NULL CHECK (is_casting IN (0, 1)),
	cast_at INTEGER NOT NULL,
	PRIMARY KEY (round_id, seat_id, is_casting)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER concern_panel_vote_open BEFORE INSERT ON concern_panel_vote
	WHEN NOT EXISTS (SELECT 1 FROM concern_panel_round r JOIN concern_panel p ON p.id = r.panel_id AND p.decided_at IS NULL AND p.dissolved_at IS NULL
		JOIN concern_panel_seat s ON s.panel_id = r.panel_id AND s.id = NEW.seat_id AND s.role <> 'adviser'
		JOIN concern_access a ON a.id = s.access_id AND a.ended_at IS NULL AND a.declared IN ('none', 'minor')
		WHERE r.id = NEW.round_id AND r.carried IS NULL
			AND CASE NEW.is_casting WHEN 0 THEN r.counted_at IS NULL ELSE r.counted_at IS NOT NULL AND s.role = 'chair' END)
	BEGIN SELECT RAISE(ABORT, 'a vote is cast by who sits, while it is open; the casting vote is the chair’s, after the count'); END;
CREATE TRIGGER concern_panel_vote_interest BEFORE INSERT ON concern_panel_vote
	WHEN EXISTS (SELECT 1 FROM concern_panel_seat s JOIN concern_panel p ON p.id = s.panel_id
		JOIN concern_interest i ON i.concern_id = p.concern_id AND i.other_id = s.person_id WHERE s.id = NEW.seat_id)
	BEGIN SELECT RAISE(ABORT, 'nobody votes about their own circle'); END;
CREATE TRIGGER concern_panel_vote_fixed BEFORE UPDATE ON concern_panel_vote BEGIN SELECT RAISE(ABORT, 'a vote is never changed'); END;
CREATE TRIGGER concern_panel_vote_kept BEFORE DELETE ON concern_panel_vote BEGIN SELECT RAISE(ABORT, 'a vote is kept'); END;

-- An interim order is asked for by one of the case and agreed to by another, the same day.
CREATE TABLE concern_interim_request (
	id TEXT PRIMARY KEY,
	concern_id TEXT NOT NULL REFERENCES concern (id),
	asked_by TEXT NOT NULL REFERENCES person (id),
	asked_on TEXT NOT NULL,
	asked_at INTEGER NOT NULL,
	settled_by TEXT REFERENCES person (id),
	settled_at INTEGER,
	result TEXT CHECK (result IN ('agreed', 'refused', 'taken_back')),
	CHECK ((settled_at IS NULL) = (result IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
	CHECK (result IS NOT 'agreed' OR settled_by <> asked_by)
) STRICT;
CREATE UNIQUE INDEX concern_interim_request_open ON concern_interim_request (concern_id) WHERE settled_at IS NULL;
CREATE TRIGGER concern_interim_request_kept BEFORE DELETE ON concern_interim_request BEGIN SELECT RAISE(ABORT, 'what was asked is kept'); END;

-- A panel's step follows from its own count, and is written down by its chair or a secretary of the case.
CREATE TRIGGER concern_step_of_panel BEFORE INSERT ON concern_step
	WHEN NEW.by_side = 'panel' AND (NEW.by_person IS NOT NULL OR EXISTS (SELECT 1 FROM concern_panel WHERE concern_id = NEW.concern_id))
		AND NEW.kind IN ('referred', 'no_case', 'advised', 'facts_found', 'breach_found', 'sanction_decided', 'interim_decided', 'interim_ended', 'appeal_decided')
		AND NOT EXISTS (SELECT 1 FROM concern_panel p WHERE p.id = NEW.data ->> 'panel' AND p.concern_id = NEW.concern_id
			AND p.decided_at IS NULL AND p.dissolved_at IS NULL
			AND p.kind IN (SELECT value FROM json_each(CASE
				WHEN NEW.kind IN ('referred', 'no_case', 'advised') THEN '["screening"]'
				WHEN NEW.kind IN ('interim_decided', 'interim_ended') THEN '["interim"]'
				WHEN NEW.kind = 'appeal_decided' THEN '["appeal"]' ELSE '["hearing","health"]' END))
			AND (EXISTS (SELECT 1 FROM concern_panel_round r WHERE r.panel_id = p.id AND r.carried IS NOT NULL) OR NEW.kind IN ('breach_found', 'sanction_decided'))
			AND NOT EXISTS (SELECT 1 FROM concern_panel_round r WHERE r.panel_id = p.id AND r.carried IS NULL)
			AND (EXISTS (SELECT 1 FROM concern_panel_seat s JOIN concern_access a ON a.id = s.access_id AND a.ended_at IS NULL
					WHERE s.panel_id = p.id AND s.person_id = NEW.by_person AND s.role = 'chair')
				OR EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = p.concern_id AND a.person_id = NEW.by_person AND a.capacity = 'secretary'
					AND a.ended_at IS NULL AND a.declared IN ('none', 'minor'))))
	BEGIN SELECT RAISE(ABORT, 'what a panel decides follows from its votes'); END;
-- No order without a breach, no breach without a fact.
CREATE TRIGGER concern_step_breach BEFORE INSERT ON concern_step
	WHEN NEW.kind = 'breach_found' AND NEW.data ->> 'isBreach' = 1
		AND NOT EXISTS (SELECT 1 FROM concern_allegation WHERE concern_id = NEW.concern_id AND finding IN ('proved', 'admitted'))
	BEGIN SELECT RAISE(ABORT, 'a breach needs a fact'); END;
CREATE TRIGGER concern_step_order_without_breach BEFORE INSERT ON concern_step
	WHEN NEW.kind = 'sanction_decided' AND json_array_length(NEW.data, '$.orders') > 0
		AND (SELECT data ->> 'isBreach' FROM concern_step WHERE concern_id = NEW.concern_id AND kind = 'breach_found' ORDER BY no DESC LIMIT 1) = 0
	BEGIN SELECT RAISE(ABORT, 'an order needs a breach'); END;

-- Defaults after workflows.md §6.5 and domain.md §3.3, to be confirmed. `lay`: some, a majority, or a majority or the chair. `tie`: who decides
-- what is even: the chair, or the milder choice stands. `orders`: least and most months; null: without an end.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('concern_panels', '2026-1', '2000-01-01', '{
	"kinds":{
		"screening":{"least":3,"most":3,"lay":{"atLeast":1,"rule":"some"},"quorum":3,"noticeDays":7,"advisers":0,"tie":"chair"},
		"interim":{"least":3,"most":3,"lay":{"atLeast":1,"rule":"some"},"quorum":3,"noticeDays":2,"advisers":0,"tie":"chair"},
		"hearing":{"least":3,"most":5,"lay":{"atLeast":1,"rule":"majority_or_chair"},"quorum":3,"noticeDays":28,"advisers":0,"tie":"milder"},
		"health":{"least":3,"most":5,"lay":{"atLeast":1,"rule":"majority_or_chair"},"quorum":3,"noticeDays":28,"advisers":1,"tie":"milder"},
		"appeal":{"least":3,"most":3,"lay":{"atLeast":2,"rule":"majority"},"quorum":3,"noticeDays":28,"advisers":0,"tie":"chair"}},
	"adjournedNoticeDays":7,
	"orders":{"warning":[12,60],"undertakings":[1,36],"conditions":[1,36],"suspension":[1,12],"removal":null,"award_withdrawn":null,
		"interim_suspension":[1,18],"interim_conditions":[1,18]},
	"healthOrders":["conditions","suspension"]}');

-- Whoever stepped back is asked for at every door of a case.
CREATE INDEX concern_access_recused ON concern_access (concern_id, person_id) WHERE end_reason = 'recused';
