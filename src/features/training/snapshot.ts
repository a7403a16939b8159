import type { Db } from '#db/client.ts';
import { type CaseFactsRow, factsOf } from './case-parts.ts';
import { caseById } from './case-queries.ts';
import type { CaseRating, CaseReport, TrainingCase } from './case-types.ts';
import { type RatingScale, ratingScale } from './rules.ts';

/** All that an assessor may see of a case, as plain JSON that can be frozen with an application. */
export type CaseSnapshot = Omit<TrainingCase, 'supervisor' | 'ratings' | 'reports' | 'version'> & {
	/** No address of theirs. `personId` is there so that conflicts of interest can be told. */
	supervisor: { personId: string | null; name: string; profession: string | null };
	/** Every version of the facts that was signed, and the newest. */
	versions: CaseFactsRow[];
	/** Retracted ones included. */
	ratings: CaseRating[];
	/** Newest first, those that another took the place of included. */
	reports: CaseReport[];
	/** The scales that the ratings were made on. */
	scales: RatingScale[];
};

/**
 * A case as an assessor may see it. Never authorises: the accreditation feature asks only for a case that an application in its hands uses.
 * @returns null when there is no such case
 */
export function caseSnapshot(db: Db, caseId: string): CaseSnapshot | null {
	const found = caseById(db, caseId);
	if (!found) return null;
	const { supervisor, version: _, ...rest } = found;
	const { personId, name, profession } = supervisor;
	const scales = [...new Set(found.ratings.map(({ scaleVersion }) => scaleVersion))].map((one) => ratingScale(db, one));
	return { ...rest, supervisor: { personId, name, profession }, versions: factsOf(db, caseId), scales };
}
