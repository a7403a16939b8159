import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
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
	const newest = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'supervision' AND from_on <= ? ORDER BY from_on DESC, version DESC LIMIT 1").pluck();
	const first = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'supervision' ORDER BY from_on, version LIMIT 1").pluck();
	return JSON.parse((newest.get(day) ?? first.get()) as string) as SupervisionRules;
}

/**
 * A member's share of a session in whole minutes: all of one to one; of a group or peers an equal part, parts of a minute dropped, or the
 * whole where the rules say so. @param size everyone who shared the time, the member included; null one to one
 */
export function ownShare(kind: SupervisionKind, minutes: number, size: number | null, rules: SupervisionRules): number {
	if (kind === 'individual' || size === null || rules.shares[kind] === 'whole') return minutes;
	return Math.floor(minutes / size);
}
