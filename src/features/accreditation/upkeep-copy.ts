import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { type Holidays, holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { auditDueOn, auditStateOf } from './audit-state.ts';
import { auditRulesFor, auditStepsOf } from './audit-step.ts';
import { renewalStateOf } from './renewal-state.ts';
import { queueDay, renewalStepsOf } from './renewal-step.ts';
import type { CopyCheck } from './timers-copy.ts';

type Copy = Record<string, string | number | null>;
type Kind = { rows: string; copyOf(db: Db, id: string, holidays: Holidays): Copy };

const AUDITS: Kind = {
	rows: 'SELECT id, phase, due_on AS dueOn, is_final AS isFinal, steps FROM cpd_audit',
	copyOf(db, id, holidays) {
		const steps = auditStepsOf(db, id);
		const state = auditStateOf(steps);
		return { phase: state.phase, dueOn: auditDueOn(state, auditRulesFor(db, steps), holidays), isFinal: Number(state.isFinal), steps: steps.length };
	},
};
const RENEWALS: Kind = {
	rows: 'SELECT id, phase, due_on AS dueOn, is_sampled AS isSampled, is_drawn AS isDrawn, steps FROM renewal',
	copyOf(db, id) {
		const steps = renewalStepsOf(db, id);
		const state = renewalStateOf(steps);
		return { phase: state.base, dueOn: queueDay(state), isSampled: Number(state.isSampled), isDrawn: Number(state.isDrawn), steps: steps.length };
	},
};

export type CopyChecks = { audits: CopyCheck; renewals: CopyCheck };

/** Compares what queues know of every CPD audit and every re-accreditation with what follows from their steps. `differences`: keys of those that differ. */
export function checkUpkeep(ctx: Pick<Ctx, 'db'>): CopyChecks {
	return reading(ctx.db.sql, () => ({ audits: check(ctx.db, AUDITS), renewals: check(ctx.db, RENEWALS) }));
}

function check(db: Db, { rows, copyOf }: Kind): CopyCheck {
	const holidays = holidaysOf(db);
	const all = prepared(db.sql, `${rows} ORDER BY id`).all() as (Copy & { id: string })[];
	return { checked: all.length, differences: all.filter(({ id, ...copy }) => !isTrue(copy, () => copyOf(db, id, holidays))).map(({ id }) => id) };
}

/** A record that cannot be replayed is a difference too. */
function isTrue(copy: Copy, replay: () => Copy): boolean {
	try {
		const known = replay();
		return Object.keys(copy).every((key) => copy[key] === known[key]);
	} catch {
		return false;
	}
}

/** Works the due days of audits in review out anew, for when a bank holiday is added or taken out. Joins a transaction, never authorises, records nothing. */
export function recomputeAuditDue(tx: Tx): number {
	const holidays = holidaysOf(tx.db);
	const rows = prepared(tx.db.sql, "SELECT id, due_on AS dueOn FROM cpd_audit WHERE phase = 'in_review' ORDER BY id").all();
	const put = prepared(tx.db.sql, 'UPDATE cpd_audit SET due_on = ? WHERE id = ?');
	let moved = 0;
	for (const { id, dueOn } of rows as { id: string; dueOn: string | null }[]) {
		const due = AUDITS.copyOf(tx.db, id, holidays).dueOn;
		if (due !== dueOn) moved += put.run(due, id).changes;
	}
	return moved;
}
