/** What a membership's status follows from. Days are `YYYY-MM-DD`; a period includes its last day. */
export type MembershipFacts = {
	diedOn: string | null;
	periods: readonly PeriodFact[];
	leaves: readonly { fromOn: string; toOn: string }[];
	/** Applications, from the day each was begun to the day it was closed; null while it is open. */
	applications: readonly { begunOn: string; closedOn: string | null }[];
	/** Suspensions and removals of the register. */
	orders: readonly OrderSpan[];
};

export type Grade = 'trainee' | 'basic' | 'plus' | 'organisation';

export type PeriodFact = {
	category: Grade;
	fromOn: string;
	paidToOn: string;
	/** The first day on which the person was no longer a member. */
	endedOn: string | null;
	endReason: 'resigned' | 'retired' | 'lapsed' | 'removed' | 'died' | null;
	employer: string | null;
};

/** `toOn`: the last day it may bind; `closedOn`: the first day on which it no longer did, because it was met or revoked. */
export type OrderSpan = { effect: 'suspended' | 'removed'; fromOn: string; toOn: string | null; closedOn: string | null };
