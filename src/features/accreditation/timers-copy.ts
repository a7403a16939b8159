import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Holidays } from '#core/working-days.ts';
import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { dueOn } from './due.ts';
import { routeOf, standardSet } from './standards.ts';
import { type Step, stateOf, turnOf } from './state.ts';
import type { Application } from './step.ts';

type Copy = Pick<Application, 'phase' | 'turn' | 'outcome' | 'phaseFromOn' | 'dueOn' | 'heldUntilOn' | 'steps'>;
type Row = Copy & { id: string; route: string; version: string };
type StoredStep = Omit<Step, 'data'> & { data: string };

export type CopyCheck = { checked: number; differences: string[] };

/**
 * Compares what queues know of every application with what follows from its steps, all in one read. `differences`: keys of those that differ;
 * a record that cannot be replayed is one of them. Some seconds for two million steps.
 */
export function checkApplications(ctx: Pick<Ctx, 'db'>): CopyCheck {
	return reading(ctx.db.sql, () => {
		const differences: string[] = [];
		let checked = 0;
		for (const { row, steps, holidays } of replayed(ctx.db, '')) {
			checked += 1;
			if (!isTrue(ctx.db, row, steps, holidays)) differences.push(row.id);
		}
		return { checked, differences };
	});
}

/** Works the due days of all open applications out anew, for when a bank holiday is added late. Joins a transaction, never authorises, records nothing. */
export function recomputeDue(tx: Tx): number {
	let changed = 0;
	const put = prepared(tx.db.sql, 'UPDATE accreditation_application SET due_on = ? WHERE id = ?');
	const all = [...replayed(tx.db, "WHERE phase NOT IN ('withdrawn', 'closed')")].map(({ row, steps, holidays }) => {
		const { dueOn: due } = copyFrom(tx.db, row, steps, holidays);
		return { id: row.id, was: row.dueOn, due };
	});
	for (const { id, was, due } of all) if (was !== due) changed += put.run(due, id).changes;
	return changed;
}

function isTrue(db: Db, row: Row, steps: readonly Step[], holidays: Holidays): boolean {
	try {
		const copy = copyFrom(db, row, steps, holidays);
		return (Object.keys(copy) as (keyof Copy)[]).every((key) => copy[key] === row[key]);
	} catch {
		return false;
	}
}

function copyFrom(db: Db, row: Row, steps: readonly Step[], holidays: Holidays): Copy {
	const { standards } = standardSet(db, row.version);
	const route = routeOf(standards, row.route);
	const state = stateOf(steps, route);
	const { phase, outcome, phaseFromOn, hold } = state;
	const due = dueOn(state, standards.limits, holidays);
	return { phase, turn: turnOf(state, route), outcome, phaseFromOn, dueOn: due, heldUntilOn: hold?.untilOn ?? null, steps: steps.length };
}

/** Every application with its steps, both read in the order of their keys. */
function* replayed(db: Db, where: string): Generator<{ row: Row; steps: Step[]; holidays: Holidays }> {
	const holidays = holidaysOf(db);
	const rows = prepared(db.sql, `${ROWS} ${where} ORDER BY id`).all() as Row[];
	const find = prepared(db.sql, STEPS);
	for (const row of rows) {
		const steps = (find.all(row.id) as StoredStep[]).map((step) => ({ ...step, data: JSON.parse(step.data) as Step['data'] }));
		yield { row, steps, holidays };
	}
}

const ROWS = `SELECT id, route, standards_version AS version, phase, turn, outcome, phase_from_on AS phaseFromOn, due_on AS dueOn,
	held_until_on AS heldUntilOn, steps FROM accreditation_application`;
const STEPS = `SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, data FROM accreditation_step WHERE application_id = ? ORDER BY no`;
