import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { Entry } from './entry.ts';
import { ENTRY_COLUMNS, type EntryRow, entryOf } from './entry-queries.ts';
import type { SupervisionSession } from './supervision-entry.ts';
import { sessionsBetween } from './supervision-queries.ts';
import { nameOfPerson } from './supervision-relation-queries.ts';
import { ownYear, type YearView } from './year-queries.ts';

export type PortfolioEntry = Entry & { files: number };

/** All that a member's portfolio of a year holds. `number`: their register number, if any. */
export type Portfolio = { name: string; number: string | null; year: YearView; entries: PortfolioEntry[]; sessions: SupervisionSession[] };

/** One's own portfolio of a CPD year by its first day. @throws NotFound for no year of one's own */
export function portfolioOf(ctx: Ctx, fromOn: string): Portfolio {
	const { personId } = personOf(ctx);
	const year = ownYear(ctx, fromOn);
	if (!year) throw new NotFound('There is no such CPD year in your log.');
	const { period } = year;
	const text = `SELECT ${ENTRY_COLUMNS}, (SELECT count(*) FROM stored_file f WHERE f.attached_type = 'cpd_entry' AND f.attached_id = e.id AND f.deleted_at IS NULL) AS files
		FROM cpd_entry e WHERE person_id = ? AND is_draft = 0 AND deleted_at IS NULL AND done_on BETWEEN ? AND ? ORDER BY done_on, id`;
	const rows = prepared(ctx.db.sql, text).all(personId, period.fromOn, period.toOn) as (EntryRow & { files: number })[];
	return {
		name: nameOfPerson(ctx.db, personId),
		number: (prepared(ctx.db.sql, 'SELECT number FROM registration WHERE person_id = ?').pluck().get(personId) as string | undefined) ?? null,
		year,
		entries: rows.map((row) => ({ ...entryOf(row), files: row.files })),
		sessions: sessionsBetween(ctx.db, personId, period.fromOn, period.toOn),
	};
}
