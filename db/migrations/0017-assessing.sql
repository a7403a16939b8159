-- Assessing: what an application was sent back for, why it is held, and the indexes of the work queue.

-- What was missing when an application was sent back as not complete, section by section; the applicant reads it.
CREATE TABLE accreditation_return (
	id TEXT PRIMARY KEY,
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	-- Which sending of it was looked at.
	submission INTEGER NOT NULL CHECK (submission > 0),
	section TEXT NOT NULL,
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
	due_on TEXT NOT NULL,
	returned_by TEXT NOT NULL REFERENCES person (id),
	returned_at INTEGER NOT NULL
) STRICT;
CREATE INDEX accreditation_return_application ON accreditation_return (application_id, submission);

-- Why an application is on hold, in words: the step itself holds no more than the day. `no`: that of the step.
CREATE TABLE accreditation_hold (
	application_id TEXT NOT NULL REFERENCES accreditation_application (id),
	no INTEGER NOT NULL,
	words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
	until_on TEXT NOT NULL,
	held_by TEXT NOT NULL REFERENCES person (id),
	held_at INTEGER NOT NULL,
	PRIMARY KEY (application_id, no)
) STRICT, WITHOUT ROWID;

-- The work queue: what is due first, through all filters, a page at a time. What has no day (on hold) comes last. The phase stands in the
-- first and the last, so that counting needs no more than the index.
CREATE INDEX accreditation_application_due ON accreditation_application (coalesce(due_on, '9999-12-31'), id, phase)
	WHERE phase NOT IN ('draft', 'decided', 'withdrawn', 'closed');
CREATE INDEX accreditation_application_route_due ON accreditation_application (route, coalesce(due_on, '9999-12-31'), id)
	WHERE phase NOT IN ('draft', 'decided', 'withdrawn', 'closed');
CREATE INDEX accreditation_application_phase_due ON accreditation_application (phase, coalesce(due_on, '9999-12-31'), id);
CREATE INDEX accreditation_application_turn_due ON accreditation_application (turn, coalesce(due_on, '9999-12-31'), id, phase)
	WHERE phase NOT IN ('draft', 'decided', 'withdrawn', 'closed');
CREATE INDEX accreditation_application_held ON accreditation_application (held_until_on) WHERE held_until_on IS NOT NULL;
CREATE INDEX accreditation_assessor_at_work ON accreditation_assessor (person_id, application_id) WHERE ended_at IS NULL;

-- An interest that came up after somebody was given an application keeps them from sealing a sheet.
CREATE TRIGGER accreditation_assessor_seal BEFORE UPDATE OF sealed_at ON accreditation_assessor
	WHEN NEW.sealed_at IS NOT NULL AND EXISTS (SELECT 1 FROM accreditation_application a WHERE a.id = NEW.application_id AND (a.person_id = NEW.person_id
		OR EXISTS (SELECT 1 FROM interest i WHERE i.person_id = a.person_id AND i.other_id = NEW.person_id)
		OR EXISTS (SELECT 1 FROM accreditation_request r WHERE r.application_id = a.id AND r.to_person_id = NEW.person_id)))
	BEGIN SELECT RAISE(ABORT, 'nobody assesses their own circle'); END;
