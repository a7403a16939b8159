-- Words that nobody reads in the database itself: each subject (a concern) has a vault with a key of its own, which is wrapped by a key that
-- stands in a file outside the database and outside every backup (src/core/vault.ts). To destroy the key is to destroy the words.

CREATE TABLE vault (
	id TEXT PRIMARY KEY,
	made_at INTEGER NOT NULL,
	destroyed_at INTEGER,
	destroyed_because TEXT,
	CHECK ((destroyed_at IS NULL) = (destroyed_because IS NULL))
) STRICT;
CREATE TRIGGER vault_kept BEFORE DELETE ON vault BEGIN SELECT RAISE(ABORT, 'that there was a vault is kept'); END;
CREATE TRIGGER vault_gone BEFORE UPDATE ON vault WHEN OLD.destroyed_at IS NOT NULL
	BEGIN SELECT RAISE(ABORT, 'what was destroyed does not come back'); END;

-- One version at a time; two only within the transaction that changes the key.
CREATE TABLE vault_key (
	vault_id TEXT NOT NULL REFERENCES vault (id),
	version INTEGER NOT NULL CHECK (version > 0),
	-- The number of the file whose key wraps it.
	wrapped_by INTEGER NOT NULL CHECK (wrapped_by > 0),
	wrapped BLOB NOT NULL CHECK (length(wrapped) = 60),
	made_at INTEGER NOT NULL,
	PRIMARY KEY (vault_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX vault_key_wrapped ON vault_key (wrapped_by, vault_id);
CREATE TRIGGER vault_key_dead BEFORE INSERT ON vault_key WHEN EXISTS (SELECT 1 FROM vault WHERE id = NEW.vault_id AND destroyed_at IS NOT NULL)
	BEGIN SELECT RAISE(ABORT, 'what was destroyed does not come back'); END;

-- `place` says what the words are (`message:<id>`, `statement`): it is signed with them, so words moved elsewhere do not open.
CREATE TABLE vault_text (
	vault_id TEXT NOT NULL REFERENCES vault (id),
	place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
	version INTEGER NOT NULL,
	sealed BLOB NOT NULL CHECK (length(sealed) >= 28),
	written_at INTEGER NOT NULL,
	PRIMARY KEY (vault_id, place),
	FOREIGN KEY (vault_id, version) REFERENCES vault_key (vault_id, version)
) STRICT;

-- A change of every key: begun once, carried on after any interruption, done when no vault holds an older one.
CREATE TABLE vault_rotation (
	-- The number of the file whose key wraps everything afterwards.
	wrapped_by INTEGER PRIMARY KEY CHECK (wrapped_by > 1),
	begun_at INTEGER NOT NULL,
	done_at INTEGER,
	vaults INTEGER NOT NULL DEFAULT 0,
	texts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX vault_rotation_open ON vault_rotation ((1)) WHERE done_at IS NULL;
