import type { RegisterFacts, RegisterRules } from '#features/register/index.ts';

/** Days of grace after the last day of an award, by the rules of migration 0001. */
export const GRACE = 28;
/** The default rule set of migration 0001. */
export const RULES: RegisterRules = {
	membershipGraceDays: 30,
	awardGraces: [{ fromOn: '2000-01-01', days: GRACE }],
	metShownMonths: 6,
	notMetShownYears: 5,
	removalShownYears: 5,
	lapseShownMonths: 12,
	availabilityFadesDays: 60,
};

/** An accredited practitioner: on the register since 1 May 2019, paid to 31 March 2027, award valid to 30 April 2029. */
export function facts(): RegisterFacts {
	return {
		registeredOn: '2019-05-01',
		diedOn: null,
		memberships: [{ category: 'plus', fromOn: '2019-05-01', paidToOn: '2027-03-31', endedOn: null, endReason: null }],
		leaves: [],
		awards: [
			{
				id: 'award-1',
				level: 'practitioner',
				kind: 'adult',
				awardedOn: '2019-05-01',
				endedOn: null,
				endReason: null,
				terms: [{ fromOn: '2019-05-01', toOn: '2029-04-30' }],
			},
		],
		orders: [],
	};
}
