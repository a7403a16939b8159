import { z } from 'zod';
import { awardTitle } from './award-words.ts';
import { ORDER_WORDS, orderState } from './order-words.ts';
import type { NameAnswer, NameMatch } from './queries.ts';
import type { ToldEntry } from './told.ts';
import { STANDING_WORDS } from './words.ts';

const day = z.iso.date();
const codes = <T extends string>(record: Record<T, unknown>) => z.enum(Object.keys(record) as [T, ...T[]]);

const status = z.strictObject({
	code: codes(STANDING_WORDS).describe('`limited_then`: a past day on which a limit bound that is no longer published'),
	label: z.string(),
	meaning: z.string().describe('The status in plain words'),
	sinceOn: day.nullable(),
	isOnRegister: z.boolean(),
	isInGoodStanding: z.boolean().describe('Accredited, a member, and nothing that limits practice'),
});
const place = z.strictObject({ town: z.string(), district: z.string().describe('The first half of a postcode') }).nullable();

/** One entry, as `/api/v1/register/{number}` answers. Days are `YYYY-MM-DD` in Europe/London. */
export const entryAnswer = z.strictObject({
	number: z.string().regex(/^IPT-\d{6,9}$/),
	url: z.url(),
	name: z.string().nullable().describe('Null when the register owes no more than that the number is not on it'),
	formerNames: z.array(z.string()),
	asAtOn: day.describe('The day the answer is true for'),
	answeredAt: z.iso.datetime(),
	status,
	accreditedSinceOn: day.nullable(),
	reinstatedOn: day.nullable(),
	validToOn: day.nullable(),
	awards: z.array(z.strictObject({ title: z.string(), level: z.string(), kind: z.string(), awardedOn: day, validToOn: day })),
	coreProfessions: z.array(
		z.strictObject({ body: z.string(), standing: z.enum(['registered', 'restricted', 'not_found', 'could_not_check']), checkedOn: day.nullable() }),
	),
	place,
	notices: z.array(
		z.strictObject({
			kind: codes(ORDER_WORDS),
			label: z.string(),
			state: z.enum(['in_force', 'met', 'not_met', 'ended']),
			fromOn: day,
			toOn: day.nullable(),
			reviewOn: day.nullable(),
			text: z.string(),
			shownUntilOn: day.nullable(),
		}),
	),
});
export type EntryAnswer = z.output<typeof entryAnswer>;

const match = z.strictObject({
	number: z.string(),
	url: z.url(),
	name: z.string(),
	matchedFormerName: z.string().nullable(),
	status: status.pick({ code: true, label: true, isInGoodStanding: true }),
	place,
});

/** A search by name, as `/api/v1/register?name=` answers. */
export const nameAnswer = z.strictObject({
	name: z.string().describe('The name that was asked for'),
	asAtOn: day,
	matches: z.array(match),
	soundsAlike: z.array(match),
	hasMore: z.boolean().describe('More people match: ask with more of the name'),
});

/** What a program is told about an entry: the same that its page says, and nothing more. @param urlOf makes the full address of an entry */
export function entryAnswerOf(entry: ToldEntry, urlOf: (number: string) => string, answeredAt: number): EntryAnswer {
	const { status } = entry;
	return {
		number: entry.number,
		url: urlOf(entry.number),
		name: entry.name,
		formerNames: entry.formerNames,
		asAtOn: entry.asAtOn,
		answeredAt: new Date(answeredAt).toISOString(),
		status: statusAnswer(status),
		accreditedSinceOn: status.accreditedSinceOn,
		reinstatedOn: status.reinstatedOn,
		validToOn: status.validToOn,
		awards: status.awards.map(({ level, kind, awardedOn, validToOn }) => ({ title: awardTitle({ level, kind }), level, kind, awardedOn, validToOn })),
		coreProfessions: entry.coreProfessions.map(({ body, standing, checkedOn }) => ({ body, standing, checkedOn })),
		place: entry.place && { town: entry.place.town, district: entry.place.district },
		notices: status.notices.map((notice) => noticeAnswer(notice, entry.asAtOn)),
	};
}

/** What a program is told about a search by name. */
export function nameAnswerOf(name: string, found: NameAnswer, asAtOn: string, urlOf: (number: string) => string): z.output<typeof nameAnswer> {
	const matchAnswer = ({ number, name, matchedFormerName, status, place }: NameMatch) => {
		const { code, label, isInGoodStanding } = statusAnswer(status);
		return { number, url: urlOf(number), name, matchedFormerName, status: { code, label, isInGoodStanding }, place };
	};
	return { name, asAtOn, matches: found.matches.map(matchAnswer), soundsAlike: found.soundsAlike.map(matchAnswer), hasMore: found.hasMore };
}

function statusAnswer(status: ToldEntry['status']): EntryAnswer['status'] {
	const { label, said } = STANDING_WORDS[status.standing];
	const { standing, sinceOn, isOnRegister, isInGoodStanding } = status;
	return { code: standing, label, meaning: said, sinceOn, isOnRegister, isInGoodStanding };
}

function noticeAnswer(notice: ToldEntry['status']['notices'][number], asAtOn: string): EntryAnswer['notices'][number] {
	const { kind, fromOn, toOn, reviewOn, publicText, shownUntilOn } = notice;
	return { kind, label: ORDER_WORDS[kind].label, state: orderState(notice, asAtOn), fromOn, toOn, reviewOn, text: publicText, shownUntilOn };
}
