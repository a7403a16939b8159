import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Nation } from './areas.ts';
import type { Point } from './distance.ts';
import { GAZETTEER_VERSION } from './schema.ts';

export type Place = Point & {
	/** For people: `Newport, Isle of Wight (PO30)`. */
	label: string;
	/** For addresses: `Newport PO30`, `RG12 8`. `lookUpPlace` finds the same place from it. */
	value: string;
	precision: 'sector' | 'district' | 'area' | 'town';
	/** True when the point stands for something much larger than the place asked for: say so beside a distance. */
	rough: boolean;
	nation: Nation;
	district: string | null;
	area: string;
};

export type Gazetteer = {
	file: string;
	/** Prepares a statement once and keeps it. */
	prepare: (sql: string) => Database.Statement;
	/** What the file was when it was opened, for `gazetteerChanged`. */
	stamp: string;
	/** Anything worth computing once per opened file (the list of names for misspellings). */
	memo: Map<string, unknown>;
	close: () => void;
};

export type GazetteerInfo = {
	version: number;
	source: string;
	attribution: string;
	builtAt: number;
	counts: Record<string, number>;
};

/**
 * Opens a gazetteer for reading. It stays readable after a newer file took its place; see `gazetteerChanged`.
 * Throws an Error with a message for people when the file is missing, damaged or of another version.
 */
export function openGazetteer(file: string): Gazetteer {
	const stamp = stampOf(file);
	if (stamp === '') throw new Error(`There is no gazetteer at ${file}. Run "npm run gazetteer -- --default" to build one.`);
	const sql = openReadOnly(file);
	const statements = new Map<string, Database.Statement>();
	const prepare = (text: string): Database.Statement => {
		const known = statements.get(text) ?? sql.prepare(text);
		statements.set(text, known);
		return known;
	};
	return { file, prepare, stamp, memo: new Map(), close: () => sql.close() };
}

/** True when another file has taken the place of the one that is open (or it is gone): cheap, one `stat`. */
export function gazetteerChanged(gazetteer: Gazetteer): boolean {
	return stampOf(gazetteer.file) !== gazetteer.stamp;
}

/** Where the figures come from and how many there are; `builtAt` in milliseconds UTC. Read once for an opened file. */
export function gazetteerInfo(gazetteer: Gazetteer): GazetteerInfo {
	const known = gazetteer.memo.get('info') as GazetteerInfo | undefined;
	if (known) return known;
	const info = readInfo(gazetteer);
	gazetteer.memo.set('info', info);
	return info;
}

function readInfo(gazetteer: Gazetteer): GazetteerInfo {
	const rows = gazetteer.prepare('SELECT key, value FROM meta').all() as { key: string; value: string }[];
	const meta = new Map(rows.map((row) => [row.key, row.value]));
	return {
		version: Number(meta.get('version')),
		source: meta.get('source') ?? '',
		attribution: meta.get('attribution') ?? '',
		builtAt: Number(meta.get('built_at')),
		counts: JSON.parse(meta.get('counts') ?? '{}') as Record<string, number>,
	};
}

function openReadOnly(file: string): Database.Database {
	const sql = new Database(file, { readonly: true, fileMustExist: true });
	try {
		const version = sql.prepare(`SELECT value FROM meta WHERE key = 'version'`).pluck().get();
		if (Number(version) === GAZETTEER_VERSION) return sql;
	} catch (cause) {
		sql.close();
		throw new Error(`The gazetteer ${file} is damaged. Build it again with "npm run gazetteer".`, { cause });
	}
	sql.close();
	throw new Error(`The gazetteer ${file} was made by another version. Build it again with "npm run gazetteer".`);
}

function stampOf(file: string): string {
	const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
	return stat === undefined ? '' : `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`;
}
