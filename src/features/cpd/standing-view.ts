import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { countOf, listOf } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import type { CpdCategory } from './kinds.ts';
import { type CpdRules, GROUP_WORDS, RULE_KEYS, RULES, type RuleKey } from './rules.ts';
import { daysOf, lengthOf } from './spans.ts';
import type { CpdStanding, RuleStanding } from './standing.ts';
import { cpdRuleVersions, cpdStandingOf } from './standing-queries.ts';
import { ENTRY_REASONS, figureOf, sayAmount, sayPeriod, sayReason, sayRule } from './standing-words.ts';

/** An entry as a rule's list names it; `entryId` is null for a session of supervision. */
export type NamedEntry = { entryId: string | null; title: string; day: string; amount: string; why: string };
export type RuleView = {
	key: RuleKey;
	title: string;
	words: string;
	isMet: boolean;
	/** 0 to 100. */
	percent: number;
	needed: string;
	have: string;
	missing: string;
	counted: NamedEntry[];
	left: NamedEntry[];
	/** How many more of each there are than are named. */
	moreCounted: number;
	moreLeft: number;
};
export type StandingView = {
	version: string;
	year: string;
	/** As what someone is asked: `Accredited practitioner (183 of 365 days)`. */
	asked: string[];
	rules: RuleView[];
	notLookedAt: NamedEntry[];
	moreNotLookedAt: number;
	isMet: boolean;
	verdict: string;
};

/** Named of each rule at first; all of one rule are named when they are asked for. */
const MOST_NAMED = 20;

/** Of which list all entries are wanted: that of a rule, or of what was not looked at. */
export type Wanted = RuleKey | 'not_looked_at' | null;

/** The list that an address asks for in full; null for anything else. */
export function wantedIn(typed: string | null): Wanted {
	return RULE_KEYS.find((key) => key === typed) ?? (typed === 'not_looked_at' ? typed : null);
}

const namedOf = (list: Wanted, all: Wanted): number => (list === all ? Number.MAX_SAFE_INTEGER : MOST_NAMED);

/** "If you were checked today" in words, with the entries by name: twenty of each list, or all of one. @throws NotFound for somebody else's log */
export function standingView(ctx: Ctx, personId: string, all: Wanted): StandingView {
	const standing = cpdStandingOf(ctx, personId);
	const caps = cpdRuleVersions(ctx.db).find((v) => v.version === standing.version)?.rules.caps ?? {};
	const names = namesFor(ctx, personId, { standing, all });
	return {
		version: standing.version,
		year: sayPeriod(standing.period),
		asked: standing.groups.map(({ group, days }) => `${GROUP_WORDS[group]}${partOfYear(standing, days)}`),
		rules: standing.rules.map((rule) => ruleView(rule, standing, { names, caps, all })),
		notLookedAt: standing.notLookedAt.slice(0, namedOf('not_looked_at', all)).map(({ id, why }) => named(names, id, { amount: '', why: ENTRY_REASONS[why] })),
		moreNotLookedAt: Math.max(0, standing.notLookedAt.length - namedOf('not_looked_at', all)),
		isMet: standing.isMet,
		verdict: verdictOf(standing),
	};
}

/** The rules alone, in words and bars, without the entries: for `/my` and the head of the log. */
export function standingSummary(ctx: Ctx, personId: string): Omit<StandingView, 'notLookedAt' | 'moreNotLookedAt'> {
	const standing = cpdStandingOf(ctx, personId);
	const rules = standing.rules.map((rule) => ruleView({ ...rule, counted: [], left: [] }, standing, { names: new Map(), caps: {}, all: null }));
	return { version: standing.version, year: sayPeriod(standing.period), asked: [], rules, isMet: standing.isMet, verdict: verdictOf(standing) };
}

type Named = { title: string; day: string; category: CpdCategory | null; entryId: string | null };
type Naming = { names: Map<string, Named>; caps: CpdRules['caps']; all: Wanted };

function ruleView(rule: RuleStanding, { period }: CpdStanding, { names, caps, all }: Naming): RuleView {
	const { key, counted, left, needed, have, missing, isMet } = rule;
	const most = namedOf(key, all);
	return {
		key,
		title: RULES[key].title,
		words: sayRule(rule, period),
		isMet,
		percent: needed === 0 ? 100 : Math.min(100, Math.floor((have * 100) / needed)),
		needed: figureOf(key, needed),
		have: figureOf(key, have),
		missing: figureOf(key, missing),
		counted: counted.slice(0, most).map(({ id, amount }) => named(names, id, { amount: sayAmount(key, amount), why: '' })),
		left: left
			.slice(0, most)
			.map(({ id, amount, why }) => named(names, id, { amount: sayAmount(key, amount), why: sayReason(why, names.get(id)?.category ?? null, caps) })),
		moreCounted: Math.max(0, counted.length - most),
		moreLeft: Math.max(0, left.length - most),
	};
}

function named(names: Map<string, Named>, id: string, said: { amount: string; why: string }): NamedEntry {
	const { entryId = null, title = '', day = '' } = names.get(id) ?? {};
	return { entryId, title: title || 'Untitled draft', day, ...said };
}

/** Titles of what will be named, in one query each for entries and sessions. */
function namesFor(ctx: Ctx, personId: string, { standing, all }: { standing: CpdStanding; all: Wanted }): Map<string, Named> {
	const ofRules = standing.rules.flatMap((r) => [r.counted, r.left].flatMap((list) => list.slice(0, namedOf(r.key, all))));
	const ids = new Set([...ofRules, ...standing.notLookedAt.slice(0, namedOf('not_looked_at', all))].map((c) => c.id));
	const rows = prepared(ctx.db.sql, NAMES).all(JSON.stringify([...ids]), personId, personId) as (Named & { id: string })[];
	return new Map(rows.map((row) => [row.id, { ...row, day: row.day ? sayDay(row.day) : '' }]));
}

const NAMES = `WITH wanted AS (SELECT value AS id FROM json_each(?))
	SELECT e.id, e.id AS entryId, e.title, e.done_on AS day, e.category FROM wanted JOIN cpd_entry e ON e.id = wanted.id AND e.person_id = ?
	UNION ALL SELECT s.id, NULL, 'Supervision session', s.held_on, NULL FROM wanted JOIN supervision_entry s ON s.id = wanted.id AND s.person_id = ?`;

function partOfYear({ period }: CpdStanding, days: number): string {
	const year = lengthOf(daysOf([period]));
	return days === year ? '' : ` (${days} of ${year} days)`;
}

function verdictOf(standing: CpdStanding): string {
	if (standing.rules.length === 0) return 'Nothing is asked of you this year. You can keep your log all the same.';
	const open = standing.rules.filter((rule) => !rule.isMet);
	if (open.length === 0) return 'You meet every rule of this year.';
	const names = listOf(open.map((rule) => RULES[rule.key].title));
	return `${countOf(open.length, 'rule')} still ${open.length === 1 ? 'needs' : 'need'} something by ${sayDay(standing.period.toOn)}: ${names}.`;
}
