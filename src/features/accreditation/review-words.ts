/** On what an applicant may ask for a review (workflows.md §6.2). */
export const REVIEW_GROUNDS = {
	procedure: 'The procedure was not followed',
	new_evidence: 'There is new evidence that could not be sent before',
	error: 'The decision rests on an error of fact',
} as const;
export type Ground = keyof typeof REVIEW_GROUNDS;
export const GROUNDS = Object.keys(REVIEW_GROUNDS) as [Ground, ...Ground[]];

export function isGround(key: string): key is Ground {
	return key in REVIEW_GROUNDS;
}
