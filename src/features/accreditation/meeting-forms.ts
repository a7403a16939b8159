import { z } from 'zod';
import { cleaned, isFilled, last, line, text } from '#core/fields.ts';
import { typedDay } from '#features/membership/index.ts';

const ID = /^[0-9a-f-]{36}$/;
const REASON_LIMIT = 1000;

/** A field that may be sent several times, such as ticked boxes. */
export const several = z.preprocess(
	(value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
	z.array(z.string().max(100)).max(60),
);
export const saw = z.coerce.number('Open the page again.').int('Open the page again.');
const person = (sentence: string) => z.preprocess(last, z.string(sentence).regex(ID, sentence));

const seats = {
	chair: person('Choose who chairs.'),
	members: several,
	lay: several,
	secretary: person('Choose who keeps the record.'),
};
export const MEETING_KINDS = {
	ordinary: 'A meeting',
	between: 'A decision between meetings, by the same rules, without coming together',
	review: 'A review: for those who had no part in the first decision',
} as const;

export const meetingCallForm = z.object({
	id: z.preprocess(last, z.string('Open the page again.').regex(ID, 'Open the page again.')),
	kind: z.preprocess(last, z.enum(['ordinary', 'between', 'review'], 'Choose what kind of meeting it is.')),
	heldOn: typedDay('Enter the day, such as 22 November 2026').transform((day, check) => {
		if (day !== null) return day;
		check.addIssue({ code: 'custom', message: 'Enter the day.' });
		return z.NEVER;
	}),
	place: line(200, 'Use 200 characters or fewer.'),
	...seats,
	shortNotice: text(REASON_LIMIT, `Keep it to ${REASON_LIMIT} characters.`),
});
export type MeetingCall = z.output<typeof meetingCallForm>;

export const seatsForm = z.object({ version: saw, ...seats });
export type SeatsInput = Pick<MeetingCall, 'chair' | 'members' | 'lay' | 'secretary'>;

/** A page that only asks whether to go on. */
export const sawForm = z.object({ version: saw });
/** One that asks for a reason as well. */
export const reasonForm = z.object({ version: saw, reason: text(REASON_LIMIT, `Keep it to ${REASON_LIMIT} characters.`).refine(isFilled, 'Say why.') });

export const agendaForm = z
	.object({
		version: saw,
		applications: several,
		business: line(200, 'Keep it to 200 characters.'),
		lateBecause: text(REASON_LIMIT, `Keep it to ${REASON_LIMIT} characters.`),
	})
	.refine(({ applications, business }) => applications.length > 0 || business !== '', {
		path: ['applications'],
		message: 'Choose an application, or write what else is to be talked about.',
	});
export type AgendaInput = z.output<typeof agendaForm>;

export const papersForm = z.object({ version: saw, shortNotice: text(REASON_LIMIT, `Keep it to ${REASON_LIMIT} characters.`) });
export const attendanceForm = z.object({ version: saw, present: several });

export const INTEREST_CHOICES = {
	none: 'I have no interest in this',
	minor: 'I know something that the others should know, and can judge fairly',
	recuse: 'I step back: I see nothing of it and take no part',
} as const;

export const interestForm = z
	.object({
		declared: z.preprocess(last, z.enum(['none', 'minor', 'recuse'], 'Say whether you have an interest.')),
		words: text(2000, 'Keep it to 2000 characters.'),
	})
	.refine(({ declared, words }) => declared !== 'minor' || isFilled(words), { path: ['words'], message: 'Say what the others should know.' });
export type InterestInput = z.output<typeof interestForm>;

export const adviceForm = z.object({ words: text(8000, 'Keep it to 8000 characters.').refine(isFilled, 'Write what you advise.') });

/** Minutes, part by part: `part-0`, `part-1`… A part that was not sent stays as it is. */
export const minutesForm = z.looseObject({ version: saw }).transform((typed) => {
	const texts = Object.entries(typed).flatMap(([name, value]): [number, string][] => {
		const no = /^part-(\d{1,3})$/.exec(name)?.[1];
		return no === undefined ? [] : [[Number(no), cleaned(value).trim().slice(0, 20_000)]];
	});
	return { version: typed.version, texts: new Map(texts) };
});

/** The number of an item in an address; NaN for what is none, which no item has. */
export function asNumber(typed: string | undefined): number {
	return /^[1-9]\d{0,2}$/.test(typed ?? '') ? Number(typed) : Number.NaN;
}
