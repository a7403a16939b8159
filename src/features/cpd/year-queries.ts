import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { personOf } from '#core/policy.ts';
import { listOf } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { cpdYear } from '#db/schema/index.ts';
import type { CpdPeriod } from './period.ts';
import { RULES } from './rules.ts';
import type { RuleStanding } from './standing.ts';
import { cpdStandingOn, membershipOf, rulesAt } from './standing-queries.ts';
import { type StandingView, standingView } from './standing-view.ts';
import { figureOf, sayPeriod } from './standing-words.ts';
import { digestOf, yearContent } from './year-content.ts';

export type DeclaredYear = Pick<typeof cpdYear.$inferSelect, 'id' | 'fromOn' | 'toOn' | 'rulesVersion' | 'explanation' | 'digest' | 'declaredAt'> & {
	isMet: boolean;
};

/** A year as its page shows it. `isOver`: it can be declared. `drafts`: entries of it that are not finished, so they do not count. */
export type YearView = {
	period: CpdPeriod;
	words: string;
	isOver: boolean;
	declared: DeclaredYear | null;
	standing: StandingView;
	/** Where it stands, or stood when it ended. */
	verdict: string;
	/** Figures in the unit of each rule; `over`: more than was needed, which goes nowhere. */
	figures: { title: string; needed: string; have: string; missing: string; over: string }[];
	drafts: number;
	unconfirmed: number;
	digest: string;
};

/** How far back years are offered. */
const MOST_YEARS = 12;

/** One's own CPD years, newest first: from the first day of membership, or of the log, to the one that is running. */
export function cpdYearsOf(ctx: Ctx): CpdPeriod[] {
	return cpdYearsFor(ctx.db, personOf(ctx).personId, ctx.today);
}

/** The same of anybody. Never authorises: for re-accreditation and audits. */
export function cpdYearsFor(db: Db, personId: string, today: string): CpdPeriod[] {
	const membership = membershipOf(db, personId, today);
	const first = prepared(db.sql, FIRST).pluck().get(personId, personId, personId) as string | null;
	const years: CpdPeriod[] = [];
	let day = today;
	do {
		const { period } = rulesAt(db, membership, day);
		years.push(period);
		day = addDays(period.fromOn, -1);
	} while (day >= (first ?? today) && years.length < MOST_YEARS);
	return years;
}

/** The year that someone would declare next: the oldest that is over, was a member's, and is not declared; null when there is none. */
export function yearToDeclare(ctx: Ctx): CpdPeriod | null {
	const { personId } = personOf(ctx);
	return yearsToDeclare(ctx.db, personId, cpdYearsOf(ctx), ctx.today).at(-1) ?? null;
}

/** Of some years those that are over, in which the person was a member, and that are not declared. Never authorises. */
export function yearsToDeclare(db: Db, personId: string, years: readonly CpdPeriod[], today: string): CpdPeriod[] {
	const membership = membershipOf(db, personId, today);
	const wasMember = ({ fromOn, toOn }: CpdPeriod) => membership.some((m) => m.fromOn <= toOn && (m.toOn === null || m.toOn >= fromOn));
	return years.filter((year) => year.toOn < today && wasMember(year) && !declaredYear(db, personId, year.fromOn));
}

/** One's own year by its first day; null when it is none of one's years. */
export function ownYear(ctx: Ctx, fromOn: string): YearView | null {
	const { personId } = personOf(ctx);
	const period = cpdYearsOf(ctx).find((year) => year.fromOn === fromOn);
	if (!period) return null;
	const isOver = period.toOn < ctx.today;
	const seen = isOver ? { ...ctx, today: period.toOn } : ctx;
	const standing = standingView(seen, personId, null);
	const count = (text: string) => prepared(ctx.db.sql, text).pluck().get(personId, period.fromOn, period.toOn) as number;
	return {
		period,
		words: sayPeriod(period),
		isOver,
		declared: declaredYear(ctx.db, personId, period.fromOn),
		standing,
		verdict: isOver ? verdictOf(standing) : standing.verdict,
		figures: cpdStandingOn(ctx.db, personId, seen.today).rules.map(figuresOf),
		drafts: count(`${DRAFTS} done_on BETWEEN ? AND ?`) + count(`${SESSION_DRAFTS} held_on BETWEEN ? AND ?`),
		unconfirmed: count(`${UNCONFIRMED} held_on BETWEEN ? AND ?`),
		digest: digestOf(yearContent(ctx.db, personId, period)),
	};
}

function verdictOf(standing: StandingView): string {
	if (standing.rules.length === 0) return 'Nothing was asked of you in this year.';
	const missing = standing.rules.filter((rule) => !rule.isMet).map((rule) => rule.title);
	return missing.length === 0 ? 'You met every rule of this year.' : `Not met in this year: ${listOf(missing)}.`;
}

function figuresOf({ key, needed, have, missing }: RuleStanding): YearView['figures'][number] {
	const figure = (amount: number) => figureOf(key, amount);
	return { title: RULES[key].title, needed: figure(needed), have: figure(have), missing: figure(missing), over: figure(Math.max(0, have - needed)) };
}

/** Every year that a person declared, newest first. Never authorises. */
export function declaredYears(db: Db, personId: string): DeclaredYear[] {
	return (prepared(db.sql, `${DECLARED} ORDER BY from_on DESC`).all(personId) as Stored[]).map(viewOf);
}

/** Does the log still hold exactly what was declared? For auditors and checks; never authorises. */
export function isAsDeclared(db: Db, personId: string, { fromOn, toOn, digest }: Pick<DeclaredYear, 'fromOn' | 'toOn' | 'digest'>): boolean {
	return digestOf(yearContent(db, personId, { fromOn, toOn })) === digest;
}

/** Never authorises. */
export function declaredYear(db: Db, personId: string, fromOn: string): DeclaredYear | null {
	const row = prepared(db.sql, `${DECLARED} AND from_on = ?`).get(personId, fromOn) as Stored | undefined;
	return row ? viewOf(row) : null;
}

type Stored = Omit<DeclaredYear, 'isMet'> & { isMet: 0 | 1 };
const viewOf = (row: Stored): DeclaredYear => ({ ...row, isMet: row.isMet === 1 });

const FIRST = `SELECT min(day) FROM (SELECT min(from_on) AS day FROM membership_period WHERE person_id = ?
	UNION ALL SELECT min(done_on) FROM cpd_entry WHERE person_id = ? AND deleted_at IS NULL AND is_draft = 0
	UNION ALL SELECT min(held_on) FROM supervision_entry WHERE person_id = ? AND is_draft = 0)`;
const DECLARED = `SELECT id, from_on AS fromOn, to_on AS toOn, rules_version AS rulesVersion, is_met AS isMet, explanation, digest, declared_at AS declaredAt
	FROM cpd_year WHERE person_id = ?`;
const DRAFTS = 'SELECT count(*) FROM cpd_entry WHERE person_id = ? AND is_draft = 1 AND deleted_at IS NULL AND';
const SESSION_DRAFTS = 'SELECT count(*) FROM supervision_entry WHERE person_id = ? AND is_draft = 1 AND';
const UNCONFIRMED = 'SELECT count(*) FROM supervision_entry WHERE person_id = ? AND is_draft = 0 AND confirmed_at IS NULL AND';
