import { addDays, addMonths } from '#core/dates.ts';
import { awardRunsOutOn, termRunsOutOn } from './award-grace.ts';
import type { AwardFact, MembershipFact, OrderFact, RegisterFacts, RegisterRules } from './facts.ts';
import { isInForce, isRemoval, knownOn, ORDER_EFFECTS, shownUntil } from './orders.ts';

/**
 * What someone's entry says on a day.
 * `lapsed` is still told to the public for a while; `left` says no more than that the person is not on the register.
 */
export type Standing =
	| 'accredited'
	| 'organisation'
	| 'on_leave'
	| 'conditions'
	| 'interim_conditions'
	| 'interim_suspended'
	| 'suspended'
	| 'removed'
	| 'lapsed'
	| 'left'
	| 'not_yet';

export type HeldAward = Pick<AwardFact, 'id' | 'level' | 'kind' | 'awardedOn'> & { validToOn: string };
export type ShownOrder = OrderFact & { isInForce: boolean; shownUntilOn: string | null };

export type RegisterStatus = {
	standing: Standing;
	/** May be shown to someone who looks for a therapist: accredited, a paid-up member, nothing that limits practice. */
	isInGoodStanding: boolean;
	isOnRegister: boolean;
	/** The entry tells more than "not on the register". */
	isShown: boolean;
	/** Since when this standing holds, as far as one day says it. */
	sinceOn: string | null;
	awards: HeldAward[];
	/** Orders that the public is told of on that day. */
	notices: ShownOrder[];
	accreditedSinceOn: string | null;
	/** Since when without a gap, where accreditation had come to an end in between; null where it never did. */
	reinstatedOn: string | null;
	validToOn: string | null;
};

/** Worst first: where two orders bind on one day the entry says the graver. */
const PRECEDENCE = ['removed', 'suspended', 'interim_suspended', 'conditions', 'interim_conditions'] as const;

/**
 * The status of a registrant on a day: a pure function of dated facts, used by the entry, the search, the API and the views alike.
 * @param day `YYYY-MM-DD`, any day past or to come. @param rules the rule set in force on that day.
 */
export function registerStatus(facts: RegisterFacts, day: string, rules: RegisterRules): RegisterStatus {
	const notices = noticesOn(facts, day, rules);
	const awards = awardsOn(facts, day, rules);
	const { standing, sinceOn } = standingOn(facts, day, rules, awards);
	const isOnRegister = ON_REGISTER.has(standing);
	const accreditations = awards.filter((a) => a.level !== 'organisation');
	return {
		standing,
		sinceOn,
		isOnRegister,
		isInGoodStanding: standing === 'accredited',
		isShown: isOnRegister || standing === 'removed' || standing === 'lapsed' || (notices.length > 0 && standing !== 'not_yet'),
		awards: isOnRegister ? awards : [],
		notices,
		reinstatedOn: isOnRegister ? reinstatedOn(facts, accreditations, day, rules) : null,
		accreditedSinceOn: isOnRegister ? least(accreditations.map((a) => a.awardedOn)) : null,
		validToOn: isOnRegister ? greatest(awards.map((a) => a.validToOn)) : null,
	};
}

const ON_REGISTER: ReadonlySet<Standing> = new Set([
	'accredited',
	'organisation',
	'on_leave',
	'conditions',
	'interim_conditions',
	'interim_suspended',
	'suspended',
]);

/** The next day after `day` on which the status differs, or null when no known date changes it. */
export function nextChange(facts: RegisterFacts, day: string, rules: RegisterRules): string | null {
	const now = fingerprint(registerStatus(facts, day, rules));
	const later = [...new Set(boundaries(facts, rules))].filter((d) => d > day).sort();
	return later.find((d) => fingerprint(registerStatus(facts, d, rules)) !== now) ?? null;
}

function standingOn(facts: RegisterFacts, day: string, rules: RegisterRules, awards: HeldAward[]): { standing: Standing; sinceOn: string | null } {
	if (day < facts.registeredOn) return { standing: 'not_yet', sinceOn: null };
	if (facts.diedOn !== null && day >= facts.diedOn) return { standing: 'left', sinceOn: facts.diedOn };
	const binding = facts.orders.map((o) => knownOn(o, day)).filter((o) => isInForce(o, facts.memberships, day));
	const removal = binding.filter(isRemoval).sort((a, b) => b.fromOn.localeCompare(a.fromOn))[0];
	if (removal)
		return day <= (shownUntil(removal, rules) ?? '') ? { standing: 'removed', sinceOn: removal.fromOn } : { standing: 'left', sinceOn: removal.fromOn };
	const member = membershipOn(facts.memberships, day, rules);
	if (!member || awards.length === 0) return goneOn(facts, day, rules, member);
	const gravest = PRECEDENCE.find((standing) => binding.some((o) => ORDER_EFFECTS[o.kind].standing === standing));
	if (gravest) return { standing: gravest, sinceOn: limitedSince(facts.orders, binding, gravest) };
	const leave = facts.leaves.find((l) => l.fromOn <= day && day <= l.toOn);
	if (leave) return { standing: 'on_leave', sinceOn: leave.fromOn };
	const accredited = awards.filter((a) => a.level !== 'organisation');
	if (accredited.length > 0 && member.category !== 'organisation') return { standing: 'accredited', sinceOn: least(accredited.map((a) => a.awardedOn)) };
	return { standing: 'organisation', sinceOn: least(awards.map((a) => a.awardedOn)) };
}

/** Since when a limit holds: an order that took the place of one of its kind on the day that one was closed goes on from it. */
function limitedSince(orders: readonly OrderFact[], binding: readonly OrderFact[], standing: Standing): string {
	const alike = (list: readonly OrderFact[]) => list.filter((o) => ORDER_EFFECTS[o.kind].standing === standing);
	let since = least(alike(binding).map((o) => o.fromOn)) ?? '';
	const goesOnFrom = (day: string) => least(alike(orders).flatMap((o) => (o.outcome === 'revoked' && o.outcomeOn === day && o.fromOn < day ? [o.fromOn] : [])));
	for (let before: string | null = since; before !== null; before = goesOnFrom(since)) since = before;
	return since;
}

/** Off the register without an order: lapsed while that is still shown, then simply no longer on it. */
function goneOn(facts: RegisterFacts, day: string, rules: RegisterRules, member: MembershipFact | null): { standing: Standing; sinceOn: string | null } {
	const ended = member ? awardsEndedOn(facts, day, rules) : membershipEndedOn(facts.memberships, day, rules);
	if (!ended) return { standing: 'not_yet', sinceOn: null };
	const isTold = ended.lapsed && day < addMonths(ended.on, rules.lapseShownMonths);
	return { standing: isTold ? 'lapsed' : 'left', sinceOn: ended.on };
}

function membershipOn(memberships: readonly MembershipFact[], day: string, rules: RegisterRules): MembershipFact | null {
	const current = memberships.filter((m) => m.fromOn <= day && day < membershipEnd(m, rules).on);
	return current.sort((a, b) => b.fromOn.localeCompare(a.fromOn))[0] ?? null;
}

function membershipEndedOn(memberships: readonly MembershipFact[], day: string, rules: RegisterRules): { on: string; lapsed: boolean } | null {
	const past = memberships.filter((m) => m.fromOn <= day).map((m) => membershipEnd(m, rules));
	return past.sort((a, b) => b.on.localeCompare(a.on))[0] ?? null;
}

/** The first day without membership: the day it was ended, or the day after the grace that follows the paid period. */
function membershipEnd(m: MembershipFact, rules: RegisterRules): { on: string; lapsed: boolean } {
	const runsOut = addDays(m.paidToOn, rules.membershipGraceDays + 1);
	if (m.endedOn !== null && m.endedOn <= runsOut) return { on: m.endedOn, lapsed: m.endReason === 'lapsed' };
	return { on: runsOut, lapsed: true };
}

function awardsOn(facts: RegisterFacts, day: string, rules: RegisterRules): HeldAward[] {
	const withdrawn = new Set(facts.orders.filter((o) => o.kind === 'award_withdrawn' && isInForce(o, facts.memberships, day)).map((o) => o.awardId));
	const held = facts.awards.flatMap((award) => {
		if (award.awardedOn > day || withdrawn.has(award.id) || (award.endedOn !== null && day >= award.endedOn)) return [];
		const terms = award.terms.filter((t) => t.fromOn <= day && day < termRunsOutOn(t, rules));
		const validToOn = greatest(terms.map((t) => t.toldToOn ?? t.toOn));
		return validToOn === null ? [] : [{ id: award.id, level: award.level, kind: award.kind, awardedOn: award.awardedOn, validToOn }];
	});
	if (!restsOn(facts, held, day)) return held.filter((award) => !FOLLOWING.has(award.level));
	const leadsTo = greatest(held.flatMap((award) => (award.level === 'practitioner' ? [award.validToOn] : [])));
	return held.map((award) => (FOLLOWING.has(award.level) && leadsTo !== null && leadsTo < award.validToOn ? { ...award, validToOn: leadsTo } : award));
}

const FOLLOWING: ReadonlySet<AwardFact['level']> = new Set(['supervisor', 'trainer']);

/** Supervisor and trainer awards are told no longer than the practitioner's, lapse with it and come back with it, where one was given and not given up. */
function restsOn(facts: RegisterFacts, held: readonly HeldAward[], day: string): boolean {
	if (held.some((award) => award.level === 'practitioner')) return true;
	return !facts.awards.some((a) => a.level === 'practitioner' && a.awardedOn <= day && a.endReason !== 'given_up' && !wasGivenUp(a, day));
}

/** Given up and come back later: on the days between it was given up. */
function wasGivenUp({ terms }: AwardFact, day: string): boolean {
	const last = terms.filter((t) => t.fromOn <= day).sort((a, b) => b.fromOn.localeCompare(a.fromOn))[0];
	return last?.cut === 'given_up' && last.toOn < day;
}

/** The first day of the present stretch, where there was an earlier one: told by the practitioner's awards, which lead the others. */
function reinstatedOn(facts: RegisterFacts, held: readonly HeldAward[], day: string, rules: RegisterRules): string | null {
	const leading = held.filter((award) => award.level === 'practitioner');
	const ids = new Set((leading.length > 0 ? leading : held).map((award) => award.id));
	const terms = facts.awards.flatMap((award) => (ids.has(award.id) ? award.terms.filter((t) => t.fromOn <= day) : []));
	let began: string | null = null;
	let awayFrom = '';
	for (const term of terms.toSorted((a, b) => a.fromOn.localeCompare(b.fromOn))) {
		if (awayFrom !== '' && term.fromOn > awayFrom) began = term.fromOn;
		awayFrom = greatest([awayFrom, termRunsOutOn(term, rules)]) ?? '';
	}
	return began;
}

function awardsEndedOn(facts: RegisterFacts, day: string, rules: RegisterRules): { on: string; lapsed: boolean } | null {
	const ends = facts.awards
		.filter((a) => a.awardedOn <= day)
		.map((a) => {
			const begun = a.terms.filter((t) => t.fromOn <= day).map((t) => ({ on: termRunsOutOn(t, rules), lapsed: !t.cut || t.cut === 'not_renewed' }));
			const last = begun.sort((x, y) => y.on.localeCompare(x.on))[0] ?? { on: awardRunsOutOn(a.awardedOn, rules), lapsed: true };
			return a.endedOn !== null && a.endedOn <= last.on ? { on: a.endedOn, lapsed: a.endReason === 'not_renewed' } : last;
		});
	return ends.filter((e) => e.on <= day).sort((a, b) => b.on.localeCompare(a.on))[0] ?? null;
}

function noticesOn(facts: RegisterFacts, day: string, rules: RegisterRules): ShownOrder[] {
	if (facts.diedOn !== null && day >= facts.diedOn) return [];
	return facts.orders.flatMap((given) => {
		const order = knownOn(given, day);
		const binds = isInForce(order, facts.memberships, day);
		const until = shownUntil(order, rules);
		// A removal binds for life, but is told for a set time only.
		const isTold = isRemoval(order) ? day >= order.fromOn && day <= (until ?? '') : binds || (day >= order.fromOn && until !== null && day <= until);
		return isTold ? [{ ...order, isInForce: binds, shownUntilOn: until }] : [];
	});
}

function boundaries(facts: RegisterFacts, rules: RegisterRules): string[] {
	const days: (string | null)[] = [facts.registeredOn, facts.diedOn];
	for (const m of facts.memberships)
		days.push(m.fromOn, m.endedOn, addDays(m.paidToOn, rules.membershipGraceDays + 1), addMonths(membershipEnd(m, rules).on, rules.lapseShownMonths));
	for (const l of facts.leaves) days.push(l.fromOn, addDays(l.toOn, 1));
	for (const a of facts.awards) {
		days.push(a.awardedOn, a.endedOn, a.endedOn && addMonths(a.endedOn, rules.lapseShownMonths));
		for (const t of a.terms) {
			const runsOut = termRunsOutOn(t, rules);
			days.push(t.fromOn, runsOut, addMonths(runsOut, rules.lapseShownMonths));
		}
	}
	for (const o of facts.orders) {
		const until = [o, { ...o, outcome: null, outcomeOn: null }].flatMap((known) => shownUntil(known, rules) ?? []);
		days.push(o.fromOn, o.toOn && addDays(o.toOn, 1), o.outcomeOn, ...until.map((last) => addDays(last, 1)));
	}
	return days.filter((d): d is string => d !== null);
}

function fingerprint(status: RegisterStatus): string {
	return JSON.stringify([status.standing, status.sinceOn, status.awards, status.notices.map((n) => [n.id, n.isInForce])]);
}

function least(days: readonly string[]): string | null {
	return days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b));
}

function greatest(days: readonly string[]): string | null {
	return days.length === 0 ? null : days.reduce((a, b) => (a > b ? a : b));
}
