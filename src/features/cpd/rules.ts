import { z } from 'zod';
import { isDay } from '#core/dates.ts';
import { CPD_CATEGORIES } from './kinds.ts';

/** Whom a set of figures is for: holders of an award by its level, and members without one. Someone may be in several. */
export const GROUPS = ['practitioner', 'supervisor', 'trainer', 'organisation', 'trainee', 'member'] as const;
export type CpdGroup = (typeof GROUPS)[number];

export const GROUP_WORDS: Record<CpdGroup, string> = {
	practitioner: 'Accredited practitioner',
	supervisor: 'Accredited supervisor',
	trainer: 'Accredited trainer',
	organisation: 'Registered through an organisation',
	trainee: 'Trainee without an award',
	member: 'Member without an award',
};

/** What can be asked for in a CPD year. `unit`: minutes or a number of things. The words end the sentence "18 of 30 …". */
export const RULES = {
	minutes: { unit: 'minutes', title: 'CPD in all', hint: 'All activities together' },
	iptMinutes: { unit: 'minutes', title: 'CPD on IPT', hint: 'Activities marked as about IPT' },
	skillsMinutes: { unit: 'minutes', title: 'Skills practice', hint: 'Activities in which skills were practised' },
	activities: { unit: 'activities', title: 'Activities', hint: 'How many different activities' },
	reflections: { unit: 'reflections', title: 'Written reflections', hint: 'Activities with all three parts of the reflection written' },
	categories: { unit: 'kinds', title: 'Different kinds of activity', hint: 'How many kinds at least' },
	supervisorCpd: { unit: 'activities', title: 'Training in supervising others', hint: 'Activities of that kind' },
	trainerCpd: { unit: 'activities', title: 'Training in training others', hint: 'Activities of that kind' },
	supervisionMinutes: { unit: 'minutes', title: 'Supervision received', hint: 'From the supervision log' },
} as const;
export type RuleKey = keyof typeof RULES;
export const RULE_KEYS = Object.keys(RULES) as RuleKey[];

const figure = z.int().min(0).max(100_000);
const figures = z.strictObject(Object.fromEntries(RULE_KEYS.map((key) => [key, figure])) as Record<RuleKey, typeof figure>);
/** Minutes, or how many, for each rule. 0: nothing is asked. */
export type Figures = z.output<typeof figures>;

/** The data of a rule set of kind `cpd`. */
export const cpdRulesSchema = z.strictObject({
	/** `fixed`: years count from a day that is the same for all. `membership`: each member's own, ending when their membership is paid to. */
	period: z.strictObject({
		starts: z.enum(['fixed', 'membership']),
		anchorOn: z.string().refine(isDay),
		months: z.union([z.literal(12), z.literal(24), z.literal(36)]),
	}),
	/** Minutes that a target for a part of a year is rounded to. */
	rounding: z.int().min(1).max(120),
	/** Leave of at least so many days lessens the targets. */
	leaveFromDays: z.int().min(1).max(366),
	onlyConfirmedSupervision: z.boolean(),
	/** The most minutes of a kind that count towards hours. */
	caps: z.partialRecord(z.enum(CPD_CATEGORIES), z.int().min(0).max(100_000)),
	groups: z.strictObject(Object.fromEntries(GROUPS.map((group) => [group, figures])) as Record<CpdGroup, typeof figures>),
});
export type CpdRules = z.output<typeof cpdRulesSchema>;

/** A published version. */
export type CpdRulesVersion = { version: string; fromOn: string; rules: CpdRules };
