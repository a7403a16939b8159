-- What became of messages, and what the office did about those that reached nobody.

CREATE INDEX outbox_process ON outbox (process_id);
CREATE INDEX outbox_given_up ON outbox (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_mailbox ON outbox (lower(to_address));

-- A message that was given up, and about which nothing more is to be done.
CREATE TABLE message_set_aside (
	message_id TEXT PRIMARY KEY REFERENCES outbox (id),
	set_aside_at INTEGER NOT NULL,
	set_aside_by TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500)
) STRICT, WITHOUT ROWID;

-- Two files that look like one person and are not.
CREATE TABLE not_same_person (
	first_id TEXT NOT NULL REFERENCES person (id),
	second_id TEXT NOT NULL REFERENCES person (id),
	said_at INTEGER NOT NULL,
	said_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (first_id, second_id),
	CHECK (first_id < second_id)
) STRICT, WITHOUT ROWID;

-- The words of letters: defaults, to be confirmed by the organisation. A new version is a new row; letters that were written stay as they were.
-- `for`: whom it is for. {words} is what the officer adds; a template without it takes none.
INSERT INTO rule_set (kind, version, from_on, data) VALUES
	('letter.membership', '2026-1', '2000-01-01', '{"title":"Confirmation of membership","for":"member","subject":"The confirmation you asked for","body":"Dear {name},\n\nWe confirm that you are a member of {organisation}: {grade}, paid to {paid_to}.\n\nMembership is not accreditation. Whether someone is accredited is told by the register, where anyone can look it up at any time: {register}"}'),
	('letter.details', '2026-1', '2000-01-01', '{"title":"Please check your details","for":"anyone","subject":"Please check the details that we hold","body":"Dear {name},\n\nPlease sign in and look at your details: your name, how we reach you, and what the public sees of you. What is wrong you can change there, or ask us to change: {my}\n\n{words}"}'),
	('letter.document', '2026-1', '2000-01-01', '{"title":"We need something from you","for":"anyone","subject":"We need something from you","body":"Dear {name},\n\nTo go on we need the following.\n\n{words}\n\nYou can send it when you are signed in: {my}"}'),
	('letter.own', '2026-1', '2000-01-01', '{"title":"A letter in your own words","for":"anyone","subject":"A letter from us","body":"Dear {name},\n\n{words}"}'),
	('letter.family', '2026-1', '2000-01-01', '{"title":"To the family of someone who has died","for":"family","subject":"With our sympathy","body":"To the family of {name}\n\nWe were sorry to learn of the death of {name} on {died_on}. Please accept our sympathy.\n\nThe page that the public could see has been taken down, and nothing more will be sent. You need do nothing.\n\n{words}\n\nIf people who were in therapy with {name} turn to you, you may give them our address: we help them to find someone else. {contact}"}');
