import { sayDay } from '#core/dates.ts';
import { listOf } from '#core/text.ts';
import type { AwardKind } from '#features/register/index.ts';
import type { Availability, FinderCard } from './card.ts';

/** How far away, in whole miles: nothing finer is known, and nothing finer is said. */
export function sayMiles(miles: number, isRough: boolean): string {
	const whole = Math.round(miles);
	const words = whole < 1 ? 'less than a mile' : `about ${whole} ${whole === 1 ? 'mile' : 'miles'}`;
	return isRough ? `${words} (we know this place only roughly)` : words;
}

/** What someone said about new clients, and on which day: `Taking new clients (confirmed 3 November 2026)`. */
export function sayAvailability(availability: Availability): string {
	if (availability.kind === 'not_confirmed') return 'No recent word on new clients: please ask';
	return `${newClients(availability)} (confirmed ${sayDay(availability.confirmedOn)})`;
}

function newClients(availability: Exclude<Availability, { kind: 'not_confirmed' }>): string {
	if (availability.kind === 'taking') return 'Taking new clients';
	if (availability.kind === 'full') return 'Not taking new clients at the moment';
	if (availability.kind === 'away') return availability.untilOn ? `Away until ${sayDay(availability.untilOn)}` : 'Away at the moment';
	if (availability.kind === 'waiting' && availability.weeks !== null)
		return `Waiting list of about ${availability.weeks} ${availability.weeks === 1 ? 'week' : 'weeks'}`;
	return 'Waiting list';
}

/** `£60 a session`, `£50 to £70 a session`, or null where no fee is shown. Money is pence. */
export function sayFee(fromPence: number | null, toPence: number | null): string | null {
	if (fromPence === null) return null;
	if (fromPence === 0 && !toPence) return 'No fee';
	if (toPence === null || toPence === fromPence) return `${pounds(fromPence)} a session`;
	return `${pounds(fromPence)} to ${pounds(toPence)} a session`;
}

function pounds(pence: number): string {
	return pence % 100 === 0 ? `£${pence / 100}` : `£${(pence / 100).toFixed(2)}`;
}

/** The level in a title: `Accredited IPT practitioner`. */
export const LEVEL_TITLES: Record<FinderCard['level'], string> = {
	practitioner: 'Accredited IPT practitioner',
	supervisor: 'Accredited IPT supervisor',
	trainer: 'Accredited IPT trainer',
};

/** What a level means to a client, as it follows a colon. */
export const LEVEL_MEANINGS: Record<FinderCard['level'], string> = {
	practitioner: 'can treat you with IPT',
	supervisor: 'can treat you with IPT, and also guides other therapists',
	trainer: 'can treat you with IPT, and also teaches it',
};

/** The level explained in one line. */
export function sayLevel(level: FinderCard['level']): string {
	return `${LEVEL_TITLES[level]}: ${LEVEL_MEANINGS[level]}`;
}

/** What an award is for, as it follows "accredited for work with". */
export const KIND_WORDS: Record<AwardKind, string> = {
	adult: 'adults',
	adolescent: 'young people',
	counselling: 'counselling (IPC)',
	bipolar: 'people with bipolar',
	perinatal: 'pregnancy and new parents',
	eating: 'eating difficulties',
	group: 'groups',
};

/** `adults and young people`. */
export function sayKinds(kinds: readonly AwardKind[]): string {
	return listOf((Object.keys(KIND_WORDS) as AwardKind[]).filter((kind) => kinds.includes(kind)).map((kind) => KIND_WORDS[kind]));
}
