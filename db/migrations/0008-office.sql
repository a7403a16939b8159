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
