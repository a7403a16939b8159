import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** Why somebody may not act on an application: found from the record. */
export type Interest = 'own' | 'supervisor' | 'supervisee' | 'practice' | 'referee' | 'recused' | 'assessed' | 'decided' | 'overruled' | 'reviewed';

export const INTEREST_WORDS: Record<Interest, string> = {
	own: 'it is their own application',
	supervisor: 'they supervised the applicant',
	supervisee: 'the applicant supervised them',
	practice: 'they share a practice with the applicant',
	referee: 'they were asked for a reference or report',
	recused: 'they stepped back from it',
	assessed: 'they assessed it',
	decided: 'they took part in an earlier decision on it',
	overruled: 'they took part in a decision on it that a review set aside',
	reviewed: 'they took part in a review of it',
};

/**
 * What stands between somebody and an application, found from the record: nobody acts on their own circle's (workflows.md §6.0).
 * `assessed` keeps people from deciding on or reviewing what they worked on, `decided` from assessing and reviewing it.
 * Never authorises.
 */
export function interestsIn(db: Db, applicationId: string, personId: string): Interest[] {
	return prepared(db.sql, FIND).pluck().all({ application: applicationId, person: personId }) as Interest[];
}

/**
 * The keys of everyone in a circle, with one's own, for `person_id NOT IN (…)` with `:me`: found once for a list, and not anew for each of its lines.
 */
export const CIRCLE = 'SELECT :me UNION SELECT person_id FROM interest WHERE other_id = :me';

/** Those of one's own circle: they keep somebody from knowing of it at all. */
export const OWN_CIRCLE: readonly Interest[] = ['own', 'supervisor', 'supervisee', 'practice', 'referee', 'recused'];
/** Those that keep somebody from assessing. */
export const BARS_ASSESSING: readonly Interest[] = [...OWN_CIRCLE, 'decided'];
/** Those that keep somebody from deciding: after a review neither those it overruled nor those who reviewed. */
export const BARS_DECIDING: readonly Interest[] = [...OWN_CIRCLE, 'assessed', 'overruled', 'reviewed'];
/** Those that keep somebody from a review: whoever decided once takes no part. */
export const BARS_REVIEWING: readonly Interest[] = [...BARS_DECIDING, 'decided'];

const FIND = `WITH a AS (SELECT id, person_id FROM accreditation_application WHERE id = :application)
	SELECT 'own' FROM a WHERE person_id = :person
	UNION SELECT i.reason FROM a JOIN interest i ON i.person_id = a.person_id AND i.other_id = :person
	UNION SELECT 'referee' FROM a JOIN accreditation_request r ON r.application_id = a.id AND r.to_person_id = :person
	UNION SELECT 'recused' FROM a JOIN accreditation_assessor e ON e.application_id = a.id AND e.person_id = :person AND e.end_reason = 'recused'
	UNION SELECT 'assessed' FROM a JOIN accreditation_assessor e ON e.application_id = a.id AND e.person_id = :person AND e.end_reason IS NOT 'recused'
	UNION SELECT 'decided' FROM a JOIN decision d ON d.application_id = a.id JOIN vote v ON v.item_id = d.item_id AND v.person_id = :person
	UNION SELECT 'overruled' FROM a JOIN decision d ON d.application_id = a.id AND d.overturned_by LIKE 'review:%'
		JOIN vote v ON v.item_id = d.item_id AND v.person_id = :person
	UNION SELECT 'reviewed' FROM a JOIN meeting_item i ON i.application_id = a.id AND i.kind = 'review' AND i.resolved_at IS NOT NULL
		JOIN vote v ON v.item_id = i.id AND v.person_id = :person`;
