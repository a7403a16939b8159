import { z } from 'zod';
import { isTelephone, isTicked, last, line, text } from '#core/fields.ts';
import { penceFrom } from '#core/money.ts';
import { readDay } from '#core/read-day.ts';
import { OPTIONS } from './options.ts';
import { websiteFrom } from './website.ts';

export const ABOUT_LIMIT = 4000;

/** A listing's version when the form was opened. */
const version = z.preprocess(last, z.coerce.number().int().min(0).catch(-1));
const shown = z.preprocess(isTicked, z.boolean());
const several = (codes: readonly string[]) =>
	z.preprocess(
		(value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
		z.array(z.string()).transform((all) => all.filter((c) => codes.includes(c))),
	);
const codesOf = (...groups: string[]) => OPTIONS.filter((o) => groups.includes(o.group)).map((o) => o.code as string);

/** Options ticked under `work` and under `fees`; the others of a listing stay as they are. */
export const WORK_CODES = codesOf('who', 'focus', 'also', 'language', 'more');
export const FEE_CODES = codesOf('funding', 'reduced');

export const aboutForm = z.object({
	version,
	about: text(ABOUT_LIMIT, `Shorten the text to ${ABOUT_LIMIT.toLocaleString('en-GB')} characters or fewer.`),
	phone: line(40, 'Enter the telephone number only.')
		.refine((typed) => typed === '' || isTelephone(typed), 'Enter a telephone number, like 01632 960 001, or leave it empty.')
		.transform((typed) => typed || null),
	website: line(300, 'Shorten the address of your website.')
		.refine((typed) => typed === '' || websiteFrom(typed) !== null, 'Enter the address of your website, like https://www.example.org, or leave it empty.')
		.transform((typed) => websiteFrom(typed)),
	enquiriesOpen: shown,
	showAbout: shown,
	showPhone: shown,
	showWebsite: shown,
	showGender: shown,
});

export const workForm = z.object({ version, how: several(['in_person', 'online']), options: several(WORK_CODES) });

const pounds = line(12, 'Enter an amount such as 65 or 65.50.')
	.refine((typed) => typed === '' || penceFrom(typed) !== null, 'Enter an amount in pounds, such as 65 or 65.50.')
	.transform((typed) => (typed === '' ? null : penceFrom(typed)));

export const feesForm = z
	.object({
		version,
		feeFrom: pounds,
		feeTo: pounds,
		sessionMinutes: line(4, 'Enter minutes as a number, such as 50.')
			.refine((typed) => typed === '' || (/^\d{1,3}$/.test(typed) && Number(typed) >= 10 && Number(typed) <= 480), 'Enter minutes as a number from 10 to 480.')
			.transform((typed) => (typed === '' ? null : Number(typed))),
		options: several(FEE_CODES),
		showFees: shown,
	})
	.superRefine(
		({ feeFrom, feeTo }, check) => {
			if (feeTo !== null && feeFrom === null) check.addIssue({ code: 'custom', path: ['feeFrom'], message: 'Enter the lowest fee as well.' });
			if (feeTo !== null && feeFrom !== null && feeTo < feeFrom)
				check.addIssue({ code: 'custom', path: ['feeTo'], message: 'The highest fee is lower than the lowest. Change one of them.' });
		},
		{ when: () => true },
	);

/** What is said about new clients, by the form and by the monthly link. */
export const availabilityForm = z
	.object({
		availability: z.preprocess(last, z.enum(['taking', 'waiting', 'full', 'away'], 'Choose what is true now.')),
		waitingWeeks: line(4, 'Enter weeks as a number.')
			.refine((typed) => typed === '' || (/^\d{1,3}$/.test(typed) && Number(typed) <= 104), 'Enter weeks as a number from 0 to 104.')
			.transform((typed) => (typed === '' ? null : Number(typed))),
		awayUntil: line(30, 'Enter a date such as 31/03/2027.')
			.refine((typed) => typed === '' || 'day' in readDay(typed), 'Enter a date such as 31/03/2027.')
			.transform((typed) => {
				const read = readDay(typed);
				return typed !== '' && 'day' in read ? read.day : null;
			}),
	})
	.superRefine(
		(input, check) => {
			if (input.availability === 'waiting' && input.waitingWeeks === null)
				check.addIssue({ code: 'custom', path: ['waitingWeeks'], message: 'Say about how many weeks people wait.' });
			if (input.availability === 'away' && input.awayUntil === null)
				check.addIssue({ code: 'custom', path: ['awayUntil'], message: 'Say until which day you are away.' });
		},
		{ when: () => true },
	);
export const ownAvailabilityForm = availabilityForm.safeExtend({ version, showAvailability: shown });

export const PLACE_NUMBERS = [0, 1, 2, 3] as const;
const place = (n: number) => ({
	[`where${n}`]: line(60, 'Shorten this to a postcode or a town.'),
	[`town${n}`]: line(100, 'Shorten the name of the town.'),
	[`practice${n}`]: line(200, 'Shorten the name of the practice.'),
	[`stepFree${n}`]: shown,
});
/** Beside these, `where0`, `town0`, `practice0` (text) and `stepFree0` (yes or no) for each place. */
export type PlacesInput = { version: number; showPlaces: boolean; showPracticeName: boolean } & Record<string, unknown>;
const placeFields = Object.assign({}, ...PLACE_NUMBERS.map(place)) as Record<string, z.ZodType>;
export const placesForm = z.object({ version, showPlaces: shown, showPracticeName: shown }).extend(placeFields) as unknown as z.ZodType<PlacesInput> & {
	shape: Record<string, z.ZodType>;
};

export const photoForm = z.object({ version, photo: z.preprocess(last, z.string().optional()), showPhoto: shown, remove: shown });
/** Publishing and taking down: the button itself is the yes. */
export const yesForm = z.object({ sure: z.literal('yes', 'Press the button to go on.') });
export const decisionForm = z
	.object({
		request: z.uuid(),
		decision: z.preprocess(last, z.enum(['approve', 'send_back'], 'Choose.')),
		word: line(300, 'Shorten the word to 300 characters.'),
	})
	.superRefine(({ decision, word }, check) => {
		if (decision === 'send_back' && word === '') check.addIssue({ code: 'custom', path: ['word'], message: 'Say what should be different.' });
	});
