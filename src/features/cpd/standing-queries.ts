import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { awardRunsOutOn, registerRules } from '#features/register/index.ts';
import { canReadLog } from './entry-policy.ts';
import { NO_ENTRY } from './entry-queries.ts';
import type { AwardSpan, CpdFacts, EntryFact, MemberSpan } from './facts.ts';
import { type CpdPeriod, rulesOn } from './period.ts';
import type { CpdRules, CpdRulesVersion } from './rules.ts';
import { type CpdStanding, cpdStanding } from './standing.ts';
import { supervisionFactsOf } from './supervision-facts.ts';

/**
 * Where someone stands today by the rules of the year that is running, as `/my` and "if you were checked today" show it.
 * @throws NotFound when the actor may not read that person's log.
 */
export function cpdStandingOf(ctx: Ctx, personId: string): CpdStanding & { version: string } {
	if (!canReadLog(ctx.actor, personId)) throw new NotFound(NO_ENTRY);
	return cpdStandingOn(ctx.db, personId, ctx.today);
}

/** Where someone stood on any day, by the rules of that day's year. Never authorises: for jobs, year-end and checks. */
export function cpdStandingOn(db: Db, personId: string, day: string): CpdStanding & { version: string } {
	return reading(db.sql, () => {
		const membership = membershipOf(db, personId, day);
		const { version, period } = rulesAt(db, membership, day);
		return { ...cpdStanding(factsIn(db, personId, membership, { period, day }), version.rules, day), version: version.version };
	});
}

/** The facts of one CPD year as they stood on a day of it. Never authorises: for trying rules. */
export function cpdFactsIn(db: Db, personId: string, period: CpdPeriod, day: string): CpdFacts {
	return factsIn(db, personId, membershipOf(db, personId, day), { period, day });
}

/** The published version that a day's year is judged by, and that year. */
export function rulesAt(db: Db, membership: readonly MemberSpan[], day: string): { version: CpdRulesVersion; period: CpdPeriod } {
	return rulesOn(cpdRuleVersions(db), membership, day);
}

const known = new WeakMap<Db, { text: string; versions: CpdRulesVersion[] }>();

/** Every published version, oldest first. */
export function cpdRuleVersions(db: Db): CpdRulesVersion[] {
	const rows = prepared(db.sql, "SELECT version, from_on AS fromOn, data FROM rule_set WHERE kind = 'cpd' ORDER BY from_on, version").all() as {
		version: string;
		fromOn: string;
		data: string;
	}[];
	// Read and parsed anew only when a version was published: the same text means the same rules.
	const text = rows.map((row) => row.version + row.fromOn + row.data).join('\n');
	const kept = known.get(db);
	if (kept?.text === text) return kept.versions;
	const versions = rows.map(({ version, fromOn, data }) => ({ version, fromOn, rules: JSON.parse(data) as CpdRules }));
	known.set(db, { text, versions });
	return versions;
}

/** Memberships as the rules see them: one that nobody ended goes on for as long as the grace after its last paid day. */
export function membershipOf(db: Db, personId: string, day: string): MemberSpan[] {
	const text = `SELECT category, from_on AS fromOn, paid_to_on AS paidToOn, date(ended_on, '-1 day') AS endedOn
		FROM membership_period WHERE person_id = ? ORDER BY from_on`;
	const rows = prepared(db.sql, text).all(personId) as (Omit<MemberSpan, 'toOn'> & { endedOn: string | null })[];
	const { membershipGraceDays } = registerRules(db, day);
	return rows.map(({ endedOn, ...m }) => ({ ...m, toOn: endedOn ?? openUntil(m.paidToOn, membershipGraceDays, day) }));
}

function factsIn(db: Db, personId: string, membership: MemberSpan[], { period, day }: { period: CpdPeriod; day: string }): CpdFacts {
	return {
		membership,
		awards: awardsOf(db, personId, day),
		leave: prepared(db.sql, 'SELECT from_on AS fromOn, to_on AS toOn FROM membership_leave WHERE person_id = ?').all(personId) as CpdFacts['leave'],
		entries: entriesIn(db, personId, period),
		supervision: supervisionFactsOf(db, personId, period.fromOn, period.toOn),
	};
}

function awardsOf(db: Db, personId: string, day: string): AwardSpan[] {
	const text = `SELECT a.level, a.awarded_on AS fromOn, date(a.ended_on, '-1 day') AS endedOn, max(t.to_on) AS lastOn
		FROM award a JOIN award_term t ON t.award_id = a.id WHERE a.person_id = ? GROUP BY a.id`;
	const rows = prepared(db.sql, text).all(personId) as (Pick<AwardSpan, 'level' | 'fromOn'> & { endedOn: string | null; lastOn: string })[];
	const rules = registerRules(db, day);
	return rows.map(({ level, fromOn, endedOn, lastOn }) => ({ level, fromOn, toOn: endedOn ?? (day < awardRunsOutOn(lastOn, rules) ? null : lastOn) }));
}

/** While a renewal can still come, it is expected to: a target does not shrink because a fee is not paid yet. */
function openUntil(lastOn: string, graceDays: number, day: string): string | null {
	return addDays(lastOn, graceDays) >= day ? null : lastOn;
}

type Row = Omit<EntryFact, 'isDraft' | 'isSkills' | 'isReflected'> & { isDraft: 0 | 1; isSkills: 0 | 1; isReflected: 0 | 1 };

/** A year's entries, and drafts without a day: from the index alone, in its order. */
function entriesIn(db: Db, personId: string, period: CpdPeriod): EntryFact[] {
	const rows = [
		...(prepared(db.sql, `${ENTRIES} AND done_on BETWEEN ? AND ?`).all(personId, period.fromOn, period.toOn) as Row[]),
		...(prepared(db.sql, `${ENTRIES} AND done_on IS NULL`).all(personId) as Row[]),
	];
	return rows.map((row) => ({ ...row, isDraft: row.isDraft === 1, isSkills: row.isSkills === 1, isReflected: row.isReflected === 1 }));
}

const ENTRIES = `SELECT id, done_on AS doneOn, is_draft AS isDraft, coalesce(minutes, 0) AS minutes, coalesce(ipt_minutes, is_ipt * minutes, 0) AS iptMinutes,
	is_skills AS isSkills, is_reflected AS isReflected, category FROM cpd_entry WHERE person_id = ? AND deleted_at IS NULL`;
