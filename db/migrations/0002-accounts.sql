-- Accounts, sessions, second steps, roles. Secrets are stored as hashes, or sealed with a key outside the database.

CREATE TABLE account (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL UNIQUE REFERENCES person (id),
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	-- The address folded to one spelling: what makes two addresses the same mailbox to us.
	email_key TEXT NOT NULL UNIQUE,
	password_hash TEXT,
	password_set_at INTEGER,
	-- The secret of an authenticator app, sealed; and the last time step that was used, so that no code works twice.
	totp_sealed TEXT,
	totp_last_step INTEGER,
	-- What a passkey knows the account by: random, says nothing about the person.
	passkey_handle TEXT NOT NULL UNIQUE,
	disabled_at INTEGER,
	disabled_reason TEXT,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((totp_sealed IS NULL) OR (totp_last_step IS NOT NULL)),
	CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
) STRICT;

CREATE TABLE session (
	-- SHA-256 of what the cookie holds: whoever reads this table cannot sign in with it.
	id_hash TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	created_at INTEGER NOT NULL,
	last_seen_at INTEGER NOT NULL,
	-- When the person last proved who they are, for sensitive acts.
	proved_at INTEGER NOT NULL,
	-- 1: one thing known or held. 2: two of them.
	level INTEGER NOT NULL CHECK (level IN (1, 2)),
	method TEXT NOT NULL CHECK (method IN ('password', 'totp', 'passkey', 'recovery_code', 'demonstration')),
	-- The staff roles held when it began, sorted, joined by commas; a session ends when they change.
	staff_roles TEXT NOT NULL,
	device_id TEXT,
	device_label TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account_id, created_at);

-- A browser that signed in before: its owner gets in even while someone else guesses at the account.
CREATE TABLE device (
	id TEXT PRIMARY KEY,
	token_hash TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL REFERENCES account (id),
	label TEXT NOT NULL,
	first_seen_at INTEGER NOT NULL,
	last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX device_account ON device (account_id);

CREATE TABLE passkey (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	credential_id TEXT NOT NULL UNIQUE,
	public_key BLOB NOT NULL,
	counter INTEGER NOT NULL,
	transports TEXT NOT NULL CHECK (json_valid(transports)),
	is_backed_up INTEGER NOT NULL CHECK (is_backed_up IN (0, 1)),
	label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
	created_at INTEGER NOT NULL,
	last_used_at INTEGER
) STRICT;
CREATE INDEX passkey_account ON passkey (account_id);

CREATE TABLE recovery_code (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	code_hash TEXT NOT NULL,
	used_at INTEGER
) STRICT;
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- Challenges that were answered, until they expire: a page signs its own challenge, so reading it stores nothing, and no answer works twice.
CREATE TABLE passkey_challenge (
	challenge_hash TEXT PRIMARY KEY,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A change of address: confirmed from the new one; when staff asked for it, it takes effect a day later.
CREATE TABLE email_change (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	old_email TEXT NOT NULL,
	new_email TEXT NOT NULL,
	asked_by TEXT NOT NULL CHECK (asked_by IN ('owner', 'staff')),
	asked_at INTEGER NOT NULL,
	effective_at INTEGER NOT NULL,
	confirmed_at INTEGER,
	done_at INTEGER,
	cancelled_at INTEGER
) STRICT;
CREATE INDEX email_change_account ON email_change (account_id);

-- Links sent by mail. Opening one changes nothing; posting its page exchanges the token for a cookie of half an hour, and what is done
-- with that uses the link up. Each exchange ends the one before.
CREATE TABLE account_link (
	token_hash TEXT PRIMARY KEY,
	purpose TEXT NOT NULL CHECK (purpose IN ('join', 'claim', 'reset', 'new_email', 'keep_email')),
	account_id TEXT REFERENCES account (id),
	person_id TEXT REFERENCES person (id),
	email TEXT,
	email_change_id TEXT REFERENCES email_change (id),
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	exchange_hash TEXT UNIQUE,
	exchanged_at INTEGER,
	used_at INTEGER,
	withdrawn_at INTEGER,
	CHECK ((exchange_hash IS NULL) = (exchanged_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX account_link_account ON account_link (account_id);
CREATE INDEX account_link_person ON account_link (person_id);

-- Staff roles; `member` and `trainee` follow from the membership. Days include the last.
CREATE TABLE role_grant (
	id TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	role TEXT NOT NULL CHECK (role IN ('assessor', 'committee', 'auditor', 'membership_officer', 'complaints_officer', 'lay_panel_member', 'registrar', 'finance', 'administrator', 'external_reviewer')),
	from_on TEXT NOT NULL,
	to_on TEXT,
	granted_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	CHECK (to_on IS NULL OR to_on >= from_on),
	-- A reviewer from outside always leaves again.
	CHECK (role <> 'external_reviewer' OR to_on IS NOT NULL)
) STRICT;
CREATE INDEX role_grant_person ON role_grant (person_id);

CREATE VIEW role_held AS
	SELECT person_id, role, from_on, to_on FROM role_grant
	UNION ALL
	SELECT person_id, CASE category WHEN 'trainee' THEN 'trainee' ELSE 'member' END AS role, from_on,
		date(ended_on, '-1 day') AS to_on
	FROM membership_period;

-- Who asks for an account is found on file by their address, however it is written.
CREATE INDEX person_mailbox ON person (lower(email));
