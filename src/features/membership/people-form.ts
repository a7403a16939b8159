import { z } from 'zod';
import { last, line } from '#core/fields.ts';
import { MEMBERSHIP_STATES } from './status.ts';

const GRADES = ['trainee', 'basic', 'plus', 'organisation'] as const;

/** One of a list; anything else, or nothing, asks for all. */
const anyOf = <T extends string>(values: readonly [T, ...T[]]) => z.preprocess(last, z.enum(values).or(z.literal('')).catch(''));

/** The search for people. It is sent by POST: what is typed is in no address and no log. */
export const peopleForm = z.object({
	q: line(120, 'Use 120 characters or fewer.'),
	status: anyOf(MEMBERSHIP_STATES),
	grade: anyOf(GRADES),
	checks: anyOf(['due', 'could_not_check']),
	account: anyOf(['without', 'with', 'closed']),
	mail: anyOf(['given_up', 'no_address']),
	page: z.preprocess((value) => Number(last(value) ?? 1), z.int().min(1).max(400).catch(1)),
});

export type PeopleQuery = z.output<typeof peopleForm>;
