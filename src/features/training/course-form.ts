import { z } from 'zod';
import { line, text } from '#core/fields.ts';
import type { Course } from './course-types.ts';
import { choice, dayNeeded, dayTyped, filledLine, lengthNeeded, repeatKey, version } from './form-fields.ts';
import { COURSE_KINDS } from './words.ts';

/** What the office says of a course. `lead`: a register number, or the name of somebody outside. */
export type CourseInput = z.output<typeof courseForm>;

export const courseForm = z
	.object({
		title: filledLine(200, 'Shorten the title to 200 characters.', 'Enter the title of the course.'),
		provider: filledLine(200, 'Shorten the provider to 200 characters.', 'Enter who offers it.'),
		lead: filledLine(200, 'Shorten the name to 200 characters.', 'Enter the lead trainer’s register number, or a name.'),
		kind: choice(COURSE_KINDS, 'Choose what kind of course it is.'),
		minutes: lengthNeeded,
		fromOn: dayNeeded('Enter the first day, such as 22/11/2026.'),
		toOn: dayNeeded('Enter the last day, such as 22/11/2026.'),
		repeatKey: line(80, 'Open the page again.'),
		version,
	})
	.refine(({ fromOn, toOn }) => toOn >= fromOn, { path: ['toOn'], message: 'The last day cannot be before the first.' });

/** Approves a course for some days, also for longer than before. */
export const approvalForm = z
	.object({
		fromOn: dayNeeded('Enter the first day of the approval.'),
		toOn: dayNeeded('Enter the last day of the approval.'),
		decidedAtWords: filledLine(300, 'Shorten this to 300 characters.', 'Say who decided and when, such as Committee of 4 March 2026.'),
	})
	.refine(({ fromOn, toOn }) => toOn >= fromOn, { path: ['toOn'], message: 'The last day cannot be before the first.' });

/** Ends an approval before its last day. */
export const endApprovalForm = z.object({
	endedOn: dayNeeded('Enter the first day on which it no longer holds.'),
	because: filledLine(500, 'Shorten the reason to 500 characters.', 'Say why.'),
});

/** Who attended: one e-mail address or register number a line. `minutes`: how long they were there. */
export const bulkForm = z.object({
	who: text(20_000, 'Send the list in two parts.').refine((list) => list !== '', 'Enter at least one register number or e-mail address.'),
	minutes: lengthNeeded,
});

/** Claims a course, with files. */
export const claimForm = z.object({
	course: filledLine(40, 'Choose the course.', 'Choose the course.'),
	minutes: lengthNeeded,
	evidence: z
		.preprocess((ids) => (ids === undefined ? [] : [ids].flat().map(String)), z.array(z.string()))
		.refine((ids) => ids.length > 0, 'Add a file that shows it: the certificate, or a photo of it.'),
	repeatKey,
});

/** Takes back a claim, or a record made by mistake. */
export const takeBackForm = z.object({ because: filledLine(300, 'Shorten the reason to 300 characters.', 'Say why.') });

/** The office's answer to a claim; a refusal says why. */
export const claimDecisionForm = z
	.object({ decision: choice(['confirmed', 'refused'], 'Choose one of the two.'), reason: line(500, 'Shorten the reason to 500 characters.') })
	.refine(({ decision, reason }) => decision === 'confirmed' || reason !== '', {
		path: ['reason'],
		message: 'Say why, and what would show it: they read this.',
	});

/** The fields of the form as they stand for a course. */
export function courseTyped(course: Course, leadNumber: string | null): Record<string, string> {
	const { title, provider, kind, minutes, fromOn, toOn } = course;
	const long = minutes % 60 === 0 ? `${minutes / 60}h` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
	return { title, provider, lead: leadNumber ?? course.leadName, kind, minutes: long, fromOn: dayTyped(fromOn), toOn: dayTyped(toOn) };
}
