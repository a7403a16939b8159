import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { SupervisionKind } from './supervision-words.ts';

/** The rule set `supervision`: defaults to be confirmed by the organisation. */
export type SupervisionRules = {
	/** Weeks without a session after which a supervisor is shown a gap. */
	gapWeeks: number;
	/** Days for which a supervisor's link works. */
	linkDays: number;
	/** The longest session in minutes. */
	mostMinutes: number;
	mostInGroup: number;
	/** How many months a supervisor sees. */
	monthsShown: number;
	/** Of a session of several: an equal part each, or the whole. */
	shares: Record<Exclude<SupervisionKind, 'individual'>, 'divided' | 'whole'>;
};

/** The rule set `supervision` that is in force on a day; for days before the first one, that one. */
export function supervisionRules(db: Db, day: string): SupervisionRules {
	return JSON.parse(ruleSetOn(db, 'supervision', day).data) as SupervisionRules;
}

/**
 * A member's share of a session in whole minutes: all of one to one; of a group or peers an equal part, parts of a minute dropped, or the
 * whole where the rules say so. @param size everyone who shared the time, the member included; null one to one
 */
export function ownShare(kind: SupervisionKind, minutes: number, size: number | null, rules: SupervisionRules): number {
	if (kind === 'individual' || size === null || rules.shares[kind] === 'whole') return minutes;
	return Math.floor(minutes / size);
}
