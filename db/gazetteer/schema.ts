/** Goes up whenever the tables below change: a file of another version is not read but built anew. */
export const GAZETTEER_VERSION = 1;

/** Points are WGS 84 decimal degrees; in `postcode` they are whole hundred-thousandths of a degree (about 1 m). */
export const GAZETTEER_TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE area (
  area TEXT PRIMARY KEY, lat REAL NOT NULL, lon REAL NOT NULL, nation TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE district (
  district TEXT PRIMARY KEY, area TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  rough INTEGER NOT NULL CHECK (rough IN (0, 1)), nation TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sector (
  sector TEXT PRIMARY KEY, district TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, nation TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE postcode (
  key TEXT PRIMARY KEY, lat INTEGER, lon INTEGER, retired INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE town (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, label TEXT NOT NULL, value TEXT NOT NULL UNIQUE,
  nation TEXT NOT NULL, county TEXT, district TEXT NOT NULL, area TEXT NOT NULL,
  lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL
) STRICT;
CREATE INDEX town_by_lat ON town (lat);
CREATE TABLE town_name (
  key TEXT NOT NULL, town_id INTEGER NOT NULL REFERENCES town (id),
  kind TEXT NOT NULL CHECK (kind IN ('name', 'other', 'short')),
  PRIMARY KEY (key, town_id)
) STRICT, WITHOUT ROWID;
`;
