import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Wanted } from './wanted.ts';

/** What becomes of a row, for the report. */
export type Outcome = 'created' | 'changed' | 'unchanged' | 'refused' | 'likely duplicate' | 'note';
export type Line = { row: number; outcome: Outcome; number: string; name: string; column: string; why: string };

/**
 * A file beside the register for what would not fit into memory while a large file is checked: what was read, what was seen, the report.
 * It holds personal data, is readable by its owner alone and goes when the import ends, however it ends.
 */
export type Scratch = {
	/** Notes a key; the row (or person) that had it first, or null when it is new. */
	first(key: string, holder: string): string | null;
	keep(row: number, wanted: Wanted, personId: string | null): void;
	/** Rows with a number of their own first, so that no number given in the file is taken by a row without one. */
	kept(): IterableIterator<{ row: number; wanted: Wanted; personId: string | null }>;
	say(line: Line): void;
	lines(): IterableIterator<Line>;
	setNumber(row: number, number: string): void;
	close(): void;
};

const PREFIX = 'import-scratch-';
const TABLES = `CREATE TABLE seen (key TEXT PRIMARY KEY, holder TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE kept (row INTEGER PRIMARY KEY, has_number INTEGER NOT NULL, person_id TEXT, wanted TEXT NOT NULL);
	CREATE INDEX kept_number ON kept (has_number, row);
	CREATE TABLE line (row INTEGER NOT NULL, outcome TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, "column" TEXT NOT NULL, why TEXT NOT NULL);
	CREATE INDEX line_row ON line (row);
	BEGIN`;

/** Makes the scratch file in a folder, and sweeps up those of imports that were killed. @param pid of this process. */
export function openScratch(folder: string, pid: number): Scratch {
	sweep(folder, pid);
	const file = join(folder, `${PREFIX}${pid}.db`);
	closeSync(openSync(file, 'wx', 0o600));
	const sql = new Database(file);
	for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -24000', 'temp_store = FILE']) sql.pragma(pragma);
	sql.exec(TABLES);
	const see = sql.prepare('INSERT INTO seen (key, holder) VALUES (?, ?) ON CONFLICT DO NOTHING');
	const seen = sql.prepare('SELECT holder FROM seen WHERE key = ?').pluck();
	const keep = sql.prepare('INSERT INTO kept (row, has_number, person_id, wanted) VALUES (?, ?, ?, ?)');
	const say = sql.prepare('INSERT INTO line (row, outcome, number, name, "column", why) VALUES (:row, :outcome, :number, :name, :column, :why)');
	const kept = sql.prepare('SELECT row, wanted, person_id AS personId FROM kept WHERE has_number = ? AND row > ? ORDER BY row LIMIT 200');
	const setNumber = sql.prepare("UPDATE line SET number = ? WHERE row = ? AND outcome IN ('created', 'changed')");
	return {
		first: (key, holder) => (see.run(key, holder).changes === 1 ? null : (seen.get(key) as string)),
		keep: (row, wanted, personId) => void keep.run(row, wanted.number === null ? 0 : 1, personId, JSON.stringify(wanted)),
		kept: function* () {
			// Page by page: nothing can be written while rows are being read one by one.
			for (const hasNumber of [1, 0]) {
				const page = (after: number) => kept.all(hasNumber, after) as { row: number; wanted: string; personId: string | null }[];
				for (let rows = page(0); rows.length > 0; rows = page(rows.at(-1)?.row ?? 0)) {
					for (const { row, wanted, personId } of rows) yield { row, wanted: JSON.parse(wanted) as Wanted, personId };
				}
			}
		},
		say: (line) => void say.run(line),
		lines: () => sql.prepare('SELECT * FROM line ORDER BY row, rowid').iterate() as IterableIterator<Line>,
		setNumber: (row, number) => void setNumber.run(number, row),
		close: () => {
			sql.close();
			rmSync(file, { force: true });
		},
	};
}

function sweep(folder: string, pid: number): void {
	for (const name of readdirSync(folder)) {
		const other = name.startsWith(PREFIX) ? Number(/^\d+/.exec(name.slice(PREFIX.length))?.[0]) : 0;
		if (other > 0 && (other === pid || !isRunning(other))) rmSync(join(folder, name), { force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
