import type { RetentionClass } from './personal-data.ts';

/**
 * What becomes of the rows of every personal table when their time is over or their person is erased. Used by the daily retention job and
 * by erasure (`src/core/dispose.ts`), in this order. A table that is not here is kept, and stands in the way of an erasure until somebody
 * has decided: see `undecided`.
 */
export type Disposal = {
	table: string;
	/** `file`: a stored file, whose content goes from the disk too. */
	how: 'delete' | 'blank' | 'file' | 'keep';
	/** Of `blank`: what is written (SQL), and which rows still have something to blank. */
	set?: string;
	live?: string;
	/** The day (SQL) from which the months of a class are counted that is kept by the age of the record; null: only with its person. */
	day: string | null;
	/** Counted with another class than the one that is shown for it: an account is no record of twelve months ago. */
	as?: RetentionClass;
	/** Why erasing leaves it until its time is over. */
	kept?: string;
	/** The rows (SQL, `:person`) that an erasure takes, where they are fewer than the person may see. */
	erases?: string;
	/** What hangs on it and is nobody's table of its own (SQL, `:person`). */
	also?: readonly string[];
};

export const at = (column: string) => `date(${column} / 1000, 'unixepoch')`;
export const GONE = "'(erased)'";
export const gone = (...columns: string[]) => columns.map((c) => `${c} = ${GONE}`).join(', ');
export const nulls = (...columns: string[]) => columns.map((c) => `${c} = NULL`).join(', ');
export const some = (...columns: string[]) => columns.map((c) => `${c} IS NOT NULL`).join(' OR ');

/** Words that may be empty or not there stay so. */
export const goneIfSaid = (...columns: string[]) => columns.map((c) => `${c} = CASE WHEN coalesce(${c}, '') = '' THEN ${c} ELSE ${GONE} END`).join(', ');
export const said = (...columns: string[]) => columns.map((c) => `coalesce(${c}, '') NOT IN ('', ${GONE})`).join(' OR ');

type Rest = Omit<Disposal, 'table' | 'how' | 'day'> & { day?: string };
export const row = (table: string, how: Disposal['how'], rest: Rest = {}): Disposal => ({ day: null, ...rest, table, how });
export const blank = (table: string, set: string, live: string, rest: Rest = {}) => row(table, 'blank', { ...rest, set, live });
export const keep = (table: string, kept: string) => row(table, 'keep', { kept });

export const REGISTER = 'the register must be able to say what it said on any past day (article 17(3)(d)); the name goes';
