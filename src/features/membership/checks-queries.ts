import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type Check, type CheckKind, type CheckRules, type CheckState, checkRules, checkState } from './checks-rules.ts';
import { CHECKS_COUNTED } from './checks-words.ts';
import { membershipStatusOf } from './facts-queries.ts';
import { nameOf } from './people-key.ts';
import { canReadFiles } from './people-policy.ts';
import { sayActor } from './people-words.ts';

/** One look as it is shown: to the office, or to the person themselves. */
export type CheckView = Pick<Check, 'kind' | 'body' | 'type' | 'reference' | 'outcome' | 'how' | 'datedOn' | 'checkedOn' | 'validToOn' | 'nextCheckOn'> & {
	id: string;
	state: CheckState;
	by: string;
	isCurrent: boolean;
};

/** What is asked of someone and was never looked at. */
export type ChecksOfPerson = { current: CheckView[]; earlier: CheckView[]; missing: CheckKind[] };

/** Every check of a person, newest first. Never authorises: for the file of the office and the person's own page. */
export function checksOf(ctx: Ctx, personId: string): ChecksOfPerson {
	const rules = checkRules(ctx.db, ctx.today);
	const text = `SELECT ${COLUMNS} FROM person_check c WHERE c.person_id = ? ORDER BY c.recorded_at DESC, c.rowid DESC`;
	const views = (prepared(ctx.db.sql, text).all(personId) as Stored[]).map((row) => viewOf(ctx, row, rules));
	const { category } = membershipStatusOf(ctx, personId);
	const kinds = Object.keys(rules.asked) as CheckKind[];
	const missing = kinds.filter((kind) => category !== null && rules.asked[kind].includes(category) && !views.some((v) => v.isCurrent && v.kind === kind));
	return { current: views.filter((v) => v.isCurrent), earlier: views.filter((v) => !v.isCurrent), missing };
}

export const CHECKS_A_PAGE = 50;
/** What the list of checks shows: what needs looking at, what could not be checked, what people told us, what runs out within the reminders' time. */
export const CHECK_LISTS = ['due', 'could_not_check', 'declared', 'soon'] as const;
export type CheckList = (typeof CHECK_LISTS)[number];
export type CheckLine = CheckView & { personKey: string; name: string };

/** Checks of living members that want the office's eye, the most urgent first. @throws Forbidden */
export function checksWaiting(ctx: Ctx, list: CheckList, page: number): { checks: CheckLine[]; hasMore: boolean } {
	allow(canReadFiles(ctx.actor));
	const rules = checkRules(ctx.db, ctx.today);
	const text = `SELECT ${COLUMNS}, coalesce(r.number, p.id) AS personKey, n.given_names || ' ' || n.family_name AS name ${FROM}
		LEFT JOIN registration r ON r.person_id = p.id WHERE ${LISTS[list]} AND ${OF_MEMBERS} ORDER BY c.due_on, c.id LIMIT ${CHECKS_A_PAGE + 1} OFFSET :skip`;
	const values = { ...valuesOf(ctx, list, rules), skip: (page - 1) * CHECKS_A_PAGE };
	const rows = prepared(ctx.db.sql, text).all(values) as (Stored & { personKey: string; name: string })[];
	const checks = rows.slice(0, CHECKS_A_PAGE).map((row) => ({ ...viewOf(ctx, row, rules), personKey: row.personKey, name: row.name }));
	return { checks, hasMore: rows.length > CHECKS_A_PAGE };
}

/** How many are in a list, `CHECKS_COUNTED + 1` for more. Never authorises: for the office's own page. */
export function countChecks(ctx: Ctx, list: CheckList): number {
	const values = valuesOf(ctx, list, checkRules(ctx.db, ctx.today));
	const text = `SELECT count(*) FROM (SELECT 1 ${FROM} WHERE ${LISTS[list]} AND ${OF_MEMBERS} LIMIT ${CHECKS_COUNTED + 1})`;
	return prepared(ctx.db.sql, text).pluck().get(values) as number;
}

type Stored = Omit<Check, 'personId' | 'recordedAt'>;
const COLUMNS = `c.id, c.kind, c.body, c.type, c.reference, c.outcome, c.how, c.dated_on AS datedOn, c.checked_on AS checkedOn, c.checked_by AS checkedBy,
	c.valid_to_on AS validToOn, c.next_check_on AS nextCheckOn, c.due_on AS dueOn, c.superseded_at AS supersededAt`;
const FROM = `FROM person_check c JOIN person p ON p.id = c.person_id JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL`;
const OF_MEMBERS = `c.superseded_at IS NULL AND p.died_on IS NULL
	AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.ended_on IS NULL)`;
const LISTS: Record<CheckList, string> = {
	due: "c.due_on < :today AND c.outcome <> 'could_not_check'",
	could_not_check: "c.outcome = 'could_not_check'",
	declared: "c.how = 'declared' AND c.outcome = 'confirmed'",
	soon: 'c.due_on >= :today AND c.due_on <= :soon',
};

/** Only those that the list's condition names: a value too many is an error. */
function valuesOf(ctx: Ctx, list: CheckList, rules: CheckRules): Record<string, string> {
	const all = { today: ctx.today, soon: addDays(ctx.today, Math.max(...rules.reminderDays)) };
	return Object.fromEntries(Object.entries(all).filter(([name]) => LISTS[list].includes(`:${name}`)));
}

function viewOf(ctx: Ctx, check: Stored, rules: CheckRules): CheckView {
	const { id, kind, body, type, reference, outcome, how, datedOn, checkedOn, validToOn, nextCheckOn } = check;
	const by = sayActor(check.checkedBy, (personId) => nameOf(ctx.db, personId));
	const state = checkState(check, ctx.today, rules);
	return { id, kind, body, type, reference, outcome, how, datedOn, checkedOn, validToOn, nextCheckOn, by, state, isCurrent: check.supersededAt === null };
}
