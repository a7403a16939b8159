-- Documents of a concern (src/features/complaints/file-*). Their bytes stand in DATA_DIR/files under the name `sealed_sha256`, sealed with a key of
-- their own that stands in the vault. `sha256` is a keyed sum (file-store of the feature): whoever steals the register cannot ask it whether a
-- document that they have is in it.
ALTER TABLE concern_file ADD COLUMN removed_because TEXT CHECK (removed_because IN ('giver', 'office', 'retention', 'not_in_backup'));
-- What the scanner calls it that it found; its own word, nobody's else.
ALTER TABLE concern_file ADD COLUMN quarantine_finding TEXT;

-- Names of sealed bytes whose row went with a concern that was never sent: so that they are swept at once, and from the backups in their time.
CREATE TABLE concern_file_gone (
	sealed_sha256 TEXT PRIMARY KEY CHECK (length(sealed_sha256) = 64),
	gone_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER concern_file_fixed BEFORE UPDATE OF id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, added_at ON concern_file
	BEGIN SELECT RAISE(ABORT, 'a document stays what it was and whose it was'); END;
CREATE TRIGGER concern_file_known BEFORE DELETE ON concern_file
	WHEN NOT EXISTS (SELECT 1 FROM concern_file_gone g WHERE g.sealed_sha256 = OLD.sealed_sha256)
	BEGIN SELECT RAISE(ABORT, 'the bytes of a document that goes are known, to be swept'); END;
