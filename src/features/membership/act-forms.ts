import { z } from 'zod';
import { isTicked, last, line, text } from '#core/fields.ts';
import { readDayBoxes } from '#core/read-day.ts';
import { GRADE_NAMES } from './grades.ts';
import type { Act } from './own-membership.ts';

export const REASON_LIMIT = 500;

const mark = z.preprocess(last, z.string('Open this page again, then send it.').min(1).max(200));
const part = line(12, 'Enter a date, like 27 3 2027.');
const employer = line(200, 'Shorten the name of the employer.');
const category = z.preprocess(last, z.enum(GRADE_NAMES, 'Choose a grade.'));

/** The three boxes of a date. */
const boxes = (name: string) => ({ [`${name}-day`]: part, [`${name}-month`]: part, [`${name}-year`]: part });

/** Reads the boxes of a date; a mistake is told at the date's own field. */
function dayIn(typed: Record<string, unknown>, name: string, check: z.RefinementCtx, label: string): string {
	const box = (which: string) => String(typed[`${name}-${which}`] ?? '');
	const read = readDayBoxes({ day: box('day'), month: box('month'), year: box('year') });
	if ('day' in read) return read.day;
	check.addIssue({ code: 'custom', path: [name], message: `${label} ${read.why}.` });
	return z.NEVER;
}

const onlyMark = z.object({ mark });
const lastDay = z.object({ mark, ...boxes('last') }).transform((typed, check) => ({ mark: typed.mark, lastOn: dayIn(typed, 'last', check, 'The last day') }));

/** The form of each act of a member. */
export const ACT_FORMS = {
	renew: z.object({
		mark,
		category,
		employer,
		declarationsVersion: z.preprocess(last, z.string().max(40).catch('')),
		declare: z.preprocess(isTicked, z.literal(true, 'Tick the box if you can say all of this. If you cannot, write to the office first.')),
	}),
	grade: z.object({ mark, category }),
	leave: z
		.object({ mark, ...boxes('from'), ...boxes('to'), reason: text(REASON_LIMIT, `Shorten the reason to ${REASON_LIMIT} characters or fewer.`) })
		.transform((typed, check) => ({
			mark: typed.mark,
			reason: typed.reason,
			fromOn: dayIn(typed, 'from', check, 'The first day'),
			toOn: dayIn(typed, 'to', check, 'The last day'),
		})),
	'end-leave': onlyMark,
	resign: lastDay,
	retire: lastDay,
	stay: onlyMark,
	employer: z.object({ mark, employer }),
	'employment-ended': lastDay,
	'withdraw-leave': onlyMark,
	'cancel-order': z.object({ mark, purchaseId: z.preprocess(last, z.string().max(60)) }),
} as const satisfies Record<Act, z.ZodType>;
