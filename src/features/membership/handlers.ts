import type { Tx } from '#core/commit.ts';

/**
 * What membership needs of features that stand after it; pages and jobs hand it in (`MEMBERSHIP_HANDLERS` of directory).
 */
export type MembershipHandlers = {
	/** Facts about a person have changed: whoever keeps a copy brings it in line, in the same transaction. */
	onChanged(tx: Tx, personId: string): void;
	/** Is a case open that a resignation has to wait for? */
	hasOpenCase(at: Pick<Tx, 'db' | 'ctx'>, personId: string): boolean;
};
