export type RetentionClass =
	| 'register'
	| 'membership'
	| 'listing'
	| 'cpd'
	| 'accreditation'
	| 'evidence'
	| 'payments'
	| 'security'
	| 'messages'
	| 'enquiries'
	| 'requests'
	| 'roles'
	| 'audit';

export type PersonalTable = {
	table: string;
	/** What it is, for people. */
	title: string;
	keptAs: RetentionClass;
	/** The condition of a row about the person `:person`. */
	where: string;
	/** Columns about somebody else, or that would let a reader in; beyond those that `isWithheld` leaves out everywhere. */
	without?: readonly string[];
};

/** A row that leads to the person by its own column. */
export const MINE = 'person_id = :person';

/** A table as a row of `personal-data.ts`. */
export const row = (table: string, title: string, keptAs: RetentionClass, where = MINE, without: readonly string[] = []): PersonalTable => ({
	table,
	title,
	keptAs,
	where,
	without,
});
