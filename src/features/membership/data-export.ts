import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths, londonDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { useOnce } from '#core/rate-limit.ts';
import { isWithheld, PERSONAL_TABLES, type PersonalTable, type RetentionClass } from '#db/personal-data.ts';
import { reading } from '#db/prepared.ts';
import { type KeptRule, retentionRules } from './data-retention.ts';
import { membershipStatusOf } from './facts-queries.ts';

export type DataRow = Record<string, string | number | null>;
/** `kept`: how long, and the day if one is known, in words and as a day. */
export type DataSection = { table: string; title: string; kept: string; keptToOn: string | null; rows: DataRow[] };
/** Everything held about one person. Instants are ISO 8601 in UTC, days `YYYY-MM-DD`, money whole pence. */
export type DataExport = { organisation: string; madeAt: string; retentionVersion: string; sections: DataSection[]; withheld: string };

const MOST_IN_A_DAY = 10;
const WITHHELD =
	'Left out: passwords, keys and other secrets, which are stored as hashes or sealed; the names of colleagues who worked on your file; what other people wrote or are. The content of files you gave us can be downloaded where you put them.';

/**
 * Hands over everything held about the one who is signed in, in all tables (`db/personal-data.ts`). Needs a recent proof; is an event itself.
 * @throws SignInRequired for a proof; Conflict after ten in a day.
 */
export function exportOwnData(ctx: Ctx, as: 'json' | 'html'): DataExport {
	requireProof(ctx, true);
	const { personId } = personOf(ctx);
	return commit(ctx, { name: 'exportOwnData' }, (tx) => {
		const limit = { key: `data-export|${personId}`, most: MOST_IN_A_DAY, windowMs: 86_400_000 };
		if (useOnce(tx.db, ctx.now, [limit])) throw new Conflict('You have downloaded your data ten times today. You can do it again tomorrow.');
		const made = gatherData(ctx, personId);
		record(tx, 'data.exported', { type: 'person', id: personId }, { as, rows: made.sections.reduce((sum, { rows }) => sum + rows.length, 0) });
		return made;
	});
}

/** Everything held about a person. Authorises nobody. */
export function gatherData(ctx: Ctx, personId: string): DataExport {
	return reading(ctx.db.sql, () => {
		const { version, classes } = retentionRules(ctx.db, ctx.today);
		const endedOn = membershipStatusOf(ctx, personId).endsOn;
		const sections = PERSONAL_TABLES.map((source) => {
			const rows = rowsOf(ctx, source, personId);
			return { table: source.table, title: source.title, rows, ...keptUntil(classes[source.keptAs], { endedOn, oldestOn: oldestDay(rows), today: ctx.today }) };
		});
		const filled = sections.filter(({ rows }) => rows.length > 0);
		return { organisation: ctx.settings.organisation.name, madeAt: instant(ctx.now), retentionVersion: version, sections: filled, withheld: WITHHELD };
	});
}

/** What is kept how long, by class, for a member to read before asking for anything. */
export function retentionTable(ctx: Ctx): { label: string; kept: string }[] {
	const { classes } = retentionRules(ctx.db, ctx.today);
	const order = [...new Set(PERSONAL_TABLES.map(({ keptAs }) => keptAs))] as RetentionClass[];
	return order.map((name) => ({ label: classes[name].label, kept: sayRule(classes[name]) }));
}

function rowsOf(ctx: Ctx, { table, where, without = [] }: PersonalTable, personId: string): DataRow[] {
	const rows = ctx.db.sql.prepare(`SELECT * FROM "${table}" WHERE ${where}`).all({ person: personId }) as Record<string, unknown>[];
	return rows.map((row) => {
		const own = Object.entries(row).filter(([column]) => !isWithheld(column) && !without.includes(column));
		return Object.fromEntries(own.map(([column, value]) => [column, told(table, column, value)]));
	});
}

function told(table: string, column: string, value: unknown): string | number | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'number') return column.endsWith('_at') ? instant(value) : value;
	if (typeof value !== 'string') return '(bytes)';
	// A message may hold a link that still opens something: the copy on somebody's disk must not.
	return table === 'outbox' && column === 'body' ? value.replace(/https?:\/\/\S+/g, '[link]') : value;
}

function instant(ms: number): string {
	return new Date(ms).toISOString();
}

const OLDEST_FROM = [
	'done_on',
	'held_on',
	'issued_on',
	'received_on',
	'created_at',
	'asked_at',
	'recorded_at',
	'written_at',
	'issued_at',
	'opened_at',
	'begun_on',
	'from_on',
];

function oldestDay(rows: readonly DataRow[]): string | null {
	const days = rows.flatMap((row) => {
		const value = OLDEST_FROM.map((column) => row[column]).find((found) => typeof found === 'string');
		return typeof value === 'string' ? [value.length > 10 ? londonDay(Date.parse(value)) : value] : [];
	});
	return days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b));
}

function keptUntil(rule: KeptRule, when: { endedOn: string | null; oldestOn: string | null; today: string }): { kept: string; keptToOn: string | null } {
	const from = rule.from === 'membership_end' ? when.endedOn : rule.from === 'record' ? when.oldestOn : null;
	const keptToOn = from !== null && rule.months !== null ? addMonths(from, rule.months) : null;
	return { kept: sayRule(rule), keptToOn };
}

function sayRule({ from, months, because }: KeptRule): string {
	if (from === 'never' || months === null) return `as long as there is a register: ${because}`;
	const time = months % 12 === 0 ? `${months / 12} ${months === 12 ? 'year' : 'years'}` : `${months} ${months === 1 ? 'month' : 'months'}`;
	return `${time} after ${from === 'record' ? 'each entry' : 'your membership ends'}: ${because}`;
}
