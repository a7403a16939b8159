import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Holidays } from '#core/working-days.ts';
import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { dueOn } from './due.ts';
import type { Turn } from './phases.ts';
import { routeOf, standardSet } from './standards.ts';
import { type State, type Step, statesOf, turnOf } from './state.ts';
import type { Application } from './step.ts';
import { stepData } from './step-data.ts';
import { type Left, leftsOf } from './step-left.ts';

type Copy = Pick<Application, 'phase' | 'turn' | 'outcome' | 'phaseFromOn' | 'dueOn' | 'heldUntilOn' | 'steps'>;
type Row = Copy & { id: string; route: string; version: string };
type StoredStep = Omit<Step, 'data'> & { data: string; phase: string; turn: string } & Left;

export type CopyCheck = { checked: number; differences: string[] };

/**
 * Compares what queues and figures know of every application and of each of its steps with what follows from the steps, all in one read.
 * `differences`: keys of applications that differ; a record that cannot be replayed is one of them. Some seconds for two million steps.
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
	for (const { row, steps, holidays } of replayed(tx.db, IN_WORKING_DAYS)) {
		const { dueOn: due } = copyFrom(tx.db, row, steps, holidays).copy;
		if (due !== row.dueOn) changed += put.run(due, row.id).changes;
	}
	return changed;
}

// The other phases count calendar days, or nothing.
const IN_WORKING_DAYS = "WHERE phase IN ('checks', 'assessment', 'verification', 'panel', 'review')";

const LEFT = ['leftPhase', 'leftPhaseOn', 'leftTurn', 'leftTurnOn'] as const;

function isTrue(db: Db, row: Row, steps: readonly StoredStep[], holidays: Holidays): boolean {
	try {
		const { copy, states, turns } = copyFrom(db, row, steps, holidays);
		const areStepsTrue = steps.every(({ phase, turn }, i) => states[i]?.phase === phase && turns[i] === turn);
		const areEndsTrue = leftsOf(steps, states, turns).every((left, i) => LEFT.every((key) => left[key] === steps[i]?.[key]));
		return areStepsTrue && areEndsTrue && (Object.keys(copy) as (keyof Copy)[]).every((key) => copy[key] === row[key]);
	} catch {
		return false;
	}
}

function copyFrom(db: Db, row: Row, stored: readonly StoredStep[], holidays: Holidays): { copy: Copy; states: State[]; turns: Turn[] } {
	const { standards } = standardSet(db, row.version);
	const route = routeOf(standards, row.route);
	const steps = stored.map((step) => ({ ...step, data: stepData(db, step.data) }));
	const states = statesOf(steps, route);
	const { phase, outcome, phaseFromOn, hold } = states.at(-1) as State;
	const turns = states.map((state) => turnOf(state, route));
	const due = dueOn(states.at(-1) as State, standards.limits, holidays);
	const copy = { phase, turn: turns.at(-1) as Turn, outcome, phaseFromOn, dueOn: due, heldUntilOn: hold?.untilOn ?? null, steps: steps.length };
	return { copy, states, turns };
}

/** Every application with its steps, one after the other: those of one are read when it is its turn. */
function* replayed(db: Db, where: string): Generator<{ row: Row; steps: StoredStep[]; holidays: Holidays }> {
	const holidays = holidaysOf(db);
	const rows = prepared(db.sql, `${ROWS} ${where} ORDER BY id`).all() as Row[];
	const find = prepared(db.sql, STEPS);
	for (const row of rows) yield { row, steps: find.all(row.id) as StoredStep[], holidays };
}

const ROWS = `SELECT id, route, standards_version AS version, phase, turn, outcome, phase_from_on AS phaseFromOn, due_on AS dueOn,
	held_until_on AS heldUntilOn, steps FROM accreditation_application`;
const STEPS = `SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, data, phase, turn,
	left_phase AS leftPhase, left_phase_on AS leftPhaseOn, left_turn AS leftTurn, left_turn_on AS leftTurnOn FROM accreditation_step WHERE application_id = ? ORDER BY no`;
