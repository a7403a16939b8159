/** Courses and supervised cases of the demonstration: invented, without anything about anyone. */

export const COURSES = [
	{
		title: 'IPT practitioner training',
		provider: 'Larkfield Institute',
		kind: 'practitioner',
		minutes: '36h',
		monthsAgo: 11,
		days: 5,
		isApproved: true,
		isLedOutside: false,
	},
	{
		title: 'IPT for adolescents',
		provider: 'Larkfield Institute',
		kind: 'adolescent',
		minutes: '18h',
		monthsAgo: 5,
		days: 3,
		isApproved: true,
		isLedOutside: false,
	},
	{
		title: 'Supervising IPT',
		provider: 'Northmoor University',
		kind: 'supervisor',
		minutes: '14h',
		monthsAgo: 3,
		days: 2,
		isApproved: false,
		isLedOutside: false,
	},
	{
		title: 'Refresher: the first sessions',
		provider: 'Hollin House',
		kind: 'refresher',
		minutes: '6h',
		monthsAgo: 2,
		days: 1,
		isApproved: true,
		isLedOutside: true,
	},
] as const;

type Facts = {
	setting: 'nhs_talking_therapies' | 'nhs_secondary' | 'university';
	ageBand: '18_24' | '25_64' | '65_over';
	focalArea: 'grief' | 'role_dispute' | 'role_transition' | 'interpersonal_sensitivity';
	sessionsPlanned: number;
	sessionsHeld: number;
	sessionsSupervised: number;
	recordingsMade: number;
	measures: { key: string; first: number; last: number | null }[];
	ending: 'completed' | null;
	note: string;
};
type Report = { decision: 'passed' | 'further_work'; strengths: string; concerns: string; competence: string };

/** How far a case is: the scores of the recordings that were heard, and the report where there is one. */
export type CaseStage = { facts: Facts; scores: readonly number[]; report: Report | null };

const counts = (held: number, supervised: number) => ({ sessionsPlanned: 16, sessionsHeld: held, sessionsSupervised: supervised, recordingsMade: held });

/** From the one that is done to the one that has just begun. */
export const CASES: readonly CaseStage[] = [
	{
		facts: {
			setting: 'nhs_talking_therapies',
			ageBand: '25_64',
			focalArea: 'role_transition',
			...counts(16, 13),
			measures: [
				{ key: 'phq9', first: 19, last: 6 },
				{ key: 'gad7', first: 14, last: 5 },
			],
			ending: 'completed',
			note: 'Adjusting to becoming a parent, and to less time for work and friends.',
		},
		scores: [3, 4, 4],
		report: {
			decision: 'passed',
			strengths: 'A clear formulation, shared early and kept in view. Endings were prepared from the tenth session on.',
			concerns: '',
			competence: 'Works competently in all phases, and notices affect well.',
		},
	},
	{
		facts: {
			setting: 'nhs_secondary',
			ageBand: '65_over',
			focalArea: 'grief',
			...counts(16, 12),
			measures: [{ key: 'phq9', first: 17, last: 9 }],
			ending: 'completed',
			note: 'Mourning that had been put off while caring for others.',
		},
		scores: [3, 3, 4],
		report: null,
	},
	{
		facts: {
			setting: 'university',
			ageBand: '18_24',
			focalArea: 'role_dispute',
			...counts(9, 7),
			measures: [{ key: 'phq9', first: 15, last: null }],
			ending: null,
			note: 'A dispute with a parent about leaving home.',
		},
		scores: [3],
		report: null,
	},
];
