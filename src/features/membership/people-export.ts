import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { allow, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { membershipFactsOf } from './facts-queries.ts';
import { PEOPLE_COLUMNS, type PeopleColumn, type PeopleExport } from './people-export-form.ts';
import { canKeepRecords } from './people-policy.ts';
import { GRADE_WORDS, MEMBERSHIP_WORDS } from './people-words.ts';
import { membershipRules } from './rules.ts';
import { type MembershipStatus, membershipStatus } from './status.ts';

type Row = {
	personId: string;
	name: string;
	number: string | null;
	memberId: string | null;
	email: string | null;
	phone: string | null;
	bornOn: string | null;
	hasAccount: 0 | 1;
};

/** Worked out at a time, before others get their turn: a list of everyone takes a second or two. */
const A_TURN = 200;

/**
 * People as CSV, in the order of their names: only the columns that were asked for; a cell that a spreadsheet would take for a formula is made
 * text. Of those who have died there is no way to reach them. That it was taken, by whom, what for and with which columns is on record.
 * @throws Forbidden, SignInRequired (recent proof)
 */
export async function exportPeople(ctx: Ctx, asked: PeopleExport): Promise<{ name: string; content: string }> {
	allow(canKeepRecords(ctx.actor));
	requireProof(ctx, true);
	const columns = (Object.keys(PEOPLE_COLUMNS) as PeopleColumn[]).filter((column) => asked.columns.includes(column));
	const rows: string[][] = [columns.map((column) => PEOPLE_COLUMNS[column].label)];
	for await (const { row, status } of peopleOf(ctx, asked)) rows.push(columns.map((column) => CELLS[column](row, status)));
	commit(ctx, { name: 'export people', reason: asked.reason }, (tx) => {
		const { status, grade } = asked;
		record(tx, 'people.exported', { type: 'export', id: tx.processId }, { columns, status, grade, rows: rows.length - 1 });
	});
	return { name: `people-${ctx.today}.csv`, content: stringify(rows, { escape_formulas: true, bom: true }) };
}

async function* peopleOf(ctx: Ctx, { status: state, grade }: PeopleExport): AsyncGenerator<{ row: Row; status: MembershipStatus }> {
	const rules = membershipRules(ctx.db, ctx.today);
	for (const [index, row] of (prepared(ctx.db.sql, PEOPLE).all() as Row[]).entries()) {
		if (index % A_TURN === A_TURN - 1) await setImmediate();
		const status = membershipStatus(membershipFactsOf(ctx.db, row.personId), ctx.today, rules);
		if ((state === '' || status.state === state) && (grade === '' || status.category === grade)) yield { row, status };
	}
}

const PEOPLE = `SELECT p.id AS personId, n.given_names || ' ' || n.family_name AS name, r.number, p.import_key AS memberId,
	CASE WHEN p.died_on IS NULL THEN p.email END AS email, CASE WHEN p.died_on IS NULL THEN p.phone END AS phone, p.born_on AS bornOn,
	EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AS hasAccount
	FROM person_name n JOIN person p ON p.id = n.person_id LEFT JOIN registration r ON r.person_id = p.id
	WHERE n.to_on IS NULL ORDER BY n.family_name, n.given_names, p.id`;

const CELLS: Record<PeopleColumn, (row: Row, status: MembershipStatus) => string> = {
	name: ({ name }) => name,
	number: ({ number }) => number ?? '',
	member_id: ({ memberId }) => memberId ?? '',
	status: (_, { state }) => MEMBERSHIP_WORDS[state].label,
	grade: (_, { category }) => (category ? GRADE_WORDS[category] : ''),
	paid_to: (_, { paidToOn }) => paidToOn ?? '',
	account: ({ hasAccount }) => (hasAccount === 1 ? 'yes' : 'no'),
	email: ({ email }) => email ?? '',
	phone: ({ phone }) => phone ?? '',
	born_on: ({ bornOn }) => bornOn ?? '',
};
