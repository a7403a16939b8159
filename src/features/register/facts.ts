/** The dated facts that a status follows from. Days are `YYYY-MM-DD`; a period includes its last day. */
export type RegisterFacts = {
	registeredOn: string;
	diedOn: string | null;
	memberships: readonly MembershipFact[];
	leaves: readonly { fromOn: string; toOn: string }[];
	awards: readonly AwardFact[];
	orders: readonly OrderFact[];
};

export type MembershipFact = {
	category: 'trainee' | 'basic' | 'plus' | 'organisation';
	fromOn: string;
	paidToOn: string;
	/** The first day on which the person was no longer a member. */
	endedOn: string | null;
	endReason: 'resigned' | 'retired' | 'lapsed' | 'removed' | 'died' | null;
};

export type AwardLevel = 'practitioner' | 'supervisor' | 'trainer' | 'organisation';
export type AwardKind = 'adult' | 'adolescent' | 'counselling' | 'bipolar' | 'perinatal' | 'eating' | 'group';

/** A period that an award was confirmed for. `cut`: cut short, by what: nothing is told after its last day; `toldToOn`: the last day told while it ran. */
export type TermFact = { fromOn: string; toOn: string; cut?: AwardFact['endReason']; toldToOn?: string | null };

export type AwardFact = {
	id: string;
	level: AwardLevel;
	kind: AwardKind;
	awardedOn: string;
	/** The first day on which the award was no longer held. */
	endedOn: string | null;
	endReason: 'given_up' | 'not_renewed' | 'withdrawn' | null;
	terms: readonly TermFact[];
};

export type OrderKind =
	| 'interim_suspension'
	| 'interim_conditions'
	| 'warning'
	| 'undertakings'
	| 'conditions'
	| 'suspension'
	| 'removal'
	| 'voluntary_removal'
	| 'award_withdrawn';

export type OrderFact = {
	id: string;
	kind: OrderKind;
	awardId: string | null;
	fromOn: string;
	/** The last day it is in force; null while open-ended. */
	toOn: string | null;
	reviewOn: string | null;
	publicText: string;
	outcome: 'met' | 'not_met' | 'revoked' | null;
	outcomeOn: string | null;
	displayUntilOn: string | null;
};

/** For how many days an award is told after the last day it was confirmed for, from a version of the rules on. */
export type AwardGrace = { fromOn: string; days: number };

/** The business numbers of the rule set `register` in force (table `rule_set`): defaults to be confirmed by the organisation. */
export type RegisterRules = {
	membershipGraceDays: number;
	/** Every version, the first one first: a period that ends keeps the grace in force on its last day, so that a longer one revives nothing. */
	awardGraces: readonly AwardGrace[];
	metShownMonths: number;
	notMetShownYears: number;
	removalShownYears: number;
	lapseShownMonths: number;
	availabilityFadesDays: number;
};
