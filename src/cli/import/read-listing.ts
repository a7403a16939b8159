import { CONSENT_FIELDS, type ConsentField, websiteFrom } from '#features/directory/index.ts';
import { readOptions } from './read-options.ts';
import type { RowReader } from './row-reader.ts';
import type { Wanted } from './wanted.ts';

const AVAILABILITY = {
	taking: 'taking',
	yes: 'taking',
	y: 'taking',
	available: 'taking',
	'taking clients': 'taking',
	'taking new clients': 'taking',
	waiting: 'waiting',
	'waiting list': 'waiting',
	full: 'full',
	no: 'full',
	n: 'full',
	closed: 'full',
	away: 'away',
	'on leave': 'away',
	'not said': 'not_said',
	unknown: 'not_said',
} as const;
const CONSENT_WORDS: Record<string, ConsentField> = {
	...Object.fromEntries(CONSENT_FIELDS.map((f) => [f.replace('_', ' '), f])),
	fee: 'fees',
	place: 'places',
	telephone: 'phone',
	'public phone': 'phone',
	practice: 'practice_name',
	practice_name: 'practice_name',
};

/** Everything that the row says about the listing. */
export function readListing(row: RowReader): Pick<Wanted, 'listing' | 'publish' | 'publishedOn' | 'options' | 'consent'> {
	const publish = row.yes('publish') ?? null;
	const consent = readConsent(row);
	if (publish && consent && !consent.fields.includes('listing'))
		row.refuse('consent', 'does not name “listing”, but “publish” says yes: nobody is listed without agreeing to it');
	return {
		listing: listingFacts(row),
		publish,
		publishedOn: row.day('published on') ?? null,
		options: readOptions(row),
		consent: consent ?? (publish ? { fields: ['listing', 'places'], givenOn: row.day('consent given on') ?? null, isWhole: false } : null),
	};
}

function listingFacts(row: RowReader): Wanted['listing'] {
	const [feeFromPence, feeToPence] = readFees(row) ?? [undefined, undefined];
	return {
		about: row.long('about', 4000) ?? (row.has('about') ? '' : undefined),
		website: readWebsite(row),
		phone: row.text('public phone', 40),
		feeFromPence,
		feeToPence,
		sessionMinutes: row.whole('session minutes', 480),
		online: row.yes('online'),
		inPerson: row.yes('in person'),
		enquiriesOpen: row.yes('enquiries open'),
		availability: row.oneOf('availability', AVAILABILITY) ?? (row.has('availability') ? 'not_said' : undefined),
		waitingWeeks: row.whole('waiting weeks', 520),
		awayUntilOn: row.day('away until'),
		availabilityConfirmedOn: row.day('availability confirmed on'),
		confirmedOn: row.day('listing confirmed on'),
	};
}

const FEES = /^£?\s*(\d{1,4}(?:\.\d{1,2})?)(?:\s*(?:-|–|—|to|\.\.)\s*£?\s*(\d{1,4}(?:\.\d{1,2})?))?(?:\s*(?:per|a|\/)\s*session)?$/i;

/** `£60`, `60.00`, `£60 – £80`. */
function readFees(row: RowReader): [number | null, number | null] | undefined {
	const typed = row.text('fees', 80);
	if (typed === undefined) return undefined;
	if (typed === null) return [null, null];
	const match = FEES.exec(typed.replaceAll(',', ''));
	if (!match) return row.refuse('fees', `“${typed}” is not a fee such as £60 or £60 to £80`);
	const [from, to] = [pence(match[1]), pence(match[2] ?? match[1])];
	return to < from ? row.refuse('fees', 'the higher fee comes second') : [from, to];
}

function pence(pounds = ''): number {
	return Math.round(Number(pounds) * 100);
}

function readWebsite(row: RowReader): string | null | undefined {
	const typed = row.text('website', 300);
	if (typeof typed !== 'string') return typed;
	return websiteFrom(typed) ?? row.refuse('website', `“${typed.slice(0, 60)}” is not the address of a website`);
}

function readConsent(row: RowReader): Wanted['consent'] {
	const words = row.several('consent');
	if (words === undefined) return null;
	const givenOn = row.day('consent given on') ?? null;
	if (words.some((w) => ['all', 'everything', 'yes'].includes(w.toLowerCase()))) return { fields: [...CONSENT_FIELDS], givenOn, isWhole: true };
	const fields = words.flatMap(
		(word) => CONSENT_WORDS[word.toLowerCase()] ?? row.refuse('consent', `“${word.slice(0, 30)}” is not one of: all, ${CONSENT_FIELDS.join(', ')}`) ?? [],
	);
	return { fields: [...new Set(fields)], givenOn, isWhole: true };
}
