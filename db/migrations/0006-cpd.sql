-- What members did to keep up their practice. Days include the last; `done_on` is the (last) day, which decides the CPD year it belongs to.

-- Groups that meet again and again: one tap adds this week's or this month's meeting.
CREATE TABLE cpd_group (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 400),
	every TEXT NOT NULL CHECK (every IN ('week', 'month')),
	minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
	category TEXT NOT NULL CHECK (category IN ('ipt_training_event', 'ipt_national_meeting', 'ipt_regional_or_sig_meeting', 'refresher', 'supervision_cpd', 'trainer_cpd', 'other_professional_training', 'reading_research', 'writing_publication', 'teaching_presenting', 'peer_group_case_discussion', 'service_development_committee', 'safeguarding', 'edi', 'personal_development')),
	is_ipt INTEGER NOT NULL CHECK (is_ipt IN (0, 1)),
	repeat_key TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	ended_at INTEGER
) STRICT;
CREATE INDEX cpd_group_person ON cpd_group (person_id) WHERE ended_at IS NULL;

CREATE TABLE cpd_entry (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	-- `brought_forward` is a total taken over from an earlier system: it counts for hours only.
	kind TEXT NOT NULL CHECK (kind IN ('activity', 'brought_forward')),
	is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
	title TEXT NOT NULL CHECK (length(title) <= 400),
	began_on TEXT,
	done_on TEXT,
	minutes INTEGER CHECK (minutes > 0),
	category TEXT CHECK (category IN ('ipt_training_event', 'ipt_national_meeting', 'ipt_regional_or_sig_meeting', 'refresher', 'supervision_cpd', 'trainer_cpd', 'other_professional_training', 'reading_research', 'writing_publication', 'teaching_presenting', 'peer_group_case_discussion', 'service_development_committee', 'safeguarding', 'edi', 'personal_development')),
	is_ipt INTEGER NOT NULL DEFAULT 0 CHECK (is_ipt IN (0, 1)),
	is_skills INTEGER NOT NULL DEFAULT 0 CHECK (is_skills IN (0, 1)),
	-- Of a total brought forward: how much of it was on IPT.
	ipt_minutes INTEGER CHECK (ipt_minutes BETWEEN 0 AND minutes),
	provider TEXT NOT NULL DEFAULT '',
	mode TEXT CHECK (mode IN ('in_person', 'online', 'recorded', 'own_time')),
	learned TEXT NOT NULL DEFAULT '',
	changed TEXT NOT NULL DEFAULT '',
	effect TEXT NOT NULL DEFAULT '',
	is_reflected INTEGER GENERATED ALWAYS AS (learned <> '' AND changed <> '' AND effect <> '') VIRTUAL,
	group_id TEXT REFERENCES cpd_group (id),
	-- The week or month of a group's meeting, such as 2026-W47 or 2026-11.
	occasion TEXT,
	-- Where a total came from, in the office's words.
	source TEXT,
	-- The same form sent twice makes one entry.
	repeat_key TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	-- Declared at the end of a year: it is not changed any more.
	frozen_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (is_draft = 1 OR (title <> '' AND done_on IS NOT NULL AND minutes IS NOT NULL)),
	CHECK (is_draft = 1 OR (kind = 'activity') = (category IS NOT NULL)),
	CHECK ((kind = 'brought_forward') = (source IS NOT NULL)),
	CHECK ((kind = 'brought_forward') = (ipt_minutes IS NOT NULL)),
	CHECK (kind = 'activity' OR is_draft = 0),
	CHECK ((group_id IS NULL) = (occasion IS NULL)),
	CHECK (began_on IS NULL OR began_on <= done_on)
) STRICT;
-- Holds all that lists, totals and the rules read, so that they never touch the texts.
CREATE INDEX cpd_entry_person ON cpd_entry (person_id, done_on, id, is_draft, kind, category, minutes, is_ipt, ipt_minutes, is_skills, is_reflected)
	WHERE deleted_at IS NULL;
CREATE INDEX cpd_entry_draft ON cpd_entry (person_id, changed_at) WHERE is_draft = 1 AND deleted_at IS NULL;
CREATE INDEX cpd_entry_deleted ON cpd_entry (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE UNIQUE INDEX cpd_entry_occasion ON cpd_entry (group_id, occasion) WHERE group_id IS NOT NULL AND deleted_at IS NULL;

-- Rules that are being worked on. Once published they are a row of rule_set and this one only tells where it came from.
CREATE TABLE cpd_rules_draft (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
	based_on TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	-- What a trial on last year's entries found, and for which version of the draft.
	trial TEXT CHECK (json_valid(trial)),
	trial_of INTEGER,
	created_at INTEGER NOT NULL,
	published_at INTEGER,
	discarded_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((trial IS NULL) = (trial_of IS NULL))
) STRICT;

-- Defaults, to be confirmed by the organisation (domain.md §1.3, §3.2): minutes a year unless a count.
INSERT INTO rule_set (kind, version, from_on, data) VALUES ('cpd', '2026-1', '2000-01-01',
	'{"period":{"starts":"fixed","anchorOn":"2026-04-01","months":12},"rounding":30,"leaveFromDays":28,"onlyConfirmedSupervision":false,"caps":{"reading_research":600},"groups":{"practitioner":{"minutes":1800,"iptMinutes":600,"skillsMinutes":360,"activities":5,"reflections":5,"categories":0,"supervisorCpd":0,"trainerCpd":0,"supervisionMinutes":1080},"supervisor":{"minutes":1800,"iptMinutes":600,"skillsMinutes":360,"activities":5,"reflections":5,"categories":0,"supervisorCpd":1,"trainerCpd":0,"supervisionMinutes":1080},"trainer":{"minutes":1800,"iptMinutes":600,"skillsMinutes":360,"activities":5,"reflections":5,"categories":0,"supervisorCpd":0,"trainerCpd":1,"supervisionMinutes":1080},"organisation":{"minutes":1200,"iptMinutes":360,"skillsMinutes":0,"activities":3,"reflections":3,"categories":0,"supervisorCpd":0,"trainerCpd":0,"supervisionMinutes":720},"trainee":{"minutes":0,"iptMinutes":0,"skillsMinutes":0,"activities":0,"reflections":0,"categories":0,"supervisorCpd":0,"trainerCpd":0,"supervisionMinutes":0},"member":{"minutes":0,"iptMinutes":0,"skillsMinutes":0,"activities":0,"reflections":0,"categories":0,"supervisorCpd":0,"trainerCpd":0,"supervisionMinutes":0}}}');
