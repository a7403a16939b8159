/** What the record says about somebody whose accreditation is to be confirmed. Counted when they send it, and kept with it. */
export type RenewalFacts = {
	/** Closed CPD years of the period; those before the log was kept are not in it. */
	years: readonly { words: string; isMet: boolean; isDeclared: boolean }[];
	/** Confirmed sessions of supervision in the last twelve months. */
	supervisionMinutes: number;
	supervisionConfirmed: number;
	/** `fine`, or what is wrong with it, of checks that are asked for. */
	insurance: 'fine' | 'wanting';
	coreProfession: 'fine' | 'wanting';
	hasOpenOrder: boolean;
	hasShortAudit: boolean;
	declaredChanges: boolean;
	practises: boolean;
	/** Where the standards ask for a word of a supervisor or referee. */
	support: 'not_asked' | 'missing' | 'supports' | 'has_concerns' | 'cannot_say';
};

export type ReasonKey =
	| 'cpd_short'
	| 'cpd_undeclared'
	| 'supervision_none'
	| 'supervision_unconfirmed'
	| 'insurance'
	| 'core_profession'
	| 'order'
	| 'audit'
	| 'changes'
	| 'not_practising'
	| 'support_missing'
	| 'support_concerns';

/** Why somebody looks at it, in words for the member and the office alike. */
export const REASON_WORDS: Record<ReasonKey, string> = {
	cpd_short: 'In a CPD year of this time something was missing.',
	cpd_undeclared: 'A CPD year of this time is over and was not declared.',
	supervision_none: 'No supervision is logged for the last twelve months.',
	supervision_unconfirmed: 'None of the supervision of the last twelve months is confirmed by the supervisor.',
	insurance: 'No insurance that runs today is on record.',
	core_profession: 'The registration with the core profession is not confirmed on record.',
	order: 'There is an order on the register entry.',
	audit: 'An audit of the CPD was not satisfied.',
	changes: 'A yearly declaration said that something has changed.',
	not_practising: 'They do not practise IPT at present.',
	support_missing: 'The word of a supervisor or referee is not on record yet.',
	support_concerns: 'The supervisor or referee did not simply support it.',
};

/** The reasons why an assessor looks at it; none: green. Pure: the rule engine of re-accreditation. It never decides anything by itself. */
export function reasonsIn(facts: RenewalFacts): ReasonKey[] {
	const found: [boolean, ReasonKey][] = [
		[facts.years.some(({ isMet }) => !isMet), 'cpd_short'],
		[facts.years.some(({ isDeclared }) => !isDeclared), 'cpd_undeclared'],
		[facts.supervisionMinutes === 0, 'supervision_none'],
		[facts.supervisionMinutes > 0 && facts.supervisionConfirmed === 0, 'supervision_unconfirmed'],
		[facts.insurance === 'wanting', 'insurance'],
		[facts.coreProfession === 'wanting', 'core_profession'],
		[facts.hasOpenOrder, 'order'],
		[facts.hasShortAudit, 'audit'],
		[facts.declaredChanges, 'changes'],
		[!facts.practises, 'not_practising'],
		[facts.support === 'missing', 'support_missing'],
		[facts.support === 'has_concerns' || facts.support === 'cannot_say', 'support_concerns'],
	];
	return found.flatMap(([applies, key]) => (applies ? [key] : []));
}

/** Reasons to look closer even though nothing is missing: they go into the sample whatever the draw says. */
export function isRisky(facts: Pick<RenewalFacts, 'hasShortAudit' | 'hasOpenOrder' | 'declaredChanges'>): boolean {
	return facts.hasShortAudit || facts.hasOpenOrder || facts.declaredChanges;
}
