import type { Grade } from './facts.ts';

/** What each grade is for and what it does not give: defaults to be confirmed by the organisation. The fees are a rule set of payments. */
export const GRADES: Record<Grade, { title: string; isFor: string; gives: string; givesNot: string }> = {
	trainee: {
		title: 'Trainee member',
		isFor: 'People who are training in IPT and treat people under supervision.',
		gives: 'A log for your cases, CPD and supervision, and the way to a first accreditation.',
		givesNot: 'No entry in the register and no listing. Those come with accreditation.',
	},
	basic: {
		title: 'Basic member',
		isFor: 'Therapists with a core profession who use IPT.',
		gives: 'The CPD and supervision log, members’ events, and the right to apply for accreditation.',
		givesNot: 'Being a member does not make you accredited: only accreditation puts you on the register.',
	},
	plus: {
		title: 'Member Plus',
		isFor: 'Therapists with a core profession who want everything that membership offers.',
		gives: 'All that basic membership gives, and what else the organisation offers to Plus members.',
		givesNot: 'Being a member does not make you accredited: only accreditation puts you on the register.',
	},
	organisation: {
		title: 'Organisation member',
		isFor: 'People without a core profession who use IPT in their work for the NHS or a charity (the knowledge, skills and attitudes route).',
		gives: 'After a course, registration for work with that employer.',
		givesNot: 'This is not accreditation and cannot lead to it. It needs an employer, and it ends when you leave that employer.',
	},
};

export const GRADE_NAMES = Object.keys(GRADES) as Grade[];

/** Grades that a member may move to without asking anyone. Into training, and to or from the route with an employer, goes by an application. */
export function gradesToMoveTo(from: Grade): Grade[] {
	if (from === 'organisation') return [];
	return (['basic', 'plus'] as const).filter((grade) => grade !== from);
}

/** The bodies that a core profession is registered with (domain.md §6.3): a default list to be confirmed. */
export const BODIES = ['HCPC', 'NMC', 'GMC', 'SWE', 'BABCP', 'BACP', 'UKCP', 'BPC', 'BPS', 'ACP', 'COSCA', 'NCPS'] as const;
