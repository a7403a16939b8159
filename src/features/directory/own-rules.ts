import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';

export type CheckedField = 'website' | 'practice_names';

/** `checked`: parts of a listing that an officer looks at before they are shown. `askFromDay`, `askToDay`: when in a month is asked about new clients. */
export type ListingRules = { checked: readonly CheckedField[]; askFromDay: number; askToDay: number };

/** The rule set `listing` that is in force on a day. */
export function listingRules(db: Db, day: string): ListingRules {
	return JSON.parse(ruleSetOn(db, 'listing', day).data) as ListingRules;
}
