import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { retentionIn } from './retain-facts.ts';
import { standingOf } from './step.ts';

/**
 * Marks closed cases whose time to be looked at has come, once for each such day. For the daily job; nothing is destroyed by it, whatever the day.
 * @returns how many were marked
 */
export function markDueConcerns(ctx: Ctx): number {
	allow(ctx.actor.kind === 'system');
	const due = longClosed(ctx).flatMap((id) => {
		const retention = retentionIn(ctx.db, standingOf(ctx.db, id), ctx.today);
		return retention.state === 'due' && !isMarked(ctx, id, retention.reviewOn) ? [{ id, ...retention }] : [];
	});
	for (const { id, reviewOn, as } of due) {
		commit(ctx, { name: 'mark a case as due' }, (tx) => {
			const text = 'INSERT INTO concern_review_due (concern_id, due_on, class, marked_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
			prepared(tx.db.sql, text).run(id, reviewOn, as, ctx.now);
			record(tx, 'concern.review_due', { type: 'concern', id }, { as });
		});
	}
	return due.length;
}

/** Closed for at least as long as the shortest class of any rules, so that not every case is worked out every day. */
function longClosed({ db, today }: Ctx): string[] {
	const shortest = prepared(db.sql, SHORTEST).pluck().get() as number;
	return prepared(db.sql, LONG_CLOSED).pluck().all(addMonths(today, -shortest)) as string[];
}

function isMarked({ db }: Ctx, id: string, dueOn: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM concern_review_due WHERE concern_id = ? AND due_on = ?').get(id, dueOn) !== undefined;
}

const SHORTEST = "SELECT min(k.value) FROM rule_set r, json_each(r.data, '$.keepMonths') k WHERE r.kind = 'concerns' AND k.value IS NOT NULL";
const LONG_CLOSED = `SELECT c.id FROM concern c JOIN vault v ON v.id = c.id AND v.destroyed_at IS NULL WHERE c.phase = 'closed'
	AND (SELECT max(s.on_day) FROM concern_step s WHERE s.concern_id = c.id AND s.kind IN ('closed', 'no_case', 'declined', 'redirected', 'appeal_decided')) <= ?`;
