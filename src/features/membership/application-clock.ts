import { addDays, daysBetween } from '#core/dates.ts';
import type { Application } from './application-states.ts';

/** How long an answer may still take. Days while we wait for the applicant do not count. */
export type Clock = {
	/** The promised day; it moves on while the clock stands still. */
	dueOn: string;
	/** Days left; negative when the promise is broken. */
	daysLeft: number;
	isPaused: boolean;
};

type Facts = Pick<Application, 'submittedOn' | 'promisedDays' | 'pausedOn' | 'pausedDays'>;

/** The clock of an application on a day: a pure function of its facts. Null before it was sent. */
export function applicationClock(facts: Facts, day: string): Clock | null {
	if (facts.submittedOn === null || facts.promisedDays === null) return null;
	const standing = facts.pausedOn === null ? 0 : Math.max(0, daysBetween(facts.pausedOn, day));
	const dueOn = addDays(facts.submittedOn, facts.promisedDays + facts.pausedDays + standing);
	return { dueOn, daysLeft: daysBetween(day, dueOn), isPaused: facts.pausedOn !== null };
}
