import { z } from 'zod';
import { isFilled, last, line } from '#core/fields.ts';
import { MEMBERSHIP_STATES } from './status.ts';

/** The columns of a list of people, in the order in which they stand; `isPersonal`: only when it is needed. */
export const PEOPLE_COLUMNS = {
	name: { label: 'Name', isPersonal: false },
	number: { label: 'Register number', isPersonal: false },
	member_id: { label: 'Member id', isPersonal: false },
	status: { label: 'Membership', isPersonal: false },
	grade: { label: 'Grade', isPersonal: false },
	paid_to: { label: 'Paid to', isPersonal: false },
	account: { label: 'Has an account', isPersonal: false },
	email: { label: 'E-mail address', isPersonal: true },
	phone: { label: 'Telephone', isPersonal: true },
	born_on: { label: 'Date of birth', isPersonal: true },
} as const;
export type PeopleColumn = keyof typeof PEOPLE_COLUMNS;
const columns = Object.keys(PEOPLE_COLUMNS) as [PeopleColumn, ...PeopleColumn[]];

const anyOf = <T extends string>(values: readonly [T, ...T[]]) => z.preprocess(last, z.enum(values).or(z.literal('')).catch(''));

/** A list of people to be taken out as a file. */
export const peopleExportForm = z.object({
	status: anyOf(MEMBERSHIP_STATES),
	grade: anyOf(['trainee', 'basic', 'plus', 'organisation']),
	columns: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.enum(columns)).min(1, 'Choose at least one column')),
	reason: line(500, 'Use 500 characters or fewer').pipe(z.string().refine(isFilled, 'Say what the list is for')),
});

export type PeopleExport = z.output<typeof peopleExportForm>;

/** How many people are invited at once. */
export const inviteForm = z.object({
	most: z.preprocess(
		(value) => Number(last(value)),
		z.int('Give a number from 1 to 500').min(1, 'Give a number from 1 to 500').max(500, 'Give a number from 1 to 500'),
	),
});
