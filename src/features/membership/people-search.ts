import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { allow } from '#core/policy.ts';
import { prepared, reading } from '#db/prepared.ts';
import type { Grade } from './facts.ts';
import { membershipFactsOf } from './facts-queries.ts';
import type { PeopleQuery } from './people-form.ts';
import { type FoundBy, hitsFor } from './people-hits.ts';
import { canReadFiles, seesPersonal } from './people-policy.ts';
import { membershipRules } from './rules.ts';
import { type MembershipState, membershipStatus } from './status.ts';

export const PEOPLE_A_PAGE = 50;
/** Days ahead in which a check counts as running out. */
const SOON_DAYS = 60;

/** One line of the answer. `key` names the file in an address: the register number, else the person's id. Contact is null for who may not see it. */
export type PersonLine = {
	personId: string;
	key: string;
	name: string;
	number: string | null;
	email: string | null;
	state: MembershipState;
	grade: Grade | null;
	by: FoundBy | null;
};

export type PeopleAnswer = { people: PersonLine[]; page: number; hasMore: boolean };

/**
 * Finds people by what was typed and by filters; without anything typed, everyone in the order of their names.
 * Flat in what it reads: a page is filled from the index, and a status is worked out for those that other filters leave.
 * @throws Forbidden
 */
export function findPeople(ctx: Ctx, query: PeopleQuery): PeopleAnswer {
	allow(canReadFiles(ctx.actor));
	return reading(ctx.db.sql, () => {
		const rules = membershipRules(ctx.db, ctx.today);
		const people: PersonLine[] = [];
		let passed = (query.page - 1) * PEOPLE_A_PAGE;
		for (const row of candidates(ctx, query)) {
			const { state, category } = membershipStatus(membershipFactsOf(ctx.db, row.personId), ctx.today, rules);
			if (query.status !== '' && state !== query.status) continue;
			if (passed > 0) passed -= 1;
			else if (people.length < PEOPLE_A_PAGE) people.push(lineOf(ctx, row, { state, grade: category }));
			else return { people, page: query.page, hasMore: true };
		}
		return { people, page: query.page, hasMore: false };
	});
}

type Row = { personId: string; name: string; number: string | null; email: string | null; by?: FoundBy };

function lineOf(ctx: Ctx, row: Row, standing: Pick<PersonLine, 'state' | 'grade'>): PersonLine {
	const { personId, name, number, email } = row;
	return { personId, key: number ?? personId, name, number, email: seesPersonal(ctx.actor) ? email : null, ...standing, by: row.by ?? null };
}

/** Rows read at a time: a page is full after a few, a rare status goes on. */
const A_CHUNK = 200;

function* candidates(ctx: Ctx, query: PeopleQuery): Generator<Row> {
	const { conditions, values } = filtersOf(ctx, query);
	if (query.q !== '') {
		const one = prepared(ctx.db.sql, `${SELECT} WHERE ${['p.id = :personId', ...conditions].join(' AND ')}`);
		for (const { personId, by } of hitsFor(ctx.db, query.q)) {
			const row = one.get({ ...values, personId }) as Row | undefined;
			if (row) yield { ...row, by };
		}
		return;
	}
	const after = '(n.family_name, n.given_names, n.person_id) > (:family, :given, :id)';
	const text = `${SELECT} WHERE ${[after, ...conditions].join(' AND ')} ORDER BY n.family_name, n.given_names, n.person_id LIMIT ${A_CHUNK}`;
	let last = { family: '', given: '', id: '' };
	for (;;) {
		const rows = prepared(ctx.db.sql, text).all({ ...values, ...last }) as (Row & { family: string; given: string })[];
		yield* rows;
		const end = rows.at(-1);
		if (!end || rows.length < A_CHUNK) return;
		last = { family: end.family, given: end.given, id: end.personId };
	}
}

const SELECT = `SELECT p.id AS personId, n.given_names || ' ' || n.family_name AS name, r.number, p.email, n.family_name AS family, n.given_names AS given
	FROM person_name n JOIN person p ON p.id = n.person_id AND n.to_on IS NULL LEFT JOIN registration r ON r.person_id = p.id`;

function filtersOf(ctx: Ctx, query: PeopleQuery): { conditions: string[]; values: Record<string, string> } {
	const conditions = [
		query.status === '' ? null : MAY_BE[query.status],
		query.grade === '' ? null : IN_GRADE,
		query.checks === '' ? null : CHECKS[query.checks],
		query.account === '' ? null : ACCOUNTS[query.account],
		query.mail === '' ? null : MAIL[query.mail],
	].filter((condition) => condition !== null);
	const used = conditions.join(' ');
	const all = { today: ctx.today, grade: query.grade, soon: addDays(ctx.today, SOON_DAYS) };
	return { conditions, values: Object.fromEntries(Object.entries(all).filter(([name]) => used.includes(`:${name}`))) };
}

const HAS_PERIOD = 'EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id)';
const HAS_ORDER = (kinds: string) => `EXISTS (SELECT 1 FROM register_order o WHERE o.person_id = p.id AND o.kind IN (${kinds}))`;
const ENDED = (reason: string) =>
	`EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND (m.end_reason = '${reason}' OR (m.ended_on IS NULL AND m.paid_to_on < :today)))`;

/** What must be so for a status to be possible: it spares working out the others. The status itself is worked out from the facts. */
const MAY_BE: Record<MembershipState, string> = {
	none: '1 = 1',
	applicant: 'EXISTS (SELECT 1 FROM membership_application a WHERE a.person_id = p.id)',
	active: HAS_PERIOD,
	grace: 'EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.paid_to_on < :today)',
	lapsed: ENDED('lapsed'),
	on_leave: 'EXISTS (SELECT 1 FROM membership_leave l WHERE l.person_id = p.id AND l.to_on >= :today)',
	suspended: HAS_ORDER("'suspension', 'interim_suspension'"),
	resigned: "EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.end_reason = 'resigned')",
	retired: "EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.end_reason = 'retired')",
	removed: `(${HAS_ORDER("'removal', 'voluntary_removal'")} OR EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.end_reason = 'removed'))`,
	deceased: "(p.died_on IS NOT NULL OR EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.end_reason = 'died'))",
};
const IN_GRADE = `EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.category = :grade AND m.from_on <= :today
	AND (m.ended_on IS NULL OR m.ended_on > :today))`;
const CHECKS = {
	due: 'EXISTS (SELECT 1 FROM person_check c WHERE c.person_id = p.id AND c.superseded_at IS NULL AND c.due_on <= :soon)',
	could_not_check: "EXISTS (SELECT 1 FROM person_check c WHERE c.person_id = p.id AND c.superseded_at IS NULL AND c.outcome = 'could_not_check')",
};
const ACCOUNTS = {
	without: 'NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id)',
	with: 'EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id AND a.disabled_at IS NULL)',
	closed: 'EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id AND a.disabled_at IS NOT NULL)',
};
const MAIL = {
	given_up: `EXISTS (SELECT 1 FROM outbox b WHERE b.failed_at IS NOT NULL AND b.to_address IS NOT NULL
		AND lower(b.to_address) IN (lower(p.email), (SELECT lower(a.email) FROM account a WHERE a.person_id = p.id)))`,
	no_address: 'p.email IS NULL',
};
